"""What the charts of one metric show: waits by day, by how long they took, and by the hour of the week."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from inbox.flow.reports.spread import MINUTE, Spread, spread
from inbox.flow.reports.waits import calendars_of, lengths
from inbox.model.report import Period, Question, ResponseRow, Shape, Slot, Step
from inbox.sla.hours import EPOCH, MICRO, zone
from inbox.store.engine import Session, Store
from inbox.store.reports import waits

STEPS: Final = (5, 15, 30, 60, 120, 240, 480, 1440, 2880, 10_080)
"""Upper bounds of the distribution's bars in minutes; all longer waits are the last bar."""
_QUARTER: Final = 900_000_000
_DAYS_IN_WEEK: Final = 7

Wait = tuple[int, int]
"""When a wait began, and how long it took; microseconds."""


def shape(store: Store, question: Question, *, zone: str, now: datetime) -> Shape:
    """The shape of the metric asked for, whatever the report. Raises ``CalendarRefused`` for an unknown zone."""
    place = Local(zone)
    with store.read() as s:
        found = waits_of(s, question)
        total = _row([took for _, took in found])
        before = _before(s, question, now)
        met = late = 0
        for _, one, other, _, _ in waits.targets(s, question):
            met, late = met + one, late + other
        bound = single_target(s, question)
    days, week = _days(found, place), _week(found, place)
    return Shape(total, before, met, late, bound, days, steps_of([took for _, took in found], bound), week)


def single_target(s: Session, asked: Question) -> float | None:
    """The target in minutes, where all waits asked for had the same."""
    promised = waits.promised(s, asked)
    target = next(iter(promised)) if len(promised) == 1 else None
    return None if target is None else target / MINUTE


def waits_of(s: Session, asked: Question) -> list[Wait]:
    """When each wait asked for began, and how long it took."""
    calendars = calendars_of(s, asked.timing)
    found: list[Wait] = []
    for rows in waits.numbered(s, asked):
        found.extend(zip((row[1] for row in rows), lengths(rows, calendars), strict=True))
    return found


class Local:
    """The days and hours of a zone, looked up a quarter of an hour at a time: no zone's offset changes within one."""

    def __init__(self, name: str) -> None:
        self._zone = zone(name)
        self._known: dict[int, tuple[date, int, int]] = {}

    def at(self, instant: int) -> tuple[date, int, int]:
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


def _before(s: Session, asked: Question, now: datetime) -> ResponseRow | None:
    start, end = asked.period.start, asked.period.end or now
    if start is None or end <= start:
        return None
    earlier = replace(asked, period=Period(start - (end - start), start))
    return _row([took for _, took in waits_of(s, earlier)])


def _row(values: list[int]) -> ResponseRow | None:
    found = spread(values)
    return None if found is None else ResponseRow("", found.n, found.mean, found.median, found.p90)


def _days(found: Iterable[Wait], place: Local) -> tuple[tuple[date, Slot | None], ...]:
    """Every day from the first wait to the last."""
    values: dict[date, list[int]] = {}
    for began, took in found:
        values.setdefault(place.at(began)[0], []).append(took)
    if not values:
        return ()
    first = min(values)
    every = (first + timedelta(days=n) for n in range((max(values) - first).days + 1))
    return tuple((day, _slot(spread(values.get(day, [])))) for day in every)


def _week(found: Iterable[Wait], place: Local) -> tuple[tuple[Slot | None, ...], ...]:
    values: dict[tuple[int, int], list[int]] = {}
    for began, took in found:
        _, day, hour = place.at(began)
        values.setdefault((day, hour), []).append(took)
    hours = range(24)
    return tuple(tuple(_slot(spread(values.get((day, hour), []))) for hour in hours) for day in range(_DAYS_IN_WEEK))


def _slot(found: Spread | None) -> Slot | None:
    return None if found is None else Slot(found.n, found.median, found.p90)
