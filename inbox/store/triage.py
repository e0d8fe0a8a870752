"""Mentions that wait for triage, and what triage makes of them and their threads."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, or_, select, text

from inbox.model.fact import Facts
from inbox.model.ids import EmployeeId, MentionId, ThreadId
from inbox.model.placement import Corrected
from inbox.model.words import Direction, Priority, Status
from inbox.model.workspace import UNSORTED
from inbox.store.engine import Session, insert_for
from inbox.store.facts import facts_document, facts_of
from inbox.store.schema import account, author, correction, mention, placement, thread, thread_tag
from inbox.store.schema.threads import QUEUE_LIVE


@dataclass(frozen=True, slots=True)
class Untriaged:
    """One new mention with its author's facts. ``needs_reply`` is set where it is known already, ``facts`` where it
    was looked at before.
    """

    id: MentionId
    thread_id: ThreadId
    network: str
    account: str
    direction: Direction
    kind: str
    text: str
    created_at: datetime
    language: str | None
    needs_reply: bool | None
    is_repost: bool
    automatic: bool
    before_connection: bool
    by_employee: str | None
    has_media: bool
    followers: int | None
    verified: bool
    author_tags: frozenset[str]
    facts: Facts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ThreadState:
    """Where a thread stood when triage read it. ``version`` and ``mentions`` tell whether it has changed since."""

    id: ThreadId
    version: int
    mentions: int
    status: Status
    priority: Priority
    area_id: int | None
    assignee_id: EmployeeId | None
    last_assignee_id: EmployeeId | None
    policy: str | None
    hidden: bool
    escalated: bool
    needs_reply: bool | None
    language: str | None
    close_reason: str | None
    closed_at: datetime | None
    snoozed_until: datetime | None
    assigned_at: datetime | None
    started_at: datetime | None


def untriaged(s: Session, limit: int) -> list[Untriaged]:
    """The oldest posted mentions that nobody has looked at, in the order posted."""
    return [_untriaged(row) for row in s.execute(_UNTRIAGED.limit(limit))]


def waiting(s: Session) -> int:
    """How many mentions wait for triage."""
    return int(s.scalar(select(func.count()).select_from(mention).where(_WAITS)) or 0)


def oldest_waiting(s: Session) -> datetime | None:
    """When the mention was stored that has waited longest for triage; None when none waits."""
    found = s.execute(select(mention.c.stored_at).where(_WAITS).order_by(mention.c.stored_at).limit(1))
    return found.scalar()


def states(s: Session, ids: Iterable[ThreadId], *, lock: bool = False) -> dict[ThreadId, ThreadState]:
    """Where some threads stand; ``lock`` keeps others from changing them until the transaction ends."""
    query = _STATES.order_by(thread.c.id)
    if lock and s.kind == "postgresql":
        query = query.with_for_update()
    return {ThreadId(row.id): _state(row) for row in s.execute(query, {"ids": list(ids)})}


def unsorted_before(s: Session, model: int, below: ThreadId, limit: int) -> list[Untriaged]:
    """What stood when threads were left in Unsorted, before a model was there to be asked: those with numbers under
    ``below``, the newest first.
    """
    return [_untriaged(row) for row in s.execute(_UNSORTED, {"model": model, "below": below, "n": limit})]


def left_unsorted(s: Session, ids: Iterable[ThreadId]) -> set[ThreadId]:
    """Of some threads those that a person, having moved them, left in Unsorted."""
    newest: dict[ThreadId, str] = {ThreadId(row.thread_id): row.became for row in s.execute(_MOVES, {"ids": list(ids)})}
    return {key for key, became in newest.items() if became == UNSORTED}


def save_mentions(s: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Mark mentions as triaged with what was found: ``id, language, needs_reply, sentiment, facts`` each."""
    if rows:
        s.execute(_SAVE_MENTION, [_found(row) for row in rows])


def save_threads(s: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Set what triage decided: ``id`` and every name in ``THREAD_VALUES`` each; versions move on by one."""
    if rows:
        s.execute(_SAVE_THREAD, [{"thread": row["id"], **{name: row[name] for name in THREAD_VALUES}} for row in rows])


def add_tags(s: Session, rows: Sequence[tuple[ThreadId, str]]) -> None:
    """Tag threads; a tag that is there already stays."""
    if rows:
        insert = insert_for(s)(thread_tag).on_conflict_do_nothing()
        s.execute(insert, [{"thread_id": thread_id, "tag": tag} for thread_id, tag in rows])


_WAITS = text("NOT mention.triaged")
"""Written out: SQLAlchemy's own negation would be ``triaged = 0``, which SQLite does not see in its partial index."""

THREAD_VALUES = (
    "status",
    "close_reason",
    "closed_at",
    "snoozed_until",
    "priority",
    "area_id",
    "assignee_id",
    "last_assignee_id",
    "assigned_at",
    "started_at",
    "policy",
    "hidden",
    "escalated",
    "needs_reply",
    "language",
    "next_due_at",
    "warn_at",
    "breached",
    "met_at",
)

_ROWS = (
    select(
        *(mention.c[name] for name in ("id", "thread_id", "network", "direction", "kind", "text", "created_at")),
        *(mention.c[name] for name in ("language", "needs_reply", "is_repost", "automatic", "before_connection")),
        mention.c.by_employee,
        mention.c.media,
        mention.c.facts,
        account.c.handle.label("account"),
        author.c.followers,
        author.c.verified,
        author.c.tags,
    )
    .join(author, author.c.id == mention.c.author_id)
    .join(account, account.c.id == mention.c.account_id)
)
_UNTRIAGED = _ROWS.where(_WAITS).order_by(mention.c.created_at, mention.c.id)
_UNSORTED = (
    _ROWS.join(placement, placement.c.mention_id == mention.c.id)
    .join(thread, thread.c.id == placement.c.thread_id)
    .where(
        thread.c.queue == QUEUE_LIVE,
        thread.c.area_id.is_(None),
        thread.c.id < bindparam("below"),
        or_(placement.c.model.is_(None), placement.c.model != bindparam("model")),
    )
    .order_by(thread.c.id.desc())
    .limit(bindparam("n"))
)
_STATE_COLUMNS = tuple(ThreadState.__dataclass_fields__)
_STATES = select(*(thread.c[name] for name in _STATE_COLUMNS)).where(thread.c.id.in_(bindparam("ids", expanding=True)))
_MOVES = (
    select(correction.c.thread_id, correction.c.became)
    .where(correction.c.thread_id.in_(bindparam("ids", expanding=True)), correction.c.kind == str(Corrected.AREA))
    .order_by(correction.c.id)
)
_SAVE_MENTION = (
    mention.update()
    .where(mention.c.id == bindparam("mention"))
    .values(
        triaged=True,
        language=bindparam("l"),
        needs_reply=bindparam("n"),
        sentiment=bindparam("f"),
        facts=bindparam("d"),
    )
)
_SAVE_THREAD = (
    thread.update()
    .where(thread.c.id == bindparam("thread"))
    .values({**{name: bindparam(name) for name in THREAD_VALUES}, "version": thread.c.version + 1})
)


def _found(row: Mapping[str, Any]) -> dict[str, Any]:
    facts: Facts = row.get("facts", {})
    return {
        "mention": row["id"],
        "l": row["language"],
        "n": row["needs_reply"],
        "f": row.get("sentiment"),
        "d": facts_document(facts) or None,
    }


def _untriaged(row: Any) -> Untriaged:  # noqa: ANN401 - a Core row
    return Untriaged(
        MentionId(row.id),
        ThreadId(row.thread_id),
        row.network,
        row.account,
        Direction(row.direction),
        row.kind,
        row.text,
        row.created_at,
        row.language,
        row.needs_reply,
        row.is_repost,
        row.automatic,
        row.before_connection,
        row.by_employee,
        bool(row.media),
        row.followers,
        row.verified,
        frozenset(row.tags or ()),
        facts_of(row.facts),
    )


def _state(row: Any) -> ThreadState:  # noqa: ANN401 - a Core row
    return ThreadState(
        **{
            **{name: getattr(row, name) for name in _STATE_COLUMNS},
            "status": Status(row.status),
            "priority": Priority(row.priority),
        }
    )
