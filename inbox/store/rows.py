"""Turns rows of the thread table into what a queue shows."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Select, select

from inbox.model.ids import AccountId, AreaId, AuthorId, EmployeeId, ThreadId
from inbox.model.thread import ThreadRow
from inbox.model.words import Priority, Status
from inbox.store.schema import account, area, employee, thread, thread_tag
from inbox.store.session import Session

_COLUMNS = (
    thread.c.id,
    thread.c.version,
    thread.c.status,
    thread.c.priority,
    thread.c.account_id,
    account.c.handle.label("account"),
    thread.c.network,
    thread.c.author_id,
    thread.c.author_name,
    thread.c.author_handle,
    thread.c.followers,
    thread.c.text,
    thread.c.language,
    thread.c.mentions,
    thread.c.area_id,
    area.c.name.label("area"),
    thread.c.assignee_id,
    employee.c.name.label("assignee"),
    thread.c.first_mention_at,
    thread.c.last_mention_at,
    thread.c.next_due_at,
    thread.c.warn_at,
    thread.c.breached,
    thread.c.met_at,
    thread.c.unread,
    thread.c.escalated,
    thread.c.incident,
    thread.c.due_order,
)


def select_rows(source: Any | None = None) -> Select[Any]:  # noqa: ANN401 - a Core join
    """The columns of a queue row, over ``source`` (thread ids as ``id``) or the thread table itself."""
    joined = thread if source is None else source.join(thread, thread.c.id == source.c.id)
    return select(*_COLUMNS).select_from(
        joined.join(account, account.c.id == thread.c.account_id)
        .outerjoin(area, area.c.id == thread.c.area_id)
        .outerjoin(employee, employee.c.id == thread.c.assignee_id)
    )


def to_rows(session: Session, found: Sequence[Any]) -> tuple[ThreadRow, ...]:
    """Queue rows in the order found, with their tags."""
    tags = tags_of(session, [row.id for row in found])
    return tuple(_to_row(row, tags.get(row.id, ())) for row in found)


def tags_of(session: Session, ids: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """The tags of some threads, in alphabetical order."""
    wanted = list(ids)
    if not wanted:
        return {}
    tags: dict[int, tuple[str, ...]] = {}
    query = select(thread_tag).where(thread_tag.c.thread_id.in_(wanted)).order_by(thread_tag.c.tag)
    for row in session.execute(query):
        tags[row.thread_id] = (*tags.get(row.thread_id, ()), row.tag)
    return tags


def _to_row(row: Any, tags: tuple[str, ...]) -> ThreadRow:  # noqa: ANN401 - a Core row
    return ThreadRow(
        id=ThreadId(row.id),
        version=row.version,
        status=Status(row.status),
        priority=Priority(row.priority),
        account_id=AccountId(row.account_id),
        account=row.account,
        network=row.network,
        author_id=AuthorId(row.author_id),
        author_name=row.author_name or row.author_handle,
        author_handle=row.author_handle,
        followers=row.followers,
        text=row.text,
        language=row.language,
        mentions=row.mentions,
        area_id=None if row.area_id is None else AreaId(row.area_id),
        area=row.area,
        assignee_id=None if row.assignee_id is None else EmployeeId(row.assignee_id),
        assignee=row.assignee,
        tags=tags,
        first_mention_at=row.first_mention_at,
        last_mention_at=row.last_mention_at,
        next_due_at=row.next_due_at,
        warn_at=row.warn_at,
        breached=row.breached,
        met_at=row.met_at,
        unread=row.unread,
        escalated=row.escalated,
        incident=row.incident,
    )
