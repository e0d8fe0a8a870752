"""``inbox ladders``: the escalation policies, and who would be called by them now. Nobody is called by asking."""

from datetime import datetime
from typing import Annotated, Any

import typer

from inbox.cli import output
from inbox.flow.escalate import asking
from inbox.flow.escalate.asking import There, WouldCall
from inbox.flow.escalate.ladders import check_named, ladder_for, ladders
from inbox.model import duration
from inbox.model.escalation import Ladder
from inbox.model.workspace import Workspace
from inbox.store import config
from inbox.store.escalations import ladder_document

_Name = Annotated[str, typer.Argument(metavar="NAME", help="The policy's name.")]
_At = Annotated[datetime | None, typer.Option("--at", metavar="TIME", help="At another time (UTC) than now.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(help="Escalation policies: who is called, in which order.", no_args_is_help=True)
    group.command("list")(listed)
    group.command("show")(show)
    group.command("test")(tried)
    app.add_typer(group, name="ladders")


def listed(context: typer.Context) -> None:
    """List the policies in their order; the first is used where a reason names none."""
    found = ladders(_workspace(context))
    if output.wants_json(context):
        output.say_json({"ladders": [ladder_document(each) for each in found]})
        return
    rows = [[each.name, str(len(each.steps)), str(each.repeat), _steps(each)] for each in found]
    output.table(["name", "steps", "repeat", "calls"], [[output.shown(cell) for cell in row] for row in rows])


def show(context: typer.Context, name: _Name) -> None:
    """Show one policy, step by step."""
    found = _named(_workspace(context), name)
    if output.wants_json(context):
        output.say_json(ladder_document(found))
        return
    typer.echo(f"{output.shown(found.name)}, repeated {found.repeat} times")
    for place, step in enumerate(found.steps, 1):
        typer.echo(f"{place}. {output.shown(', '.join(step.to))}, then waits {duration.show(step.wait)}")


def tried(context: typer.Context, name: _Name, at: _At = None) -> None:
    """Say who would be called now, by shifts and by who is away. Nobody is called."""
    workspace = _workspace(context)
    now = output.now() if at is None else at.replace(tzinfo=at.tzinfo or output.now().tzinfo)
    found = asking.would_call(workspace, _named(workspace, name), now)
    if output.wants_json(context):
        output.say_json(_document(name, now, found))
        return
    for place, step in enumerate(found.steps, 1):
        who = ", ".join(f"{output.shown(each.name)} ({each.there})" for each in step.called)
        typer.echo(f"{place}. after {_span(step)}: {who}")
    typer.echo(f"Repeated {found.repeat} times. After {duration.show(found.over)} those who lead are told.")


def _document(name: str, now: datetime, found: WouldCall) -> dict[str, Any]:
    return {
        "ladder": name,
        "at": output.iso(now),
        "steps": [
            {
                "after": step.after.total_seconds(),
                "wait": step.wait.total_seconds(),
                "called": [{"target": each.key, "there": str(each.there)} for each in step.called],
                "nobody": all(each.there is There.NOBODY for each in step.called),
            }
            for step in found.steps
        ],
        "repeat": found.repeat,
        "over": found.over.total_seconds(),
    }


def _workspace(context: typer.Context) -> Workspace:
    with output.open_workspace(context).read() as s:
        return config.load(s)


def _named(workspace: Workspace, name: str) -> Ladder:
    check_named(workspace, name)
    return ladder_for(workspace, name)


def _steps(ladder: Ladder) -> str:
    return " > ".join("+".join(step.to) for step in ladder.steps)


def _span(step: asking.StepNow) -> str:
    return duration.show(step.after) if step.after else "0s"
