"""The open hours of a calendar as instants, worked out once per stretch of 64 days and kept."""

import time as stopwatch
import zoneinfo
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from importlib import resources
from pathlib import Path
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

from inbox.model.people import WEEKDAYS, Interval
from inbox.model.workspace import Calendar

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MICRO: Final = timedelta(microseconds=1)
DAY_MICROS: Final = 86_400_000_000
CHUNK: Final = 64 * DAY_MICROS
_EPOCH_DAY: Final = date(1970, 1, 1).toordinal()
_NAIVE_EPOCH: Final = datetime(1970, 1, 1)  # noqa: DTZ001 - wall times are naive until their offset is applied
_ALL_DAY: Final = (Interval(time(0), time(0)),)
_MARGIN_DAYS: Final = 3  # a night shift, and zones that jumped across the date line, reach this far at most
_KEPT_CALENDARS: Final = 256
_STALE_AFTER: Final = 600.0
"""Seconds until files of the zone database are looked at again."""
_CHUNKS_AHEAD: Final = 3653 // 64 + 1


class CalendarRefused(ValueError):
    """The calendar cannot measure time; the message says why in a plain sentence."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """The merged open intervals of one stretch, in microseconds since the epoch.

    ``before[i]`` is the open time of the stretch up to ``starts[i]``.
    """

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    before: tuple[int, ...]
    total: int

    def until(self, instant: int) -> int:
        """The open time from the start of the stretch to ``instant``."""
        place = bisect_right(self.starts, instant) - 1
        if place < 0:
            return 0
        return self.before[place] + min(instant, self.ends[place]) - self.starts[place]

    def instant(self, open_time: int) -> int:
        """The earliest instant at which ``open_time`` (over 0, at most ``total``) has passed."""
        place = bisect_left(self.before, open_time) - 1
        return self.starts[place] + open_time - self.before[place]


class Hours:
    """A calendar made ready for quick questions. Safe to share between threads: stretches are only added."""

    def __init__(self, calendar: Calendar) -> None:
        """Raises ``CalendarRefused`` for an unknown zone or country, or when there is no open time at all."""
        self._zone = zone(calendar.time_zone)
        week = calendar.week
        self._week = tuple(_ALL_DAY for _ in WEEKDAYS) if week is None else tuple(week.get(day, ()) for day in WEEKDAYS)
        self._closed = frozenset(calendar.closed) | {each.date for each in calendar.imported if each.on}
        self._open = calendar.open
        self._holidays = calendar.holidays
        if calendar.holidays is not None:
            holiday_names(*calendar.holidays, 2024)
        if not any(self._week) and not any(calendar.open.values()):
            raise CalendarRefused(f"The calendar “{calendar.name}” has no open hours.")
        self.always = week is None and not self._closed and not self._open and calendar.holidays is None
        self._chunks: dict[int, Chunk] = {}

    def chunk(self, number: int) -> Chunk:
        """The open intervals from ``number * CHUNK`` to the start of the next stretch."""
        chunk = self._chunks.get(number)
        if chunk is None:
            chunk = self._chunks[number] = self._build(number)
        return chunk

    def opens_after(self, instant: int) -> bool:
        """Whether there is any open time in the ten years after an instant (microseconds since the epoch)."""
        if self.always:
            return True
        first = instant // CHUNK
        left = (chunk.ends[-1:] for chunk in map(self.chunk, range(first, first + _CHUNKS_AHEAD + 1)))
        return any(end > instant for ends in left for end in ends)

    def _build(self, number: int) -> Chunk:
        low, high = number * CHUNK, (number + 1) * CHUNK
        first = low // DAY_MICROS + _EPOCH_DAY - _MARGIN_DAYS
        last = high // DAY_MICROS + _EPOCH_DAY + _MARGIN_DAYS
        spans: list[tuple[int, int]] = []
        for ordinal in range(max(first, 2), min(last, date.max.toordinal() - 1)):
            day = date.fromordinal(ordinal)
            spans.extend(self._instants(day, interval) for interval in self._intervals(day))
        return _merged((max(start, low), min(end, high)) for start, end in spans)

    def _intervals(self, day: date) -> tuple[Interval, ...]:
        """The intervals that start on a local date. An open date replaces even a closed day's or holiday's."""
        intervals = self._open.get(day)
        if intervals is None:
            if day in self._closed:
                return ()
            intervals = self._week[day.weekday()]
            if intervals and self._holidays is not None and day in holiday_names(*self._holidays, day.year):
                return ()
        return intervals if intervals and self._exists(day) else ()

    def _exists(self, day: date) -> bool:
        """Whether the zone has that local date: Samoa had no 30 December 2011."""
        return any(
            datetime.combine(day, clock, self._zone).astimezone(UTC).astimezone(self._zone).date() == day
            for clock in (time.min, time.max)
        )

    def _instants(self, day: date, interval: Interval) -> tuple[int, int]:
        ends_on = day if interval.end > interval.start else day + timedelta(days=1)
        return self._instant(day, interval.start), self._instant(ends_on, interval.end)

    def _instant(self, day: date, clock: time) -> int:
        """A wall time as an instant. With fold 0 (PEP 495) ``utcoffset`` gives the first of two, and the offset
        before the change for a time that does not exist: just the two rules we keep.
        """
        wall = datetime.combine(day, clock)
        offset = wall.replace(tzinfo=self._zone).utcoffset() or timedelta(0)
        return (wall - _NAIVE_EPOCH - offset) // MICRO


def _merged(spans: Iterable[tuple[int, int]]) -> Chunk:
    """Overlapping and touching spans as one; empty ones are left out."""
    starts: list[int] = []
    ends: list[int] = []
    for start, end in sorted(spans):
        if end <= start:
            continue
        if ends and start <= ends[-1]:
            ends[-1] = max(ends[-1], end)
        else:
            starts.append(start)
            ends.append(end)
    before: list[int] = []
    total = 0
    for start, end in zip(starts, ends, strict=True):
        before.append(total)
        total += end - start
    return Chunk(tuple(starts), tuple(ends), tuple(before), total)


_zones: dict[str, tuple[object, ZoneInfo]] = {}


def zone(name: str) -> ZoneInfo:
    """A zone of the system's database, else of tzdata. Raises ``CalendarRefused`` when neither knows it.

    It is kept until ``reread`` finds another file under its name.
    """
    kept = _zones.get(name)
    if kept is None:
        source = _source(name)  # asked before reading: a change in between is then read once more, never missed
        try:
            kept = _zones[name] = source, ZoneInfo.no_cache(name)
        except (KeyError, ValueError, OSError) as error:
            raise CalendarRefused(f"There is no time zone named “{name}”.") from error
    return kept[1]


def reread() -> bool:
    """Forget zones and hours if a file of the zone database has changed since it was read; whether one has.

    For programs that run for weeks: the system updates its database beneath them.
    """
    if all(source == _source(name) for name, (source, _) in list(_zones.items())):
        return False
    ZoneInfo.clear_cache()
    _zones.clear()
    _kept.clear()
    return True


def _source(name: str) -> object:
    """What tells one version of a zone's file from another; None where there is none."""
    places = [Path(folder) / name for folder in zoneinfo.TZPATH]
    try:
        places.append(Path(str(resources.files("tzdata"))) / "zoneinfo" / name)
    except ModuleNotFoundError:
        places.append(Path())  # a system that has its own database needs no package
    for place in places:
        try:
            known = place.stat()
        except (OSError, ValueError):
            continue
        return str(place), known.st_ino, known.st_size, known.st_mtime_ns
    return None


@lru_cache(maxsize=1024)
def holiday_names(country: str, subdivision: str | None, year: int) -> Mapping[date, str]:
    """The public holidays of one year with their names. Raises ``CalendarRefused`` for an unknown country or part.

    The library is imported here, since it takes a quarter of a second.
    """
    import holidays

    where = country if subdivision is None else f"{country}-{subdivision}"
    unknown = CalendarRefused(f"There are no known public holidays for “{where}”.")
    if country not in holidays.list_supported_countries():
        raise unknown
    try:
        found = holidays.country_holidays(country, subdiv=subdivision, years=year, language="en_US")
    except NotImplementedError as error:
        raise unknown from error
    return MappingProxyType(dict(found))


_kept: dict[int, tuple[Calendar, Hours]] = {}
_look_again_at = 0.0


def compiled(calendar: Calendar) -> Hours:
    """The ready-made hours of a calendar, kept while it is in use. Raises ``CalendarRefused``.

    Every ten minutes it is seen to that the zone database is still the one that was read.
    """
    global _look_again_at  # noqa: PLW0603 - a cache's age belongs to the cache
    if stopwatch.monotonic() > _look_again_at:
        _look_again_at = stopwatch.monotonic() + _STALE_AFTER
        reread()
    kept = _kept.get(id(calendar))
    if kept is not None and kept[0] is calendar:
        return kept[1]
    hours = next((ready for known, ready in list(_kept.values()) if known == calendar), None) or Hours(calendar)
    if len(_kept) >= _KEPT_CALENDARS:
        _kept.clear()
    _kept[id(calendar)] = (calendar, hours)
    return hours


def refusal(calendar: Calendar, after: datetime | None = None) -> str | None:
    """Why the calendar cannot be used, None when it can. With ``after``, one that is not open at any time in the ten
    years from then is refused too: closed dates and holidays may leave nothing of its hours.
    """
    try:
        hours = compiled(calendar)
    except CalendarRefused as error:
        return str(error)
    if after is None or hours.opens_after((after - EPOCH) // MICRO):
        return None
    return f"The calendar “{calendar.name}” has no open hours in the next 10 years."
