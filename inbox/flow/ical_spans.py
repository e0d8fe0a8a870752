"""Reads iCal text as stretches of time: when each entry begins and ends, with its words; for campaigns."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from inbox.flow.ical_entries import Entry, entries, name_of, one_line, tells_of_clocks
from inbox.flow.ical_events import TROUBLE, BadEvent, happening, is_cancelled, patience, repeats
from inbox.sla.hours import zone as zone_named

if TYPE_CHECKING:
    from icalendar import Event

MOST: Final = 60
"""How many times of one repeating entry are read, the nearest to come first."""
_REACH: Final = timedelta(days=366)
_DAY: Final = timedelta(days=1)
_LONGEST_TEXT: Final = 4_000
_OF = " #"


@dataclass(frozen=True, slots=True)
class Span:
    """One stretch of time, aware UTC. ``uid`` tells the times of a repeating entry apart; ``text`` is all it says."""

    uid: str
    name: str
    text: str
    begins_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Spans:
    """What a file holds; ``named`` are the entries that it could be asked about, ``cancelled`` those that are called
    off, ``skipped`` (name, why) those that cannot be used.
    """

    spans: tuple[Span, ...]
    named: frozenset[str]
    cancelled: frozenset[str]
    skipped: tuple[tuple[str, str], ...]


def entry_of(uid: str) -> str:
    """The entry that a stretch of time belongs to."""
    return uid.partition(_OF)[0]


def read(raw: bytes, *, zone: str, now: datetime) -> Spans:
    """The stretches of an iCal text from a year back to a year ahead; whole days and times without a zone are those
    of ``zone``. Raises ``BadICal``.
    """
    here, until = zone_named(zone), patience()
    whole = entries(raw)
    found: list[Span] = []
    named, cancelled = set[str](), set[str]()
    skipped = list(whole.skipped)
    for key, entry in whole.by_uid.items():
        uid = one_line(key).replace(_OF, " ")
        if is_cancelled(entry):
            cancelled.add(uid)
            continue
        try:
            found += _spans(uid, entry, now, here, until)
        except BadEvent as error:
            skipped.append((entry.name, str(error)))
        else:
            named.add(uid)
    found.sort(key=lambda each: (each.begins_at, each.uid))
    return Spans(tuple(found), frozenset(named), frozenset(cancelled), tuple(skipped))


def _spans(uid: str, entry: Entry, now: datetime, here: ZoneInfo, until: float) -> list[Span]:
    if tells_of_clocks(entry.name):
        raise BadEvent("it only tells of a change of the clocks")
    today = now.astimezone(here).date()
    events = happening(entry, today - _REACH, today + _REACH, until)
    try:
        found = [each for event in events for each in _span(uid, event, here, again=repeats(entry))]
    except BadEvent:
        raise
    except TROUBLE as error:
        raise BadEvent("its date cannot be read") from error
    near = [each for each in found if now - _REACH < each.ends_at and each.begins_at < now + _REACH]
    if not near and found:
        raise BadEvent("it is more than a year away")
    return sorted(near, key=lambda each: (each.ends_at <= now, abs(each.begins_at - now)))[:MOST]


def _span(uid: str, event: "Event", here: ZoneInfo, *, again: bool) -> Iterator[Span]:
    start, end = event.start, event.end
    if not isinstance(start, datetime):
        end = max(end, start + _DAY)
    begins_at, ends_at = _instant(start, here), _instant(end, here)
    if ends_at < begins_at:
        raise BadEvent("it ends before it begins")
    if ends_at == begins_at:
        raise BadEvent("it has no end")
    mark = f"{uid}{_OF}{begins_at:%Y%m%dT%H%MZ}" if again else uid
    text = f"{event.get('SUMMARY', '')} {event.get('DESCRIPTION', '')}"[:_LONGEST_TEXT]
    yield Span(mark, name_of(event), text, begins_at, ends_at)


def _instant(at: date, here: ZoneInfo) -> datetime:
    """A day begins at its midnight; a time without a zone is meant here."""
    if not isinstance(at, datetime):
        at = datetime(at.year, at.month, at.day)  # noqa: DTZ001 - placed in the zone below
    return (at.replace(tzinfo=here) if at.tzinfo is None else at).astimezone(UTC)
