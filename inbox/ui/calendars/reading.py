"""Reads what the calendars' screen stands on: the workspace, who changed it last, and what is open when."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from inbox.model.workspace import Calendar, Workspace

if TYPE_CHECKING:
    from collections.abc import Iterable


AHEAD: Final = timedelta(days=366)
LISTED: Final = 60
Day = tuple[date, str, str]
"""A date, its name, and its kind: holiday, closed, open, imported."""


@dataclass(frozen=True, slots=True)
class State:
    """Whether a calendar is open, and when that ``changes`` (UTC; None: not within a year). ``refusal`` is why it
    cannot be used.
    """

    zone: str
    open: bool = False
    changes: datetime | None = None
    always: bool = False
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Uses:
    """The names of what stands on a calendar."""

    areas: tuple[str, ...] = ()
    policies: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything does."""
        return bool(self.areas or self.policies or self.rules)


def states_of(calendars: "Iterable[Calendar]", now: datetime) -> dict[str, State]:
    """The state of each calendar by name. Not for the GUI thread: holidays are worked out here."""
    return {each.name: state_of(each, now) for each in calendars}


def state_of(calendar: Calendar, now: datetime) -> State:
    """Open or closed, and until when."""
    from inbox.sla.calendar import open_spans
    from inbox.sla.hours import CalendarRefused, compiled

    try:
        if compiled(calendar).always:
            return State(calendar.time_zone, open=True, always=True)
        spans = open_spans(calendar, now, now + AHEAD)
    except CalendarRefused as error:
        return State("UTC", refusal=str(error))
    if not spans:
        return State(calendar.time_zone)
    if spans[0][0] > now:
        return State(calendar.time_zone, changes=spans[0][0])
    ends = spans[0][1]
    return State(calendar.time_zone, open=True, changes=ends if ends < now + AHEAD else None)


def uses(workspace: Workspace, name: str) -> Uses:
    """Which areas, policies and rules stand on the calendar of that name."""
    return Uses(
        tuple(each.name for each in workspace.areas if each.calendar == name),
        tuple(each.name for each in workspace.policies if each.calendar == name or _asks(each.when.hours, name)),
        tuple(each.name for each in workspace.rules if _asks(each.when.hours, name)),
    )


def _asks(hours: tuple[bool, str] | None, name: str) -> bool:
    return hours is not None and hours[1] == name
