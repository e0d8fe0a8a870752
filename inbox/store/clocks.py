"""Clocks as rows, and the history of threads from which they are worked out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BindParameter, bindparam, func, select

from inbox.model.ids import ClockId, MentionId, ThreadId
from inbox.model.placement import Corrected
from inbox.model.words import Metric, Priority, Status
from inbox.store.engine import Session, insert_for
from inbox.store.schema import account, area, author, clock, correction, mention, status_event, thread
from inbox.store.types import from_micros, to_micros

Span = tuple[datetime, datetime | None]


@dataclass(frozen=True, slots=True)
class PostRow:
    """One mention as clocks need it. ``stored_at`` is when it was known: stored, or said to need a reply after all."""

    id: MentionId
    global_id: str
    created_at: datetime
    stored_at: datetime
    inbound: bool
    needs_reply: bool | None
    in_reply_to: str | None
    automatic: bool
    acknowledgement: bool
    before_connection: bool
    kind: str
    has_media: bool
    triaged: bool


@dataclass(frozen=True, slots=True)
class ClockRow:
    """A clock as it is stored, without its thread. ``terms`` is the policy as it was."""

    metric: Metric
    cycle: int
    mention_id: MentionId | None
    started_at: datetime
    due_at: datetime | None
    warn_at: datetime | None
    warned_at: datetime | None
    met_at: datetime | None
    breached_at: datetime | None
    cancelled_at: datetime | None
    cancel_reason: str | None
    policy: str | None
    calendar: str | None
    target: timedelta | None
    paused: tuple[Span, ...]
    terms: dict[str, Any] | None


@dataclass(slots=True)
class ThreadHistory:
    """A thread, its posts, its changes of status as (at, status, reason), and its stored clocks.

    ``sentiment`` is that of what its author said last, as far as it is known.
    """

    id: ThreadId
    status: Status
    priority: Priority
    area: str | None
    area_calendar: str | None
    policy: str | None
    network: str
    account: str
    text: str
    language: str | None
    followers: int | None
    verified: bool
    author_tags: frozenset[str]
    incident: bool
    next_due_at: datetime | None
    warn_at: datetime | None
    breached: bool
    met_at: datetime | None
    posts: list[PostRow] = field(default_factory=list)
    changes: list[tuple[datetime, str, str | None]] = field(default_factory=list)
    clocks: list[ClockRow] = field(default_factory=list)
    sentiment: str | None = None


@dataclass(frozen=True, slots=True)
class DueClock:
    """A running clock whose warning or deadline has come. ``terms`` is the policy as it was."""

    id: ClockId
    thread_id: ThreadId
    metric: Metric
    cycle: int
    started_at: datetime
    due_at: datetime | None
    warn_at: datetime | None
    terms: dict[str, Any] | None = field(default=None, hash=False)


def histories(s: Session, ids: Iterable[ThreadId]) -> dict[ThreadId, ThreadHistory]:
    """All that the clocks of some threads are worked out from; threads that are not there are left out."""
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        return {}
    found = {ThreadId(row.id): _history(row) for row in s.execute(_HEADS, {"ids": wanted})}
    for row in s.execute(_POSTS, {"ids": wanted}):
        history = found[ThreadId(row.thread_id)]
        history.posts.append(_post(row))
        if row.direction == "inbound":
            history.sentiment = row.sentiment or history.sentiment
    for row in s.execute(_CHANGES, {"ids": wanted}):
        found[ThreadId(row.thread_id)].changes.append((row.at, row.status, row.reason))
    for row in s.execute(_CLOCKS, {"ids": wanted}):
        found[ThreadId(row.thread_id)].clocks.append(_clock(row))
    return found


def save(s: Session, rows: Sequence[tuple[ThreadId, ClockRow]]) -> None:
    """Add or replace clocks by thread, metric and cycle."""
    if not rows:
        return
    insert = insert_for(s)(clock)
    kept = {"thread_id", "metric", "cycle"}
    changed = {name: insert.excluded[name] for name in _CLOCK_COLUMNS if name not in kept}
    upsert = insert.on_conflict_do_update(index_elements=["thread_id", "metric", "cycle"], set_=changed)
    s.execute(upsert, [_values(thread_id, row) for thread_id, row in rows])


def drop(s: Session, keys: Sequence[tuple[ThreadId, Metric, int]]) -> None:
    """Remove clocks that a late arrival has shown to be wrong."""
    if keys:
        s.execute(_DROP, [{"t": thread_id, "m": str(metric), "c": cycle} for thread_id, metric, cycle in keys])


def update_threads(s: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Set what threads show of their clocks: ``id, next_due_at, warn_at, breached, met_at`` each."""
    if rows:
        s.execute(_SHOWN, [{"thread": row["id"], **{k: v for k, v in row.items() if k != "id"}} for row in rows])


def add_changes(s: Session, rows: Sequence[tuple[ThreadId, datetime, str, str | None, str]]) -> None:
    """Note changes of status: (thread, at, status, reason, actor) each."""
    if rows:
        names = ("thread_id", "at", "status", "reason", "actor")
        s.execute(status_event.insert(), [dict(zip(names, row, strict=True)) for row in rows])


def warnings_due(s: Session, now: datetime, limit: int) -> list[DueClock]:
    """Running clocks whose warning has come and was not given yet, earliest first."""
    running = (clock.c.met_at.is_(None), clock.c.cancelled_at.is_(None))
    query = select(*_DUE).where(*running, clock.c.warned_at.is_(None), clock.c.warn_at.is_not(None))
    query = query.where(clock.c.warn_at <= now).order_by(clock.c.warn_at).limit(limit)
    return [_due(row) for row in s.execute(query)]


def breaches_due(s: Session, now: datetime, limit: int) -> list[DueClock]:
    """Running clocks past their deadline that are not marked as breached yet, earliest first."""
    running = (clock.c.met_at.is_(None), clock.c.cancelled_at.is_(None))
    query = select(*_DUE).where(*running, clock.c.breached_at.is_(None), clock.c.due_at.is_not(None))
    query = query.where(clock.c.due_at <= now).order_by(clock.c.due_at).limit(limit)
    return [_due(row) for row in s.execute(query)]


def still_due(s: Session, known: Sequence[DueClock], now: datetime, *, breach: bool) -> list[DueClock]:
    """Those of some clocks that still are to be marked as breached (or warned), as they stand now."""
    ids = [each.id for each in known]
    open_ = (clock.c.id.in_(ids), clock.c.met_at.is_(None), clock.c.cancelled_at.is_(None))
    come = (
        (clock.c.breached_at.is_(None), clock.c.due_at <= now)
        if breach
        else (clock.c.warned_at.is_(None), clock.c.warn_at <= now)
    )
    return [_due(row) for row in s.execute(select(*_DUE).where(*open_, *come).order_by(clock.c.id))]


def deadlines(s: Session, ids: Iterable[ClockId]) -> dict[ClockId, datetime | None]:
    """When some clocks are due now."""
    query = select(clock.c.id, clock.c.due_at).where(clock.c.id.in_(list(ids)))
    return {ClockId(row.id): row.due_at for row in s.execute(query)}


def mark_warned(s: Session, ids: Sequence[ClockId], now: datetime) -> None:
    """Note that the warnings of these clocks were given."""
    if ids:
        s.execute(clock.update().where(clock.c.id.in_(ids)).values(warned_at=now))


def mark_breached(s: Session, due: Sequence[DueClock], now: datetime) -> None:
    """Note the breaches at their deadlines, on clocks and threads; a warning not given by then is given up."""
    if not due:
        return
    ids = [each.id for each in due]
    s.execute(clock.update().where(clock.c.id.in_(ids)).values(breached_at=clock.c.due_at))
    s.execute(clock.update().where(clock.c.id.in_(ids), clock.c.warned_at.is_(None)).values(warned_at=now))
    s.execute(thread.update().where(thread.c.id.in_({each.thread_id for each in due})).values(breached=True))


def running_threads(s: Session, ids: Iterable[ThreadId]) -> dict[ThreadId, Status]:
    """Those of some threads that have a running clock, with their status."""
    query = (
        select(thread.c.id, thread.c.status)
        .join(clock, clock.c.thread_id == thread.c.id)
        .where(thread.c.id.in_(list(ids)), clock.c.met_at.is_(None), clock.c.cancelled_at.is_(None))
        .distinct()
    )
    return {ThreadId(number): Status(status) for number, status in s.execute(query)}


_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_HEADS = (
    select(
        *(thread.c[name] for name in ("id", "status", "priority", "policy", "network", "text", "language")),
        *(thread.c[name] for name in ("followers", "incident", "next_due_at", "warn_at", "breached", "met_at")),
        area.c.name.label("area"),
        area.c.calendar.label("area_calendar"),
        account.c.handle.label("account"),
        author.c.verified,
        author.c.tags,
    )
    .join(account, account.c.id == thread.c.account_id)
    .join(author, author.c.id == thread.c.author_id)
    .outerjoin(area, area.c.id == thread.c.area_id)
    .where(thread.c.id.in_(_IDS))
)
_SAID = (
    select(func.max(correction.c.at))
    .where(
        correction.c.thread_id == mention.c.thread_id,
        correction.c.mention_id == mention.c.id,
        correction.c.kind == str(Corrected.NEEDS_REPLY),
        correction.c.became == "true",
    )
    .correlate(mention)
    .scalar_subquery()
    .label("said_at")
)
"""When a person said that a mention needs a reply, if one did."""
_POSTS = (
    select(
        _SAID,
        *(mention.c[name] for name in ("id", "thread_id", "global_id", "created_at", "stored_at", "direction")),
        *(mention.c[name] for name in ("needs_reply", "in_reply_to", "automatic", "acknowledgement")),
        *(mention.c[name] for name in ("before_connection", "kind", "media", "triaged", "sentiment")),
    )
    .where(mention.c.thread_id.in_(_IDS))
    .order_by(mention.c.thread_id, mention.c.created_at, mention.c.id)
)
_CHANGES = select(status_event).where(status_event.c.thread_id.in_(_IDS)).order_by(status_event.c.id)
_CLOCKS = select(clock).where(clock.c.thread_id.in_(_IDS)).order_by(clock.c.id)
_DUE = tuple(
    clock.c[name] for name in ("id", "thread_id", "metric", "cycle", "started_at", "due_at", "warn_at", "terms")
)
_DROP = clock.delete().where(
    clock.c.thread_id == bindparam("t"), clock.c.metric == bindparam("m"), clock.c.cycle == bindparam("c")
)
_SHOWN = (
    thread.update()
    .where(thread.c.id == bindparam("thread"))
    .values({name: bindparam(name) for name in ("next_due_at", "warn_at", "breached", "met_at")})
)
_CLOCK_COLUMNS = tuple(column.name for column in clock.c if column.name != "id")


def _history(row: Any) -> ThreadHistory:  # noqa: ANN401 - a Core row
    return ThreadHistory(
        id=ThreadId(row.id),
        status=Status(row.status),
        priority=Priority(row.priority),
        area=row.area,
        area_calendar=row.area_calendar,
        policy=row.policy,
        network=row.network,
        account=row.account,
        text=row.text,
        language=row.language,
        followers=row.followers,
        verified=row.verified,
        author_tags=frozenset(row.tags or ()),
        incident=row.incident is not None,
        next_due_at=row.next_due_at,
        warn_at=row.warn_at,
        breached=row.breached,
        met_at=row.met_at,
    )


def _post(row: Any) -> PostRow:  # noqa: ANN401 - a Core row
    return PostRow(
        MentionId(row.id),
        row.global_id,
        row.created_at,
        row.stored_at if row.said_at is None else max(row.stored_at, row.said_at),
        row.direction == "inbound",
        row.needs_reply,
        row.in_reply_to,
        row.automatic,
        row.acknowledgement,
        row.before_connection,
        row.kind,
        bool(row.media),
        row.triaged,
    )


def _clock(row: Any) -> ClockRow:  # noqa: ANN401 - a Core row
    paused = tuple((from_micros(begin), None if end is None else from_micros(end)) for begin, end in row.paused or ())
    return ClockRow(
        Metric(row.metric),
        row.cycle,
        row.mention_id,
        row.started_at,
        row.due_at,
        row.warn_at,
        row.warned_at,
        row.met_at,
        row.breached_at,
        row.cancelled_at,
        row.cancel_reason,
        row.policy,
        row.calendar,
        row.target,
        paused,
        row.terms,
    )


def _values(thread_id: ThreadId, row: ClockRow) -> dict[str, Any]:
    values: dict[str, Any] = {name: getattr(row, name) for name in _CLOCK_COLUMNS if name != "thread_id"}
    values["thread_id"] = thread_id
    values["metric"] = str(row.metric)
    values["paused"] = [[to_micros(begin), None if end is None else to_micros(end)] for begin, end in row.paused]
    return values


def _due(row: Any) -> DueClock:  # noqa: ANN401 - a Core row
    return DueClock(
        ClockId(row.id),
        ThreadId(row.thread_id),
        Metric(row.metric),
        row.cycle,
        row.started_at,
        row.due_at,
        row.warn_at,
        row.terms,
    )
