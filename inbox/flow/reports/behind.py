"""The threads behind a figure: of a row, a cell, a day, a bar, an hour of the week."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from math import inf
from typing import Final

from inbox.flow.reports.score_figures import SPOKEN
from inbox.flow.reports.score_lines import lines_of
from inbox.flow.reports.scorecards import RATIO, TOTAL
from inbox.flow.reports.shapes import Local, bounds, single_target
from inbox.flow.reports.spread import MINUTE
from inbox.flow.reports.waits import calendars_of, lengths
from inbox.model.ids import ThreadId
from inbox.model.report import By, Period, Question, Step, Timing
from inbox.model.words import Metric
from inbox.sla.hours import EPOCH
from inbox.store import config, quality
from inbox.store.engine import Session, Store
from inbox.store.errors import NotFound
from inbox.store.reports import counts, incidents, outcomes, waits, workload
from inbox.store.reports.groups import keys


def threads(
    store: Store,
    question: Question,
    *,
    key: str | None = None,
    day: date | None = None,
    step: Step | None = None,
    hour: tuple[int, int] | None = None,
    column: str | None = None,
    zone: str = "UTC",
    limit: int = 200,
    now: datetime,
) -> list[ThreadId]:
    """The threads that a figure was made of, the longest wait first (the newest first where nothing waits).

    ``key`` and ``column`` name a cell of the table; ``day``, ``step`` and ``hour`` (weekday from Monday, hour) a part
    of the shape. Raises ``NotFound`` for an unknown key.
    """
    with store.read() as s:
        asked = question
        if asked.report == "scorecard":
            return _behind_line(s, asked, key or "", limit, now)
        if key is not None:
            asked = replace(question, only=(*question.only, (question.by, _known(s, question.by, key))))
        span = None if step is None else _span(s, question, step)
        part = _Part(day, span, hour, Local(zone))
        if part.everything and question.report in _OTHERS:
            return _OTHERS[question.report](s, asked, column, limit)
        return _waited(s, asked, part, limit)


_OTHERS: dict[str, Callable[[Session, Question, str | None, int], list[ThreadId]]] = {
    "volume": counts.behind_volume,
    "sla": waits.kept,
    "workload": workload.behind_workload,
    "outcomes": outcomes.behind_outcomes,
    "incidents": incidents.behind_incidents,
}


@dataclass(frozen=True, slots=True)
class _Part:
    """Of all waits those that began on a day or in an hour of the week, or took as long as a bar says."""

    day: date | None
    span: tuple[float, float] | None
    hour: tuple[int, int] | None
    place: Local

    @property
    def everything(self) -> bool:
        """Whether nothing is left out."""
        return self.day is None and self.span is None and self.hour is None

    def within(self, period: Period) -> Period:
        """The period, cut to the day asked for, so that a year is not read for one day."""
        if self.day is None:
            return period
        begin, end = self.place.day(self.day)
        start = begin if period.start is None else max(begin, period.start)
        return Period(start, end if period.end is None else min(end, period.end))

    def holds(self, began: int, took: int) -> bool:
        """Whether a wait belongs to it; microseconds."""
        if self.day is not None or self.hour is not None:
            day, weekday, hour = self.place.at(began)
            if self.day not in {None, day} or self.hour not in {None, (weekday, hour)}:
                return False
        return self.span is None or self.span[0] < took <= self.span[1]


def _span(s: Session, asked: Question, step: Step) -> tuple[float, float]:
    """Over how many microseconds the waits of a bar are, and up to how many."""
    uppers = bounds(single_target(s, asked))
    upto = inf if step.upto_minutes is None else step.upto_minutes
    below = max((upper for upper in uppers if upper < upto), default=-1.0)
    return below * MINUTE, upto * MINUTE


def _waited(s: Session, asked: Question, part: _Part, limit: int) -> list[ThreadId]:
    if part.everything and asked.timing is Timing.CALENDAR and asked.metric is not Metric.RESOLUTION:
        return waits.longest(s, asked, limit)
    asked = replace(asked, period=part.within(asked.period))
    calendars = calendars_of(s, asked.timing)
    longest: dict[int, int] = {}
    for rows in waits.numbered(s, asked):
        for row, took in zip(rows, lengths(rows, calendars), strict=True):
            if part.holds(row[1], took):
                longest[row[0]] = max(took, longest.get(row[0], -1))
    found = sorted(longest, key=lambda number: (-longest[number], number))
    return [ThreadId(number) for number in found[:limit]]


def _behind_line(s: Session, asked: Question, name: str, limit: int, now: datetime) -> list[ThreadId]:
    """The threads that a line of the scorecard is computed from; none for what was entered by hand."""
    line = next((each for each in lines_of(config.load(s)) if each.name == name), None)
    if name in {TOTAL, RATIO}:
        return []
    if line is None:
        raise NotFound(f"The scorecard has no line “{name}”.")
    if line.figure == "routing accuracy":
        period = asked.period
        return quality.corrected_threads(s, period.start or EPOCH, period.end or now, limit)
    metric = next((each for each in Metric if (line.figure or "").startswith(SPOKEN[each])), None)
    if metric is not None and line.figure is not None:
        if line.figure.endswith("in target"):
            return waits.kept(s, replace(asked, metric=metric), None, limit)
        part = _Part(None, None, None, Local("UTC"))
        return _waited(s, replace(asked, metric=metric), part, limit)
    if line.figure not in _FIGURES:
        return []
    report, column = _FIGURES[line.figure]
    return _OTHERS[report](s, asked, column, limit)


_FIGURES: Final = {
    "response rate": ("outcomes", "needing"),
    "reopen rate": ("outcomes", "reopened"),
    "thanks in public": ("outcomes", "thanks_in_public"),
    "sentiment change": ("outcomes", "threads"),
    "backlog": ("workload", "backlog"),
    "reassignments": ("workload", "reassigned"),
    "handling time median": ("workload", "handling_n"),
    "time in queue median": ("workload", "queue_n"),
    "mentions": ("volume", "mentions"),
    "incident time to acknowledge": ("incidents", "acknowledge_n"),
}
"""In which report, and in which of its columns, the threads of a figure stand."""


def _known(s: Session, by: By, key: str) -> str:
    if by not in {By.EMPLOYEE, By.PRIORITY} and key not in keys(s, by).values():
        raise NotFound(f"There is no {by} “{key}”.")
    return key
