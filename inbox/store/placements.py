"""The routing's own choice for each thread, kept as it was."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, select

from inbox.model.ids import MentionId, ThreadId
from inbox.model.placement import Placement
from inbox.model.words import ReasonStep
from inbox.store.schema import placement
from inbox.store.session import Session, insert_for


def add(s: Session, rows: Sequence[Placement]) -> None:
    """Keep what the routing chose; a thread that is routed anew has its newest choice."""
    if not rows:
        return
    insert = insert_for(s)(placement)
    names = [column.name for column in placement.c if column.name != "thread_id"]
    newer = insert.on_conflict_do_update(placement.primary_key, set_={name: insert.excluded[name] for name in names})
    s.execute(newer, [_values(each) for each in rows])


def of_threads(s: Session, ids: Iterable[ThreadId]) -> dict[ThreadId, Placement]:
    """What the routing chose for some threads; a thread from before this was kept is left out."""
    return {ThreadId(row.thread_id): _placement(row) for row in s.execute(_OF, {"ids": list(ids)})}


def since(s: Session, start: datetime, end: datetime) -> list[Placement]:
    """What was chosen from ``start`` until before ``end``, the oldest first."""
    query = select(placement).where(placement.c.at >= start, placement.c.at < end)
    return [_placement(row) for row in s.execute(query.order_by(placement.c.at, placement.c.thread_id))]


_OF = select(placement).where(placement.c.thread_id.in_(bindparam("ids", expanding=True)))


def _values(each: Placement) -> dict[str, Any]:
    return {
        "thread_id": each.thread_id,
        "mention_id": each.mention_id,
        "at": each.at,
        "area": each.area,
        "step": str(each.step),
        "rule": each.rule,
        "probability": each.probability,
        "model": each.model,
        "ranked": [[area, round(share, 4)] for area, share in each.ranked] or None,
    }


def _placement(row: Row[Any]) -> Placement:
    return Placement(
        ThreadId(row.thread_id),
        MentionId(row.mention_id),
        row.at,
        row.area,
        ReasonStep(row.step),
        row.rule,
        row.probability,
        row.model,
        tuple((area, share) for area, share in row.ranked or ()),
    )
