"""The single events that one entry of an iCal text stands for, within some days."""

import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from inbox.flow.ical_entries import Entry

if TYPE_CHECKING:
    from icalendar import Event

_DAY: Final = timedelta(days=1)
_EARLIEST: Final = 1900
_PATIENCE: Final = 10.0
"""Seconds of the processor for all repeating entries of a file; only one made to take for ever needs them."""
_DAILY_AT_MOST: Final = frozenset(("DAILY", "WEEKLY", "MONTHLY", "YEARLY"))
_DATES: Final = frozenset(("DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"))
_WITHIN_A_DAY: Final = ("BYHOUR", "BYMINUTE", "BYSECOND")
TROUBLE: Final = (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError)
"""The reader's own kinds of trouble with a date that is none."""


class BadEvent(ValueError):
    """One entry cannot be used; the message ends the sentence “it was left out: ...”."""


def patience() -> float:
    """When the processor's time for a file's repeating entries is over."""
    return time.thread_time() + _PATIENCE


def happening(entry: Entry, first: date, last: date, patience: float) -> "list[Event]":
    """What an entry stands for from ``first`` on and before ``last``, without what was cancelled; one that does not
    repeat comes whenever it is. Raises ``BadEvent``.
    """
    events = entry.events
    for event in events:
        if any(name in _DATES for name, _ in event.errors):
            raise BadEvent("its date cannot be read")
        if "DTSTART" not in event:
            raise BadEvent("it has no date")
    if is_cancelled(entry):
        raise BadEvent("it is cancelled")
    if repeats(entry) and time.thread_time() > patience:
        raise BadEvent("the file's repeating entries take too long to work out")
    try:
        shown = list(_repeated(entry, first, last)) if repeats(entry) else events
    except BadEvent:
        raise
    except TROUBLE as error:
        raise BadEvent("its date cannot be read") from error
    return [event for event in shown if not _cancelled(event)]


def is_cancelled(entry: Entry) -> bool:
    """Whether all of it is cancelled."""
    return all(_cancelled(event) for event in entry.events)


def repeats(entry: Entry) -> bool:
    """Whether it stands for several events."""
    events = entry.events
    return len(events) > 1 or any(key in events[0] for key in ("RRULE", "RDATE", "RECURRENCE-ID"))


def _cancelled(event: "Event") -> bool:
    return str(event.get("STATUS", "")).upper() == "CANCELLED"


def _repeated(entry: Entry, first: date, last: date) -> Iterator["Event"]:
    import recurring_ical_events  # type: ignore[import-untyped]  # has no type information
    from icalendar import Calendar as File

    alone = File()
    for zone in entry.zones:
        alone.add_component(zone)
    for event in entry.events:
        _bounded(event, last)
        alone.add_component(event)
    yield from recurring_ical_events.of(alone).between(first, last)


def _bounded(event: "Event", last: date) -> None:
    """Let a rule end with the days asked for. Raises ``BadEvent`` for one that would keep the computer busy."""
    start, end = event.start, last + 2 * _DAY
    until = datetime(end.year, end.month, end.day, tzinfo=start.tzinfo) if isinstance(start, datetime) else end
    for rule in event.rrules:
        often = str(next(iter(rule.get("FREQ", [])), "")).upper()
        if often not in _DAILY_AT_MOST or any(len(rule.get(key, ())) > 1 for key in _WITHIN_A_DAY):
            raise BadEvent("it repeats more often than daily")
        if often != "YEARLY" and start.year < _EARLIEST:
            raise BadEvent(f"it repeats since before {_EARLIEST}")
        if "UNTIL" not in rule and "COUNT" not in rule:
            rule["UNTIL"] = [until]
