"""A calendar under edit."""

from dataclasses import dataclass, field, replace
from datetime import date

from inbox.model.people import Interval, Week
from inbox.model.workspace import Calendar
from inbox.ui.calendars.week import in_order, tidy
from inbox.ui.entries.book import LAST, EntryBook, Kind


@dataclass(frozen=True, slots=True)
class Draft:
    """What the editor holds. ``base`` is the stored calendar that it began from, None for a new one.

    ``kept`` are the hours of the week to go back to while the calendar is open around the clock. Calendars have no
    order that people choose: what is not stored stands behind.
    """

    calendar: Calendar
    base: Calendar | None = None
    kept: Week = field(default_factory=dict)
    position: int = LAST

    @property
    def edited(self) -> bool:
        """True while it differs from what is stored."""
        return self.base is None or normal(self.calendar) != normal(self.base)


def draft_of(calendar: Calendar) -> Draft:
    """The draft that a calendar begins as."""
    return Draft(normal(calendar), calendar)


def normal(calendar: Calendar) -> Calendar:
    """The same calendar with everything in its order, so that two can be compared."""
    return replace(
        calendar,
        name=calendar.name.strip(),
        week=None if calendar.week is None else tidy(calendar.week),
        closed=tuple(sorted(set(calendar.closed))),
        open={day: in_order(calendar.open[day]) for day in sorted(calendar.open)},
        imported=tuple(sorted(calendar.imported, key=lambda each: (each.date, each.name, each.uid))),
    )


def always(draft: Draft, *, on: bool) -> Draft:
    """Open around the clock, or by the week's hours again."""
    if on:
        return replace(draft, calendar=replace(draft.calendar, week=None), kept=draft.calendar.week or draft.kept)
    return replace(draft, calendar=replace(draft.calendar, week=tidy(draft.kept)))


def with_closed(calendar: Calendar, day: date) -> Calendar:
    """Closed on a date, whatever it was."""
    opened = {each: hours for each, hours in calendar.open.items() if each != day}
    return normal(replace(calendar, closed=(*calendar.closed, day), open=opened))


def with_open(calendar: Calendar, day: date, hours: tuple[Interval, ...]) -> Calendar:
    """Open on a date in those hours, whatever it was."""
    closed = tuple(each for each in calendar.closed if each != day)
    return normal(replace(calendar, closed=closed, open={**calendar.open, day: hours}))


def without(calendar: Calendar, day: date) -> Calendar:
    """An ordinary date again."""
    opened = {each: hours for each, hours in calendar.open.items() if each != day}
    return normal(replace(calendar, closed=tuple(each for each in calendar.closed if each != day), open=opened))


def switched(calendar: Calendar, day: date, uid: str, name: str, *, on: bool) -> Calendar:
    """An imported date counts, or does not."""
    imported = tuple(
        replace(each, on=on) if (each.date, each.uid, each.name) == (day, uid, name) else each
        for each in calendar.imported
    )
    return replace(calendar, imported=imported)


def forgotten(calendar: Calendar) -> Calendar:
    """Without what iCal files brought."""
    return replace(calendar, imported=())


def book() -> EntryBook[Calendar, Draft]:
    """The calendars as the screen holds them."""
    return EntryBook(
        Kind(
            lambda of: of.calendars,
            lambda of, calendars: replace(of, calendars=calendars),
            lambda calendar, _place: draft_of(calendar),
            lambda draft: draft.calendar,
        )
    )
