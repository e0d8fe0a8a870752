"""All that an assignment was decided by, short enough to stand in its audit event, and enough to decide it again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from inbox.model.ids import EmployeeId
from inbox.model.people import Employee
from inbox.routing.assignment import Choice, choose, covers
from inbox.routing.shift import on_shift

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
ON_SHIFT, AWAY, CERTIFIED = "s", "a", "c"


@dataclass(frozen=True, slots=True)
class Question:
    """Who gets a thread of ``area``? ``staff`` are those who may be asked, as ``settled`` leaves them; of those not
    there ``away`` are marked away, the others off shift.
    """

    staff: Sequence[Employee]
    area: str | None
    skills: tuple[str, ...]
    last_spoke: EmployeeId | None
    idle_since: Mapping[EmployeeId, datetime]
    now: datetime
    away: frozenset[EmployeeId] = frozenset()

    def answer(self) -> Choice:
        """The choice."""
        return choose(
            self.staff,
            area=self.area,
            now=self.now,
            skills=self.skills,
            last_spoke=self.last_spoke,
            idle_since=self.idle_since,
        )


def settled(employee: Employee, now: datetime, zone: str, *, certified: bool) -> Employee:
    """The employee with what time says of them looked up once: on shift counts as always on, off shift as away."""
    here = on_shift(employee, now, zone)
    return replace(
        employee,
        shifts=None,
        away=employee.away or not here,
        certified_until=None if certified else date.min,
    )


def packed(question: Question) -> dict[str, Any]:
    """The question as JSON: of everybody in the area name, state (the letters above), load, capacity, idle since
    (microseconds of the epoch) and which of the skills asked for they have.
    """
    staff = [each for each in question.staff if covers(each, question.area)]
    names = {each.id: each.name for each in staff}
    return {
        "at": question.now.isoformat(),
        "area": question.area,
        "skills": list(question.skills),
        "spoke": names.get(question.last_spoke) if question.last_spoke is not None else None,
        "staff": [_row(each, question) for each in staff],
    }


def unpacked(inputs: Mapping[str, Any]) -> Question:
    """The question again. Raises ``KeyError``, ``ValueError`` or ``TypeError`` for what ``packed`` never wrote."""
    area = inputs["area"]
    staff: list[Employee] = []
    idle: dict[EmployeeId, datetime] = {}
    away: set[EmployeeId] = set()
    for place, (name, state, load, capacity, since, skills) in enumerate(inputs["staff"], 1):
        number = EmployeeId(place)
        staff.append(
            Employee(
                number,
                str(name),
                "",
                areas=() if area is None else (area,),
                skills=tuple(skills),
                capacity=capacity,
                away=ON_SHIFT not in state,
                certified_until=None if CERTIFIED in state else date.min,
                open_threads=load,
            )
        )
        if AWAY in state:
            away.add(number)
        if since is not None:
            idle[number] = _EPOCH + since * _MICROSECOND
    spoke = next((each.id for each in staff if each.name == inputs["spoke"]), None)
    at = datetime.fromisoformat(inputs["at"])
    return Question(staff, area, tuple(inputs["skills"]), spoke, idle, at, frozenset(away))


def _row(each: Employee, question: Question) -> list[Any]:
    absent = AWAY if each.id in question.away else ""
    state = (absent if each.away else ON_SHIFT) + ("" if each.certified_until else CERTIFIED)
    since = question.idle_since.get(each.id)
    idle = None if since is None else (since - _EPOCH) // _MICROSECOND
    skills = [skill for skill in question.skills if skill in each.skills] if question.skills else []
    return [each.name, state, each.open_threads, each.capacity, idle, skills]
