"""``inbox sla preview``: when a mention would be due under a policy, with the sum shown span by span."""

from datetime import datetime
from typing import Annotated, Any, Final

import typer

from inbox.cli import output
from inbox.flow import policies
from inbox.flow.policies.promising import Line, Promised, Promises
from inbox.model import duration
from inbox.model.words import Metric, Priority
from inbox.model.workspace import Calendar, Policy, Workspace
from inbox.sla.hours import CalendarRefused, zone
from inbox.sla.preview import Promise
from inbox.store import config
from inbox.store.errors import NotFound

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
    try:
        posted = _time(at, policies.calendar_of(workspace, chosen, area))
        found = policies.promises(workspace, chosen, priority, area, posted)
    except (CalendarRefused, NotFound) as error:
        output.fail(str(error))
    if output.wants_json(context):
        output.say_json({str(metric): _document(each.promise) for metric, each in found.each.items()})
        return
    for line in _lines(found):
        typer.echo(output.shown(line))


def _policy(workspace: Workspace, name: str) -> Policy:
    found = next((each for each in workspace.policies if each.name.casefold() == name.casefold()), None)
    if found is None:
        listed = ", ".join(each.name for each in workspace.policies)
        there_are = f"There are: {listed}." if listed else "There are none yet."
        output.fail(f"There is no policy “{name}”. {there_are}")
    return found


def _time(written: str, calendar: Calendar) -> datetime:
    try:
        return policies.posted_at(written, calendar, output.now())
    except CalendarRefused:
        raise
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


def _lines(found: Promises) -> list[str]:
    if not found.each:
        return ["The policy promises nothing for that priority, so time is measured and there is no deadline."]
    calendar = found.calendar
    lines = [f"Times of {calendar.time_zone}, open hours of “{calendar.name}”."]
    for metric, each in found.each.items():
        promise = each.promise
        begun = f"{_NAMES[metric]}: a mention posted {_moment(found.at, calendar)}"
        if promise.due_at is None:
            lines += ["", f"{begun} would have no deadline: it is more than 10 years away."]
            continue
        lines += ["", f"{begun} would be due {_moment(promise.due_at, calendar)}."]
        lines += _sum(each, calendar)
        if promise.warn_at is not None:
            lines.append(f"  The warning would come {_moment(promise.warn_at, calendar)}.")
    return lines


def _sum(found: Promised, calendar: Calendar) -> list[str]:
    lines = [_line(each, calendar) for each in found.lines]
    if found.more:
        more = f"and {found.more} more until then"
        lines.append(f"  {more:<40}  {duration.show(found.rest):>9}")
    return [*lines, f"  {'together':<40}  {duration.show(found.promise.target):>9}"]


def _line(line: Line, calendar: Calendar) -> str:
    if line.counts:
        return f"  {_span(line.start, line.end, calendar)}  {duration.show(line.end - line.start):>9}"
    closed = f"closed: {line.why}"
    return f"  {closed:<40}  {'(' + duration.show(line.end - line.start) + ')':>9}"


def _span(opens: datetime, closes: datetime, calendar: Calendar) -> str:
    begin, end = opens.astimezone(zone(calendar.time_zone)), closes.astimezone(zone(calendar.time_zone))
    until = f"{end:%H:%M}" if begin.date() == end.date() else _moment(closes, calendar)
    return f"{_moment(opens, calendar) + ' to ' + until:<40}"


def _moment(at: datetime, calendar: Calendar) -> str:
    here = at.astimezone(zone(calendar.time_zone))
    seconds = ":%S" if here.second else ""
    return f"{_DAYS[here.weekday()]} {here:%Y-%m-%d %H:%M}" + here.strftime(seconds)
