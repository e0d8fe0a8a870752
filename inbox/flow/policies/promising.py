"""When a mention would be due under a policy, with the sum shown: the one way for the command and the screen."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from inbox.flow.moments import moment
from inbox.model.words import Metric, Priority
from inbox.model.workspace import UNSORTED, Calendar, Policy, Workspace
from inbox.sla.hours import zone
from inbox.sla.policy import ALWAYS
from inbox.sla.preview import Gap, Promise, gaps, preview
from inbox.store.errors import NotFound

SHOWN: Final = 14
"""Open spans that are shown one by one; the rest is one line."""
_NAMES: Final = 3
"""Reasons of one gap that are named."""


@dataclass(frozen=True, slots=True)
class Line:
    """A part of the sum: open time that counts, or a gap that does not, and why."""

    start: datetime
    end: datetime
    why: str = ""

    @property
    def counts(self) -> bool:
        """Whether it is open time."""
        return not self.why


@dataclass(frozen=True, slots=True)
class Promised:
    """One metric's promise. ``lines`` are the first of the sum; ``more`` open spans of together ``rest`` follow."""

    promise: Promise
    lines: tuple[Line, ...] = ()
    more: int = 0
    rest: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True)
class Promises:
    """What is promised by metric, in the hours of ``calendar``, to a mention posted at ``at``."""

    at: datetime
    calendar: Calendar
    each: dict[Metric, Promised]


def calendar_of(workspace: Workspace, policy: Policy, area: str | None) -> Calendar:
    """The policy's, else the area's, else round the clock in the workspace's zone. Raises ``NotFound`` for an area."""
    named = policy.calendar
    if area is not None and area.casefold() != UNSORTED.casefold():
        where = next((each for each in workspace.areas if each.name.casefold() == area.casefold()), None)
        if where is None:
            listed = ", ".join(each.name for each in workspace.areas)
            raise NotFound(f"There is no area “{area}”. There are: {listed}.")
        named = named or where.calendar
    around_the_clock = Calendar(ALWAYS.name, workspace.settings.time_zone)
    return next((each for each in workspace.calendars if each.name == named), around_the_clock)


def posted_at(written: str, calendar: Calendar, now: datetime) -> datetime:
    """A time as people type it; without a zone it is the calendar's.

    Raises ``ValueError`` with a plain sentence, ``CalendarRefused`` for an unknown zone.
    """
    here = zone(calendar.time_zone)
    try:
        found = datetime.fromisoformat(written.strip())
    except ValueError:
        return moment(written, now, here)
    return found if found.tzinfo else found.replace(tzinfo=here)


def promises(workspace: Workspace, policy: Policy, priority: Priority, area: str | None, at: datetime) -> Promises:
    """What the policy promises; metrics without a target are left out.

    Raises ``CalendarRefused`` where the calendar cannot measure, and ``NotFound`` for an unknown area.
    """
    calendar = calendar_of(workspace, policy, area)
    found = preview(policy, priority, calendar, at)
    return Promises(at, calendar, {metric: _told(calendar, at, each) for metric, each in found.items()})


def why_closed(gap: Gap) -> str:
    """The reasons of a gap in words: "weekend, Christmas Day"."""
    named = [name or str(kind) for kind, name in gap.why]
    said = ", ".join(named[:_NAMES])
    return said if len(named) <= _NAMES else f"{said} and {len(named) - _NAMES} more"


def _told(calendar: Calendar, at: datetime, promise: Promise) -> Promised:
    shown = promise.spans[:SHOWN]
    left = promise.spans[SHOWN:]
    rest = sum((closes - opens for opens, closes in left), timedelta(0))
    return Promised(promise, tuple(_lines(calendar, at, shown)), len(left), rest)


def _lines(calendar: Calendar, at: datetime, spans: tuple[tuple[datetime, datetime], ...]) -> Iterator[Line]:
    """Gaps and open spans in turn."""
    closed = {gap.end: gap for gap in gaps(calendar, at, spans)}
    for opens, closes in spans:
        if opens in closed:
            gap = closed[opens]
            yield Line(gap.start, gap.end, why_closed(gap))
        yield Line(opens, closes)
