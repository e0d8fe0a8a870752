"""Who gets a thread: the one who knows the author, else the least loaded of those who may and can."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from inbox.model.ids import EmployeeId
from inbox.model.people import Employee
from inbox.routing.shift import on_shift

_LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Choice:
    """The employee, None when nobody is available; ``sentence`` says why with figures."""

    employee: Employee | None
    sentence: str
    details: dict[str, Any] = field(default_factory=dict)


def choose(
    candidates: Sequence[Employee],
    *,
    area: str | None,
    now: datetime,
    workspace_zone: str = "UTC",
    skills: Collection[str] = (),
    last_spoke: EmployeeId | None = None,
    idle_since: Mapping[EmployeeId, datetime] | None = None,
) -> Choice:
    """Choose among employees for a thread of ``area`` (None: a workspace without areas).

    ``skills`` (a language, a tag) count in their order, each only where somebody available has it. ``last_spoke``
    is who sent this author the last reply. ``idle_since`` breaks a tie of load; what is left is decided by name.
    """
    of_area = [employee for employee in candidates if covers(employee, area)]
    where = f"of {area}" if area else "of this workspace"
    if not of_area:
        return Choice(None, f"No employee {where} is set up, so it waits in the queue.")
    steps: tuple[tuple[str, Callable[[Employee], bool]], ...] = (
        ("is on shift", lambda employee: on_shift(employee, now, workspace_zone)),
        ("has a valid certificate", lambda employee: certified(employee, now, workspace_zone)),
        ("is under capacity", has_room),
    )
    able = of_area
    for words, passes in steps:
        able = [employee for employee in able if passes(employee)]
        if not able:
            return Choice(None, f"Nobody {where} {words}, so it waits in the queue.", {"asked": len(of_area)})
    known = next((employee for employee in able if employee.id == last_spoke), None)
    if known is not None:
        sentence = f"Assigned to {shown(known)}: last spoke with this author, {load(known)}."
        return Choice(known, sentence, _figures(known, able))
    return _least_loaded(able, idle_since or {}, skills)


def covers(employee: Employee, area: str | None) -> bool:
    """Whether the area is the employee's; without any areas everyone without areas answers everything."""
    return not employee.areas if area is None else area in employee.areas


def has_room(employee: Employee) -> bool:
    """Whether one more thread fits. No capacity means no limit."""
    return employee.capacity is None or employee.open_threads < employee.capacity


def certified(employee: Employee, now: datetime, workspace_zone: str) -> bool:
    """Whether the certificate holds, to the end of its last day where the employee is. None means none is needed."""
    if employee.certified_until is None:
        return True
    return now.astimezone(ZoneInfo(employee.time_zone or workspace_zone)).date() <= employee.certified_until


def load(employee: Employee) -> str:
    """The load in words: ``7 of 12 threads``."""
    if employee.capacity is not None:
        return f"{employee.open_threads} of {employee.capacity} threads"
    return "1 thread" if employee.open_threads == 1 else f"{employee.open_threads} threads"


def shown(employee: Employee) -> str:
    """What colleagues call them: the first word of the full name, else the name."""
    return employee.full_name.split()[0] if employee.full_name.strip() else employee.name


def _skilled(able: list[Employee], skills: Collection[str]) -> tuple[list[Employee], list[str]]:
    """Those with each skill in turn, where anybody has it (somebody without it is better than nobody), and the
    skills that this has sorted out others by.
    """
    sorted_by: list[str] = []
    for skill in skills:
        with_it = [employee for employee in able if skill in employee.skills]
        if with_it and len(with_it) < len(able):
            able = with_it
            sorted_by.append(skill)
    return able, sorted_by


def _least_loaded(able: list[Employee], idle_since: Mapping[EmployeeId, datetime], skills: Collection[str]) -> Choice:
    skilled, sorted_by = _skilled(able, skills)
    chosen = min(
        skilled,
        key=lambda employee: (employee.open_threads, idle_since.get(employee.id, _LONG_AGO), employee.name),
    )
    of_those = f" with {_in_words(sorted_by)}" if sorted_by else ""
    why = (
        f"the only one available{of_those}"
        if len(skilled) == 1
        else f"least loaded of {len(skilled)} available{of_those}"
    )
    too = [skill for skill in skills if skill in chosen.skills and skill not in sorted_by]
    has = f", has {_in_words(too)}" if too else ""
    return Choice(chosen, f"Assigned to {shown(chosen)}: {why}{has}, {load(chosen)}.", _figures(chosen, able))


def _in_words(skills: Sequence[str]) -> str:
    return f"the skill {skills[0]}" if len(skills) == 1 else f"the skills {' and '.join(skills)}"


def _figures(chosen: Employee, able: Sequence[Employee]) -> dict[str, Any]:
    return {
        "employee": chosen.name,
        "available": len(able),
        "open_threads": chosen.open_threads,
        "capacity": chosen.capacity,
        "loads": {employee.name: employee.open_threads for employee in able},
    }
