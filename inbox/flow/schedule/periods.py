"""Which periods a scheduled report covers and when each is due: whole days, weeks, months in the workspace's zone."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final

from inbox.model.report import Period
from inbox.model.workspace import Every, ScheduledReport
from inbox.sla.hours import zone
from inbox.store.errors import Refused

CATCH_UP: Final = {Every.DAY: 7, Every.WEEK: 5, Every.MONTH: 3}
"""Periods that are made up for after a time in which nothing ran; older ones only by command."""
_MONTH: Final = re.compile(r"(\d{4})-(\d{2})")
_WEEK: Final = re.compile(r"(\d{4})-W(\d{2})")
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Due:
    """A period with the moment from which its report can be made. ``first`` and ``last`` are its days."""

    first: date
    last: date
    period: Period
    at: datetime

    def name(self, every: Every) -> str:
        """What files of it are called: 2026-03-02, 2026-03-02 to 2026-03-08, 2026-03."""
        if every is Every.DAY:
            return f"{self.first}"
        return f"{self.first:%Y-%m}" if every is Every.MONTH else f"{self.first} to {self.last}"


def ended(report: ScheduledReport, zone_name: str, now: datetime, count: int = 1) -> list[Due]:
    """The last periods whose report is due by ``now``, oldest first."""
    here = zone(zone_name)
    begin = _begin(report.every, now.astimezone(here).date())
    found: list[Due] = []
    while len(found) < count and begin.year > 1:
        last = begin - _DAY
        due = _due(_begin(report.every, last), begin, report.at, here)
        if due.at <= now and due.period.start != due.period.end:
            found.append(due)
        begin = due.first
    return found[::-1]


def period_of(report: ScheduledReport, zone_name: str, told: str, now: datetime) -> Due:
    """The period that somebody names: “last”, a day in it like 2026-03-02, a week 2026-W10 or a month 2026-03.

    Raises ``Refused`` for what is no period, and for one that has not begun.
    """
    if told.casefold() == "last":
        return ended(report, zone_name, now)[0]
    here = zone(zone_name)
    begin = _begin(report.every, _day(told))
    due = _due(begin, _next(report.every, begin), report.at, here)
    if due.period.start is None or due.period.start >= now:
        raise Refused(f"The {report.every} of {begin} has not begun yet.")
    return due


def _day(told: str) -> date:
    try:
        if found := _WEEK.fullmatch(told.upper()):
            return date.fromisocalendar(int(found[1]), int(found[2]), 1)
        if found := _MONTH.fullmatch(told):
            return date(int(found[1]), int(found[2]), 1)
        return date.fromisoformat(told)
    except ValueError as error:
        raise Refused(f"“{told}” is no period. Write it like 2026-03-02, 2026-W10, 2026-03 or last.") from error


def _begin(every: Every, day: date) -> date:
    if every is Every.WEEK:
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if every is Every.MONTH else day


def _next(every: Every, begin: date) -> date:
    if every is Every.MONTH:
        return (begin + timedelta(days=31)).replace(day=1)
    return begin + timedelta(days=7 if every is Every.WEEK else 1)


def _due(begin: date, end: date, at: time, here: tzinfo) -> Due:
    # A wall time that occurs twice is the first; one that does not exist is read with the offset before the change:
    # both are what Python does with fold 0 (PRODUCT.md section 5).
    start, until, due = (
        datetime.combine(day, clock, here).astimezone(UTC) for day, clock in ((begin, time()), (end, time()), (end, at))
    )
    return Due(begin, end - _DAY, Period(start, until), due)
