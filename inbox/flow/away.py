"""Marks employees away or back: one who is away is given nothing, and what they have goes back to the queue."""

from dataclasses import dataclass
from datetime import datetime

from inbox.flow.races import who
from inbox.model.change import Change
from inbox.store import people
from inbox.store.engine import Store


@dataclass(frozen=True, slots=True)
class Marked:
    """What was done, said to the person."""

    sentence: str
    change: Change


def mark(store: Store, name: str, *, away: bool, actor: str, now: datetime) -> Marked:
    """Mark an employee away, or back. The collector then gives threads back, or out. Raises ``NotFound``."""
    with store.write() as s:
        before = people.employee(s, name)
        called = who(s, before.name)
        if before.away is away:
            return Marked(f"{called} is {'away' if away else 'here'} already.", s.pending_change())
        people.set_away(s, before.name, away=away, actor=actor, now=now)
    said = f"{called} is away. Their threads go back to the queue." if away else f"{called} is back."
    return Marked(said, s.change)
