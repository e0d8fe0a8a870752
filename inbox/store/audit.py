"""Audit events: every change, when, by whom and what."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from inbox.model.ids import ThreadId
from inbox.model.thread import AuditEvent
from inbox.store.schema import audit
from inbox.store.session import Session


def record(s: Session, actor: str, action: str, thread_id: ThreadId | None, now: datetime, **details: Any) -> None:  # noqa: ANN401 - any JSON value
    """Write one event. ``actor`` is an employee's name, ``collector`` or ``command``."""
    record_many(s, actor, action, [(thread_id, details)], now)


def record_many(
    s: Session, actor: str, action: str, events: Iterable[tuple[ThreadId | None, Mapping[str, Any]]], now: datetime
) -> None:
    """Write the same action on many threads, each with its own details, in one statement."""
    rows = [
        {"at": now, "actor": actor, "action": action, "thread_id": thread_id, "details": dict(details)}
        for thread_id, details in events
    ]
    if rows:
        s.execute(audit.insert(), rows)


def for_thread(s: Session, thread_id: ThreadId) -> tuple[AuditEvent, ...]:
    """A thread's events, oldest first."""
    rows = s.execute(select(audit).where(audit.c.thread_id == thread_id).order_by(audit.c.id))
    return tuple(_event(row) for row in rows)


def newest(s: Session, thread_id: ThreadId) -> AuditEvent | None:
    """What was last done to a thread."""
    row = s.execute(select(audit).where(audit.c.thread_id == thread_id).order_by(audit.c.id.desc()).limit(1)).first()
    return None if row is None else _event(row)


def newest_of(s: Session, actions: Sequence[str]) -> AuditEvent | None:
    """The newest event of one of these actions."""
    row = s.execute(select(audit).where(audit.c.action.in_(actions)).order_by(audit.c.id.desc()).limit(1)).first()
    return None if row is None else _event(row)


def of_action(
    s: Session, action: str, since: datetime, until: datetime, *, actor: str, after: int, limit: int
) -> tuple[AuditEvent, ...]:
    """What an actor did of one kind in a time, in the order written, from event number ``after`` on."""
    mine = (audit.c.action == action, audit.c.actor == actor)
    query = select(audit).where(audit.c.id > after, *mine, audit.c.at >= since, audit.c.at <= until)
    return tuple(_event(row) for row in s.execute(query.order_by(audit.c.id).limit(limit)))


def _event(row: Row[Any]) -> AuditEvent:
    thread_id = None if row.thread_id is None else ThreadId(row.thread_id)
    return AuditEvent(row.id, row.at, row.actor, row.action, thread_id, row.details)
