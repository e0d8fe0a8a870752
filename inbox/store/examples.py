"""What a workspace's own history says of its mentions: moves, answers, corrected facts, and an import's labels.

Only inbound mentions of customers: what is hidden, deleted, a repost or an employee's own teaches nothing.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import BindParameter, Row, Select, and_, bindparam, exists, func, select, text

from inbox.model.ids import MentionId
from inbox.model.placement import Corrected
from inbox.model.words import CloseReason, Direction, Status
from inbox.store import people
from inbox.store.schema import account, area, author, correction, learned, mention, payload, placement, thread
from inbox.store.session import Session

MOST: Final = 50_000
"""Examples of each source, the newest."""
_PAGE: Final = 2_000


class Source(StrEnum):
    """How the label of an example became known."""

    CORRECTED = "corrected"
    ANSWERED = "answered"
    CLOSED = "closed"
    IMPORTED = "imported"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A mention and what it is. ``known_at`` is when that became known: corrected, answered, or stored."""

    mention_id: MentionId
    text: str
    label: str | None
    source: Source
    author: str
    account: str
    at: datetime
    known_at: datetime


@dataclass(frozen=True, slots=True)
class Marks:
    """How far the history reaches: the newest mention's number, and how many corrections there are."""

    mentions: int
    corrections: int


def marks(s: Session) -> Marks:
    """Where the history stands now; cheap."""
    newest = s.scalar(select(func.max(mention.c.id)))
    return Marks(int(newest or 0), int(s.scalar(select(func.count()).select_from(correction)) or 0))


def moved(s: Session, limit: int = MOST) -> list[Labelled]:
    """Threads that a person moved or sorted, by where they are now: the first mention, and what led to a move."""
    query = select(correction.c.thread_id, correction.c.mention_id, correction.c.at).where(_IS_MOVE)
    triggers: dict[int, set[int | None]] = {}
    known: dict[int, datetime] = {}
    for row in s.execute(query.order_by(correction.c.id.desc()).limit(limit)):
        triggers.setdefault(row.thread_id, set()).add(row.mention_id)
        known.setdefault(row.thread_id, row.at)
    found: list[Labelled] = []
    for ids in _chunks(triggers):
        seen = set[int]()
        rows = s.execute(
            _IN_AREAS.where(thread.c.id.in_(_IDS)).order_by(mention.c.created_at, mention.c.id), {"ids": ids}
        )
        for row in rows:
            if row.thread_id not in seen or row.id in triggers[row.thread_id]:
                seen.add(row.thread_id)
                found.append(_labelled(row, row.area, Source.CORRECTED, known[row.thread_id]))
    return found


def answered(s: Session, limit: int = MOST) -> list[Labelled]:
    """Threads that an employee of the area answered where the routing had put them, and nobody moved."""
    areas_of = {each.name: set(each.areas) for each in people.employees(s, removed=True)}
    found: dict[int, Labelled] = {}
    for row in s.execute(_ANSWERED.limit(limit)):
        if row.id not in found and row.area in areas_of.get(row.by, ()):
            found[row.id] = _labelled(row, row.area, Source.ANSWERED, row.answered_at)
    return list(found.values())


def imported(s: Session, limit: int = MOST) -> Iterator[tuple[Labelled, dict[str, Any]]]:
    """Inbound mentions that an import gave labels, the newest first: each without a label of ours, and the labels."""
    below, left = 2**63 - 1, limit
    while left > 0:
        rows = s.execute(_IMPORTED, {"below": below, "page": min(_PAGE, left)}).all()
        for row in rows:
            labels = _labels(row.raw)
            if labels:
                yield _labelled(row, None, Source.IMPORTED, row.stored_at), labels
        if len(rows) < min(_PAGE, left):
            return
        below, left = rows[-1].id, left - len(rows)


def corrected(s: Session, kind: Corrected, limit: int = MOST) -> list[Labelled]:
    """Mentions whose need of a reply or sentiment a person set right, by what it is now."""
    query = select(correction.c.mention_id, correction.c.at).where(correction.c.kind == str(kind))
    known: dict[int, datetime] = {}
    for row in s.execute(
        query.where(correction.c.mention_id.is_not(None)).order_by(correction.c.id.desc()).limit(limit)
    ):
        known.setdefault(row.mention_id, row.at)
    found: list[Labelled] = []
    for ids in _chunks(known):
        for row in s.execute(_MENTIONS.where(mention.c.id.in_(_IDS)), {"ids": ids}):
            value = row.sentiment if kind is Corrected.SENTIMENT else _yes_or_no(row.needs_reply)
            if value is not None:
                found.append(_labelled(row, value, Source.CORRECTED, known[row.id]))
    return found


def awaited(s: Session, limit: int = MOST) -> list[Labelled]:
    """First mentions of threads that an employee answered (``true``) or closed as needing no reply (``false``)."""
    found = [
        _labelled(row, _yes_or_no(True), Source.ANSWERED, row.answered_at) for row in s.execute(_REPLIED.limit(limit))
    ]
    closed = s.execute(_CLOSED.limit(limit))
    return [
        *found,
        *(_labelled(row, _yes_or_no(False), Source.CLOSED, row.closed_at or row.created_at) for row in closed),
    ]


def alone(s: Session) -> None:
    """Let no other transaction put a model into use until this one ends. On SQLite a writer is alone anyhow."""
    if s.kind == "postgresql":
        s.execute(text(f"LOCK TABLE {learned.name} IN SHARE ROW EXCLUSIVE MODE"))


_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_CUSTOMERS = and_(
    mention.c.direction == str(Direction.INBOUND),
    mention.c.deleted_at.is_(None),
    mention.c.by_employee.is_(None),
    text("NOT mention.is_repost"),
)
_COLUMNS = (
    mention.c.id,
    mention.c.thread_id,
    mention.c.text,
    mention.c.created_at,
    mention.c.stored_at,
    mention.c.needs_reply,
    mention.c.sentiment,
    author.c.remote_id.label("author"),
    account.c.handle.label("account"),
)
_IS_MOVE = correction.c.kind == str(Corrected.AREA)


def _mentions(*more: Any) -> Select[Any]:  # noqa: ANN401 - columns
    query = select(*_COLUMNS, *more).select_from(mention).join(author, author.c.id == mention.c.author_id)
    return query.join(account, account.c.id == mention.c.account_id).where(_CUSTOMERS)


_MENTIONS = _mentions()
_IN_AREAS = (
    _mentions(area.c.name.label("area"))
    .join(thread, thread.c.id == mention.c.thread_id)
    .join(area, area.c.id == thread.c.area_id)
    .where(area.c.removed_at.is_(None), text("NOT thread.hidden"))
)
_REPLY = mention.alias("reply")
_BY_HAND = and_(
    _REPLY.c.thread_id == mention.c.thread_id,
    _REPLY.c.direction == str(Direction.OUTBOUND),
    _REPLY.c.by_employee.is_not(None),
    text("NOT reply.automatic"),
)
_ANSWERED = (
    _mentions(area.c.name.label("area"), _REPLY.c.by_employee.label("by"), _REPLY.c.created_at.label("answered_at"))
    .join(placement, placement.c.mention_id == mention.c.id)
    .join(thread, thread.c.id == placement.c.thread_id)
    .join(area, and_(area.c.id == thread.c.area_id, area.c.name == placement.c.area))
    .join(_REPLY, _BY_HAND)
    .where(
        area.c.removed_at.is_(None),
        text("NOT thread.hidden"),
        ~exists().where(_IS_MOVE, correction.c.thread_id == thread.c.id),
    )
    .order_by(mention.c.id.desc(), _REPLY.c.id)
)
_EARLIER = mention.alias("earlier")
_IS_FIRST = ~exists().where(
    _EARLIER.c.thread_id == mention.c.thread_id,
    _EARLIER.c.direction == str(Direction.INBOUND),
    _EARLIER.c.created_at < mention.c.created_at,
)
_FIRST_REPLY = (
    select(func.min(_REPLY.c.created_at)).where(_BY_HAND).correlate(mention).scalar_subquery().label("answered_at")
)
_REPLIED = (
    _mentions(_FIRST_REPLY).where(_IS_FIRST, exists().where(_BY_HAND).correlate(mention)).order_by(mention.c.id.desc())
)
_CLOSED = (
    _mentions(thread.c.closed_at)
    .join(thread, thread.c.id == mention.c.thread_id)
    .where(
        _IS_FIRST,
        thread.c.status == str(Status.CLOSED),
        thread.c.close_reason == str(CloseReason.NO_REPLY_NEEDED),
        text("NOT thread.hidden"),
    )
    .order_by(mention.c.id.desc())
)
_IMPORTED = (
    _mentions(payload.c.raw)
    .join(payload, payload.c.mention_id == mention.c.id)
    .where(payload.c.mention_id < bindparam("below"), payload.c.raw.like('%"labels":{%'))
    .order_by(payload.c.mention_id.desc())
    .limit(bindparam("page"))
)


def _labelled(row: Row[Any], label: str | None, source: Source, known_at: datetime) -> Labelled:
    return Labelled(MentionId(row.id), row.text, label, source, row.author, row.account, row.created_at, known_at)


def _labels(raw: str) -> dict[str, Any]:
    """An import's labels; a network's own payload may have something else by that name."""
    try:
        found = json.loads(raw)
    except ValueError:
        return {}
    labels = found.get("labels") if isinstance(found, dict) else None
    return labels if isinstance(labels, dict) else {}


def _yes_or_no(value: bool | None) -> str | None:  # noqa: FBT001 - the judgement itself
    return None if value is None else str(value).casefold()


def _chunks(ids: Iterable[int]) -> Iterator[Sequence[int]]:
    numbers = list(ids)
    for begin in range(0, len(numbers), _PAGE):
        yield numbers[begin : begin + _PAGE]
