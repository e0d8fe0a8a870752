"""How much policies are used: the clocks under each."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, literal, select, union_all

from inbox.store.schema import clock
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
