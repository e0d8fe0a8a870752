"""The threads that the routing left to a person: what their order is made of, read in one bounded walk."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, select

from inbox.model.ids import AreaId, ThreadId
from inbox.model.placement import Ranked
from inbox.model.view import OPEN_STATUSES, ThreadFilter
from inbox.model.workspace import UNSORTED, Workspace
from inbox.store.schema import placement, thread
from inbox.store.schema.threads import QUEUE_LIVE
from inbox.store.session import Session

CANDIDATES: Final = 2000
"""So many threads are looked at, the earliest deadlines first: more than anybody sorts in one sitting."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One unsorted thread: when it presses, when it was last written in, and what the learned area held it for."""

    id: ThreadId
    due_at: datetime | None
    warn_at: datetime | None
    last_mention_at: datetime
    ranked: Ranked = ()


def filter_of(workspace: Workspace) -> ThreadFilter:
    """The view of the unsorted threads: live ones of no area, or of an area that is called so."""
    named = tuple(area.id for area in workspace.areas if area.name == UNSORTED)
    return ThreadFilter(OPEN_STATUSES, areas=named, no_area=True)


def candidates(s: Session, areas: Sequence[AreaId] = (), limit: int = CANDIDATES) -> list[Candidate]:
    """Unsorted threads, the earliest of ``limit`` deadlines first; ``areas`` are those that are called Unsorted."""
    places: list[ColumnElement[bool]] = [thread.c.area_id.is_(None), *(thread.c.area_id == each for each in areas)]
    # By deadline; and the newest too, which a long queue without deadlines would never reach.
    walks = (
        (limit, thread.c.due_order, thread.c.id),
        (limit // 4, thread.c.last_mention_at.desc(), thread.c.id.desc()),
    )
    rows = {row.id: row for place in places for most, *order in walks for row in _walk(s, place, most, order)}
    ranked = _ranked(s, list(rows))
    found = [
        Candidate(ThreadId(row.id), row.next_due_at, row.warn_at, row.last_mention_at, ranked.get(row.id, ()))
        for row in rows.values()
    ]
    return sorted(found, key=_by_deadline)


def still(s: Session, ids: Iterable[ThreadId], areas: Sequence[AreaId] = ()) -> set[ThreadId]:
    """Those of some threads that are unsorted now."""
    wanted = list(ids)
    if not wanted:
        return set()
    query = select(thread.c.id, thread.c.area_id).where(thread.c.id.in_(wanted), thread.c.queue == QUEUE_LIVE)
    return {ThreadId(row.id) for row in s.execute(query) if row.area_id is None or row.area_id in areas}


def _walk(s: Session, place: ColumnElement[bool], most: int, order: Sequence[Any]) -> Sequence[Row[Any]]:
    columns = (thread.c.id, thread.c.next_due_at, thread.c.warn_at, thread.c.last_mention_at)
    return s.execute(select(*columns).where(thread.c.queue == QUEUE_LIVE, place).order_by(*order).limit(most)).all()


def _ranked(s: Session, ids: Sequence[int]) -> dict[int, Ranked]:
    found: dict[int, Ranked] = {}
    for start in range(0, len(ids), 500):
        some = ids[start : start + 500]
        query = select(placement.c.thread_id, placement.c.ranked).where(placement.c.thread_id.in_(some))
        for row in s.execute(query):
            found[row.thread_id] = tuple((area, share) for area, share in row.ranked or ())
    return found


def _by_deadline(each: Candidate) -> tuple[bool, datetime, int]:
    return each.due_at is None, each.due_at or each.last_mention_at, each.id
