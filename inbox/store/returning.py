"""What giving threads back reads: who holds what, who is writing, and what hangs on people and areas that are gone."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select

from inbox.model.ids import AreaId, EmployeeId, ThreadId
from inbox.model.words import DraftKind, Status
from inbox.store import presence
from inbox.store.schema import area, audit, draft, employee, thread
from inbox.store.schema import presence as presence_table
from inbox.store.schema.threads import QUEUE_HIDDEN, QUEUE_LIVE, QUEUE_SNOOZED, QUEUE_WAITING
from inbox.store.session import Session

_CHUNK = 1000


@dataclass(frozen=True, slots=True)
class Held:
    """An open thread that somebody has."""

    id: ThreadId
    owner: EmployeeId
    assigned_at: datetime | None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a thread stands: in which area, with whom."""

    id: ThreadId
    area: AreaId | None
    owner: EmployeeId | None


def held_by(s: Session, staff: Collection[EmployeeId], only: Sequence[ThreadId] | None) -> list[Held]:
    """The open threads of some employees; ``only`` among these, if given."""
    return _held(s, only, thread.c.assignee_id.in_(list(staff))) if staff else []


def unstarted(
    s: Session, staff: Collection[EmployeeId], before: datetime, only: Sequence[ThreadId] | None
) -> list[Held]:
    """Open threads that some employees were given before a time and have not started, the longest ago first."""
    mine = (thread.c.assignee_id.in_(list(staff)), thread.c.started_at.is_(None), thread.c.assigned_at <= before)
    return _held(s, only, *mine) if staff else []


def by_hand(s: Session, ids: Iterable[ThreadId]) -> set[ThreadId]:
    """Those of the threads that a person gave to whoever has them, not the collector."""
    newest: dict[ThreadId, str] = {}
    for some in _chunks(ids):
        query = select(audit.c.thread_id, audit.c.actor).where(audit.c.thread_id.in_(some), audit.c.action == "assign")
        newest |= {ThreadId(row.thread_id): row.actor for row in s.execute(query.order_by(audit.c.id))}
    return {number for number, actor in newest.items() if actor != "collector"}


def writing(s: Session, now: datetime) -> set[tuple[ThreadId, EmployeeId]]:
    """Who has which thread's composer open this minute."""
    query = (
        select(presence_table.c.thread_id, employee.c.id)
        .join(employee, employee.c.name == presence_table.c.employee)
        .where(presence_table.c.claimed, ~presence.over(now))
    )
    return {(ThreadId(row.thread_id), EmployeeId(row.id)) for row in s.execute(query)}


def with_draft(s: Session, ids: Iterable[ThreadId]) -> set[tuple[ThreadId, EmployeeId]]:
    """Who has begun a reply in which of the threads."""
    found: set[tuple[ThreadId, EmployeeId]] = set()
    for some in _chunks(ids):
        query = select(draft.c.thread_id, draft.c.employee_id).where(
            draft.c.thread_id.in_(some), draft.c.kind == DraftKind.REPLY.value
        )
        found |= {(ThreadId(row.thread_id), EmployeeId(row.employee_id)) for row in s.execute(query)}
    return found


def former_areas(s: Session) -> dict[AreaId, str]:
    """The areas that are no longer in the workspace file."""
    query = select(area.c.id, area.c.name).where(area.c.removed_at.is_not(None))
    return {AreaId(row.id): row.name for row in s.execute(query)}


def former_staff(s: Session) -> dict[EmployeeId, str]:
    """What colleagues called the employees that are no longer in the workspace file."""
    query = select(employee.c.id, employee.c.name, employee.c.full_name).where(employee.c.removed_at.is_not(None))
    return {EmployeeId(row.id): row.full_name or row.name for row in s.execute(query)}


def unfinished_in(s: Session, areas: Collection[AreaId], only: Sequence[ThreadId] | None) -> list[ThreadId]:
    """The threads of some areas that are not closed."""
    return _unfinished(s, only, thread.c.area_id.in_(list(areas))) if areas else []


def unfinished_of(s: Session, staff: Collection[EmployeeId], only: Sequence[ThreadId] | None) -> list[ThreadId]:
    """The threads of some employees that are not closed."""
    return _unfinished(s, only, thread.c.assignee_id.in_(list(staff))) if staff else []


def authors(s: Session, ids: Iterable[ThreadId]) -> dict[ThreadId, str]:
    """Whose each thread is."""
    found: dict[ThreadId, str] = {}
    for some in _chunks(ids):
        query = select(thread.c.id, thread.c.author_name, thread.c.author_handle).where(thread.c.id.in_(some))
        found |= {
            ThreadId(row.id): str(row.author_name or row.author_handle or "a customer") for row in s.execute(query)
        }
    return found


def standing(s: Session, ids: Iterable[ThreadId]) -> dict[ThreadId, Standing]:
    """Where some threads stand."""
    found: dict[ThreadId, Standing] = {}
    for some in _chunks(ids):
        query = select(thread.c.id, thread.c.area_id, thread.c.assignee_id).where(thread.c.id.in_(some))
        found |= {
            ThreadId(row.id): Standing(ThreadId(row.id), row.area_id, row.assignee_id) for row in s.execute(query)
        }
    return found


def _unfinished(s: Session, only: Sequence[ThreadId] | None, condition: ColumnElement[bool]) -> list[ThreadId]:
    # Named queue by queue, so that it is a few steps of an index and not a walk over all that was ever closed.
    queues = (QUEUE_HIDDEN, QUEUE_LIVE, QUEUE_WAITING, QUEUE_SNOOZED)
    query = select(thread.c.id).where(thread.c.queue.in_(queues), condition, thread.c.status != str(Status.CLOSED))
    if only is not None:
        query = query.where(thread.c.id.in_(only))
    return [ThreadId(row.id) for row in s.execute(query.order_by(thread.c.id))]


def _held(s: Session, only: Sequence[ThreadId] | None, *conditions: ColumnElement[bool]) -> list[Held]:
    query = select(thread.c.id, thread.c.assignee_id, thread.c.assigned_at).where(
        thread.c.queue == QUEUE_LIVE,
        thread.c.assignee_id.is_not(None),
        thread.c.status == str(Status.OPEN),
        *conditions,
    )
    if only is not None:
        query = query.where(thread.c.id.in_(only))
    rows = s.execute(query.order_by(thread.c.assigned_at, thread.c.id))
    return [Held(ThreadId(row.id), EmployeeId(row.assignee_id), row.assigned_at) for row in rows]


def _chunks(ids: Iterable[ThreadId]) -> Iterable[list[ThreadId]]:
    wanted = list(ids)
    return (wanted[start : start + _CHUNK] for start in range(0, len(wanted), _CHUNK))
