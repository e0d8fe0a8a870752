"""Business time in a calendar: ``due`` and ``elapsed``, exact across zones, night shifts, holidays and clock changes.

The rules are PRODUCT.md section 5. All arguments and results are aware datetimes; results are UTC.
"""

from bisect import bisect_right
from datetime import UTC, datetime, timedelta
from typing import Final

from inbox.model.workspace import Calendar
from inbox.sla.hours import CHUNK, EPOCH, MICRO, Hours, compiled

FARTHEST_YEARS: Final = 10
_LAST_YEAR: Final = 9999


def elapsed(calendar: Calendar, start: datetime, end: datetime) -> timedelta:
    """The open time from ``start`` to ``end``; none when the end comes first. Raises ``CalendarRefused``."""
    return timedelta(microseconds=_open_between(compiled(calendar), _micros(start), _micros(end)))


def due(calendar: Calendar, start: datetime, target: timedelta) -> datetime | None:
    """The earliest instant by which ``target`` has elapsed, None when more than 10 years away.

    Raises ``CalendarRefused``.
    """
    hours = compiled(calendar)
    begin, left = _micros(start), target // MICRO
    if left <= 0:
        return start.astimezone(UTC)
    limit = _micros(_years_on(start.astimezone(UTC)))
    found = begin + left if hours.always else _reach(hours, begin, left, limit)
    if found is None or found > limit:
        return None
    return EPOCH + timedelta(microseconds=found)


def is_open(calendar: Calendar, at: datetime) -> bool:
    """Whether the calendar is open at that instant. Raises ``CalendarRefused``."""
    hours, instant = compiled(calendar), _micros(at)
    if hours.always:
        return True
    chunk = hours.chunk(instant // CHUNK)
    place = bisect_right(chunk.starts, instant) - 1
    return place >= 0 and instant < chunk.ends[place]


def open_spans(calendar: Calendar, start: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
    """The open intervals from ``start`` to ``end``, in their order; they add up to ``elapsed``.

    Raises ``CalendarRefused``.
    """
    hours, begin, last = compiled(calendar), _micros(start), _micros(end)
    if last <= begin:
        return []
    if hours.always:
        return [(start.astimezone(UTC), end.astimezone(UTC))]
    found: list[tuple[int, int]] = []
    for number in range(begin // CHUNK, (last - 1) // CHUNK + 1):
        chunk = hours.chunk(number)
        for opens, closes in zip(chunk.starts, chunk.ends, strict=True):
            span = max(opens, begin), min(closes, last)
            if span[0] >= span[1]:
                continue
            if found and found[-1][1] == span[0]:
                found[-1] = (found[-1][0], span[1])
            else:
                found.append(span)
    return [(EPOCH + opens * MICRO, EPOCH + closes * MICRO) for opens, closes in found]


def _micros(at: datetime) -> int:
    return (at - EPOCH) // MICRO


def _years_on(start: datetime) -> datetime:
    """The same date and time ten years on; 29 February becomes 1 March; the end of time at the latest."""
    year = start.year + FARTHEST_YEARS
    if year > _LAST_YEAR:
        return datetime(_LAST_YEAR, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)
    try:
        return start.replace(year=year)
    except ValueError:
        return start.replace(year=year, month=3, day=1)


def _open_between(hours: Hours, begin: int, end: int) -> int:
    if end <= begin:
        return 0
    if hours.always:
        return end - begin
    first, last = begin // CHUNK, (end - 1) // CHUNK
    if first == last:
        chunk = hours.chunk(first)
        return chunk.until(end) - chunk.until(begin)
    opening = hours.chunk(first)
    total = opening.total - opening.until(begin)
    total += sum(hours.chunk(number).total for number in range(first + 1, last))
    return total + hours.chunk(last).until(end)


def _reach(hours: Hours, begin: int, left: int, limit: int) -> int | None:
    number = begin // CHUNK
    chunk = hours.chunk(number)
    left += chunk.until(begin)
    while left > chunk.total:
        left -= chunk.total
        number += 1
        if number * CHUNK > limit:
            return None
        chunk = hours.chunk(number)
    return chunk.instant(left)
