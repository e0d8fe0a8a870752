"""``inbox incidents``: what is hot, and what people decide about it."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any

import typer

from inbox.cli import incident_replies, incident_report, incident_statements, output
from inbox.cli import incident_tasks as incident_tasks_cli
from inbox.flow.hot import by_hand, deciding, evidence
from inbox.flow.hot.deciding import Done
from inbox.model.ids import IncidentId, ThreadId
from inbox.model.incident import Incident, Severity, TimelineEvent
from inbox.store import incident_tasks, incidents
from inbox.store.engine import Store

_ACTOR = "command"
_Number = Annotated[int, typer.Argument(metavar="INCIDENT", min=1, max=output.LARGEST, help="The incident's number.")]
_Threads = Annotated[list[int], typer.Argument(metavar="THREAD...", help="Numbers of threads.")]
_STATES: dict[str, Callable[..., Done]] = {
    "confirm": deciding.confirm,
    "contain": deciding.contain,
    "close": deciding.close,
    "dismiss": deciding.dismiss,
    "reopen": deciding.reopen,
}


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(help="Incidents: list them, and decide.", invoke_without_command=True)
    group.callback()(listed)
    for command in (show, set_state, own, severity, rename, put, take, merge, unmerge, note, update):
        group.command(command.__name__.replace("_", "-").replace("set-state", "set"))(command)
    group.command("open")(open_by_hand)
    incident_tasks_cli.register(group)
    incident_replies.register(group)
    incident_statements.register(group)
    incident_report.register(group)
    app.add_typer(group, name="incidents")


def listed(
    context: typer.Context,
    *,
    all_: Annotated[bool, typer.Option("--all", help="Those that are over too.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="How many.")] = 100,
) -> None:
    """List incidents, the newest first; all with --json, as other programs expect."""
    if context.invoked_subcommand is not None:
        return
    with output.open_workspace(context).read() as s:
        every = all_ or output.wants_json(context)
        found = incidents.newest(s, limit) if every else incidents.open_ones(s)[:limit]
    if output.wants_json(context):
        output.say_json({"incidents": [_document(each) for each in found]})
        return
    if not found:
        typer.echo("No incident is open.")
        return
    heads = ["id", "state", "severity", "title", "opened", "owner", "threads"]
    output.table(heads, [[output.shown(cell) for cell in _cells(each)] for each in found])


def show(context: typer.Context, incident: _Number) -> None:
    """Show an incident: its evidence and its timeline."""
    with output.open_workspace(context).read() as s:
        found = incidents.get(s, IncidentId(incident))
        if found is None:
            output.fail(f"There is no incident {incident}.")
        told = incidents.timeline(s, found.id)
        threads = incidents.threads(s, found.id)
        tasks = incident_tasks.of(s, found.id)
        statements = incident_statements.documents(s, found.id)
    if output.wants_json(context):
        parts = {"timeline": [_event(each) for each in told], "thread_ids": threads, "statements": statements}
        output.say_json({**_document(found), **parts, "tasks": [incident_tasks_cli.document(each) for each in tasks]})
        return
    typer.echo(output.shown(f"{found.title}: {found.state}, severity {found.severity}, {_threads(found.threads)}"))
    if found.evidence:
        typer.echo(output.shown(evidence.paragraph(found.evidence)))
    for line in incident_statements.lines(statements):
        typer.echo(output.shown(line))
    typer.echo("")
    for each in reversed(told):
        typer.echo(output.shown(f"{output.iso(each.at)}  {each.actor}: {each.text}"))


def set_state(
    context: typer.Context,
    incident: _Number,
    state: Annotated[str, typer.Argument(metavar="|".join(_STATES), help="What becomes of it.")],
    *,
    expect: Annotated[int | None, typer.Option(metavar="VERSION", help="Refuse if it was changed since.")] = None,
) -> None:
    """Confirm, contain, close, dismiss or reopen an incident."""
    if state not in _STATES:
        raise typer.BadParameter(f"“{state}” is not one of {', '.join(_STATES)}.")
    act = _STATES[state]
    _decide(context, lambda store, now: act(store, IncidentId(incident), actor=_ACTOR, now=now, expect=expect))


def own(
    context: typer.Context,
    incident: _Number,
    employee: Annotated[str, typer.Argument(help="Whom; “nobody” for nobody.")],
) -> None:
    """Say who owns it."""
    whom = None if employee.casefold() in {"nobody", "none", "-"} else employee
    _decide(context, lambda store, now: deciding.own(store, IncidentId(incident), whom, actor=_ACTOR, now=now))


def severity(context: typer.Context, incident: _Number, level: Severity) -> None:
    """Say how bad it is."""
    _decide(
        context, lambda store, now: deciding.set_severity(store, IncidentId(incident), level, actor=_ACTOR, now=now)
    )


def rename(context: typer.Context, incident: _Number, title: str) -> None:
    """Give it another name."""
    _decide(context, lambda store, now: deciding.rename(store, IncidentId(incident), title, actor=_ACTOR, now=now))


def put(context: typer.Context, incident: _Number, threads: _Threads) -> None:
    """Put threads in."""
    ids = [ThreadId(each) for each in threads]
    _decide(context, lambda store, now: deciding.put(store, IncidentId(incident), ids, actor=_ACTOR, now=now))


def take(context: typer.Context, incident: _Number, threads: _Threads) -> None:
    """Take threads out."""
    ids = [ThreadId(each) for each in threads]
    _decide(context, lambda store, now: deciding.take(store, IncidentId(incident), ids, actor=_ACTOR, now=now))


def merge(
    context: typer.Context,
    incident: _Number,
    into: Annotated[int, typer.Argument(metavar="INTO", min=1, help="The incident that it is part of.")],
) -> None:
    """Make it part of another."""
    numbers = IncidentId(incident), IncidentId(into)
    _decide(context, lambda store, now: deciding.merge(store, *numbers, actor=_ACTOR, now=now))


def unmerge(context: typer.Context, incident: _Number) -> None:
    """Take it out of the incident that it was made part of."""
    _decide(context, lambda store, now: deciding.unmerge(store, IncidentId(incident), actor=_ACTOR, now=now))


def note(context: typer.Context, incident: _Number, text: str) -> None:
    """Write a note on its timeline."""
    _decide(context, lambda store, now: deciding.note(store, IncidentId(incident), text, actor=_ACTOR, now=now))


def update(context: typer.Context, incident: _Number, text: str) -> None:
    """Write where things stand."""
    _decide(context, lambda store, now: deciding.update(store, IncidentId(incident), text, actor=_ACTOR, now=now))


def open_by_hand(
    context: typer.Context,
    title: str,
    threads: Annotated[list[int] | None, typer.Argument(metavar="THREAD...", help="Numbers of threads.")] = None,
    *,
    level: Annotated[Severity, typer.Option("--severity", help="How bad it is.")] = Severity.MEDIUM,
) -> None:
    """Open an incident by hand."""
    store = output.open_workspace(context)
    ids = [ThreadId(each) for each in threads or ()]
    number, done = by_hand.open_incident(store, title, ids, severity=level, actor=_ACTOR, now=output.now())
    output.say(context, {"id": number, "sentence": done.sentence}, f"{done.sentence} It is incident {number}.")


def _decide(context: typer.Context, act: Callable[[Store, datetime], Done]) -> None:
    done = act(output.open_workspace(context), output.now())
    output.say(context, {"sentence": done.sentence}, done.sentence)


def _document(each: Incident) -> dict[str, Any]:
    return {
        "id": each.id,
        "state": str(each.state),
        "severity": str(each.severity),
        "kind": each.kind,
        "title": each.title,
        "opened_at": output.iso(each.opened_at),
        "owner": each.owner,
        "threads": each.threads,
        "evidence": each.evidence,
        "began_at": output.iso(each.began_at),
        "acknowledged_at": output.iso(each.acknowledged_at),
        "closed_at": output.iso(each.closed_at),
        "version": each.version,
    }


def _event(each: TimelineEvent) -> dict[str, Any]:
    return {"at": output.iso(each.at), "actor": each.actor, "kind": each.kind, "text": each.text}


def _threads(n: int) -> str:
    return "1 thread" if n == 1 else f"{n:,} threads"


def _cells(each: Incident) -> list[str]:
    opened = output.iso(each.opened_at) or ""
    return [str(each.id), str(each.state), str(each.severity), each.title, opened, each.owner or "-", str(each.threads)]
