"""The threads of a period as they came in, in pages: what a change of the workspace is tried on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, bindparam, func, select

from inbox.model.ids import MentionId, ThreadId
from inbox.model.placement import Corrected, Placement
from inbox.model.words import Direction, Metric
from inbox.model.workspace import UNSORTED
from inbox.store import placements
from inbox.store.schema import account, audit, author, clock, correction, mention, thread
from inbox.store.session import Session

ASSIGN: Final = "assign"
"""The audit event of a thread that was given to somebody."""


@dataclass(frozen=True, slots=True)
class Move:
    """Where a person moved a thread last. ``sorted_at`` is when they first took it out of Unsorted, if they did."""

    area: str
    sorted_at: datetime | None


@dataclass(slots=True)
class Deadlines:
    """What became of a thread's clocks: those with a deadline, those that breached, and how its first answer came.

    ``asked_at`` to ``answered_at`` is the first response; ``assigned_at`` the last giving before that answer.
    """

    promised: int = 0
    breached: int = 0
    asked_at: datetime | None = None
    answered_at: datetime | None = None
    assigned_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Past:
    """One thread by its first inbound mention, with what is known of its author and what became of it."""

    id: ThreadId
    mention_id: MentionId
    author: str
    network: str
    account: str
    text: str
    posted_at: datetime
    kind: str
    language: str | None
    sentiment: str | None
    needs_reply: bool
    has_media: bool
    followers: int | None
    verified: bool
    author_tags: frozenset[str]
    placement: Placement | None
    move: Move | None
    deadlines: Deadlines


def count(s: Session, since: datetime, until: datetime) -> int:
    """How many threads began in a period, from ``since`` to before ``until``."""
    return int(s.scalar(_COUNT, {"since": since, "until": until}) or 0)


def newest(s: Session) -> datetime | None:
    """When the newest thread began; None where there is no history."""
    found = s.execute(select(thread.c.first_mention_at).order_by(thread.c.first_mention_at.desc()).limit(1))
    at: datetime | None = found.scalar()
    return at


def page(s: Session, since: datetime, until: datetime, after: ThreadId, limit: int) -> list[Past]:
    """The next threads of a period by number, from the one after ``after`` (0 at first); empty at the end.

    A thread in which no customer has written is left out.
    """
    bounds = {"since": since, "until": until, "after": after, "limit": limit}
    rows = s.execute(_PAGE, bounds).all()
    ids = [ThreadId(row.id) for row in rows]
    if not ids:
        return []
    placed = placements.of_threads(s, ids)
    moves, deadlines = _moves(s, ids), _deadlines(s, ids)
    return [_past(row, placed.get(row.id), moves.get(row.id), deadlines.get(row.id) or Deadlines()) for row in rows]


_first = mention.alias("first")
_FIRST_INBOUND = (
    select(_first.c.id)
    .where(_first.c.thread_id == thread.c.id, _first.c.direction == str(Direction.INBOUND))
    .order_by(_first.c.created_at, _first.c.id)
    .limit(1)
    .correlate(thread)
    .scalar_subquery()
)
_WITHIN = (thread.c.first_mention_at >= bindparam("since"), thread.c.first_mention_at < bindparam("until"))
_COUNT = select(func.count()).select_from(thread).where(*_WITHIN)
_PAGE = (
    select(
        thread.c.id,
        *(mention.c[name] for name in ("network", "text", "created_at", "kind", "language", "sentiment")),
        *(mention.c[name] for name in ("needs_reply", "media")),
        *(author.c[name] for name in ("handle", "name", "followers", "verified", "tags")),
        mention.c.id.label("mention_id"),
        account.c.handle.label("account"),
    )
    .select_from(thread)
    .join(mention, mention.c.id == _FIRST_INBOUND)
    .join(author, author.c.id == thread.c.author_id)
    .join(account, account.c.id == mention.c.account_id)
    .where(*_WITHIN, thread.c.id > bindparam("after"))
    .order_by(thread.c.id)
    .limit(bindparam("limit"))
)
_IDS: Any = bindparam("ids", expanding=True)
_MOVES = (
    select(correction.c.thread_id, correction.c.was, correction.c.became, correction.c.at)
    .where(correction.c.thread_id.in_(_IDS), correction.c.kind == str(Corrected.AREA))
    .order_by(correction.c.at, correction.c.id)
)
_CLOCKS = (
    select(*(clock.c[name] for name in ("thread_id", "metric", "started_at", "due_at", "met_at", "breached_at")))
    .where(clock.c.thread_id.in_(_IDS))
    .order_by(clock.c.id)
)
_GIVEN = (
    select(audit.c.thread_id, audit.c.at)
    .where(audit.c.thread_id.in_(_IDS), audit.c.action == ASSIGN)
    .order_by(audit.c.id)
)


def _moves(s: Session, ids: Iterable[ThreadId]) -> dict[int, Move]:
    found: dict[int, Move] = {}
    for row in s.execute(_MOVES, {"ids": list(ids)}):
        before = found.get(row.thread_id)
        sorted_at = before.sorted_at if before is not None else None
        if sorted_at is None and row.was == UNSORTED:
            sorted_at = row.at
        found[row.thread_id] = Move(row.became, sorted_at)
    return found


def _deadlines(s: Session, ids: Iterable[ThreadId]) -> dict[int, Deadlines]:
    wanted = {"ids": list(ids)}
    found: dict[int, Deadlines] = {}
    for row in s.execute(_CLOCKS, wanted):
        each = found.setdefault(row.thread_id, Deadlines())
        each.promised += row.due_at is not None
        each.breached += row.breached_at is not None
        if row.metric == str(Metric.FIRST) and each.asked_at is None:
            each.asked_at, each.answered_at = row.started_at, row.met_at
    for row in s.execute(_GIVEN, wanted):
        known = found.get(row.thread_id)
        if known is not None and known.answered_at is not None and row.at <= known.answered_at:
            known.assigned_at = row.at
    return found


def _past(row: Row[Any], placed: Placement | None, move: Move | None, deadlines: Deadlines) -> Past:
    return Past(
        ThreadId(row.id),
        MentionId(row.mention_id),
        row.handle or row.name,
        row.network,
        row.account,
        row.text,
        row.created_at,
        row.kind,
        row.language,
        row.sentiment,
        bool(row.needs_reply),
        bool(row.media),
        row.followers,
        row.verified,
        frozenset(row.tags or ()),
        placed,
        move,
        deadlines,
    )
