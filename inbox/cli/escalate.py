"""``inbox escalate``, ``ack`` and ``escalations``: call for help, and say that you have it."""

from typing import Annotated, Any

import typer

from inbox.cli import ladders, output
from inbox.flow.escalate import raising
from inbox.model.escalation import Escalation
from inbox.model.ids import EscalationId, IncidentId, ThreadId
from inbox.store import escalations

_ACTOR = "command"
_As = Annotated[str, typer.Option("--as", metavar="EMPLOYEE", help="On whose behalf.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("escalate")(escalate)
    app.command("ack")(ack)
    app.command("hand-over")(hand_over)
    app.command("escalations")(listed)
    ladders.register(app)


def escalate(
    context: typer.Context,
    thread: Annotated[int | None, typer.Argument(metavar="THREAD", min=1, help="The thread's number.")] = None,
    *,
    reason: Annotated[str, typer.Option(help="Why; the name of a ladder is one.")],
    ladder: Annotated[str | None, typer.Option(help="The ladder, where the reason does not name it.")] = None,
    incident: Annotated[int | None, typer.Option(min=1, help="An incident instead of a thread.")] = None,
    actor: _As = _ACTOR,
) -> None:
    """Call for help about a thread or an incident until somebody acknowledges it."""
    if (thread is None) == (incident is None):
        raise typer.BadParameter("Name a thread, or an incident with --incident.")
    store = output.open_workspace(context)
    done = raising.raise_call(
        store,
        thread=None if thread is None else ThreadId(thread),
        incident=None if incident is None else IncidentId(incident),
        reason=reason,
        ladder=ladder,
        actor=output.acting(store, actor),
        now=output.now(),
    )
    output.say(context, {"id": done.id, "sentence": done.sentence}, f"{done.sentence} It is escalation {done.id}.")


def ack(
    context: typer.Context,
    escalation: Annotated[int, typer.Argument(metavar="ESCALATION", min=1, help="Its number.")],
    *,
    actor: _As = _ACTOR,
) -> None:
    """Acknowledge a call: nobody else is called any more."""
    store = output.open_workspace(context)
    done = raising.acknowledge(store, EscalationId(escalation), actor=output.acting(store, actor), now=output.now())
    output.say(context, {"id": done.id, "sentence": done.sentence}, done.sentence)


def hand_over(
    context: typer.Context,
    escalation: Annotated[int, typer.Argument(metavar="ESCALATION", min=1, help="Its number.")],
    employee: Annotated[str, typer.Argument(metavar="EMPLOYEE", help="Who is called instead, at once.")],
    *,
    actor: _As = _ACTOR,
) -> None:
    """Call somebody else instead; the rest of the ladder follows if they do not answer."""
    store = output.open_workspace(context)
    done = raising.hand_over(
        store, EscalationId(escalation), employee, actor=output.acting(store, actor), now=output.now()
    )
    output.say(context, {"id": done.id, "sentence": done.sentence}, done.sentence)


def listed(
    context: typer.Context,
    *,
    all_: Annotated[bool, typer.Option("--all", help="Those that are over too.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="How many.")] = 100,
) -> None:
    """List calls, the newest first."""
    with output.open_workspace(context).read() as s:
        shown = (escalations.newest if all_ else escalations.standing)(s, limit)
    if output.wants_json(context):
        output.say_json({"escalations": [_document(each) for each in shown]})
        return
    if not shown:
        typer.echo("Nobody is being called.")
        return
    heads = ["id", "state", "about", "raised", "by", "reason"]
    output.table(heads, [[output.shown(cell) for cell in _cells(each)] for each in shown])


def _document(each: Escalation) -> dict[str, Any]:
    return {
        "id": each.id,
        "thread": each.thread_id,
        "incident": each.incident_id,
        "ladder": each.ladder.name,
        "reason": each.reason,
        "state": str(each.state),
        "raised_by": each.raised_by,
        "raised_at": output.iso(each.raised_at),
        "next_at": output.iso(each.next_at),
        "acknowledged_by": each.acknowledged_by or None,
        "acknowledged_at": output.iso(each.acknowledged_at),
        "calls": [
            {
                "round": call.round,
                "step": call.step,
                "target": call.target,
                "state": str(call.state),
                "at": output.iso(call.at),
                "error": call.error,
            }
            for call in each.calls
        ],
    }


def _cells(each: Escalation) -> list[str]:
    about = f"thread {each.thread_id}" if each.thread_id is not None else f"incident {each.incident_id}"
    return [str(each.id), str(each.state), about, output.iso(each.raised_at) or "", each.raised_by, each.reason]
