"""The entries of an iCal text: cleaned of what could keep a reader busy for ever, and saved one by one where the text
is damaged.
"""

import re
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from inbox.store.errors import Refused

if TYPE_CHECKING:
    from icalendar import Component, Event

    Events = list[Event]
    Zones = list[Component]

MOST_ENTRIES: Final = 5_000

_NAME: Final = 120
_UID: Final = 200
_MOST_ZONES: Final = 100
_ZONE: Final = re.compile(r"(?ims)^BEGIN:VTIMEZONE\s*$.*?^END:VTIMEZONE\s*$")
_ENTRY: Final = re.compile(r"(?ims)^BEGIN:VEVENT\s*$.*?^END:VEVENT\s*$")
_SUMMARY: Final = re.compile(r"(?im)^SUMMARY[^:\n]*:(.*)$")
_RULE_LINE: Final = re.compile(r"(?im)^RRULE[^\n]*\n")
_ONCE_A_YEAR: Final = re.compile(
    r"(?i)RRULE:FREQ=YEARLY(;(INTERVAL=\d{1,3}|BYMONTH=\d{1,2}|BYDAY=[+-]?\d?[A-Z]{2}|BYMONTHDAY=[-\d,]{1,30}"
    r"|UNTIL=\w{1,20}|COUNT=\d{1,4}|WKST=[A-Z]{2}))*\s*"
)
_CLOCKS: Final = re.compile(
    r"(?i)daylight[\s-]?saving|\bDST (begins|starts|ends)\b|\bclocks? (go(es)?|change|spring|fall)\b"
    r"|\b(british|irish) summer time\b|\b(summer|winter|standard) time (begins|starts|ends)\b"
    r"|zeitumstellung|\b(sommer|winter)zeit\b|changement d.heure|heure d.(été|hiver)\b|cambio de hora"
    r"|horario de (verano|invierno)|horário de (verão|inverno)|\bora (legale|solare)\b|zomertijd|wintertijd"
)
"""What files of holidays call a change of the clocks, in the languages that have the most of them."""
_TROUBLE: Final = (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError, RecursionError)
"""The reader's own kinds of trouble with a malformed text."""
_ONE_FILE = threading.Lock()
"""The reader keeps the time zones of a file for the whole process, by the names that the file gave them."""


class BadICal(Refused):
    """The file is no iCal file that can be read; nothing was changed."""


@dataclass(slots=True)
class Entry:
    """One entry: its events (a repeating one and its changed days), and the time zones of its file."""

    events: "Events"
    zones: "Zones"

    @property
    def name(self) -> str:
        """What it is called."""
        return name_of(self.events[0])


@dataclass(slots=True)
class Entries:
    """The entries of a file by their UID; ``skipped`` names those that are damaged, with why."""

    by_uid: dict[str, Entry] = field(default_factory=dict)
    skipped: list[tuple[str, str]] = field(default_factory=list)


def entries(raw: bytes) -> Entries:
    """The entries of a file; one that has no UID goes by its name and date. Raises ``BadICal``."""
    from icalendar.timezone import tzp

    text = _text(raw)
    with _ONE_FILE:
        tzp.use_default()  # forgets the zones of the file before: "Office" means another zone in each file
        return _entries(text)


def _entries(text: str) -> Entries:
    found = Entries()
    try:
        _gather(text, found)
    except _TROUBLE as error:
        # One damaged line makes the reader give up all: entries are then read alone.
        found = Entries()
        for block in _ENTRY.findall(text):
            try:
                _gather(_alone(block, text), found)
            except _TROUBLE:
                found.skipped.append((_named(block), "it is damaged"))
        if not found.by_uid:
            reason = one_line(str(error))[:_NAME].rstrip(".")
            raise BadICal(f"The file cannot be read as iCal: {reason}.") from error
    return found


def name_of(event: "Event") -> str:
    """What an entry is called, in one line."""
    return one_line(str(event.get("SUMMARY", "")))[:_NAME] or "An entry without a name"


def tells_of_clocks(name: str) -> bool:
    """Whether an entry only tells of a change of the clocks: a notice of the time zone, no holiday."""
    return _CLOCKS.search(name) is not None


def one_line(words: str) -> str:
    """Words without breaks."""
    return " ".join(words.split())


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


def _gather(text: str, found: Entries) -> None:
    """Add the entries of a text. Raises one of ``_TROUBLE``, with nothing added."""
    from icalendar import Calendar as File
    from icalendar import Event

    for file in File.from_ical(text, multiple=True):
        zones = file.walk("VTIMEZONE")
        for event in file.walk("VEVENT"):
            if not isinstance(event, Event):
                continue  # a file may call anything a VEVENT
            uid = str(event.get("UID", "")).strip()[:_UID] or f"{name_of(event)} {_start(event)}".strip()
            found.by_uid.setdefault(uid, Entry([], zones)).events.append(event)


def _start(event: "Event") -> str:
    try:
        return event.start.isoformat()
    except _TROUBLE:
        return ""  # it has none, or a broken one: it will be left out


def _alone(block: str, text: str) -> str:
    """A file that holds one entry, with the time zones of the whole."""
    parts = ("BEGIN:VCALENDAR", *_ZONE.findall(text), block, "END:VCALENDAR")
    return "".join(f"{part.strip()}\n" for part in parts)


def _named(block: str) -> str:
    found = _SUMMARY.search(block)
    return one_line(found[1])[:_NAME] if found and found[1].strip() else "An entry without a name"
