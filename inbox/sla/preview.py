"""What a policy would promise a mention posted at some time, with the sum shown. By the same code as the clocks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from inbox.model.people import WEEKDAYS
from inbox.model.words import Metric, Priority
from inbox.model.workspace import Calendar, Policy
from inbox.sla.calendar import due, open_spans
from inbox.sla.hours import holiday_names, zone
from inbox.sla.policy import target

Span = tuple[datetime, datetime]
_DAY: Final = timedelta(days=1)
_BREAK: Final = timedelta(hours=4)
"""Closed for no longer than this within a day is a break."""
_SUNDAY: Final = 6


@dataclass(frozen=True, slots=True)
class Promise:
    """A deadline: ``due_at`` None is more than 10 years away. The lengths of ``spans`` add up to ``target``."""

    target: timedelta
    due_at: datetime | None
    warn_at: datetime | None
    spans: tuple[Span, ...]


class Closed(StrEnum):
    """Why a calendar is closed for a while."""

    BREAK = "break"
    NIGHT = "night"
    WEEKEND = "weekend"
    DAY = "no hours on that day"
    HOURS = "outside the hours"
    DATE = "closed date"
    HOLIDAY = "holiday"
    IMPORTED = "imported date"


@dataclass(frozen=True, slots=True)
class Gap:
    """Closed time between two open spans, with every reason and, for holidays and imported dates, its name."""

    start: datetime
    end: datetime
    why: tuple[tuple[Closed, str], ...]


def preview(policy: Policy, priority: Priority, calendar: Calendar, at: datetime) -> dict[Metric, Promise]:
    """The promises for a mention posted at ``at``; metrics without a target are left out.

    Raises ``CalendarRefused``.
    """
    found: dict[Metric, Promise] = {}
    for metric in Metric:
        allowed = target(policy, metric, priority)
        if allowed is None:
            continue
        due_at = due(calendar, at, allowed)
        warned = due_at is not None and policy.warn_before
        warn_at = due(calendar, at, max(allowed - policy.warn_before, timedelta(0))) if warned else None
        spans = () if due_at is None else tuple(open_spans(calendar, at, due_at))
        found[metric] = Promise(allowed, due_at, warn_at, spans)
    return found


def gaps(calendar: Calendar, at: datetime, spans: Iterable[Span]) -> Iterator[Gap]:
    """The closed time from ``at`` to the first span and between the others, each with its reasons, in order."""
    last, opened = at, False
    for opens, closes in spans:
        if opens > last:
            yield Gap(last, opens, _why(calendar, last, opens, opened=opened))
        last, opened = closes, True


def _why(calendar: Calendar, start: datetime, end: datetime, *, opened: bool) -> tuple[tuple[Closed, str], ...]:
    here = zone(calendar.time_zone)
    first, last = start.astimezone(here), end.astimezone(here)
    days = [first.date() + _DAY * n for n in range((last.date() - first.date()).days + 1)]
    found = dict.fromkeys(reason for day in days if (reason := _special(calendar, day)) is not None)
    if found:
        return tuple(found)
    if first.date() == last.date():
        short = opened and end - start <= _BREAK
        return ((Closed.BREAK if short else Closed.HOURS, ""),)
    return ((Closed.NIGHT if end - start < _DAY else Closed.HOURS, ""),)


def _special(calendar: Calendar, day: date) -> tuple[Closed, str] | None:
    """Why no hours begin on a day; None where some do. An open date replaces even a closed one."""
    own = calendar.open.get(day)
    if own is not None:
        return None if own else (Closed.DATE, "")
    name = next((each.name for each in calendar.imported if each.on and each.date == day), None)
    if name is not None:
        return Closed.IMPORTED, name
    if day in calendar.closed:
        return Closed.DATE, ""
    if calendar.week is not None and not calendar.week.get(WEEKDAYS[day.weekday()]):
        return (Closed.WEEKEND if day.weekday() in _weekend(calendar) else Closed.DAY), ""
    holiday = None if calendar.holidays is None else holiday_names(*calendar.holidays, day.year).get(day)
    return None if holiday is None else (Closed.HOLIDAY, holiday)


def _weekend(calendar: Calendar) -> set[int]:
    """Saturday and Sunday, or Friday and Saturday where Sunday is a day of work."""
    sunday = calendar.week is not None and bool(calendar.week.get(WEEKDAYS[_SUNDAY]))
    return {_SUNDAY - 2, _SUNDAY - 1} if sunday else {_SUNDAY - 1, _SUNDAY}
