"""How much policies are used: the clocks under each, and the threads for which a rule named one."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, literal, select, union_all

from inbox.store.lists import among
from inbox.store.schema import clock, thread
from inbox.store.schema.threads import QUEUE_LIVE, QUEUE_SNOOZED, QUEUE_WAITING
from inbox.store.session import Session
from inbox.store.types import Utc


@dataclass(frozen=True, slots=True)
class Use:
    """Of one policy: clocks that run towards a deadline now, and those of it that breached in the time asked for."""

    running: int = 0
    breached: int = 0


def in_use(s: Session, since: datetime) -> dict[str, Use]:
    """By the policy's name; both counts come from one statement over two partial indexes that hold all it asks."""
    found: dict[str, Use] = {}
    for row in s.execute(_USE, {"since": since}):
        before = found.get(row.policy, Use())
        found[row.policy] = Use(before.running + row.running, before.breached + row.breached)
    return found


def rename(s: Session, was: str, name: str) -> None:
    """Open threads for which a rule named the policy follow its new name; their clocks keep the terms they have.

    The clocks' basis is told too: else they would be evaluated anew as if the rule had chosen otherwise.
    """
    open_ = thread.c.queue.in_((QUEUE_LIVE, QUEUE_WAITING, QUEUE_SNOOZED))
    ids = [row.id for row in s.execute(select(thread.c.id).where(open_, thread.c.policy == was))]
    if not ids:
        return
    s.execute(thread.update().where(among(s, thread.c.id, ids)).values(policy=name))
    running = (clock.c.met_at.is_(None), clock.c.cancelled_at.is_(None), clock.c.terms.is_not(None))
    found = s.execute(select(clock.c.id, clock.c.terms).where(among(s, clock.c.thread_id, ids), *running)).all()
    told = [{"clock": row.id, "terms": {**row.terms, "basis": [*row.terms["basis"][:2], name]}} for row in found]
    if told:
        s.execute(_TERMS, told)
    s.changed(threads=ids)


_TERMS = (
    clock.update().where(clock.c.id == bindparam("clock")).values(terms=bindparam("terms", type_=clock.c.terms.type))
)
_RUNNING = (
    select(clock.c.policy, func.count().label("running"), literal(0).label("breached"))
    .where(clock.c.met_at.is_(None), clock.c.cancelled_at.is_(None), clock.c.due_at.is_not(None))
    .group_by(clock.c.policy)
)
_BREACHED = (
    select(clock.c.policy, literal(0), func.count())
    .where(
        clock.c.breached_at.is_not(None),
        clock.c.breached_at >= bindparam("since", type_=Utc()),
    )
    .group_by(clock.c.policy)
)
_USE = union_all(_RUNNING, _BREACHED)
