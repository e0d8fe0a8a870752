"""Reads iCal text: which dates its entries close, and which entries cannot be used and why.

Whole-day entries close every day they cover, unless the file marks them as free time; entries with hours are listed,
but close nothing until a person switches them on: they do not take a whole day. So do those that only tell of a change
of the clocks, which files of holidays hold too. From a year back to eleven years ahead, so that deadlines up to ten
years away are right. Time-zone blocks, tasks and journals are no entries.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from inbox.flow.ical_entries import BadICal, Entry, entries, name_of, tells_of_clocks
from inbox.flow.ical_events import TROUBLE, BadEvent, happening, patience
from inbox.model.workspace import ImportedDate
from inbox.sla.hours import zone as zone_named

__all__ = ["BadICal", "Found", "content", "merged", "read", "said"]

if TYPE_CHECKING:
    from icalendar import Event

LARGEST: Final = 5_000_000
"""Bytes of a file."""
MOST_DATES: Final = 5_000
MOST_TIMED: Final = 60
"""How many dates of one entry with hours are listed, from today on."""

_BACK: Final = timedelta(days=366)
_AHEAD: Final = timedelta(days=11 * 366)
_DAY: Final = timedelta(days=1)
_LONGEST: Final = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Found:
    """What a file holds: its dates in their order, and (entry, why) of what was left out.

    ``since`` is the first day that was looked at; ``free`` counts the dates that the file marks as free time,
    ``timed`` those with hours of their own, ``clocks`` those that tell of a change of the clocks: all of them begin
    switched off.
    """

    dates: tuple[ImportedDate, ...]
    skipped: tuple[tuple[str, str], ...]
    since: date
    free: int = 0
    timed: int = 0
    clocks: int = 0


@dataclass(frozen=True, slots=True)
class _Dated:
    """One day of one entry."""

    day: date
    name: str
    uid: str
    timed: bool
    free: bool
    clocks: bool

    @property
    def closes(self) -> bool:
        """Whether it begins switched on."""
        return not (self.timed or self.free or self.clocks)


@dataclass(frozen=True, slots=True)
class _Window:
    """The days looked at, and the zone that entries with hours are put in."""

    first: date
    today: date
    last: date
    zone: ZoneInfo


def content(source: Path | bytes) -> bytes:
    """The bytes of a file. Raises ``BadICal`` for one that is too large, and ``OSError``."""
    if isinstance(source, Path):
        with source.open("rb") as file:
            source = file.read(LARGEST + 1)
    if len(source) > LARGEST:
        raise BadICal(f"The file is larger than {LARGEST // 1_000_000} MB, too large for a calendar of closed days.")
    return source


def read(raw: bytes, *, zone: str, now: datetime) -> Found:
    """The dates of an iCal text. An entry that cannot be used is left out and told. Raises ``BadICal``."""
    at = zone_named(zone)
    today = now.astimezone(at).date()
    window = _Window(today - _BACK, today, today + _AHEAD, at)
    whole = entries(raw)
    dated: dict[tuple[str, date], _Dated] = {}
    skipped = list(whole.skipped)
    until = patience()
    for uid, entry in whole.by_uid.items():
        try:
            days = _days(uid, entry, window, until)
        except BadEvent as error:
            skipped.append((entry.name, str(error)))
            continue
        for each in days:
            known = dated.get((uid, each.day))
            if known is None or (known.timed, known.free) > (each.timed, each.free):
                dated[uid, each.day] = each
        if len(dated) > MOST_DATES:
            raise BadICal(f"The file holds more than {MOST_DATES:,} dates, too many for a calendar of closed days.")
    every = sorted(dated.values(), key=lambda each: (each.day, each.name, each.uid))
    dates = tuple(ImportedDate(each.day, each.name, each.closes, each.uid) for each in every)
    timed = sum(each.timed for each in every)
    free = sum(each.free and not each.timed for each in every)
    clocks = sum(each.clocks and not (each.timed or each.free) for each in every)
    return Found(dates, tuple(skipped), window.first, free, timed, clocks)


def merged(old: Sequence[ImportedDate], found: Found, *, add: bool) -> tuple[ImportedDate, ...]:
    """The dates of a calendar once a file is read: switches that a person set stay, also of an entry that is off as
    a whole and moved. Days before those that the file was asked for stay; with ``add`` other entries do too.
    """
    switches = {(each.uid, each.date): each.on for each in old}
    on_somewhere = {each.uid for each in old if each.on}
    off = {each.uid for each in old} - on_somewhere
    new = [
        replace(each, on=switches.get((each.uid, each.date), each.on and each.uid not in off)) for each in found.dates
    ]
    brought = {each.uid for each in found.dates}
    kept = [each for each in old if each.date < found.since or (add and each.uid not in brought)]
    return tuple(sorted([*kept, *new], key=lambda each: (each.date, each.name, each.uid)))


def said(found: Found, calendar: str) -> str:
    """What an import did, for the person."""
    sentence = f"{_counted(len(found.dates), 'date')} came into “{calendar}”."
    if found.free:
        sentence += f" {_counted(found.free, 'date')} the file marks as free time: switched off."
    if found.timed:
        sentence += f" {_counted(found.timed, 'date')} with hours of their own close no whole day: switched off."
    if found.clocks:
        sentence += f" {_counted(found.clocks, 'date')} about the change of the clocks: switched off."
    if found.skipped:
        name, why = found.skipped[0]
        more = f", and {len(found.skipped) - 1} more" if len(found.skipped) > 1 else ""
        sentence += f" Left out: “{name}” ({why}){more}."
    return sentence


def _counted(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number:,} {word}s"


def _days(uid: str, entry: Entry, window: _Window, patience: float) -> list[_Dated]:
    """Every day that an entry covers. Raises ``BadEvent``."""
    shown = happening(entry, window.first, window.last, patience)
    try:
        days = [each for event in shown for each in _covered(uid, event, window)]
    except BadEvent:
        raise
    except TROUBLE as error:
        raise BadEvent("its date cannot be read") from error
    timed = [each for each in days if each.timed]
    if len(timed) <= MOST_TIMED:
        return days
    ahead = sorted((each for each in timed if each.day >= window.today), key=lambda each: each.day)[:MOST_TIMED]
    return [each for each in days if not each.timed] + ahead


def _covered(uid: str, event: "Event", window: _Window) -> Iterator[_Dated]:
    """The days of one event inside the window."""
    start, end = event.start, event.end
    timed = isinstance(start, datetime)
    if isinstance(start, datetime) and isinstance(end, datetime):
        first, last = _local(start, window), _local(end, window)
        begin, stop = first.date(), last.date()
        if timed and str(event.get("X-MICROSOFT-CDO-ALLDAYEVENT", "")).upper() == "TRUE":
            timed, begin, stop = False, start.date(), end.date()
        elif last.time() != datetime.min.time() or last == first:
            stop += _DAY
    else:
        begin, stop = start, max(end, start + _DAY)
    if end < start or stop <= begin:
        raise BadEvent("it ends before it begins")
    if stop - begin > _LONGEST:
        raise BadEvent("it lasts longer than a year")
    free = str(event.get("TRANSP", "")).upper() == "TRANSPARENT"
    name = name_of(event)
    clocks = tells_of_clocks(name)
    day = max(begin, window.first)
    while day < min(stop, window.last):
        yield _Dated(day, name, uid, timed, free, clocks)
        day += _DAY


def _local(at: datetime, window: _Window) -> datetime:
    """A time as the calendar's zone shows it; one without a zone is meant wherever one is."""
    return at if at.tzinfo is None else at.astimezone(window.zone).replace(tzinfo=None)
