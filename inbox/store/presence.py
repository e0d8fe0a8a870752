"""Presence: who has a thread on screen, and who is writing its reply. Forgotten when it is not renewed."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, or_, select

from inbox.model.ids import ThreadId
from inbox.model.thread import Presence
from inbox.store.engine import Session, insert_for
from inbox.store.schema import employee, presence

LASTS = timedelta(seconds=60)
"""Screens renew their presence every 20 s."""
_CLOCKS_DIFFER = timedelta(minutes=5)
"""A desktop's clock may be this far ahead; more was a clock that has been set back since."""


def here(s: Session, thread_id: ThreadId, name: str, *, claimed: bool, now: datetime) -> None:
    """The employee has the thread on screen; ``claimed``: its composer is open."""
    query = select(presence.c.claimed).where(presence.c.thread_id == thread_id, presence.c.employee == name)
    before = s.execute(query).scalar_one_or_none()
    values = {"thread_id": thread_id, "employee": name, "claimed": claimed, "seen_at": now}
    insert = insert_for(s)(presence).values(**values, since=now)
    renewed = values if before == claimed else {**values, "since": now}
    s.execute(insert.on_conflict_do_update(index_elements=["thread_id", "employee"], set_=renewed))
    if before != claimed:
        s.changed(threads=[thread_id], topics=["presence"])


def leave(s: Session, thread_id: ThreadId, name: str) -> None:
    """The employee has the thread on screen no more."""
    mine = (presence.c.thread_id == thread_id, presence.c.employee == name)
    if s.execute(presence.delete().where(*mine)).rowcount:
        s.changed(threads=[thread_id], topics=["presence"])


def who(s: Session, thread_id: ThreadId, *, now: datetime) -> tuple[Presence, ...]:
    """Who has the thread on screen, longest first."""
    query = (
        select(presence, func.coalesce(employee.c.full_name, "").label("full_name"))
        .outerjoin(employee, employee.c.name == presence.c.employee)
        .where(presence.c.thread_id == thread_id, ~over(now))
        .order_by(presence.c.since, presence.c.employee)
    )
    return tuple(
        Presence(row.employee, row.full_name or row.employee, row.claimed, row.since) for row in s.execute(query)
    )


def expire(s: Session, *, now: datetime) -> int:
    """Forget who did not renew; how many those were."""
    gone = s.execute(presence.delete().where(over(now)).returning(presence.c.thread_id)).scalars().all()
    if gone:
        s.changed(threads=[ThreadId(number) for number in gone], topics=["presence"])
    return len(gone)


def any_over(s: Session, *, now: datetime) -> bool:
    """True when there is something to forget, asked without a write."""
    return s.scalar(select(presence.c.thread_id).where(over(now)).limit(1)) is not None


def over(now: datetime) -> ColumnElement[bool]:
    """The condition on a row that it was not renewed."""
    return or_(presence.c.seen_at < now - LASTS, presence.c.seen_at > now + _CLOCKS_DIFFER)
