"""Whether an employee is on shift: hours of the week, past midnight too, in their zone or the workspace's."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from inbox.model.people import WEEKDAYS, Employee, Interval


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


def _covers(day: date, interval: Interval, now: datetime, zone: ZoneInfo) -> bool:
    ends_on = day if interval.end > interval.start else day + timedelta(days=1)
    return _instant(day, interval.start, zone) <= now < _instant(ends_on, interval.end, zone)


def _instant(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """In UTC, since aware times of one zone are compared by their wall clocks."""
    return datetime.combine(day, clock, zone).astimezone(UTC)


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)
