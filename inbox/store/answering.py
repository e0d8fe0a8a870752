"""What a reply answers, and what becomes of a thread and its mentions once it was sent."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select

from inbox.model.ids import AccountId, EmployeeId, MentionId, ThreadId
from inbox.model.words import Direction, Status
from inbox.store.engine import Session
from inbox.store.errors import NotFound
from inbox.store.schema import author, mention, mention_local, payload, thread


@dataclass(frozen=True, slots=True)
class Answered:
    """The mention that a reply answers, as a network needs it; ``raw`` is its payload."""

    global_id: str
    local_id: str | None
    root: str | None
    author_handle: str
    author_remote_id: str
    raw: Any


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a thread stands for whoever writes in it; ``newest`` is the customer's newest mention."""

    account_id: AccountId
    version: int
    newest: MentionId | None


def standing(s: Session, thread_id: ThreadId) -> Standing:
    """Where the thread stands. Raises ``NotFound``."""
    row = s.execute(select(thread.c.account_id, thread.c.version).where(thread.c.id == thread_id)).one_or_none()
    if row is None:
        raise NotFound(f"There is no thread {thread_id}.")
    inbound = select(mention.c.id).where(mention.c.thread_id == thread_id, mention.c.direction == Direction.INBOUND)
    newest = s.scalar(inbound.order_by(mention.c.created_at.desc(), mention.c.id.desc()).limit(1))
    return Standing(AccountId(row.account_id), row.version, None if newest is None else MentionId(newest))


def in_thread(s: Session, thread_id: ThreadId, mention_id: MentionId) -> bool:
    """True for a mention of this thread."""
    query = select(mention.c.id).where(mention.c.id == mention_id, mention.c.thread_id == thread_id)
    return s.scalar(query) is not None


def answered(s: Session, account_id: AccountId, mention_id: MentionId) -> Answered:
    """The mention as the account's network needs it. Raises ``NotFound``."""
    here = (mention_local.c.mention_id == mention.c.id) & (mention_local.c.account_id == account_id)
    query = (
        select(
            mention.c.global_id,
            mention.c.root,
            mention_local.c.local_id,
            author.c.handle,
            author.c.remote_id,
            payload.c.raw,
        )
        .join(author, author.c.id == mention.c.author_id)
        .outerjoin(mention_local, here)
        .outerjoin(payload, payload.c.mention_id == mention.c.id)
        .where(mention.c.id == mention_id)
        .limit(1)
    )
    row = s.execute(query).one_or_none()
    if row is None:
        raise NotFound("The mention that this answers is not there any more.")
    raw = None if row.raw is None else json.loads(row.raw)
    return Answered(row.global_id, row.local_id, row.root, row.handle, row.remote_id, raw)


def start(s: Session, thread_id: ThreadId, employee_id: EmployeeId, now: datetime) -> None:
    """The assignee opened the composer: the thread is started, and is not given back."""
    mine = (thread.c.id == thread_id, thread.c.assignee_id == employee_id, thread.c.started_at.is_(None))
    s.execute(thread.update().where(*mine).values(started_at=now))


def written_here(
    s: Session, network: str, global_id: str, *, employee: str, acknowledgement: bool
) -> tuple[MentionId, ThreadId] | None:
    """Note on a stored post of ours which person wrote it here; its mention and thread, None if not stored."""
    update = mention.update().where(mention.c.network == network, mention.c.global_id == global_id)
    by_hand = {"by_employee": employee, "acknowledgement": acknowledgement, "automatic": False}
    values = {**by_hand, "needs_reply": False, "triaged": True}
    row = s.execute(update.values(values).returning(mention.c.id, mention.c.thread_id)).one_or_none()
    return None if row is None else (MentionId(row.id), ThreadId(row.thread_id))


def to_refresh(
    s: Session, account_id: AccountId, *, since: datetime, checked_before: datetime, limit: int
) -> list[tuple[MentionId, str, str | None]]:
    """Stored posts newer than ``since`` whose present state was not seen since ``checked_before``, the longest
    ago first: number, global and local id.
    """
    here = (mention_local.c.mention_id == mention.c.id) & (mention_local.c.account_id == account_id)
    query = (
        select(mention.c.id, mention.c.global_id, func.min(mention_local.c.local_id).label("local_id"))
        .join(thread, thread.c.id == mention.c.thread_id)
        .outerjoin(mention_local, here)
        .where(
            thread.c.last_mention_at >= since,
            thread.c.queue.in_([1, 2, 3]),
            mention.c.account_id == account_id,
            mention.c.created_at >= since,
            mention.c.deleted_at.is_(None),
            func.coalesce(mention.c.checked_at, mention.c.stored_at) < checked_before,
        )
        .group_by(mention.c.id)
        .order_by(func.coalesce(mention.c.checked_at, mention.c.stored_at))
        .limit(limit)
    )
    return [(MentionId(row.id), row.global_id, row.local_id) for row in s.execute(query)]


def checked(s: Session, mention_ids: list[MentionId], now: datetime) -> None:
    """Their present state was asked for."""
    if mention_ids:
        s.execute(mention.update().where(mention.c.id.in_(mention_ids)).values(checked_at=now))


def asked_since(s: Session, thread_id: ThreadId, since: datetime) -> bool:
    """True when something of the customer that wants a reply was stored after ``since``."""
    query = select(mention.c.id).where(
        mention.c.thread_id == thread_id,
        mention.c.direction == Direction.INBOUND,
        mention.c.stored_at > since,
        mention.c.deleted_at.is_(None),
        or_(mention.c.needs_reply.is_(None), mention.c.needs_reply),
    )
    return s.scalar(query.limit(1)) is not None


def is_closed(s: Session, thread_id: ThreadId) -> bool:
    """True for a closed thread."""
    return bool(s.scalar(select(thread.c.status).where(thread.c.id == thread_id)) == Status.CLOSED)
