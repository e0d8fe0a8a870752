"""What the detector of hot issues reads and keeps: new mentions in their order, counts of streams, and its state."""

import json
from array import array
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import BigInteger, Row, Text, and_, func, select, type_coerce

from inbox.model.ids import AccountId, MentionId, ThreadId
from inbox.model.words import Direction
from inbox.store.schema import account, area, author, hot_count, hot_lesson, hot_state, mention, mention_local, thread
from inbox.store.session import Session, insert_for

_DOC: Final = type_coerce(hot_state.c.doc, Text).label("doc")
"""As it is written, since a damaged document must not keep the others from being read."""


_PART: Final = 1_000
_WINDOW: Final = 20_000
_ID_BITS: Final = 48

ToAsk = tuple[MentionId, str, str | None]
"""A stored post whose present state is wanted: number, global and local id."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A customer's mention as the detector sees it. ``live`` is false for what came before the connection,
    ``figures_at`` when its likes, shares or replies last changed, None if they never did.
    """

    id: MentionId
    thread_id: ThreadId
    account_id: int
    account: str
    area_id: int | None
    area: str | None
    author: str
    text: str
    at: datetime
    stored_at: datetime
    negative: bool
    repost: bool
    reach: int
    engagement: int
    press: bool
    live: bool
    figures_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class StreamCount:
    """What a stream heard in the five minutes that begin at ``at``."""

    stream: str
    at: datetime
    posts: int
    authors: int
    negative: int
    reach: int


@dataclass(frozen=True, slots=True)
class Lesson:
    """What somebody taught the detector about an alarm."""

    id: int
    kind: str
    stream: str
    terms: tuple[str, ...]
    was_real: bool
    at: datetime


def heard(s: Session, after: int, limit: int) -> list[Heard]:
    """Triaged mentions of customers after a row number, in the order of their numbers, up to the first that waits for
    triage.
    """
    waiting = select(func.min(mention.c.id)).where(~mention.c.triaged).scalar_subquery()
    query = (
        _heard()
        .where(mention.c.id > after, mention.c.id < func.coalesce(waiting, 2**62))
        .where(mention.c.direction == str(Direction.INBOUND))
        .order_by(mention.c.id)
        .limit(limit)
    )
    return [_of(row) for row in s.execute(query)]


def heard_since(s: Session, since: datetime, up_to: int) -> list[Heard]:
    """Mentions posted since then with row numbers up to ``up_to``, in the order of their posting."""
    query = _heard().where(mention.c.created_at > since, mention.c.id <= up_to, mention.c.triaged)
    inbound = mention.c.direction == str(Direction.INBOUND)
    return [_of(row) for row in s.execute(query.where(inbound).order_by(mention.c.created_at, mention.c.id))]


def numbered(s: Session, ids: Collection[int]) -> list[Heard]:
    """Those of some mentions that customers wrote, in the order of their numbers."""
    query = _heard().where(mention.c.id.in_(list(ids)), mention.c.triaged)
    return [_of(row) for row in s.execute(query.where(mention.c.direction == str(Direction.INBOUND)).order_by("id"))]


def last_said(s: Session, thread_ids: Collection[ThreadId]) -> list[tuple[ThreadId, str]]:
    """What customers said last in some threads, a text each."""
    found: list[tuple[ThreadId, str]] = []
    wanted = list(thread_ids)
    for start in range(0, len(wanted), _PART):
        part = wanted[start : start + _PART]
        newest = (
            select(func.max(mention.c.id))
            .where(mention.c.thread_id.in_(part), mention.c.direction == str(Direction.INBOUND))
            .group_by(mention.c.thread_id)
        )
        rows = s.execute(select(mention.c.thread_id, mention.c.text).where(mention.c.id.in_(newest)))
        found += [(ThreadId(row.thread_id), row.text) for row in rows]
    return found


def changed_figures(s: Session, since: datetime, limit: int) -> list[tuple[int, datetime]]:
    """Mentions whose likes, shares or replies changed after then, and when, in that order."""
    query = select(mention.c.id, mention.c.figures_at).where(mention.c.figures_at > since)
    rows = s.execute(query.order_by(mention.c.figures_at, mention.c.id).limit(limit))
    return [(row.id, row.figures_at) for row in rows]


def growing(
    s: Session, account_id: AccountId, *, posted: datetime, changed: datetime, asked_before: datetime, limit: int
) -> list[ToAsk]:
    """Customers' posts that were ``posted`` and whose figures ``changed`` since then, and that were not asked about
    since ``asked_before``: those that gather the most first.
    """
    grown = _to_ask(account_id, posted, asked_before).where(mention.c.figures_at >= changed)
    gathered = sum(func.coalesce(each, 0) for each in (mention.c.likes, mention.c.shares, mention.c.replies))
    return _asked(s, grown.order_by(func.max(gathered).desc(), mention.c.id), limit)


def young(s: Session, account_id: AccountId, *, posted: datetime, asked_before: datetime, limit: int) -> list[ToAsk]:
    """Customers' posts that were ``posted`` since then, and not asked about since ``asked_before``: the longest ago
    first, also where nothing is left to do for their threads.
    """
    new = _to_ask(account_id, posted, asked_before).where(
        thread.c.queue.in_([1, 2, 3, 4]), thread.c.last_mention_at >= posted
    )
    return _asked(s, new.order_by(func.coalesce(mention.c.checked_at, mention.c.stored_at), mention.c.id), limit)


def _to_ask(account_id: AccountId, posted: datetime, asked_before: datetime) -> Any:  # noqa: ANN401 - a Core select
    here = (mention_local.c.mention_id == mention.c.id) & (mention_local.c.account_id == account_id)
    return (
        select(mention.c.id, mention.c.global_id, func.min(mention_local.c.local_id).label("local_id"))
        .join(thread, thread.c.id == mention.c.thread_id)
        .outerjoin(mention_local, here)
        .where(
            mention.c.account_id == account_id,
            mention.c.direction == str(Direction.INBOUND),
            mention.c.created_at >= posted,
            mention.c.deleted_at.is_(None),
            thread.c.hidden.is_(False),
            func.coalesce(mention.c.checked_at, mention.c.stored_at) < asked_before,
        )
        .group_by(mention.c.id)
    )


def _asked(s: Session, query: Any, limit: int) -> list[ToAsk]:  # noqa: ANN401 - a Core select
    return [(MentionId(row.id), row.global_id, row.local_id) for row in s.execute(query.limit(limit))]


def posted(s: Session, since: datetime, until: datetime, stop: Callable[[], bool] = lambda: False) -> "array[int]":
    """The numbers of customers' mentions posted from ``since`` up to ``until``, in the order of their posting. Told to
    stop, which it asks after every 20,000 stored ones, it gives those that it has found.
    """
    at = type_coerce(mention.c.created_at, BigInteger)
    wanted = select(at, mention.c.id).where(
        mention.c.created_at >= since,
        mention.c.created_at < until,
        mention.c.direction == str(Direction.INBOUND),
        mention.c.triaged,
    )
    # No index holds them in this order. One number for both sorts fast, and a million of them need little room.
    keys: list[int] = []
    last = newest_id(s)
    for start in range(0, last, _WINDOW):
        if start and stop():
            break
        window = wanted.where(mention.c.id > start, mention.c.id <= start + _WINDOW)
        keys += (micros << _ID_BITS | number for micros, number in s.execute(window))
    keys.sort()
    return array("q", (key & (1 << _ID_BITS) - 1 for key in keys))


def newest_id(s: Session) -> int:
    """The number of the newest mention, 0 without one."""
    return int(s.scalar(select(func.coalesce(func.max(mention.c.id), 0))) or 0)


def count(s: Session, rows: Sequence[StreamCount]) -> None:
    """Add to the counts of streams."""
    if not rows:
        return
    insert = insert_for(s)(hot_count)
    added = {name: hot_count.c[name] + insert.excluded[name] for name in ("posts", "authors", "negative", "reach")}
    statement = insert.on_conflict_do_update(index_elements=["stream", "at"], set_=added)
    names = ("stream", "at", "posts", "authors", "negative", "reach")
    s.execute(statement, [{name: getattr(row, name) for name in names} for row in rows])


def counts(s: Session, stream: str, since: datetime, until: datetime) -> list[StreamCount]:
    """The counts of a stream from ``since`` up to ``until``, in their order; bins without a post are left out."""
    within = and_(hot_count.c.stream == stream, hot_count.c.at >= since, hot_count.c.at < until)
    rows = s.execute(select(hot_count).where(within).order_by(hot_count.c.at))
    return [StreamCount(row.stream, row.at, row.posts, row.authors, row.negative, row.reach) for row in rows]


def states(s: Session) -> dict[str, dict[str, Any]]:
    """Everything that the detector kept, by name; what cannot be read any more is empty."""
    return {row.stream: _readable(row.doc) for row in s.execute(select(hot_state.c.stream, _DOC))}


def state(s: Session, name: str) -> dict[str, Any]:
    """One thing that the detector kept; empty for none, and where it cannot be read."""
    return _readable(s.scalar(select(_DOC).where(hot_state.c.stream == name)))


def claim(s: Session, name: str, *, now: datetime) -> dict[str, Any]:
    """One thing that the detector kept, which nobody else can change until this writing session ends."""
    insert = insert_for(s)(hot_state).values(stream=name, doc={}, at=now)
    s.execute(insert.on_conflict_do_nothing())
    query = select(_DOC).where(hot_state.c.stream == name)
    return _readable(s.execute(query if s.kind == "sqlite" else query.with_for_update()).scalar_one())


def keep(s: Session, docs: Iterable[tuple[str, dict[str, Any]]], now: datetime) -> None:
    """Keep what the detector knows."""
    rows = [{"stream": name, "doc": doc, "at": now} for name, doc in docs]
    if rows:
        insert = insert_for(s)(hot_state)
        changed = {"doc": insert.excluded.doc, "at": insert.excluded.at}
        s.execute(insert.on_conflict_do_update(index_elements=["stream"], set_=changed), rows)


def teach(
    s: Session,
    incident_id: int,
    alert: tuple[str, str, Collection[str], float],
    *,
    was_real: bool,
    actor: str,
    now: datetime,
) -> None:
    """Write down whether an alarm, (kind, stream, terms, score), was one."""
    kind, stream, terms, score = alert
    s.execute(
        hot_lesson.insert().values(
            incident_id=incident_id,
            kind=kind,
            stream=stream,
            terms=list(terms),
            score=score,
            was_real=was_real,
            actor=actor,
            at=now,
        )
    )


def lessons(s: Session, after: int = 0) -> list[Lesson]:
    """What was taught after a row number."""
    query = select(hot_lesson).where(hot_lesson.c.id > after).order_by(hot_lesson.c.id)
    return [Lesson(row.id, row.kind, row.stream, tuple(row.terms), row.was_real, row.at) for row in s.execute(query)]


def _readable(text: str | None) -> dict[str, Any]:
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _heard() -> Any:  # noqa: ANN401 - a Core select
    return (
        select(
            mention.c.id,
            mention.c.thread_id,
            mention.c.account_id,
            account.c.handle,
            thread.c.area_id,
            area.c.name.label("area"),
            mention.c.author_id,
            mention.c.text,
            mention.c.created_at,
            mention.c.stored_at,
            mention.c.sentiment,
            mention.c.is_repost,
            mention.c.likes,
            mention.c.shares,
            mention.c.replies,
            mention.c.before_connection,
            mention.c.figures_at,
            author.c.followers,
            author.c.tags,
        )
        .join(thread, thread.c.id == mention.c.thread_id)
        .join(account, account.c.id == mention.c.account_id)
        .join(author, author.c.id == mention.c.author_id)
        .outerjoin(area, area.c.id == thread.c.area_id)
        .where(type_coerce(author.c.tags, Text).not_like('%"employee"%'), thread.c.hidden.is_(False))
    )


def _of(row: Row[Any]) -> Heard:
    return Heard(
        MentionId(row.id),
        ThreadId(row.thread_id),
        row.account_id,
        row.handle,
        row.area_id,
        row.area,
        str(row.author_id),
        row.text,
        row.created_at,
        row.stored_at,
        row.sentiment == "negative",
        row.is_repost,
        row.followers or 0,
        (row.likes or 0) + (row.shares or 0) + (row.replies or 0),
        "press" in (row.tags or ()),
        not row.before_connection,
        row.figures_at,
    )
