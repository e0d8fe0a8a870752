"""What people corrected of the routing: the moves to another area, and facts set right."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, func, select

from inbox.model.ids import MentionId, ThreadId
from inbox.model.placement import Corrected, Correction
from inbox.store.schema import correction
from inbox.store.session import Session


def add(s: Session, rows: Sequence[Correction]) -> list[int]:
    """Keep corrections; returns their numbers in the order given, for undoing."""
    query = correction.insert().returning(correction.c.id)
    return [int(s.execute(query, _values(each)).scalar_one()) for each in rows]


def drop(s: Session, numbers: Collection[int]) -> None:
    """Forget corrections that were taken back."""
    if numbers:
        s.execute(delete(correction).where(correction.c.id.in_(bindparam("ids", expanding=True))), {"ids": numbers})


def since(s: Session, start: datetime, kind: Corrected | None = None) -> list[Correction]:
    """Corrections from ``start`` on, the oldest first; of one kind, or of all."""
    query = select(correction).where(correction.c.at >= start)
    if kind is not None:
        query = query.where(correction.c.kind == str(kind))
    return [_correction(row) for row in s.execute(query.order_by(correction.c.at, correction.c.id))]


def count(s: Session, kind: Corrected, after: datetime | None = None) -> int:
    """How many corrections of a kind there are, later than a time."""
    query = select(func.count()).select_from(correction).where(correction.c.kind == str(kind))
    if after is not None:
        query = query.where(correction.c.at > after)
    return int(s.scalar(query) or 0)


def _values(each: Correction) -> dict[str, Any]:
    return {
        "thread_id": each.thread_id,
        "mention_id": each.mention_id,
        "kind": str(each.kind),
        "was": each.was,
        "became": each.became,
        "was_by": each.was_by,
        "rule": each.rule,
        "probability": each.probability,
        "actor": each.actor,
        "at": each.at,
    }


def _correction(row: Row[Any]) -> Correction:
    return Correction(
        ThreadId(row.thread_id),
        None if row.mention_id is None else MentionId(row.mention_id),
        Corrected(row.kind),
        row.was,
        row.became,
        row.actor,
        row.at,
        row.was_by,
        row.rule,
        row.probability,
        row.id,
    )
