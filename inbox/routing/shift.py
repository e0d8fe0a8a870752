"""Whether an employee is on shift: hours of the week, past midnight too, in their zone or the workspace's."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from inbox.model.people import WEEKDAYS, Employee, Interval

_LOOK_BACK_DAYS: Final = 8
_INSTANT: Final = timedelta(microseconds=1)


def on_shift(employee: Employee, now: datetime, workspace_zone: str) -> bool:
    """True within a shift. No shifts at all means always; being away ends every shift."""
    if employee.away:
        return False
    if employee.shifts is None:
        return True
    zone = _zone(employee.time_zone or workspace_zone)
    today = now.astimezone(zone).date()
    return any(
        _covers(day, interval, now, zone)
        for day in (today - timedelta(days=1), today)
        for interval in employee.shifts.get(WEEKDAYS[day.weekday()], ())
    )


def shift_began(employee: Employee, now: datetime, workspace_zone: str) -> datetime | None:
    """When the shift began that ``now`` lies in; shifts that touch are one. None without shifts, and off shift."""
    began: datetime | None = None
    at = now
    for _ in range(_LOOK_BACK_DAYS * len(WEEKDAYS)):
        starts = [start for start, end in _spans(employee, at, workspace_zone) if start <= at < end]
        if not starts:
            return began
        began = min(starts)
        at = began - _INSTANT
    return began


def shift_ended(employee: Employee, now: datetime, workspace_zone: str) -> datetime | None:
    """When the last shift of the past week ended; None where there was none."""
    return max((end for _start, end in _spans(employee, now, workspace_zone) if end <= now), default=None)


def _spans(employee: Employee, now: datetime, workspace_zone: str) -> Iterator[tuple[datetime, datetime]]:
    """The shifts of the past week and today, in UTC."""
    zone = _zone(employee.time_zone or workspace_zone)
    today = now.astimezone(zone).date()
    for back in range(_LOOK_BACK_DAYS + 1):
        day = today - timedelta(days=back)
        for interval in (employee.shifts or {}).get(WEEKDAYS[day.weekday()], ()):
            yield _span(day, interval, zone)


def _covers(day: date, interval: Interval, now: datetime, zone: ZoneInfo) -> bool:
    start, end = _span(day, interval, zone)
    return start <= now < end


def _span(day: date, interval: Interval, zone: ZoneInfo) -> tuple[datetime, datetime]:
    ends_on = day if interval.end > interval.start else day + timedelta(days=1)
    return _instant(day, interval.start, zone), _instant(ends_on, interval.end, zone)


def _instant(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """In UTC, since aware times of one zone are compared by their wall clocks."""
    return datetime.combine(day, clock, zone).astimezone(UTC)


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)
