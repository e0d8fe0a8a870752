"""Who had each thread from when to when, and how long it lay in the queue with nobody.

A thread is somebody's while it has an assignee, whatever its status. Without one it is in the queue while it is open
to everybody and a reply is awaited; history that waits for nobody has no spell.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from sqlalchemy import Text, and_, bindparam, case, or_, select, true

from inbox.model.ids import ThreadId
from inbox.store.schema import spell, thread
from inbox.store.schema.threads import QUEUE_LIVE
from inbox.store.session import Session
from inbox.store.types import Utc


def follow(s: Session, ids: Iterable[ThreadId], *, by: str, at: datetime) -> None:
    """Close the spell of each thread that is somebody else's, elsewhere or nobody's by now, and begin its next one.

    Call it in the transaction that changed their assignee, area or status, after the change.
    """
    follow_each(s, dict.fromkeys(ids, at), by=by)


def follow_each(
    s: Session, times: Mapping[ThreadId, datetime], *, by: str, new: Collection[ThreadId] = frozenset()
) -> None:
    """The same where each thread changed at a time of its own, as in a replay; ``new`` ones have no spell yet."""
    known = [key for key in times if key not in new]
    if known:
        s.execute(_CLOSE, [{"key": key, "at": times[key]} for key in known])
    if times:
        s.execute(_BEGIN, [{"key": key, "at": at, "who": by} for key, at in times.items()])


def take_back(s: Session, ids: Iterable[ThreadId], *, by: str, at: datetime) -> None:
    """After an undo: the spells that the decision began have never been, and the one that it closed runs on."""
    wanted = list(ids)
    for key in wanted:
        holder = s.execute(_HOLDER, {"key": key}).first()
        _rewind(s, key, None if holder is None else (holder.assignee_id, holder.area_id))
    follow(s, wanted, by=by, at=at)


def _rewind(s: Session, key: ThreadId, holder: tuple[int | None, int | None] | None) -> None:
    mine = list(s.execute(select(spell).where(spell.c.thread_id == key).order_by(spell.c.id)))
    running = mine[-1] if mine and mine[-1].until is None else None
    if running is not None and (running.employee_id, running.area_id) == holder:
        return
    begun: list[int] = []
    while running is not None and mine and mine[-1].since == running.since:
        begun.append(mine.pop().id)
    s.execute(spell.delete().where(spell.c.id.in_(begun)))
    last = mine[-1] if mine else None
    ended_then = last is not None and (running is None or last.until == running.since)
    if last is not None and ended_then and (last.employee_id, last.area_id) == holder:
        s.execute(spell.update().where(spell.c.id == last.id).values(until=None))


_HELD = or_(
    thread.c.assignee_id.is_not(None),
    and_(thread.c.queue == QUEUE_LIVE, thread.c.needs_reply == true()),
)
_AT = bindparam("at", type_=Utc)
_RUNNING = spell.c.until.is_(None)
_SAME = select(thread.c.id).where(
    thread.c.id == spell.c.thread_id,
    _HELD,
    thread.c.assignee_id.is_not_distinct_from(spell.c.employee_id),
    thread.c.area_id.is_not_distinct_from(spell.c.area_id),
)
_CLOSE = (
    spell.update()
    .where(spell.c.thread_id == bindparam("key"), _RUNNING, ~_SAME.exists())
    .values(until=case((spell.c.since > _AT, spell.c.since), else_=_AT))
)
_HOLDER = select(thread.c.assignee_id, thread.c.area_id).where(thread.c.id == bindparam("key"), _HELD)
_BEGIN = spell.insert().from_select(
    ["thread_id", "employee_id", "area_id", "since", "by"],
    select(thread.c.id, thread.c.assignee_id, thread.c.area_id, _AT, bindparam("who", type_=Text))
    .where(thread.c.id == bindparam("key"), _HELD)
    .where(~select(spell.c.id).where(spell.c.thread_id == thread.c.id, _RUNNING).exists()),
    include_defaults=False,
)
