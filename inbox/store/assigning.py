"""What assignment reads and writes in bulk: what waits, who gets what, and who last answered whom."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, exists, false, not_, or_, select, text

from inbox.model.ids import AreaId, EmployeeId, ThreadId
from inbox.model.words import Direction, Status
from inbox.store.decisions import tags
from inbox.store.schema import area, clock, employee, mention, thread
from inbox.store.schema.threads import NEVER, QUEUE_LIVE
from inbox.store.session import Session


@dataclass(frozen=True, slots=True)
class Offer:
    """A thread that nobody has. ``returned_at`` is when ``had_it`` gave it back; ``last_spoke`` sent its author the
    last reply, in whichever thread.
    """

    id: ThreadId
    version: int
    area: str | None
    language: str | None
    had_it: EmployeeId | None
    returned_at: datetime | None
    last_spoke: EmployeeId | None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A queue with somebody free: ``area`` None is Unsorted. Threads that ``but`` gave back wait for somebody else."""

    area: AreaId | None
    but: EmployeeId | None = None


def offers(s: Session, ids: Iterable[ThreadId]) -> list[Offer]:
    """Those of the threads that nobody has, in the order given."""
    wanted = list(dict.fromkeys(ids))
    found = {row.id: row for row in s.execute(_OFFERS, {"ids": wanted})} if wanted else {}
    spoke = last_spoke(s, {row.author_id for row in found.values()})
    words = tags(s, [ThreadId(number) for number in found]) if found else {}
    return [_offer(found[each], spoke.get(found[each].author_id), words[each]) for each in wanted if each in found]


def backlog(s: Session, limit: int, places: Sequence[Place], returned_after: datetime) -> list[ThreadId]:
    """Threads of some places that wait for somebody, a customer waiting in each: the oldest deadline first, then
    those without one, the longest wait first.

    What somebody gave back later than ``returned_after`` is not offered to them alone. In a writing session the
    threads are locked, and those that somebody else is deciding on are left out.
    """
    if not places:
        return []
    there = _there(places, returned_after)
    due = select(thread.c.id).where(NOBODYS, there, thread.c.due_order < NEVER, _QUEUED, _ASKED)
    found = _ids(s, due.order_by(thread.c.due_order, thread.c.id).limit(limit))
    if len(found) < limit:
        # Walks the index of running clocks: of the threads without a deadline most are history that waits for nobody.
        rest = select(thread.c.id).select_from(clock.join(thread, thread.c.id == clock.c.thread_id))
        rest = rest.where(RUNNING, NOBODYS, there, thread.c.next_due_at.is_(None))
        found += _ids(s, rest.order_by(clock.c.started_at, clock.c.id).limit(limit - len(found)))
    return list(dict.fromkeys(found))


def give(s: Session, given: Mapping[ThreadId, EmployeeId], now: datetime) -> None:
    """Assign threads that nobody has; each gets a new version."""
    if not given:
        return
    shares: dict[EmployeeId, list[ThreadId]] = {}
    for key, whom in given.items():
        shares.setdefault(whom, []).append(key)
    for whom, ids in shares.items():
        values = {"assignee_id": whom, "last_assignee_id": whom, "status": str(Status.OPEN)}
        values |= {"assigned_at": now, "started_at": None, "version": thread.c.version + 1}
        s.execute(thread.update().where(thread.c.id.in_(ids), thread.c.assignee_id.is_(None)).values(values))
    s.execute(employee.update().where(employee.c.id.in_(set(given.values()))).values(idle_since=now))
    s.changed(threads=list(given))


def last_spoke(s: Session, authors: Collection[int]) -> dict[int, EmployeeId]:
    """Who sent each author the last reply that stands on the network, in whichever of their threads."""
    if not authors:
        return {}
    query = (
        select(thread.c.author_id, employee.c.id)
        .select_from(thread.join(mention, mention.c.thread_id == thread.c.id))
        .join(employee, employee.c.name == mention.c.by_employee)
        .where(
            thread.c.author_id.in_(list(authors)),
            thread.c.last_outbound_at.is_not(None),
            mention.c.direction == str(Direction.OUTBOUND),
            not_(mention.c.automatic),
        )
        .order_by(mention.c.created_at, mention.c.id)
    )
    return {row.author_id: EmployeeId(row.id) for row in s.execute(query)}


RUNNING = text("clock.metric <> 'resolution' AND clock.met_at IS NULL AND clock.cancelled_at IS NULL")
"""A clock of a customer who waits for an answer; worded as ``ix_clock_running`` is, so that SQLite sees it fits."""

NOBODYS = and_(
    thread.c.status == str(Status.NEW),
    thread.c.assignee_id.is_(None),
    not_(thread.c.hidden),
)
"""A thread in the queue that nobody has. It names no column of an index of threads, so that what starts from the
running clocks is not led astray to the history that waits for nobody.
"""
_QUEUED = thread.c.queue == QUEUE_LIVE
_ASKED = exists().where(clock.c.thread_id == thread.c.id, RUNNING)
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


def _there(places: Sequence[Place], returned_after: datetime) -> ColumnElement[bool]:
    """In one of the places, and not given back by the only one who is free there."""
    groups: dict[EmployeeId | None, list[AreaId | None]] = {}
    for each in places:
        groups.setdefault(each.but, []).append(each.area)
    return or_(false(), *(_in_group(areas, but, returned_after) for but, areas in groups.items()))


def _in_group(areas: list[AreaId | None], but: EmployeeId | None, returned_after: datetime) -> ColumnElement[bool]:
    numbers = [each for each in areas if each is not None]
    wheres = [thread.c.area_id.in_(numbers)] if numbers else []
    wheres += [thread.c.area_id.is_(None)] if None in areas else []
    inside = or_(*wheres)
    if but is None:
        return inside
    long_ago = or_(thread.c.assigned_at.is_(None), thread.c.assigned_at <= returned_after)
    return and_(inside, or_(thread.c.last_assignee_id.is_(None), thread.c.last_assignee_id != but, long_ago))


def _ids(s: Session, query: Select[Any]) -> list[ThreadId]:
    if s.writing and s.kind == "postgresql":
        query = query.with_for_update(skip_locked=True, of=thread)
    return [ThreadId(row.id) for row in s.execute(query)]


def _offer(row: Row[Any], spoke: EmployeeId | None, words: Iterable[str]) -> Offer:
    had_it = None if row.last_assignee_id is None else EmployeeId(row.last_assignee_id)
    return Offer(
        ThreadId(row.id), row.version, row.area, row.language, had_it, row.assigned_at, spoke, tuple(sorted(words))
    )
