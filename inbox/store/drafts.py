"""Drafts: what somebody is writing, kept with every pause so that no crash takes more than a few words."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, select

from inbox.model.ids import EmployeeId, MentionId, ThreadId
from inbox.model.outbox import Draft
from inbox.model.words import DraftKind, Visibility
from inbox.store.engine import Session, insert_for
from inbox.store.schema import draft


def save(s: Session, new: Draft) -> None:
    """Keep the employee's draft of its kind in this thread; an empty one is dropped."""
    if not new.text.strip():
        drop(s, new.thread_id, new.employee_id, new.kind)
        return
    values = {name: getattr(new, name) for name in Draft.__slots__}
    insert = insert_for(s)(draft).values(values)
    s.execute(insert.on_conflict_do_update(index_elements=["thread_id", "employee_id", "kind"], set_=values))


def get(s: Session, thread_id: ThreadId, employee_id: EmployeeId, kind: DraftKind = DraftKind.REPLY) -> Draft | None:
    """The employee's draft of a kind in this thread."""
    row = s.execute(select(draft).where(*_of(thread_id, employee_id, kind))).one_or_none()
    return None if row is None else _draft(row)


def of_employee(s: Session, employee_id: EmployeeId) -> tuple[Draft, ...]:
    """All that an employee left unsent, newest first."""
    query = select(draft).where(draft.c.employee_id == employee_id).order_by(draft.c.saved_at.desc())
    return tuple(_draft(row) for row in s.execute(query))


def drop(s: Session, thread_id: ThreadId, employee_id: EmployeeId, kind: DraftKind = DraftKind.REPLY) -> None:
    """Throw the draft of a kind away, or it was sent."""
    s.execute(draft.delete().where(*_of(thread_id, employee_id, kind)))


def saved_at(s: Session, thread_id: ThreadId) -> datetime | None:
    """When anybody last saved a draft in this thread."""
    query = select(draft.c.saved_at).where(draft.c.thread_id == thread_id).order_by(draft.c.saved_at.desc()).limit(1)
    found: datetime | None = s.scalar(query)
    return found


def _of(thread_id: ThreadId, employee_id: EmployeeId, kind: DraftKind) -> tuple[ColumnElement[bool], ...]:
    return (draft.c.thread_id == thread_id, draft.c.employee_id == employee_id, draft.c.kind == kind.value)


def _draft(row: Row[Any]) -> Draft:
    return Draft(
        thread_id=ThreadId(row.thread_id),
        employee_id=EmployeeId(row.employee_id),
        text=row.text,
        visibility=Visibility(row.visibility),
        answers=None if row.answers is None else MentionId(row.answers),
        thread_version=row.thread_version,
        saved_at=row.saved_at,
        kind=DraftKind(row.kind),
    )
