"""What the reports page asks: report, metric, time, period and filter. Pure but for the words of dates."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from inbox.model.report import By, Period, Question, Timing
from inbox.model.words import Metric

LAST: Final = {"7": 7, "14": 14, "28": 28}
"""Periods of so many days, today among them."""
THIS_MONTH: Final = "month"
LAST_MONTH: Final = "last-month"
DATES: Final = "dates"

TIMED: Final = frozenset({"response-times", "sla"})
"""Reports of one metric."""
GROUPED: Final = frozenset({"response-times", "sla", "volume", "workload", "outcomes", "incidents"})
"""Reports whose rows can be grouped."""
FILTERED: Final = (By.AREA, By.ACCOUNT, By.PRIORITY)


@dataclass(frozen=True, slots=True)
class Asked:
    """The choices on the page. ``first`` and ``last`` are days (both included) of a period of one's own."""

    report: str = "response-times"
    metric: Metric = Metric.FIRST
    by: By = By.AREA
    timing: Timing = Timing.BUSINESS
    span: str = "28"
    first: date | None = None
    last: date | None = None
    only: tuple[tuple[By, str], ...] = ()

    def question(self, zone: str, now: datetime) -> Question:
        """The question that these choices are, in the zone of the workspace."""
        by = self.by if self.report in GROUPED else By.AREA
        return Question(self.report, self.metric, by, self.timing, period(self, zone, now), self.only)

    def chosen(self, by: By) -> str | None:
        """The one key that is kept of a grouping; None for all."""
        return next((key for each, key in self.only if each is by), None)

    def keep(self, by: By, key: str | None) -> "Asked":
        """The same, kept to one key of a grouping; None keeps all."""
        others = tuple(pair for pair in self.only if pair[0] is not by)
        return replace(self, only=others if key is None else (*others, (by, key)))


def days(asked: Asked, zone: str, now: datetime) -> tuple[date, date]:
    """The first and the last day of the period, both included, in the zone."""
    today = now.astimezone(place(zone)).date()
    if asked.span in LAST:
        return today - timedelta(days=LAST[asked.span] - 1), today
    if asked.span == THIS_MONTH:
        return today.replace(day=1), today
    if asked.span == LAST_MONTH:
        last = today.replace(day=1) - timedelta(days=1)
        return last.replace(day=1), last
    first, last = asked.first or today, asked.last or today
    return min(first, last), max(first, last)


def period(asked: Asked, zone: str, now: datetime) -> Period:
    """The period in time; one that lasts until today is open, so that the one before it is just as long."""
    first, last = days(asked, zone, now)
    here = place(zone)
    start = datetime.combine(first, time(), here)
    if last >= now.astimezone(here).date():
        return Period(start)
    return Period(start, datetime.combine(last + timedelta(days=1), time(), here))


def before(asked: Period, now: datetime) -> Period:
    """The period just before, of the same length."""
    if asked.start is None:
        return Period(end=asked.start)
    end = asked.end or now
    return Period(asked.start - (end - asked.start), asked.start)


def place(zone: str) -> ZoneInfo:
    """The zone; round the clock in UTC where the system does not know it."""
    try:
        return ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
