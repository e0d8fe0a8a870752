"""The tasks of incidents in the store."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select

from inbox.model.ids import EmployeeId, IncidentId
from inbox.model.incident import OPEN_STATES, Task
from inbox.store.schema import employee, incident, incident_task
from inbox.store.session import Session

_OPEN = [str(each) for each in OPEN_STATES]


@dataclass(frozen=True, slots=True)
class NewTask:
    """A task that is not stored yet."""

    title: str
    assignee_id: EmployeeId | None = None
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Late:
    """A task of an open incident that was due and is not done, and who answers for it."""

    id: int
    title: str
    due_at: datetime
    incident: str
    assignee_id: EmployeeId | None
    owner_id: EmployeeId | None


def add(s: Session, incident_id: IncidentId, tasks: Sequence[NewTask]) -> list[int]:
    """Put tasks at the end of an incident's; their numbers."""
    if not tasks:
        return []
    last = s.scalar(select(func.max(incident_task.c.position)).where(incident_task.c.incident_id == incident_id))
    rows = [
        {
            "incident_id": incident_id,
            "position": position,
            "title": each.title,
            "assignee_id": each.assignee_id,
            "due_at": each.due_at,
        }
        for position, each in enumerate(tasks, start=0 if last is None else last + 1)
    ]
    found = [
        int(s.execute(incident_task.insert().values(row).returning(incident_task.c.id)).scalar_one()) for row in rows
    ]
    s.changed(topics=["incidents"])
    return found


def put_back(s: Session, incident_id: IncidentId, task: Task, position: int) -> int:
    """A task that was removed, as it was; its new number."""
    row = {
        "incident_id": incident_id,
        "position": position,
        "title": task.title,
        "assignee_id": task.assignee_id,
        "due_at": task.due_at,
        "done_at": task.done_at,
        "done_by": task.done_by,
    }
    found = s.execute(incident_task.insert().values(row).returning(incident_task.c.id)).scalar_one()
    s.changed(topics=["incidents"])
    return int(found)


def of(s: Session, incident_id: IncidentId) -> list[Task]:
    """An incident's tasks in their order."""
    query = _select().where(incident_task.c.incident_id == incident_id)
    return [_task(row) for row in s.execute(query.order_by(incident_task.c.position, incident_task.c.id))]


def home(s: Session, task_id: int) -> IncidentId | None:
    """The incident that a task belongs to now."""
    found = s.scalar(select(incident_task.c.incident_id).where(incident_task.c.id == task_id))
    return None if found is None else IncidentId(found)


def get(s: Session, incident_id: IncidentId, task_id: int) -> tuple[Task, int] | None:
    """One task of an incident and its position, which nobody else can change until a writing session ends."""
    mine = (incident_task.c.incident_id == incident_id, incident_task.c.id == task_id)
    if s.writing and s.kind == "postgresql":
        s.execute(select(incident_task.c.id).where(*mine).with_for_update())
    row = s.execute(_select().where(*mine)).first()
    return None if row is None else (_task(row), int(row.position))


def change(s: Session, task_id: int, values: dict[str, Any]) -> None:
    """Write some columns."""
    s.execute(incident_task.update().where(incident_task.c.id == task_id).values(**values))
    s.changed(topics=["incidents"])


def remove(s: Session, task_id: int) -> None:
    """Take a task off the list."""
    s.execute(incident_task.delete().where(incident_task.c.id == task_id))
    s.changed(topics=["incidents"])


def late(s: Session, now: datetime, since: datetime) -> list[Late]:
    """Tasks of open incidents that came due after ``since`` and are not done, the earliest first."""
    query = (
        select(incident_task, incident.c.title.label("incident"), incident.c.owner_id)
        .join(incident, incident.c.id == incident_task.c.incident_id)
        .where(incident.c.state.in_(_OPEN), incident_task.c.done_at.is_(None))
        .where(incident_task.c.due_at <= now, incident_task.c.due_at > since)
        .order_by(incident_task.c.due_at, incident_task.c.id)
    )
    return [
        Late(row.id, row.title, row.due_at, row.incident, _employee(row.assignee_id), _employee(row.owner_id))
        for row in s.execute(query)
    ]


def _select() -> Any:  # noqa: ANN401 - a Core select
    return select(incident_task, employee.c.name.label("assignee")).outerjoin(
        employee, employee.c.id == incident_task.c.assignee_id
    )


def _task(row: Row[Any]) -> Task:
    return Task(row.id, row.title, _employee(row.assignee_id), row.assignee, row.due_at, row.done_at, row.done_by)


def _employee(number: int | None) -> EmployeeId | None:
    return None if number is None else EmployeeId(number)
