"""Decides stored assignments again, by the inputs in their audit events: the same answer each time, or say which."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from inbox.flow.assign_inputs import unpacked
from inbox.model.ids import ThreadId
from inbox.model.thread import AuditEvent
from inbox.store import audit
from inbox.store.engine import Store

PAGE: Final = 1000


@dataclass(frozen=True, slots=True)
class Different:
    """An assignment that comes out otherwise now: ``was`` is who got it, ``now`` who would ("" for nobody)."""

    event: int
    thread: ThreadId | None
    at: datetime
    was: str
    now: str
    sentence: str


@dataclass(slots=True)
class Replayed:
    """How many assignments were decided again, how many came out the same, and the others."""

    decisions: int = 0
    same: int = 0
    different: list[Different] = field(default_factory=list)


def replay(store: Store, since: datetime, now: datetime) -> Replayed:
    """Decide again what the collector assigned from ``since`` to ``now``. Changes nothing."""
    done = Replayed()
    after = 0
    while True:
        with store.read() as s:
            events = audit.of_action(s, "assign", since, now, actor="collector", after=after, limit=PAGE)
        for event in events:
            _decide_again(event, done)
        if len(events) < PAGE:
            return done
        after = events[-1].id


def _decide_again(event: AuditEvent, done: Replayed) -> None:
    inputs = event.details.get("inputs")
    if inputs is None:
        return
    done.decisions += 1
    was = str(event.details.get("employee", ""))
    try:
        choice = unpacked(inputs).answer()
    except (KeyError, ValueError, TypeError) as error:
        said = f"Its inputs cannot be read: {type(error).__name__}: {error}."
        done.different.append(Different(event.id, event.thread_id, event.at, was, "", said))
        return
    chosen = choice.employee.name if choice.employee else ""
    if chosen == was:
        done.same += 1
    else:
        done.different.append(Different(event.id, event.thread_id, event.at, was, chosen, choice.sentence))
