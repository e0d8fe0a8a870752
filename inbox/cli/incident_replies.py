"""``inbox incidents reply``: answer everybody that an incident gathered, see how far that is, and take it back."""

from datetime import datetime, timedelta
from typing import Annotated

import typer

from inbox.cli import output
from inbox.flow.hot import bulk
from inbox.flow.hot.bulk import LeftOut, Plan
from inbox.flow.policy_reasons import spoken
from inbox.model import duration
from inbox.model.ids import IncidentId
from inbox.model.words import AfterSend
from inbox.store import incidents
from inbox.store.engine import Store

_ACTOR = "command"
_SHOWN = 10
_Number = Annotated[int, typer.Argument(metavar="INCIDENT", min=1, max=output.LARGEST, help="The incident's number.")]


def register(incidents_group: typer.Typer) -> None:
    """Add the commands."""
    incidents_group.command("reply")(reply)
    incidents_group.command("replies")(replies)


def reply(
    context: typer.Context,
    incident: _Number,
    text: Annotated[str, typer.Argument(help="What to answer; {name} and {handle} are filled in for each author.")],
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say who would be answered, and queue nothing.")] = False,
    again: Annotated[bool, typer.Option("--again", help="Also who was answered since it began.")] = False,
    after: Annotated[AfterSend, typer.Option("--after", help="What becomes of each thread.")] = AfterSend.WAIT,
    pace: Annotated[str, typer.Option("--pace", metavar="4s", help="Between two answers of one account.")] = "4s",
) -> None:
    """Answer each author of its threads once, each answer addressed to them and checked like any reply."""
    store, number, every = output.open_workspace(context), IncidentId(incident), _pace(pace)
    now = output.now()
    if dry_run:
        with store.read() as s:
            found = bulk.plan(s, number, text, me=_ACTOR, now=now, again=again, pace=every)
        _say_plan(context, found)
        return
    done = bulk.send(store, number, text, actor=_ACTOR, now=now, again=again, after=after, pace=every)
    left_out = [_left(each) for each in done.left_out]
    output.say(context, {"queued": done.queued, "left_out": left_out, "sentence": done.sentence}, done.sentence)


def replies(
    context: typer.Context,
    incident: _Number,
    *,
    cancel: Annotated[bool, typer.Option("--cancel", help="Take back all that have not gone out.")] = False,
) -> None:
    """Say how far the replies to its threads are, or take them back."""
    store, now = output.open_workspace(context), output.now()
    with store.read() as s:
        if incidents.get(s, IncidentId(incident)) is None:
            output.fail(f"There is no incident {incident}.")
    if cancel:
        done = bulk.cancel(store, IncidentId(incident), actor=_ACTOR, now=now)
        output.say(context, {"cancelled": done.queued, "sentence": done.sentence}, done.sentence)
        return
    _say_progress(context, store, IncidentId(incident), now)


def _say_progress(context: typer.Context, store: Store, incident: IncidentId, now: datetime) -> None:
    with store.read() as s:
        found = bulk.progress(s, incident, now)
    parts = {"waiting": found.waiting, "sent": found.sent, "failed": found.failed, "cancelled": found.cancelled}
    words = ", ".join(f"{n} {what}" for what, n in parts.items())
    left = f"; the last one goes out in {spoken(_whole(found.lasts))}" if found.lasts else ""
    output.say(context, {**parts, "lasts_seconds": output.seconds(_whole(found.lasts))}, f"{words}{left}.")


def _say_plan(context: typer.Context, found: Plan) -> None:
    if output.wants_json(context):
        answers = [
            {"thread": each.thread_id, "author": each.author, "account": each.account_id, "text": each.text}
            for each in found.answers
        ]
        left_out = [_left(each) for each in found.left_out]
        document = {"answers": answers, "left_out": left_out, "lasts_seconds": output.seconds(found.lasts)}
        output.say_json(document)
        return
    for each in found.answers[:_SHOWN]:
        typer.echo(output.shown(f"{each.author}: {each.text}"))
    more = len(found.answers) - _SHOWN
    if more > 0:
        typer.echo(f"... and {more:,} more.")
    people = "1 person" if len(found.answers) == 1 else f"{len(found.answers):,} people"
    over = f", over {spoken(found.lasts)}" if found.lasts else ""
    typer.echo(f"{people} would be answered{over}.")
    for why, n in found.reasons():
        typer.echo(output.shown(f"Left out ({n:,}): {why}."))


def _left(each: LeftOut) -> dict[str, object]:
    return {"thread": each.thread_id, "author": each.author, "why": each.why}


def _pace(told: str) -> timedelta:
    try:
        return duration.parse(told)
    except ValueError as error:
        raise typer.BadParameter(f"{error}.") from error


def _whole(span: timedelta) -> timedelta:
    return timedelta(seconds=round(span.total_seconds()))
