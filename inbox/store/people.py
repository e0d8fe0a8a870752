"""Areas and employees: who there is, and how many open threads each has."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, func, select

from inbox.model.ids import AreaId, EmployeeId
from inbox.model.people import Area, Employee
from inbox.model.words import Role
from inbox.model.workspace import UNSORTED
from inbox.store import audit, documents
from inbox.store.errors import NotFound
from inbox.store.schema import area as area_table
from inbox.store.schema import counter
from inbox.store.schema import employee as employee_table
from inbox.store.schema.threads import QUEUE_LIVE
from inbox.store.session import Session
from inbox.store.versions import renew


def areas(s: Session, *, removed: bool = False) -> tuple[Area, ...]:
    """The areas in the workspace file's order; with ``removed`` also those no longer in it."""
    query = select(area_table).order_by(area_table.c.position, area_table.c.id)
    if not removed:
        query = query.where(area_table.c.removed_at.is_(None))
    return tuple(area_of(row) for row in s.execute(query))


def area(s: Session, name: str) -> Area | None:
    """The area of that name whatever its case; None for Unsorted. Raises ``NotFound`` naming what there is."""
    if name.casefold() == UNSORTED.casefold():
        return None
    known = areas(s)
    for each in known:
        if each.name.casefold() == name.casefold():
            return each
    raise NotFound(f"There is no area “{name}”. {_there_are(each.name for each in known)}")


def employees(s: Session, *, removed: bool = False) -> tuple[Employee, ...]:
    """The employees by name, each with the number of open threads they have now."""
    query = select(employee_table).order_by(employee_table.c.name)
    if not removed:
        query = query.where(employee_table.c.removed_at.is_(None))
    loads = open_threads(s)
    return tuple(employee_of(row, loads) for row in s.execute(query))


def employee(s: Session, name: str) -> Employee:
    """The employee of that name whatever its case. Raises ``NotFound`` naming who there is."""
    known = employees(s)
    for each in known:
        if each.name.casefold() == name.casefold():
            return each
    raise NotFound(f"There is no employee “{name}”. {_there_are(each.name for each in known)}")


def open_threads(s: Session) -> dict[EmployeeId, int]:
    """How many open threads each assignee has, by the counters."""
    query = (
        select(counter.c.assignee_id, func.sum(counter.c.n))
        .where(counter.c.queue == QUEUE_LIVE, counter.c.assignee_id != 0)
        .group_by(counter.c.assignee_id)
    )
    return {EmployeeId(number): int(n) for number, n in s.execute(query)}


def idle_since(s: Session) -> dict[EmployeeId, datetime | None]:
    """Since when each employee has been given nothing; None for one who never was."""
    query = select(employee_table.c.id, employee_table.c.idle_since)
    return {EmployeeId(number): since for number, since in s.execute(query)}


def lock(s: Session) -> None:
    """Let nobody else hand out threads or change people until this transaction ends. Taken in the order of their
    numbers, and after the locks on threads, if any: whoever holds it waits for no thread.
    """
    if s.kind == "postgresql":
        s.execute(select(employee_table.c.id).order_by(employee_table.c.id).with_for_update(key_share=True))


def set_away(s: Session, name: str, *, away: bool, actor: str, now: datetime) -> Employee:
    """Mark somebody away or back. Raises ``NotFound``."""
    found = employee(s, name)
    s.execute(employee_table.update().where(employee_table.c.id == found.id).values(away=away))
    audit.record(s, actor, "away" if away else "back", None, now, employee=found.name)
    renew(s)
    s.changed(topics=["people"])
    return employee(s, found.name)


def area_of(row: Row[Any]) -> Area:
    """The area of a row."""
    return Area(AreaId(row.id), row.name, tuple(row.keywords), row.approval, row.calendar, row.color)


def employee_of(row: Row[Any], loads: Mapping[EmployeeId, int]) -> Employee:
    """The employee of a row."""
    return Employee(
        id=EmployeeId(row.id),
        name=row.name,
        full_name=row.full_name,
        roles=tuple(Role(each) for each in row.roles) or (Role.EMPLOYEE,),
        areas=tuple(row.areas),
        skills=tuple(row.skills),
        capacity=row.capacity,
        shifts=documents.week_of(row.shifts),
        time_zone=row.time_zone,
        certified_until=date.fromisoformat(row.certified_until) if row.certified_until else None,
        away=row.away,
        open_threads=loads.get(EmployeeId(row.id), 0),
    )


def _there_are(names: Iterable[str]) -> str:
    listed = ", ".join(names)
    return f"There are: {listed}." if listed else "There are none yet."
