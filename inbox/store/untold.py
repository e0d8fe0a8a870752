"""Threads that nobody is there for, and that no supervisor was told of yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, or_, select

from inbox.model.ids import ThreadId
from inbox.store.assigning import NOBODYS, RUNNING
from inbox.store.schema import area, audit, clock, thread
from inbox.store.session import Session

TOLD = "tell"
"""The action of the audit event by which a thread is known to have been told of."""


@dataclass(frozen=True, slots=True)
class Untold:
    """A customer who waits for nobody: ``area`` None is Unsorted, ``since`` when the thread last came to wait."""

    id: ThreadId
    area: str | None
    author: str
    since: datetime


def untold(s: Session, before: datetime, limit: int, only: Sequence[ThreadId] | None = None) -> list[Untold]:
    """Threads that nobody has had since ``before`` or earlier, untold of since then, the longest wait first."""
    back = or_(thread.c.assigned_at.is_(None), thread.c.assigned_at <= before)
    told = exists().where(
        audit.c.thread_id == thread.c.id,
        audit.c.action == TOLD,
        audit.c.at >= clock.c.started_at,
        or_(thread.c.assigned_at.is_(None), audit.c.at >= thread.c.assigned_at),
    )
    columns = ("id", "author_name", "author_handle", "assigned_at")
    query = (
        select(*(thread.c[name] for name in columns), clock.c.started_at, area.c.name.label("area"))
        .select_from(
            clock.join(thread, thread.c.id == clock.c.thread_id).outerjoin(area, area.c.id == thread.c.area_id)
        )
        .where(RUNNING, clock.c.started_at <= before, NOBODYS, back, ~told)
        .order_by(clock.c.started_at, clock.c.id)
        .limit(limit)
    )
    if only is not None:
        query = query.where(thread.c.id.in_(only))
    found: dict[ThreadId, Untold] = {}
    for row in s.execute(query):
        since = row.started_at if row.assigned_at is None else max(row.started_at, row.assigned_at)
        author = row.author_name or row.author_handle or "A customer"
        found.setdefault(ThreadId(row.id), Untold(ThreadId(row.id), row.area, author, since))
    return list(found.values())
