"""Reads iCal text: which dates its entries close, and which entries cannot be used and why.

Whole-day entries close every day they cover, unless the file marks them as free time; entries with hours are listed,
but close nothing until a person switches them on: they do not take a whole day. From a year back to eleven years
ahead, so that deadlines up to ten years away are right. Time-zone blocks, tasks and journals are no entries.
"""

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from inbox.model.workspace import ImportedDate
from inbox.sla.hours import zone as zone_named
from inbox.store.errors import Refused

if TYPE_CHECKING:
    from icalendar import Component, Event

LARGEST: Final = 5_000_000
"""Bytes of a file."""
MOST_ENTRIES: Final = 5_000
MOST_DATES: Final = 5_000
MOST_TIMED: Final = 60
"""How many dates of one entry with hours are listed, from today on."""

_BACK: Final = timedelta(days=366)
_AHEAD: Final = timedelta(days=11 * 366)
_DAY: Final = timedelta(days=1)
_LONGEST: Final = timedelta(days=366)
_NAME: Final = 120
_UID: Final = 200
_MOST_ZONES: Final = 100
_EARLIEST: Final = 1900
_PATIENCE: Final = 10.0
"""Seconds for all repeating entries of a file; only one made to take for ever needs them."""

_DAILY_AT_MOST: Final = frozenset(("DAILY", "WEEKLY", "MONTHLY", "YEARLY"))
_DATES: Final = frozenset(("DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"))
_WITHIN_A_DAY: Final = ("BYHOUR", "BYMINUTE", "BYSECOND")
_ZONE: Final = re.compile(r"(?ims)^BEGIN:VTIMEZONE\s*$.*?^END:VTIMEZONE\s*$")
_RULE_LINE: Final = re.compile(r"(?im)^RRULE[^\n]*\n")
_ONCE_A_YEAR: Final = re.compile(
    r"(?i)RRULE:FREQ=YEARLY(;(INTERVAL=\d{1,3}|BYMONTH=\d{1,2}|BYDAY=[+-]?\d?[A-Z]{2}|BYMONTHDAY=[-\d,]{1,30}"
    r"|UNTIL=\w{1,20}|COUNT=\d{1,4}|WKST=[A-Z]{2}))*\s*"
)


class BadICal(Refused):
    """The file is no iCal file that can be read; nothing was changed."""


class _BadEntry(ValueError):
    """One entry cannot be used; the message ends the sentence “it was left out: ...”."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a file holds: its dates in their order, and (entry, why) of what was left out.

    ``since`` is the first day that was looked at; ``free`` counts the dates that the file marks as free time,
    ``timed`` those with hours of their own: both begin switched off.
    """

    dates: tuple[ImportedDate, ...]
    skipped: tuple[tuple[str, str], ...]
    since: date
    free: int = 0
    timed: int = 0


@dataclass(frozen=True, slots=True)
class _Dated:
    """One day of one entry."""

    day: date
    name: str
    uid: str
    timed: bool
    free: bool


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
    entries = _entries(_text(raw))
    dated: dict[tuple[str, date], _Dated] = {}
    skipped: list[tuple[str, str]] = []
    patience = time.monotonic() + _PATIENCE
    for uid, (events, zones) in entries.items():
        name = _name(events[0])
        try:
            days = _days(uid, events, zones, window, patience)
        except _BadEntry as error:
            skipped.append((name, str(error)))
            continue
        for each in days:
            known = dated.get((uid, each.day))
            if known is None or (known.timed, known.free) > (each.timed, each.free):
                dated[uid, each.day] = each
        if len(dated) > MOST_DATES:
            raise BadICal(f"The file holds more than {MOST_DATES:,} dates, too many for a calendar of closed days.")
    every = sorted(dated.values(), key=lambda each: (each.day, each.name, each.uid))
    dates = tuple(ImportedDate(each.day, each.name, not (each.timed or each.free), each.uid) for each in every)
    timed = sum(each.timed for each in every)
    free = sum(each.free and not each.timed for each in every)
    return Found(dates, tuple(skipped), window.first, free, timed)


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
    if found.skipped:
        name, why = found.skipped[0]
        more = f", and {len(found.skipped) - 1} more" if len(found.skipped) > 1 else ""
        sentence += f" Left out: “{name}” ({why}){more}."
    return sentence


def _counted(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number:,} {word}s"


def _text(raw: bytes) -> str:
    """The text of a whole file, its lines unfolded, without what could keep the reader busy for ever."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
    text = text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n").strip() + "\n"
    if not text[:15].upper().startswith("BEGIN:VCALENDAR"):
        raise BadICal("This is not an iCal file: it does not begin with BEGIN:VCALENDAR.")
    if not text.rstrip().upper().endswith("END:VCALENDAR"):
        raise BadICal("The file is cut off: its last line should be END:VCALENDAR. Fetch it again.")
    text = re.sub(r"\n[ \t]", "", text)
    if text.upper().count("\nBEGIN:VTIMEZONE") > _MOST_ZONES:
        raise BadICal(f"The file describes more than {_MOST_ZONES} time zones, so it was not read.")
    if text.upper().count("\nBEGIN:VEVENT") > MOST_ENTRIES:
        raise BadICal(f"The file holds more than {MOST_ENTRIES:,} entries, too many for a calendar of closed days.")
    return _ZONE.sub(_plain_zone, text)


def _plain_zone(block: re.Match[str]) -> str:
    """A time-zone block whose clocks change once a year, which is all that real ones do."""
    return _RULE_LINE.sub(lambda line: line[0] if _ONCE_A_YEAR.fullmatch(line[0]) else "", block[0])


Entries = dict[str, tuple[list["Event"], list["Component"]]]
"""Per entry: its events (a repeating one and its changed days) and the time zones of its file."""


def _entries(text: str) -> Entries:
    """The entries of a text by their UID; one that has none stands for itself. Raises ``BadICal``."""
    from icalendar import Calendar as File
    from icalendar import Event

    try:
        files = File.from_ical(text, multiple=True)
        found: Entries = {}
        for file in files:
            zones = file.walk("VTIMEZONE")
            for number, event in enumerate(file.walk("VEVENT")):
                if not isinstance(event, Event):
                    continue  # a file may call anything a VEVENT
                uid = str(event.get("UID", "")).strip()[:_UID] or f"{number + 1}: {_name(event)}"
                found.setdefault(uid, ([], zones))[0].append(event)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError, RecursionError) as error:
        # The reader's own kinds of trouble with a malformed text; a person needs to know only that it is one.
        reason = " ".join(str(error).split())[:_NAME]
        raise BadICal(f"The file cannot be read as iCal: {reason}.") from error
    return found


def _days(uid: str, events: list["Event"], zones: list["Component"], window: _Window, patience: float) -> list[_Dated]:
    """Every day that an entry covers. Raises ``_BadEntry``."""
    for event in events:
        if any(name in _DATES for name, _ in event.errors):
            raise _BadEntry("its date cannot be read")
        if "DTSTART" not in event:
            raise _BadEntry("it has no date")
    if all(_cancelled(event) for event in events):
        raise _BadEntry("it is cancelled")
    if _repeats(events) and time.monotonic() > patience:
        raise _BadEntry("the file's repeating entries take too long to work out")
    try:
        shown = list(_repeated(events, zones, window)) if _repeats(events) else events
        days = [each for event in shown if not _cancelled(event) for each in _covered(uid, event, window)]
    except _BadEntry:
        raise
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError) as error:
        raise _BadEntry("its date cannot be read") from error
    timed = [each for each in days if each.timed]
    if len(timed) <= MOST_TIMED:
        return days
    ahead = sorted((each for each in timed if each.day >= window.today), key=lambda each: each.day)[:MOST_TIMED]
    return [each for each in days if not each.timed] + ahead


def _repeats(events: Sequence["Event"]) -> bool:
    return len(events) > 1 or any(key in events[0] for key in ("RRULE", "RDATE", "RECURRENCE-ID"))


def _cancelled(event: "Event") -> bool:
    return str(event.get("STATUS", "")).upper() == "CANCELLED"


def _repeated(events: list["Event"], zones: list["Component"], window: _Window) -> Iterator["Event"]:
    """The single events that a repeating entry stands for."""
    import recurring_ical_events  # type: ignore[import-untyped]  # has no type information
    from icalendar import Calendar as File

    alone = File()
    for zone in zones:
        alone.add_component(zone)
    for event in events:
        _bounded(event, window)
        alone.add_component(event)
    yield from recurring_ical_events.of(alone).between(window.first, window.last)


def _bounded(event: "Event", window: _Window) -> None:
    """Let a rule end with the window. Raises ``_BadEntry`` for one that would keep the computer busy."""
    start, end = event.start, window.last + 2 * _DAY
    until = datetime(end.year, end.month, end.day, tzinfo=start.tzinfo) if isinstance(start, datetime) else end
    for rule in event.rrules:
        often = str(next(iter(rule.get("FREQ", [])), "")).upper()
        if often not in _DAILY_AT_MOST or any(len(rule.get(key, ())) > 1 for key in _WITHIN_A_DAY):
            raise _BadEntry("it repeats more often than daily")
        if often != "YEARLY" and start.year < _EARLIEST:
            raise _BadEntry(f"it repeats since before {_EARLIEST}")
        if "UNTIL" not in rule and "COUNT" not in rule:
            rule["UNTIL"] = [until]


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
        raise _BadEntry("it ends before it begins")
    if stop - begin > _LONGEST:
        raise _BadEntry("it lasts longer than a year")
    free = str(event.get("TRANSP", "")).upper() == "TRANSPARENT"
    name = _name(event)
    day = max(begin, window.first)
    while day < min(stop, window.last):
        yield _Dated(day, name, uid, timed, free)
        day += _DAY


def _local(at: datetime, window: _Window) -> datetime:
    """A time as the calendar's zone shows it; one without a zone is meant wherever one is."""
    return at if at.tzinfo is None else at.astimezone(window.zone).replace(tzinfo=None)


def _name(event: "Event") -> str:
    """What the entry is called, in one line."""
    words = " ".join(str(event.get("SUMMARY", "")).split())
    return words[:_NAME] or "An entry without a name"
