"""The hours of a week in minutes from midnight, as the picture and the fields work with them.

A week is ``{"mon": (Interval, ...), ...}`` as the workspace file has it; days count from 0, Monday.
"""

from collections.abc import Iterable
from datetime import time
from typing import Final, NamedTuple

from inbox.model.people import WEEKDAYS, Interval, Week

DAY: Final = 24 * 60
STEP: Final = 15
_FIRST: Final = (9 * 60, 17 * 60)
_HOUR: Final = 60


class Span(NamedTuple):
    """Minutes from the midnight that its day begins with; an ``end`` beyond 24 h is on the next day."""

    start: int
    end: int


class Place(NamedTuple):
    """Which interval: its day, and its number among that day's; -1 is the day alone."""

    day: int
    at: int = -1


class Block(NamedTuple):
    """A piece of an interval on one row of the picture; ``tail`` is what ran on from the day before."""

    place: Place
    row: int
    start: int
    end: int
    tail: bool = False


def span_of(interval: Interval) -> Span:
    """An interval in minutes; seconds are left out."""
    start, end = _minutes(interval.start), _minutes(interval.end)
    return Span(start, end if interval.end > interval.start else end + DAY)


def interval_of(span: Span) -> Interval:
    """Minutes as an interval."""
    return Interval(_clock(span.start), _clock(span.end))


def intervals(week: Week, day: int) -> tuple[Interval, ...]:
    """The intervals that begin on a day."""
    return week.get(WEEKDAYS[day], ())


def tidy(week: Week) -> Week:
    """Each day's intervals in their order, days without any left out."""
    return {day: in_order(hours) for day in WEEKDAYS if (hours := week.get(day))}


def in_order(hours: Iterable[Interval]) -> tuple[Interval, ...]:
    """Intervals by their start."""
    return tuple(sorted(hours, key=lambda each: (each.start, span_of(each).end)))


def put(week: Week, day: int, hours: Iterable[Interval]) -> Week:
    """Other hours for one day."""
    return tidy({**week, WEEKDAYS[day]: tuple(hours)})


def added(week: Week, day: int, span: Span) -> tuple[Week, Place]:
    """One interval more; where it stands."""
    return _placed(week, day, interval_of(span), intervals(week, day))


def changed(week: Week, place: Place, day: int, span: Span) -> tuple[Week, Place]:
    """An interval moved to a day and other times; where it stands then."""
    made = interval_of(span)
    if place.day == day and intervals(week, day)[place.at] == made:
        return week, place
    less = removed(week, place)
    return _placed(less, day, made, intervals(less, day))


def removed(week: Week, place: Place) -> Week:
    """Without one interval."""
    hours = intervals(week, place.day)
    return put(week, place.day, (*hours[: place.at], *hours[place.at + 1 :]))


def copied(week: Week, day: int, days: Iterable[int]) -> Week:
    """The hours of one day on others too."""
    hours = intervals(week, day)
    for each in days:
        week = put(week, each, hours)
    return week


def blocks(week: Week) -> list[Block]:
    """The pieces to paint; Sunday night's tail lies on Monday."""
    found = []
    for day in range(len(WEEKDAYS)):
        for at, each in enumerate(intervals(week, day)):
            start, end = span_of(each)
            place = Place(day, at)
            found.append(Block(place, day, start, min(end, DAY)))
            if end > DAY:
                found.append(Block(place, (day + 1) % 7, 0, end - DAY, tail=True))
    return found


def free(week: Week, day: int) -> Span | None:
    """Where one more interval would go: after the last one, else in the widest gap; None where the day is full."""
    taken = sorted((each.start, each.end) for each in blocks(week) if each.row == day)
    if not intervals(week, day) and all(end <= _FIRST[0] for _start, end in taken):
        return Span(*_FIRST)
    gaps, at = [], 0
    for start, end in taken:
        if start - at >= STEP:
            gaps.append(Span(at, start))
        at = max(at, end)
    last = Span(at, DAY)
    if last.end - last.start > _HOUR:
        start = last.start + _HOUR if last.end - last.start > 2 * _HOUR else last.start + STEP
        return Span(start, min(start + 4 * _HOUR, DAY))
    if last.end - last.start >= STEP:
        gaps.append(last)
    if not gaps:
        return None
    widest = max(gaps, key=lambda each: each.end - each.start)
    inset = STEP if widest.end - widest.start >= 3 * STEP else 0
    return Span(widest.start + inset, widest.end - inset)


def joined(week: Week) -> list[int]:
    """The days on which intervals overlap or touch, so that they count as one."""
    found = []
    for day in range(len(WEEKDAYS)):
        pieces = sorted((each.start, each.end) for each in blocks(week) if each.row == day)
        reach = -1
        for start, end in pieces:
            if start <= reach:
                found.append(day)
                break
            reach = max(reach, end)
    return found


def total(week: Week) -> int:
    """The open minutes of an ordinary week; what overlaps counts once."""
    return sum(of_row(week, day) for day in range(len(WEEKDAYS)))


def of_row(week: Week, day: int) -> int:
    """The open minutes from midnight to midnight of a day, the tail of the day before among them."""
    minutes, reach = 0, 0
    for start, end in sorted((each.start, each.end) for each in blocks(week) if each.row == day):
        minutes += max(0, end - max(start, reach))
        reach = max(reach, end)
    return minutes


def snapped(minutes: float) -> int:
    """To the nearest quarter of an hour."""
    return round(minutes / STEP) * STEP


def _placed(week: Week, day: int, made: Interval, beside: tuple[Interval, ...]) -> tuple[Week, Place]:
    hours = in_order((*beside, made))
    return put(week, day, hours), Place(day, hours.index(made))


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def _clock(minutes: int) -> time:
    return time(minutes % DAY // 60, minutes % 60)
