"""Business time against a slow judge that asks of every minute whether the calendar is open."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from inbox.model.people import WEEKDAYS, Interval
from inbox.model.workspace import Calendar
from inbox.sla.calendar import due, elapsed, is_open

MINUTE = timedelta(minutes=1)
CHANGES = {
    "Europe/London": datetime(2026, 3, 29, tzinfo=UTC),
    "America/New_York": datetime(2026, 11, 1, 6, tzinfo=UTC),
    "Australia/Lord_Howe": datetime(2026, 4, 4, 15, tzinfo=UTC),
    "America/Sao_Paulo": datetime(2018, 11, 4, 3, tzinfo=UTC),
    "America/St_Johns": datetime(2006, 10, 29, 2, tzinfo=UTC),
    "Antarctica/Troll": datetime(2026, 3, 29, 1, tzinfo=UTC),
    "Pacific/Apia": datetime(2011, 12, 30, 10, tzinfo=UTC),
    "Africa/Casablanca": datetime(2026, 2, 15, 2, tzinfo=UTC),
    "Asia/Kathmandu": datetime(2026, 5, 5, tzinfo=UTC),
}
"""Zones and an instant at which each does something odd (Kathmandu: nothing but its quarter of an hour)."""


def instant_of(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """By trial: the first instant that shows this wall time, else the wall time under the offset of the day before."""
    wall = datetime.combine(day, clock).replace(tzinfo=UTC)
    offsets = {(wall + timedelta(hours=step)).astimezone(zone).utcoffset() for step in range(-30, 31, 1)}
    shown = [
        wall - offset
        for offset in offsets
        if offset is not None and (wall - offset).astimezone(zone).replace(tzinfo=UTC) == wall
    ]
    if shown:
        return min(shown)
    before = (wall - timedelta(hours=38)).astimezone(zone).utcoffset()
    return wall - (before or timedelta(0))


def date_exists(day: date, zone: ZoneInfo) -> bool:
    noon = datetime.combine(day, time(12), UTC)
    return any((noon + timedelta(minutes=15 * step)).astimezone(zone).date() == day for step in range(-160, 161))


def open_spans(calendar: Calendar, around: datetime) -> list[tuple[datetime, datetime]]:
    zone = ZoneInfo(calendar.time_zone)
    spans = []
    for step in range(-6, 7):
        day = around.date() + timedelta(days=step)
        if day in calendar.open:
            intervals = calendar.open[day]
        elif day in calendar.closed:
            intervals = ()
        else:
            intervals = (calendar.week or {}).get(WEEKDAYS[day.weekday()], ())
        if not date_exists(day, zone):
            intervals = ()
        for interval in intervals:
            last = day + timedelta(days=1) if interval.end <= interval.start else day
            spans.append((instant_of(day, interval.start, zone), instant_of(last, interval.end, zone)))
    return spans


clocks = st.builds(time, st.integers(0, 23), st.sampled_from([0, 1, 15, 30, 45]))
intervals = st.lists(st.builds(Interval, clocks, clocks), max_size=3).map(tuple)
weeks = st.fixed_dictionaries(dict.fromkeys(WEEKDAYS, intervals))


@st.composite
def calendars(draw: st.DrawFn) -> tuple[Calendar, datetime]:
    zone = draw(st.sampled_from(sorted(CHANGES)))
    change = CHANGES[zone]
    days = st.integers(-2, 2).map(lambda step: change.date() + timedelta(days=step))
    closed = tuple(draw(st.lists(days, max_size=2)))
    opened = draw(st.dictionaries(days, intervals, max_size=2))
    week = draw(weeks.filter(lambda week: any(week.values())))
    return Calendar("any", zone, week, None, closed, opened), change


@settings(max_examples=60, deadline=None)
@given(calendars(), st.integers(-2000, 2000), st.integers(0, 3000))
def test_every_minute_is_counted_as_the_judge_counts_it(
    case: tuple[Calendar, datetime], offset: int, length: int
) -> None:
    calendar, change = case
    start = change + offset * MINUTE
    spans = open_spans(calendar, change)
    minutes = [start + step * MINUTE for step in range(length)]
    judged = [any(begin <= minute < end for begin, end in spans) for minute in minutes]
    assert elapsed(calendar, start, start + length * MINUTE) == sum(judged) * MINUTE
    for minute, said in list(zip(minutes, judged, strict=True))[::97]:
        assert is_open(calendar, minute) is said


@settings(max_examples=150, deadline=None)
@given(calendars(), st.integers(-2000, 2000), st.integers(1, 40 * 3600))
def test_a_deadline_is_the_earliest_instant_by_which_the_target_has_elapsed(
    case: tuple[Calendar, datetime], offset: int, seconds: int
) -> None:
    calendar, change = case
    start, target = change + offset * MINUTE, timedelta(seconds=seconds)
    found = due(calendar, start, target)
    if found is None:
        return
    assert elapsed(calendar, start, found) == target
    assert elapsed(calendar, start, found - timedelta(microseconds=1)) < target
