"""Makes one thread of two when the post that joins them comes late."""

from sqlalchemy import exists, select

from inbox.model.ids import ThreadId
from inbox.store.exchange import Exchange
from inbox.store.schema import (
    clock,
    draft,
    handling,
    mention,
    note,
    outbox,
    presence,
    reason,
    spell,
    status_event,
    thread,
    thread_account,
    thread_tag,
)
from inbox.store.session import Session

_TOLD_AGAIN = (clock, spell, reason, status_event, presence, thread_tag, thread_account)
"""What the thread that stays has of its own, or works out afresh."""


def join(s: Session, one: Exchange, two: Exchange) -> Exchange:
    """The thread that holds both from now on; what people did in either is kept. Two threads that people
    worked on both stay as they are, and are linked.
    """
    if any(each.fresh and each.name is not None for each in (one, two)):
        return one  # the name that an import gave decides
    one_touched, two_touched = _touched(s, one), _touched(s, two)
    if one_touched and two_touched:
        s.execute(
            thread.update().where(thread.c.id == two.number, thread.c.linked_to.is_(None)).values(linked_to=one.number)
        )
        return one
    stays, goes = (two, one) if _prefer(one, two, one_touched=one_touched, two_touched=two_touched) else (one, two)
    stays.absorb(goes)
    if not goes.fresh:
        _move(s, goes.number, stays.number)
    return stays


def _prefer(one: Exchange, two: Exchange, *, one_touched: bool, two_touched: bool) -> bool:
    """True when the second should stay: the stored one, else the one people worked on, else the older."""
    if one.fresh != two.fresh:
        return one.fresh
    if one_touched != two_touched:
        return two_touched
    return two.number < one.number


def _touched(s: Session, each: Exchange) -> bool:
    """True when people did something in the thread that a merge must not lose."""
    if each.fresh:
        return False
    written = [exists().where(table.c.thread_id == each.number) for table in (note, draft, outbox)]
    return each.touched or any(s.execute(select(*written)).one())


def _move(s: Session, old: ThreadId, new: ThreadId) -> None:
    s.execute(mention.update().where(mention.c.thread_id == old).values(thread_id=new, triaged=False))
    for table in _TOLD_AGAIN:
        s.execute(table.delete().where(table.c.thread_id == old))
    s.execute(handling.update().where(handling.c.thread_id == old).values(thread_id=new))
    s.execute(thread.update().where(thread.c.linked_to == old).values(linked_to=new))
    s.execute(thread.delete().where(thread.c.id == old))
    s.changed(threads=[old, new])
