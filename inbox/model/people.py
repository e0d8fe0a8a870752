"""Areas and the employees who answer in them."""

from dataclasses import dataclass
from datetime import date, time

from inbox.model.ids import AreaId, EmployeeId
from inbox.model.words import Role

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class Interval:
    """Wall-clock hours from ``start`` to ``end``; an end at or before the start is on the next day.
    ``24:00`` is kept as ``time(0)`` of the next day.
    """

    start: time
    end: time


Week = dict[str, tuple[Interval, ...]]


@dataclass(frozen=True, slots=True)
class Area:
    """A job area."""

    id: AreaId
    name: str
    keywords: tuple[str, ...] = ()
    approval: bool = False
    calendar: str | None = None
    color: int = 0


@dataclass(frozen=True, slots=True)
class Employee:
    """Someone who answers. ``shifts`` None means always on shift; capacity counts open threads."""

    id: EmployeeId
    name: str
    full_name: str
    roles: tuple[Role, ...] = (Role.EMPLOYEE,)
    areas: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    capacity: int | None = None
    shifts: Week | None = None
    time_zone: str | None = None
    certified_until: date | None = None
    away: bool = False
    open_threads: int = 0

    @property
    def initials(self) -> str:
        """Two letters for the disc."""
        words = (self.full_name or self.name).split()
        letters = [word[0] for word in words if word]
        return "".join(letters[:1] + letters[-1:] if len(letters) > 1 else letters[:1]).upper()
