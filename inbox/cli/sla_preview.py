"""``inbox sla preview``: when a mention would be due under a policy, with the sum shown span by span."""

from datetime import datetime, timedelta
from typing import Annotated, Any, Final

import typer

from inbox.cli import output
from inbox.cli.moments import moment
from inbox.model import duration
from inbox.model.words import Metric, Priority
from inbox.model.workspace import Calendar, Policy, Workspace
from inbox.sla.hours import CalendarRefused, zone
from inbox.sla.policy import ALWAYS
from inbox.sla.preview import Promise, preview
from inbox.store import config, people
from inbox.store.engine import Session

_SHOWN: Final = 14
"""Spans shown to people; JSON has them all."""
_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NAMES: Final = {Metric.FIRST: "First response", Metric.NEXT: "Next response", Metric.RESOLUTION: "Resolution"}


def show_preview(
    context: typer.Context,
    *,
    policy: Annotated[str, typer.Option(help="A policy of the workspace.")],
    at: Annotated[
        str, typer.Option("--at", help="RFC 3339, or like “fri 16:50”; without a zone it is the calendar's.")
    ],
    priority: Annotated[Priority, typer.Option(help="For targets per priority.")] = Priority.NORMAL,
    area: Annotated[str | None, typer.Option(help="Its calendar holds where the policy names none.")] = None,
) -> None:
    """Say when a mention posted at a time would be due."""
    with output.open_workspace(context).read() as s:
        workspace = config.load(s)
        chosen = _policy(workspace, policy)
        calendar = _calendar(s, workspace, chosen, area)
    try:
        posted = _time(at, calendar)
        promises = preview(chosen, priority, calendar, posted)
    except CalendarRefused as error:
        output.fail(str(error))
    if output.wants_json(context):
        output.say_json({str(metric): _document(each) for metric, each in promises.items()})
        return
    for line in _lines(promises, posted, calendar):
        typer.echo(output.shown(line))


def _policy(workspace: Workspace, name: str) -> Policy:
    found = next((each for each in workspace.policies if each.name.casefold() == name.casefold()), None)
    if found is None:
        listed = ", ".join(each.name for each in workspace.policies)
        there_are = f"There are: {listed}." if listed else "There are none yet."
        output.fail(f"There is no policy “{name}”. {there_are}")
    return found


def _calendar(s: Session, workspace: Workspace, policy: Policy, area: str | None) -> Calendar:
    """The policy's, else the area's, else round the clock in the workspace's zone."""
    where = None if area is None else people.area(s, area)
    name = policy.calendar or (where.calendar if where else None)
    around_the_clock = Calendar(ALWAYS.name, workspace.settings.time_zone)
    return next((each for each in workspace.calendars if each.name == name), around_the_clock)


def _time(written: str, calendar: Calendar) -> datetime:
    try:
        found = datetime.fromisoformat(written)
    except ValueError:
        return _spoken(written, calendar)
    return found if found.tzinfo else found.replace(tzinfo=zone(calendar.time_zone))


def _spoken(written: str, calendar: Calendar) -> datetime:
    try:
        return moment(written, output.now(), zone(calendar.time_zone))
    except ValueError as error:
        output.fail(str(error), 2)


def _document(promise: Promise) -> dict[str, Any]:
    return {
        "due_at": output.iso(promise.due_at),
        "warn_at": output.iso(promise.warn_at),
        "spans": [
            {"from": output.iso(opens), "to": output.iso(closes), "seconds": output.seconds(closes - opens)}
            for opens, closes in promise.spans
        ],
    }


def _lines(promises: dict[Metric, Promise], posted: datetime, calendar: Calendar) -> list[str]:
    if not promises:
        return ["The policy promises nothing for that priority, so time is measured and there is no deadline."]
    lines = [f"Times of {calendar.time_zone}, open hours of “{calendar.name}”."]
    for metric, promise in promises.items():
        begun = f"{_NAMES[metric]}: a mention posted {_moment(posted, calendar)}"
        if promise.due_at is None:
            lines += ["", f"{begun} would have no deadline: it is more than 10 years away."]
            continue
        lines += ["", f"{begun} would be due {_moment(promise.due_at, calendar)}."]
        lines += _sum(promise, calendar)
        if promise.warn_at is not None:
            lines.append(f"  The warning would come {_moment(promise.warn_at, calendar)}.")
    return lines


def _sum(promise: Promise, calendar: Calendar) -> list[str]:
    spans = promise.spans
    lines = [f"  {_span(opens, closes, calendar)}  {duration.show(closes - opens):>9}" for opens, closes in spans]
    if len(spans) > _SHOWN:
        rest = sum((closes - opens for opens, closes in spans[_SHOWN:]), timedelta(0))
        more = f"and {len(spans) - _SHOWN} more until then"
        lines = [*lines[:_SHOWN], f"  {more:<40}  {duration.show(rest):>9}"]
    return [*lines, f"  {'together':<40}  {duration.show(promise.target):>9}"]


def _span(opens: datetime, closes: datetime, calendar: Calendar) -> str:
    begin, end = opens.astimezone(zone(calendar.time_zone)), closes.astimezone(zone(calendar.time_zone))
    until = f"{end:%H:%M}" if begin.date() == end.date() else _moment(closes, calendar)
    return f"{_moment(opens, calendar) + ' to ' + until:<40}"


def _moment(at: datetime, calendar: Calendar) -> str:
    here = at.astimezone(zone(calendar.time_zone))
    seconds = ":%S" if here.second else ""
    return f"{_DAYS[here.weekday()]} {here:%Y-%m-%d %H:%M}" + here.strftime(seconds)
