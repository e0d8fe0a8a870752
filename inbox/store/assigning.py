"""What assignment reads and writes in bulk: who is there, what waits, and who gets what."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, exists, func, not_, or_, select

from inbox.model.ids import AreaId, EmployeeId, ThreadId
from inbox.model.words import Metric, Status
from inbox.store.decisions import State, states
from inbox.store.schema import area, clock, employee, thread
from inbox.store.schema.threads import NEVER, QUEUE_LIVE
from inbox.store.session import Session

LOOKED_AT = 500
"""Of the threads without a deadline, drained after all others, only this many of the newest are looked at."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A thread that nobody has. ``returned_at`` is when ``had_it`` gave it back; ``last_spoke`` answered its author."""

    id: ThreadId
    version: int
    area: str | None
    language: str | None
    had_it: EmployeeId | None
    returned_at: datetime | None
    last_spoke: EmployeeId | None


def lock_team(s: Session) -> None:
    """Let no other transaction hand out threads until this one ends, so that loads are true."""
    if s.kind == "postgresql":
        s.execute(select(employee.c.id).order_by(employee.c.id).with_for_update(key_share=True))


def offers(s: Session, ids: Iterable[ThreadId]) -> list[Offer]:
    """Those of the threads that nobody has, in the order given."""
    wanted = list(dict.fromkeys(ids))
    found = {row.id: row for row in s.execute(_OFFERS, {"ids": wanted})} if wanted else {}
    spoke = _last_spoke(s, {row.author_id for row in found.values()})
    return [_offer(found[each], spoke) for each in wanted if each in found]


def backlog(s: Session, limit: int, areas: Collection[AreaId], *, no_area: bool) -> list[ThreadId]:
    """Threads of some areas that wait for somebody, the oldest deadline first; a customer waits in each.

    In a writing session they are locked, and those that somebody else is deciding on are left out.
    """
    if not areas and not no_area:
        return []
    placed = [thread.c.area_id.in_(list(areas))] if areas else []
    there = or_(*placed, thread.c.area_id.is_(None)) if no_area else and_(*placed)
    with_deadline = select(thread.c.id).where(_WAITS, there, thread.c.due_order != NEVER)
    query = with_deadline.order_by(thread.c.due_order, thread.c.id).limit(limit)
    found = [ThreadId(row.id) for row in s.execute(_skipping(s, query))]
    if len(found) < limit:
        newest = select(thread.c.id).where(thread.c.queue == QUEUE_LIVE, there, thread.c.due_order == NEVER)
        newest = newest.order_by(thread.c.last_mention_at.desc(), thread.c.id.desc()).limit(LOOKED_AT)
        rest = select(thread.c.id).where(thread.c.id.in_(newest), _WAITS)
        rest = rest.order_by(thread.c.first_mention_at, thread.c.id).limit(limit - len(found))
        found += [ThreadId(row.id) for row in s.execute(_skipping(s, rest))]
    return found


def give(s: Session, given: Mapping[ThreadId, EmployeeId], now: datetime) -> None:
    """Assign threads that nobody has; each gets a new version."""
    rows = [{"key": key, "whom": whom, "at": now} for key, whom in given.items()]
    if not rows:
        return
    s.execute(_GIVE, rows)
    s.execute(
        employee.update().where(employee.c.id.in_(set(given.values()))).values(idle_since=now),
    )
    s.changed(threads=list(given))


def unstarted(s: Session, before: datetime, limit: int) -> list[ThreadId]:
    """Open threads that were assigned before a time and not started."""
    query = _assigned(thread.c.started_at.is_(None), thread.c.assigned_at <= before)
    return [ThreadId(row.id) for row in s.execute(query.order_by(thread.c.assigned_at).limit(limit))]


def held_by(s: Session, staff: Collection[EmployeeId]) -> list[State]:
    """The open threads of some employees."""
    if not staff:
        return []
    ids = [ThreadId(row.id) for row in s.execute(_assigned(thread.c.assignee_id.in_(list(staff))))]
    return list(states(s, ids).values())


_WAITS = and_(
    thread.c.queue == QUEUE_LIVE,
    thread.c.status == str(Status.NEW),
    thread.c.assignee_id.is_(None),
    exists().where(
        clock.c.thread_id == thread.c.id,
        clock.c.metric.in_([str(Metric.FIRST), str(Metric.NEXT)]),
        clock.c.met_at.is_(None),
        clock.c.cancelled_at.is_(None),
    ),
)
_OFFERS = (
    select(
        thread.c.id,
        thread.c.version,
        thread.c.language,
        thread.c.last_assignee_id,
        thread.c.assigned_at,
        thread.c.author_id,
        area.c.name.label("area"),
    )
    .select_from(thread.outerjoin(area, area.c.id == thread.c.area_id))
    .where(
        thread.c.id.in_(bindparam("ids", expanding=True)),
        thread.c.assignee_id.is_(None),
        thread.c.status.in_([str(Status.NEW), str(Status.OPEN)]),
        not_(thread.c.hidden),
    )
)
_GIVE = (
    thread.update()
    .where(thread.c.id == bindparam("key"), thread.c.assignee_id.is_(None))
    .values(
        assignee_id=bindparam("whom"),
        last_assignee_id=bindparam("whom"),
        status=str(Status.OPEN),
        assigned_at=bindparam("at"),
        started_at=None,
        version=thread.c.version + 1,
    )
)


def _assigned(*conditions: ColumnElement[bool]) -> Select[Any]:
    return select(thread.c.id).where(
        thread.c.queue == QUEUE_LIVE,
        thread.c.assignee_id.is_not(None),
        thread.c.status == str(Status.OPEN),
        *conditions,
    )


def _skipping(s: Session, query: Select[Any]) -> Select[Any]:
    return query.with_for_update(skip_locked=True, of=thread) if s.writing and s.kind == "postgresql" else query


def _last_spoke(s: Session, authors: set[int]) -> dict[int, EmployeeId]:
    """Who last answered each author, in whichever thread."""
    whom = func.coalesce(thread.c.assignee_id, thread.c.last_assignee_id)
    query = select(thread.c.author_id, whom.label("whom")).where(
        thread.c.author_id.in_(authors), thread.c.last_outbound_at.is_not(None), whom.is_not(None)
    )
    rows: Sequence[Row[Any]] = s.execute(query.order_by(thread.c.last_outbound_at)).all() if authors else ()
    return {row.author_id: EmployeeId(row.whom) for row in rows}


def _offer(row: Row[Any], spoke: Mapping[int, EmployeeId]) -> Offer:
    had_it = None if row.last_assignee_id is None else EmployeeId(row.last_assignee_id)
    return Offer(
        ThreadId(row.id), row.version, row.area, row.language, had_it, row.assigned_at, spoke.get(row.author_id)
    )
