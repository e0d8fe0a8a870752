"""How any decision is made: lock, compare versions, change, write down, and bring the clocks in line."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from inbox.flow.races import lost_race
from inbox.model.change import Change
from inbox.model.ids import AuthorId, NoteId, ThreadId
from inbox.model.thread import Reason
from inbox.model.words import ReasonStep, Status
from inbox.store import audit, config, decisions, people, reasons, spells
from inbox.store.decisions import Judged, State
from inbox.store.engine import Session
from inbox.store.errors import NotFound

Expect = int | Mapping[ThreadId, int] | None
Step = Callable[[State], State]


@dataclass(frozen=True, slots=True)
class Undone:
    """What undoing needs of one thread: how it was, and the version that the decision gave it."""

    before: State
    version: int
    events: tuple[int, ...] = ()
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    note: NoteId | None = None
    judged: Judged | None = None
    corrections: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class AuthorTags:
    """The tags of an author as they were, and as a decision left them."""

    id: AuthorId
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Undo:
    """The way back from one decision."""

    action: str
    threads: tuple[Undone, ...]
    author: AuthorTags | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided, said to the person; ``undo`` None when nothing changed or there is no way back."""

    sentence: str
    change: Change
    undo: Undo | None


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision to be written down: ``details`` go to the audit, ``reason`` (if any) to why it is where it is."""

    action: str
    actor: str
    now: datetime
    details: Mapping[str, Any]
    reason: str = ""
    step: ReasonStep = ReasonStep.PERSON


def current(s: Session, thread_ids: Iterable[ThreadId], expect: Expect) -> list[State]:
    """The threads as they stand, locked. Raises ``NotFound`` and ``LostRace``; nothing is decided by half."""
    ids = list(dict.fromkeys(thread_ids))
    found = decisions.states(s, ids)
    for thread_id in ids:
        if thread_id not in found:
            raise NotFound(f"There is no thread {thread_id}.")
        wanted = expect.get(thread_id) if isinstance(expect, Mapping) else expect
        if wanted is not None and wanted != found[thread_id].version:
            raise lost_race(s, thread_id, wanted)
    return [found[thread_id] for thread_id in ids]


def change(s: Session, before: Iterable[State], step: Step, decision: Decision) -> list[Undone]:
    """Apply a step to threads and write all that follows; those that it leaves as they were are left out."""
    pairs = [(old, new) for old in before if (new := step(old)) != old]
    started = _starter(s, decision.actor)
    pairs = [(old, started(old, new, decision.now)) for old, new in pairs]
    decisions.put(s, [new for _, new in pairs])
    spells.follow(s, [new.id for _, new in pairs], by=decision.actor, at=decision.now)
    events = decisions.add_events(
        s,
        [
            (new.id, decision.now, new.status, _event_reason(new), decision.actor)
            for old, new in pairs
            if (new.status, new.close_reason) != (old.status, old.close_reason)
        ],
    )
    write_down(s, [old for old, _ in pairs], decision)
    recompute(s, [new.id for _, new in pairs], decision.now, because=_news(decision))
    return [Undone(old, old.version + 1, (events[old.id],) if old.id in events else ()) for old, _ in pairs]


def write_down(s: Session, before: list[State], decision: Decision) -> None:
    """Audit events and reasons for threads that get a new version now."""
    details = [(old.id, {**decision.details, "version": old.version + 1}) for old in before]
    audit.record_many(s, decision.actor, decision.action, details, decision.now)
    if decision.reason:
        why = Reason(decision.step, decision.reason, decision.now)
        reasons.add(s, [(old.id, None, why) for old in before])


def bump(s: Session, before: list[State], decision: Decision) -> list[Undone]:
    """Give threads a new version for what changed beside their row (a tag, a note, a judgement)."""
    started = _starter(s, decision.actor)
    moved = [old if decision.action == "tag" else started(old, old, decision.now) for old in before]
    decisions.put(s, moved)
    spells.follow(s, [old.id for old in before], by=decision.actor, at=decision.now)
    write_down(s, before, decision)
    return [Undone(old, old.version + 1) for old in before]


def recompute(s: Session, thread_ids: Iterable[ThreadId], now: datetime, *, because: str = "") -> None:
    """Bring the threads' clocks in line, in this transaction; ``because`` is what makes their corrections news."""
    # Imported when first needed: the desktop paints its window before it loads rules and clocks.
    from inbox.flow.clocks import recompute_many

    ids = list(thread_ids)
    if ids:
        recompute_many(s, ids, workspace=config.load(s), now=now, because=because)


def _news(decision: Decision) -> str:
    """A corrected judgement corrects what was recorded; other decisions are progress."""
    return decision.reason if decision.action == "correct" else ""


def decided(s: Session, sentence: str, action: str, undone: list[Undone]) -> Decided:
    """The answer of a decision, before the commit: give it its change with ``committed``."""
    return Decided(sentence, s.pending_change(), Undo(action, tuple(undone)) if undone else None)


def committed(done: Decided, s: Session) -> Decided:
    """The answer with the change as it was committed."""
    return replace(done, change=s.change)


def _starter(s: Session, actor: str) -> Callable[[State, State, datetime], State]:
    """An assignee who notes something or changes the status has started on the thread."""
    mine = next((each.id for each in people.employees(s) if each.name == actor), None)

    def started(old: State, new: State, now: datetime) -> State:
        own = mine is not None and mine in (old.assignee_id, new.assignee_id) and new.assignee_id is not None
        touched = new is old or (new.status != old.status and old.assignee_id == mine)
        return replace(new, started_at=now) if own and touched and new.started_at is None else new

    return started


def _event_reason(state: State) -> str | None:
    return str(state.close_reason) if state.status is Status.CLOSED and state.close_reason else None
