"""What the charts of one metric show: waits by day, by how long they took, and by the hour of the week."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from inbox.flow.reports.spread import MINUTE, Spread, spread
from inbox.flow.reports.waits import calendars_of, lengths
from inbox.model.report import Period, Question, ResponseRow, Shape, Slot, Step
from inbox.sla.hours import EPOCH, MICRO, zone
from inbox.store.engine import Session, Store
from inbox.store.reports import waits
from inbox.store.reports.waits import Promised

STEPS: Final = (5, 15, 30, 60, 120, 240, 480, 1440, 2880, 10_080)
"""Upper bounds of the distribution's bars in minutes; all longer waits are the last bar."""
_QUARTER: Final = 900_000_000
_DAYS_IN_WEEK: Final = 7
_HOURS_IN_DAY: Final = 24

Place = tuple[date, int, int]
"""A local date, its weekday (Monday is 0) and hour."""


@dataclass(frozen=True, slots=True)
class Waits:
    """When each wait began, and how long it took; microseconds. Two plain lists, since a million pairs take long."""

    began: list[int]
    took: list[int]


def shape(store: Store, question: Question, *, zone: str, now: datetime) -> Shape:
    """The shape of the metric asked for, whatever the report. Raises ``CalendarRefused`` for an unknown zone."""
    place = Local(zone)
    with store.read() as s:
        found = waits_of(s, question)
        before = _before(s, question, now)
        promised = waits.promised(s, question)
    bound = _single(promised, len(found.took))
    slots = [place.at(began) for began in found.began]
    days, week = _days(slots, found.took), _week(slots, found.took)
    steps = steps_of(found.took, bound)
    return Shape(_row(list(found.took)), before, promised.met, promised.breached, bound, days, steps, week)


def single_target(s: Session, asked: Question) -> float | None:
    """The target in minutes, where all waits asked for had the same."""
    return _single(waits.promised(s, asked), sum(len(rows) for rows in waits.spans(s, asked)))


def waits_of(s: Session, asked: Question) -> Waits:
    """The waits asked for."""
    calendars = calendars_of(s, asked.timing)
    found = Waits([], [])
    for rows in waits.numbered(s, asked):
        found.began.extend(row[1] for row in rows)
        found.took.extend(lengths(rows, calendars))
    return found


class Local:
    """The days and hours of a zone, looked up a quarter of an hour at a time: no zone's offset changes within one."""

    def __init__(self, name: str) -> None:
        self._zone = zone(name)
        self._known: dict[int, Place] = {}

    def day(self, day: date) -> tuple[datetime, datetime]:
        """From when until when a local date lasts, with an hour to spare on both sides."""
        midnight = datetime.combine(day, time(), self._zone).astimezone(UTC)
        hour = timedelta(hours=1)
        return midnight - hour, midnight + timedelta(days=1) + hour

    def at(self, instant: int) -> Place:
        """The local date, weekday (Monday is 0) and hour of an instant in microseconds."""
        quarter = instant // _QUARTER
        found = self._known.get(quarter)
        if found is None:
            local = (EPOCH + quarter * _QUARTER * MICRO).astimezone(self._zone)
            found = self._known[quarter] = (local.date(), local.weekday(), local.hour)
        return found


def bounds(target: float | None) -> tuple[float, ...]:
    """The upper bounds of the bars in minutes; the target is one of them, so that each bar is late or is not."""
    return tuple(sorted({*map(float, STEPS), *(() if target is None else (target,))}))


def steps_of(values: list[int], target: float | None) -> tuple[Step, ...]:
    """The bars of the distribution."""
    uppers = bounds(target)
    edges = [upper * MINUTE for upper in uppers]
    counts = [0] * (len(uppers) + 1)
    for value in values:
        counts[bisect_left(edges, value)] += 1
    found = [Step(upper, n, target is not None and upper > target) for upper, n in zip(uppers, counts, strict=False)]
    return (*found, Step(None, counts[-1], target is not None))


def _single(promised: Promised, n: int) -> float | None:
    if promised.shortest is None or promised.shortest != promised.longest or promised.ended != n:
        return None
    return promised.shortest / MINUTE


def _before(s: Session, asked: Question, now: datetime) -> ResponseRow | None:
    start, end = asked.period.start, asked.period.end or now
    if start is None or end <= start:
        return None
    return _row(waits_of(s, replace(asked, period=Period(start - (end - start), start))).took)


def _row(values: list[int]) -> ResponseRow | None:
    found = spread(values)
    return None if found is None else ResponseRow("", found.n, found.mean, found.median, found.p90)


def _days(slots: Iterable[Place], took: Iterable[int]) -> tuple[tuple[date, Slot | None], ...]:
    """Every day from the first wait to the last."""
    values: dict[date, list[int]] = {}
    for (day, _, _), value in zip(slots, took, strict=True):
        values.setdefault(day, []).append(value)
    if not values:
        return ()
    first = min(values)
    every = (first + timedelta(days=n) for n in range((max(values) - first).days + 1))
    return tuple((day, _slot(spread(values.get(day, [])))) for day in every)


def _week(slots: Iterable[Place], took: Iterable[int]) -> tuple[tuple[Slot | None, ...], ...]:
    values: list[list[int]] = [[] for _ in range(_DAYS_IN_WEEK * _HOURS_IN_DAY)]
    for (_, day, hour), value in zip(slots, took, strict=True):
        values[day * _HOURS_IN_DAY + hour].append(value)
    found = [_slot(spread(each)) for each in values]
    return tuple(tuple(found[day * _HOURS_IN_DAY : (day + 1) * _HOURS_IN_DAY]) for day in range(_DAYS_IN_WEEK))


def _slot(found: Spread | None) -> Slot | None:
    return None if found is None else Slot(found.n, found.median, found.p90)
