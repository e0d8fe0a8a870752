"""The newest threads with what rules ask of their mentions, read at once for trying rules on them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, select, union_all

from inbox.model.ids import MentionId, ThreadId
from inbox.model.placement import Ranked
from inbox.store.lists import among
from inbox.store.schema import account, area, author, mention, placement, thread
from inbox.store.schema.threads import QUEUE_CLOSED, QUEUE_HIDDEN, QUEUE_LIVE, QUEUE_SNOOZED, QUEUE_WAITING
from inbox.store.session import Session

PER_THREAD: Final = 5
"""Mentions of one thread that are read: the first of the time asked for."""


@dataclass(frozen=True, slots=True)
class SeenMention:
    """A customer's mention with its author and where its thread stands. ``area`` None is Unsorted.

    ``model`` and ``ranked`` are what was learnt of its thread when it was routed, ``step`` what chose its area.
    """

    thread_id: ThreadId
    mention_id: MentionId
    author: str
    network: str
    account: str
    kind: str
    text: str
    at: datetime
    language: str | None
    sentiment: str | None
    has_media: bool
    followers: int | None
    verified: bool
    author_tags: frozenset[str]
    area: str | None
    priority: str
    incident: bool
    step: str | None
    model: int | None
    ranked: Ranked


def newest_threads(s: Session, since: datetime, limit: int) -> list[ThreadId]:
    """The threads with a mention since then, the one spoken in last first, at most ``limit``."""
    found = union_all(
        *(
            select(
                select(thread.c.id, thread.c.last_mention_at)
                .where(thread.c.queue == queue, thread.c.last_mention_at >= since)
                .order_by(thread.c.last_mention_at.desc(), thread.c.id.desc())
                .limit(limit)
                .subquery()
            )
            for queue in (QUEUE_HIDDEN, QUEUE_LIVE, QUEUE_WAITING, QUEUE_SNOOZED, QUEUE_CLOSED)
        )
    ).subquery()
    query = select(found.c.id).order_by(found.c.last_mention_at.desc(), found.c.id.desc()).limit(limit)
    return [ThreadId(row.id) for row in s.execute(query)]


def seen_mentions(s: Session, ids: list[ThreadId], since: datetime) -> list[SeenMention]:
    """What customers wrote in these threads since then, the newest thread first, each in the order written."""
    known: dict[ThreadId, int] = {}
    seen: list[SeenMention] = []
    query = _SEEN.where(among(s, mention.c.thread_id, ids), mention.c.created_at >= since)
    for row in s.execute(query):
        known[row.thread_id] = known.get(row.thread_id, 0) + 1
        if known[row.thread_id] <= PER_THREAD:
            seen.append(_seen(row))
    return seen


_SEEN = (
    select(
        *(mention.c[name] for name in ("id", "thread_id", "network", "kind", "text", "created_at", "language")),
        mention.c.sentiment,
        mention.c.media,
        account.c.handle.label("account"),
        author.c.name,
        author.c.handle,
        author.c.followers,
        author.c.verified,
        author.c.tags,
        area.c.name.label("area"),
        thread.c.priority,
        thread.c.incident,
        placement.c.step,
        placement.c.model,
        placement.c.ranked,
    )
    .join(thread, thread.c.id == mention.c.thread_id)
    .join(author, author.c.id == mention.c.author_id)
    .join(account, account.c.id == mention.c.account_id)
    .outerjoin(area, area.c.id == thread.c.area_id)
    .outerjoin(placement, placement.c.thread_id == thread.c.id)
    .where(mention.c.direction == "inbound", mention.c.deleted_at.is_(None))
    .order_by(mention.c.thread_id.desc(), mention.c.created_at, mention.c.id)
)


def _seen(row: Row[Any]) -> SeenMention:
    return SeenMention(
        ThreadId(row.thread_id),
        MentionId(row.id),
        row.name or row.handle,
        row.network,
        row.account,
        row.kind,
        row.text,
        row.created_at,
        row.language,
        row.sentiment,
        bool(row.media),
        row.followers,
        row.verified,
        frozenset(row.tags or ()),
        row.area,
        row.priority,
        row.incident is not None,
        row.step,
        row.model,
        tuple((name, share) for name, share in row.ranked or ()),
    )
