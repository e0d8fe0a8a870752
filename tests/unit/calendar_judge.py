"""A slow judge of business time, written apart from the code: it only ever asks a zone what its clocks show.

``Walk`` goes through the minutes of some weeks in UTC and writes down what the wall shows at each; where a wall time
is, or that it never was, is looked up in that list. ``Judge`` paints every interval of a calendar into a row of
minutes (or seconds) and counts what is painted. Nothing here turns local time into UTC by an offset of its own.
"""

import random
from bisect import bisect_left
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

import holidays

from inbox.model.people import WEEKDAYS, Interval
from inbox.model.workspace import Calendar, ImportedDate

MINUTE = timedelta(minutes=1)
DAY_MINUTES = 24 * 60
_ZERO = datetime(1, 1, 1)  # noqa: DTZ001 - what a wall shows has no zone

ODD = {
    "Australia/Lord_Howe": ("2026-04-04T15:00", "2026-10-03T15:30"),  # half an hour
    "Africa/Casablanca": ("2026-02-15T02:00", "2026-03-22T02:00"),  # summer time suspended for Ramadan
    "Africa/Cairo": ("2010-08-10T21:00", "2014-06-26T21:00", "2023-04-27T22:00"),  # suspended, abolished, back
    "Pacific/Apia": ("2011-12-30T10:00", "2021-04-03T14:00"),  # no 30 December 2011; summer time abolished
    "Pacific/Kiritimati": ("1994-12-31T10:40", "2026-01-01T10:00"),  # no 31 December 1994; UTC+14
    "Pacific/Kwajalein": ("1993-08-21T12:00",),  # no 21 August 1993
    "Antarctica/Troll": ("2026-03-29T01:00", "2026-10-25T01:00"),  # two hours
    "Europe/Dublin": ("2026-03-29T01:00", "2026-10-25T01:00"),  # winter time is the one that is set apart
    "Asia/Tehran": ("2022-03-21T20:30", "2022-09-21T19:30"),  # at midnight; abolished in 2022
    "America/St_Johns": ("2006-04-02T03:31", "2006-10-29T02:31", "1988-10-30T02:31"),  # at 00:01; two hours in 1988
    "Asia/Kathmandu": ("1985-12-31T18:30", "2026-05-05T00:00"),  # became a quarter past in 1986
    "America/Sao_Paulo": ("2018-11-04T03:00", "2019-02-17T02:00"),  # at midnight; abolished
    "Europe/London": ("2026-03-29T01:00", "2026-10-25T01:00"),
    "America/New_York": ("2026-03-08T07:00", "2026-12-31T12:00"),
}
"""Zones and moments at which each does something odd."""

COUNTRIES = (None, None, ("DE", "BY"), ("US", "NY"), ("GB", "SCT"), ("IR", None), ("BR", None))


class Walk:
    """What the wall shows at each minute of some days, asked of the zone one by one."""

    def __init__(self, zone: str, middle: datetime, days: int) -> None:
        """``days`` to each side of ``middle`` (aware UTC)."""
        self.zone, self.middle = zone, middle
        self.begin = (middle - timedelta(days=days)).replace(second=0, microsecond=0)
        self.minutes = 2 * days * DAY_MINUTES
        at, place = ZoneInfo(zone), self.begin
        self.wall: list[int] = []
        for _ in range(self.minutes):
            self.wall.append((place.astimezone(at).replace(tzinfo=None) - _ZERO) // MINUTE)
            place += MINUTE
        self.first: dict[int, int] = {}
        for number, shown in enumerate(self.wall):
            self.first.setdefault(shown, number)
        self.days = {shown // DAY_MINUTES for shown in self.wall}

    def place(self, wall: int) -> int:
        """The number of the minute that first shows a wall time; one that was jumped over is counted on from the
        last minute before the jump, as a clock would that nobody set.
        """
        found = self.first.get(wall)
        if found is not None:
            return found
        for number in range(self.minutes - 1):
            if self.wall[number] < wall < self.wall[number + 1]:
                return number + wall - self.wall[number]
        return wall - self.wall[0] if wall < self.wall[0] else self.minutes + wall - self.wall[-1]


class Judge:
    """The open time of one calendar during a walk, in units of ``unit`` seconds (60, or 1 for hours with seconds)."""

    def __init__(self, walk: Walk, calendar: Calendar, unit: int) -> None:
        self.begin, self.unit = walk.begin, unit
        self.row = bytearray(walk.minutes * 60 // unit)
        official = None
        if calendar.holidays:
            years = range(walk.begin.year - 1, walk.begin.year + 2)
            official = holidays.country_holidays(calendar.holidays[0], subdiv=calendar.holidays[1], years=years)
        for number in walk.days:
            day = date(1, 1, 1) + timedelta(days=number)
            for interval in self._hours(calendar, day, official):
                self._paint(walk, number, interval)
        self.sums = [0, *accumulate(self.row)]

    @staticmethod
    def _hours(calendar: Calendar, day: date, official: holidays.HolidayBase | None) -> tuple[Interval, ...]:
        if day in calendar.open:
            return calendar.open[day]
        if day in calendar.closed or any(each.on and each.date == day for each in calendar.imported):
            return ()
        if official is not None and day in official:
            return ()
        always = (Interval(time(0), time(0)),)
        return always if calendar.week is None else calendar.week.get(WEEKDAYS[day.weekday()], ())

    def _paint(self, walk: Walk, day: int, interval: Interval) -> None:
        begin, end = self._place(walk, day, interval.start), self._place(walk, day, interval.end)
        if interval.end <= interval.start:
            end = self._place(walk, day + 1, interval.end)
        begin, end = max(begin, 0), min(end, len(self.row))
        if begin < end:
            self.row[begin:end] = b"\1" * (end - begin)

    def _place(self, walk: Walk, day: int, clock: time) -> int:
        minute = walk.place(day * DAY_MINUTES + clock.hour * 60 + clock.minute)
        return (minute * 60 + clock.second) // self.unit

    def seconds(self, start: int, end: int) -> int:
        """The open seconds from ``start`` to ``end`` (seconds after the begin of the walk), counted."""
        if end <= start:
            return 0
        first, last = start // self.unit, end // self.unit
        total = self.row.count(1, first, last) * self.unit
        return total - self.row[first] * (start % self.unit) + self.row[last] * (end % self.unit)

    def reached(self, start: int, target: int) -> int | None:
        """The earliest second by which ``target`` open seconds have passed since ``start``; None beyond the walk."""
        if target <= 0:
            return start
        first = start // self.unit
        wanted = self.sums[first] * self.unit + self.row[first] * (start % self.unit) + target
        place = bisect_left(self.sums, -(-wanted // self.unit))
        if place >= len(self.sums):
            return None
        return place * self.unit - (self.sums[place] * self.unit - wanted)


def a_calendar(rng: random.Random, zone: str, middle: datetime, *, seconds: bool = False) -> Calendar:
    """A calendar with hours by chance: overlapping, touching, past midnight, to 24:00, and special days near
    ``middle``.
    """
    days = [middle.date() + timedelta(days=step) for step in (-2, -1, 0, 1, 2, *(rng.randint(-40, 40),) * 2)]
    week = {day: _intervals(rng, seconds) for day in WEEKDAYS if rng.random() < 0.8}
    if not any(week.values()):
        week["mon"] = (Interval(time(9), time(17)),)
    imported = [ImportedDate(day, "", rng.random() < 0.6) for day in rng.sample(days, rng.randint(0, 2))]
    return Calendar(
        f"calendar {rng.random()}",
        zone,
        None if rng.random() < 0.05 else week,
        rng.choice(COUNTRIES),
        tuple(rng.sample(days, rng.randint(0, 2))),
        {day: _intervals(rng, seconds) for day in rng.sample(days, rng.randint(0, 2))},
        tuple(imported),
    )


def _intervals(rng: random.Random, seconds: bool) -> tuple[Interval, ...]:
    found: list[Interval] = []
    for _ in range(rng.choice((0, 1, 1, 2, 2, 3, 5))):
        if found and rng.random() < 0.3:
            found.append(Interval(found[-1].end, _clock(rng, seconds)))  # touching the one before
        elif rng.random() < 0.1:
            found.append(Interval(_clock(rng, seconds), time(0)))  # to 24:00
        else:
            found.append(Interval(_clock(rng, seconds), _clock(rng, seconds)))
    return tuple(found)


def _clock(rng: random.Random, seconds: bool) -> time:
    """Often in the hours in which clocks change."""
    hour = rng.choice((0, 0, 1, 2, 2, 3, 23)) if rng.random() < 0.4 else rng.randrange(24)
    minute = rng.choice((0, 0, 1, 15, 29, 30, 31, 45, 59))
    return time(hour, minute, rng.choice((0, 1, 30, 59)) if seconds else 0)


def utc(written: str) -> datetime:
    """An instant of ``ODD``."""
    return datetime.fromisoformat(written).replace(tzinfo=UTC)
