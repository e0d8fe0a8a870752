"""What a policy's actions read: where the threads of late clocks stand, and what was done for which clock already."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from inbox.model.ids import EmployeeId, ThreadId
from inbox.model.words import Status
from inbox.store.schema import account, area, audit, thread
from inbox.store.session import Session

Deed = tuple[ThreadId, str, str, str, str]
"""A thread, the audit's action, and the clock and event that it was done for: metric, start, event. Not the cycle:
late arrivals number cycles anew.
"""


@dataclass(frozen=True, slots=True)
class LateThread:
    """A thread whose warning or deadline has come: ``area`` None is Unsorted, ``owner`` None is nobody.

    One is ``live`` whose account was ever connected (others hold only what a file was replayed from), that waits
    for us, and that is neither noise nor closed.
    """

    id: ThreadId
    area: str | None
    author: str
    owner: EmployeeId | None
    live: bool


def threads(s: Session, ids: Collection[ThreadId]) -> dict[ThreadId, LateThread]:
    """Where some threads stand."""
    columns = ("id", "status", "hidden", "assignee_id", "author_name", "author_handle")
    query = (
        select(*(thread.c[name] for name in columns), area.c.name.label("area"), account.c.connected_at)
        .join(account, account.c.id == thread.c.account_id)
        .outerjoin(area, area.c.id == thread.c.area_id)
        .where(thread.c.id.in_(list(ids)))
    )
    over = {str(Status.CLOSED), str(Status.WAITING)}
    return {
        ThreadId(row.id): LateThread(
            ThreadId(row.id),
            row.area,
            row.author_name or row.author_handle or "A customer",
            None if row.assignee_id is None else EmployeeId(row.assignee_id),
            row.connected_at is not None and not row.hidden and row.status not in over,
        )
        for row in s.execute(query)
    }


def done(s: Session, ids: Collection[ThreadId]) -> set[Deed]:
    """Which clocks of some threads the collector has raised or given back threads for."""
    query = select(audit.c.thread_id, audit.c.action, audit.c.details).where(
        audit.c.thread_id.in_(list(ids)), audit.c.actor == "collector", audit.c.action.in_(("priority", "return"))
    )
    return {
        (ThreadId(row.thread_id), row.action, row.details["metric"], row.details["started"], row.details["event"])
        for row in s.execute(query)
        if "event" in row.details and "started" in row.details
    }
