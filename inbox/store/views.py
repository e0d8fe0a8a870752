"""Pages and counts of views, each an index walk however many threads are stored.

A page of several areas is the merge of one bounded walk per area, so that it costs areas times limit and
never the size of the store. Cursors are "order value:id" of the last row.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, Select, and_, false, func, or_, select, union_all

from inbox.model.view import Order, Page, ThreadFilter, View
from inbox.model.words import Status
from inbox.store.errors import Refused
from inbox.store.rows import select_rows, to_rows
from inbox.store.schema import counter, thread, thread_tag
from inbox.store.schema.threads import NEVER, QUEUE_CLOSED, QUEUE_HIDDEN, QUEUE_LIVE, QUEUE_SNOOZED, QUEUE_WAITING
from inbox.store.session import Session
from inbox.store.types import from_micros, to_micros

CAP = 1000
"""A count that no counter keeps is counted up to here; screens show "999+" beyond."""

_QUEUE_OF = {
    Status.NEW: QUEUE_LIVE,
    Status.OPEN: QUEUE_LIVE,
    Status.WAITING: QUEUE_WAITING,
    Status.SNOOZED: QUEUE_SNOOZED,
    Status.CLOSED: QUEUE_CLOSED,
}
_LIVE = frozenset((Status.NEW, Status.OPEN))
_LOWEST = -(2**63)
_Key = tuple[int, int]


def page(
    session: Session,
    filter: ThreadFilter,
    order: Order = Order.DUE,
    *,
    limit: int = 50,
    cursor: str | None = None,
    now: datetime | None = None,
) -> Page:
    """The threads after ``cursor``. ``now`` is needed where the filter asks for soon or late ones.

    Raises ``Refused`` for a cursor that is not ours.
    """
    after = None if cursor is None else _parse(cursor)
    keys = session.execute(_keys(_Ask(filter, order, after, limit + 1, 0, now))).all()
    more = len(keys) > limit
    ids = [key.id for key in keys[:limit]]
    rows = {row.id: row for row in session.execute(select_rows().where(thread.c.id.in_(ids)))} if ids else {}
    found = to_rows(session, [rows[number] for number in ids])
    return Page(found, _cursor(keys[limit - 1]) if more else None)


def marks(
    session: Session,
    filter: ThreadFilter,
    order: Order = Order.DUE,
    *,
    step: int = 256,
    after: str | None = None,
    now: datetime | None = None,
) -> str | None:
    """The cursor ``step`` rows after ``after``, None past the end: a mark from which any page near it is read."""
    start = None if after is None else _parse(after)
    found = session.execute(_keys(_Ask(filter, order, start, 1, step - 1, now))).first()
    return None if found is None else _cursor(found)


def count(session: Session, filter: ThreadFilter, *, now: datetime | None = None) -> int:
    """How many threads match: from the counters where they can tell, else counted up to ``CAP``."""
    if _counted(filter):
        where = _counter_where(filter)
        return int(session.scalar(select(func.coalesce(func.sum(counter.c.n), 0)).where(where)) or 0)
    bounded = _keys(_Ask(filter, Order.DUE, None, CAP, 0, now)).subquery()
    return int(session.scalar(select(func.count()).select_from(bounded)) or 0)


def counts(session: Session, views: Iterable[View], *, now: datetime | None = None) -> dict[str, int]:
    """The counts of many views at once, by key."""
    return {view.key: count(session, view.filter, now=now) for view in views}


def position(
    session: Session, filter: ThreadFilter, order: Order, thread_id: int, *, now: datetime | None = None
) -> str | None:
    """The cursor that stands just before a thread in this view, None where the thread is not in it."""
    place = _place(order)
    where = and_(thread.c.id == thread_id, *_conditions(filter, now))
    found = session.execute(select(place.label("place")).where(where)).first()
    if found is None:
        return None
    value = _number(found.place)
    return f"{value}:{thread_id - 1}" if order is not Order.NEWEST else f"{value}:{thread_id + 1}"


@dataclass(frozen=True, slots=True)
class _Ask:
    """What rows are wanted: ``limit`` of them, ``offset`` behind the key ``after``."""

    filter: ThreadFilter
    order: Order
    after: _Key | None
    limit: int
    offset: int
    now: datetime | None


def _keys(ask: _Ask) -> Select[Any]:
    """(place, id) of the matching threads in order: one walk, or the merge of one per area and queue."""
    walks = [_walk(ask, branch) for branch in _branches(ask.filter)]
    if not walks:
        return select(thread.c.id.label("place"), thread.c.id).where(false())
    if len(walks) == 1:
        return walks[0].offset(ask.offset).limit(ask.limit)
    merged = union_all(*(select(walk.subquery()) for walk in walks)).subquery()
    by = (merged.c.place.desc(), merged.c.id.desc()) if ask.order is Order.NEWEST else (merged.c.place, merged.c.id)
    return select(merged.c.place, merged.c.id).order_by(*by).offset(ask.offset).limit(ask.limit)


def _walk(ask: _Ask, branch: ColumnElement[bool]) -> Select[Any]:
    place = _place(ask.order)
    query = select(place.label("place"), thread.c.id).where(branch, *_conditions(ask.filter, ask.now))
    if ask.after is not None:
        value: Any = ask.after[0] if ask.order is Order.DUE else _moment(ask.after[0])
        # The second condition is implied; it tells the planner where in the index to begin.
        if ask.order is Order.NEWEST:
            query = query.where(or_(place < value, thread.c.id < ask.after[1]), place <= value)
        else:
            query = query.where(or_(place > value, thread.c.id > ask.after[1]), place >= value)
    by = (place.desc(), thread.c.id.desc()) if ask.order is Order.NEWEST else (place, thread.c.id)
    return query.order_by(*by).limit(ask.limit + ask.offset)


def _place(order: Order) -> Column[Any]:
    return thread.c.due_order if order is Order.DUE else thread.c.last_mention_at


def _branches(filter: ThreadFilter) -> list[ColumnElement[bool]]:
    """One condition per index walk: each queue, times each area where areas are named."""
    queues = _queues(filter)
    areas: list[ColumnElement[bool]] = [thread.c.area_id == number for number in filter.areas]
    if filter.no_area:
        areas.append(thread.c.area_id.is_(None))
    if filter.assignee is not None or not areas:
        inside = [or_(*areas)] if areas else []
        return [and_(thread.c.queue == queue, *inside) for queue in queues]
    return [and_(thread.c.queue == queue, one) for queue in queues for one in areas]


def _queues(filter: ThreadFilter) -> Sequence[int]:
    if filter.hidden:
        return (QUEUE_HIDDEN,)
    wanted = {_QUEUE_OF[status] for status in filter.statuses or Status}
    if filter.hidden is None:
        wanted.add(QUEUE_HIDDEN)
    return sorted(wanted)


def _conditions(filter: ThreadFilter, now: datetime | None) -> list[ColumnElement[bool]]:
    """What the branches do not say already."""
    found: list[ColumnElement[bool]] = []
    if filter.statuses and not _whole_queues(filter):
        found.append(thread.c.status.in_([str(status) for status in filter.statuses]))
    if filter.assignee is not None:
        found.append(thread.c.assignee_id == filter.assignee)
    if filter.unassigned:
        found.append(thread.c.assignee_id.is_(None))
    if filter.account is not None:
        found.append(thread.c.account_id == filter.account)
    if filter.author is not None:
        found.append(thread.c.author_id == filter.author)
    if filter.needs_reply is not None:
        found.append(thread.c.needs_reply.is_(filter.needs_reply))
    if filter.tag is not None:
        found.append(thread.c.id.in_(select(thread_tag.c.thread_id).where(thread_tag.c.tag == filter.tag)))
    if filter.soon_or_late:
        if now is None:
            raise Refused("Asking for threads that are soon or late needs the present time.")
        found.append(func.coalesce(thread.c.warn_at, thread.c.next_due_at) <= now)
    return found


def _whole_queues(filter: ThreadFilter) -> bool:
    """True when the statuses are whole queues: new and open share one."""
    live = _LIVE & set(filter.statuses)
    return not live or live == _LIVE


def _counted(filter: ThreadFilter) -> bool:
    plain = filter.account is None and filter.author is None and filter.tag is None
    plain = plain and filter.needs_reply is None
    return plain and not filter.soon_or_late and _whole_queues(filter)


def _counter_where(filter: ThreadFilter) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = [counter.c.queue.in_(list(_queues(filter)))]
    areas = [*filter.areas, *([0] if filter.no_area else [])]
    if areas:
        conditions.append(counter.c.area_id.in_(areas))
    if filter.assignee is not None:
        conditions.append(counter.c.assignee_id == filter.assignee)
    if filter.unassigned:
        conditions.append(counter.c.assignee_id == 0)
    return and_(*conditions)


def _cursor(key: Any) -> str:  # noqa: ANN401 - a Core row
    return f"{_number(key.place)}:{key.id}"


def _parse(cursor: str) -> _Key:
    try:
        place, number = (int(part) for part in cursor.split(":"))
        if not (_LOWEST <= place <= NEVER and _LOWEST <= number <= NEVER):
            raise ValueError(cursor)  # noqa: TRY301 - a bad cursor like those that are no numbers
    except ValueError as error:
        raise Refused("This is not a cursor of a page. Use what “next” of the page before says.") from error
    return place, number


def _moment(place: int) -> datetime:
    """The time in a cursor; the end of time for one of another order, which holds none."""
    try:
        return from_micros(place)
    except OverflowError:
        return datetime.max.replace(tzinfo=UTC) if place > 0 else datetime.min.replace(tzinfo=UTC)


def _number(place: int | datetime) -> int:
    return to_micros(place) if isinstance(place, datetime) else place
