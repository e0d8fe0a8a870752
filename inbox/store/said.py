"""What customers said in a time, read for the digest; people only, as all figures (PRODUCT.md section 8)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Row, Select, case, func, not_, or_, select, true

from inbox.model.ids import AuthorId, MentionId, ThreadId
from inbox.model.report import By, Period
from inbox.model.words import Direction, Metric, Visibility
from inbox.store.reports.groups import micros, narrowed, people_only, thread_columns, within
from inbox.store.schema import account, author, clock, mention, thread
from inbox.store.session import Session
from inbox.store.types import to_micros

Only = Sequence[tuple[By, str]]
_CHUNK = 5000


@dataclass(frozen=True, slots=True)
class Said:
    """A customer's post. ``reach`` counts likes, shares and replies; a ``private`` one is never quoted."""

    mention_id: MentionId
    thread_id: ThreadId
    author_id: AuthorId
    handle: str
    network: str
    text: str
    at: datetime
    language: str | None
    sentiment: str | None
    reach: int
    followers: int
    private: bool
    needs_reply: bool | None


@dataclass(frozen=True, slots=True)
class Counts:
    """How much was said: mentions (those that need a reply among them), their authors and threads."""

    mentions: int
    needing_reply: int
    authors: int
    threads: int


@dataclass(frozen=True, slots=True)
class Waited:
    """A first wait of a thread: since when, and when it ended; None goes on."""

    thread_id: ThreadId
    handle: str
    text: str
    started_at: datetime
    met_at: datetime | None


def counts(s: Session, period: Period, only: Only) -> Counts:
    """How much customers said in a period."""
    wanted = case((mention.c.needs_reply == true(), 1), else_=0)
    query = select(
        func.count(),
        func.coalesce(func.sum(wanted), 0),
        func.count(mention.c.author_id.distinct()),
        func.count(mention.c.thread_id.distinct()),
    )
    row = s.execute(query.select_from(_posts()).where(*_in(s, period, only))).one()
    return Counts(*(int(each) for each in row))


def feelings(s: Session, period: Period, only: Only) -> dict[str | None, int]:
    """How many mentions sounded how; None was not judged."""
    query = select(mention.c.sentiment, func.count()).select_from(_posts()).where(*_in(s, period, only))
    return {name: int(n) for name, n in s.execute(query.group_by(mention.c.sentiment))}


def posts(s: Session, period: Period, only: Only, limit: int) -> Iterator[Said]:
    """The newest posts of a period that still stand on the network; reposts of others' words are left out."""
    query = (
        select(
            mention.c.id, mention.c.thread_id, mention.c.author_id, mention.c.network, mention.c.text,
            mention.c.created_at, mention.c.language, mention.c.sentiment, mention.c.visibility, mention.c.needs_reply,
            func.coalesce(mention.c.likes, 0).label("likes"),
            func.coalesce(mention.c.shares, 0).label("shares"),
            func.coalesce(mention.c.replies, 0).label("replies"),
            author.c.handle, func.coalesce(author.c.followers, 0).label("followers"),
        )
        .select_from(_posts().join(author, author.c.id == mention.c.author_id))
        .where(*_in(s, period, only), mention.c.deleted_at.is_(None), not_(mention.c.is_repost))
        .order_by(mention.c.created_at.desc(), mention.c.id.desc())
        .limit(limit)
    )  # fmt: skip
    for rows in s.execute(query).partitions(_CHUNK):
        yield from (_said(row) for row in rows)


def slowest(s: Session, period: Period, only: Only, now: datetime, limit: int) -> list[Waited]:
    """The first waits that began in a period and took longest, those that go on included."""
    ended = func.coalesce(micros(clock.c.met_at), to_micros(now))
    query = (
        select(clock.c.thread_id, clock.c.started_at, clock.c.met_at, thread.c.author_handle, thread.c.text)
        .select_from(clock.join(thread, thread.c.id == clock.c.thread_id))
        .where(
            clock.c.metric == str(Metric.FIRST),
            or_(clock.c.met_at.is_not(None), clock.c.cancelled_at.is_(None)),
            *within(clock.c.started_at, period),
            *people_only(),
            *narrowed(s, thread_columns(), only),
        )
        .order_by((ended - micros(clock.c.started_at)).desc(), clock.c.id)
        .limit(limit)
    )
    return [
        Waited(ThreadId(row.thread_id), row.author_handle, row.text, row.started_at, row.met_at)
        for row in s.execute(query)
    ]


def outcomes(s: Session, period: Period, only: Only) -> dict[str, int]:
    """What became of the customers of the threads that were written in; unsaid ones are left out."""
    query: Select[Any] = select(thread.c.outcome, func.count(thread.c.id.distinct())).select_from(_posts())
    found = s.execute(query.where(*_in(s, period, only), thread.c.outcome.is_not(None)).group_by(thread.c.outcome))
    return {outcome: int(n) for outcome, n in found}


def own_names(s: Session) -> frozenset[str]:
    """What our accounts and brands are called, in lower case: no news to anybody."""
    found = s.execute(select(account.c.handle, account.c.display_name, account.c.brand))
    return frozenset(name.casefold() for row in found for name in row if name)


def _posts() -> FromClause:
    return mention.join(thread, thread.c.id == mention.c.thread_id)


def _in(s: Session, period: Period, only: Only) -> list[ColumnElement[bool]]:
    inbound = mention.c.direction == str(Direction.INBOUND)
    return [inbound, *within(mention.c.created_at, period), *people_only(), *narrowed(s, thread_columns(), only)]


def _said(row: Row[Any]) -> Said:
    return Said(
        MentionId(row.id),
        ThreadId(row.thread_id),
        AuthorId(row.author_id),
        row.handle,
        row.network,
        row.text,
        row.created_at,
        row.language,
        row.sentiment,
        row.likes + row.shares + row.replies,
        row.followers,
        row.visibility == str(Visibility.PRIVATE),
        row.needs_reply,
    )
