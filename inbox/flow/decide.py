"""People's decisions on threads: each is one transaction, is told in a sentence, and can be undone.

``expect`` is the version that the person was looking at (one for all threads, or one per thread): a newer one
raises ``LostRace`` naming who was quicker. ``actor`` is an employee's name, ``collector`` or ``command``.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from inbox.flow.corrected import COLLECTOR, kept_as_corrections
from inbox.flow.deciding import Decided, Decision, Expect, Step, Undo, Undone, change, committed, current, decided
from inbox.flow.judging import correct, tag_author
from inbox.flow.marking import note, tag
from inbox.flow.outcomes import set_outcome
from inbox.flow.races import who
from inbox.flow.undo import undo
from inbox.model.change import Change
from inbox.model.ids import EmployeeId, ThreadId
from inbox.model.people import Area, Employee
from inbox.model.words import CloseReason, Priority, ReasonStep, Status
from inbox.model.workspace import UNSORTED
from inbox.store import config, decisions, people
from inbox.store.decisions import State
from inbox.store.engine import Session, Store
from inbox.store.errors import Refused

__all__ = [
    "Decided",
    "Undo",
    "assign",
    "close",
    "close_in",
    "correct",
    "mark_read",
    "move",
    "note",
    "reopen",
    "set_outcome",
    "set_priority",
    "snooze",
    "tag",
    "tag_author",
    "undo",
    "wait",
    "wait_in",
    "wake",
]

_WOKEN_AT_ONCE = 200


def assign(
    store: Store,
    thread_ids: Iterable[ThreadId],
    employee: str | None,
    *,
    actor: str,
    now: datetime,
    expect: Expect = None,
) -> Decided:
    """Give threads to somebody, or with None back to the queue. Raises ``NotFound`` for an unknown name."""
    with store.write() as s:
        threads = current(s, thread_ids, expect)
        chosen = None if employee is None else people.employee(s, employee)
        if chosen is not None and chosen.away:
            raise Refused(f"{_called(chosen)} is away. Choose somebody else.")
        said = f"{who(s, actor)} assigned this to {_called(chosen)}." if chosen else f"{who(s, actor)} gave this back."
        details = {"employee": chosen.name if chosen else None}
        decision = Decision("assign", actor, now, details, said, ReasonStep.PERSON if chosen else ReasonStep.RETURN)
        undone = change(s, threads, _assigned(chosen, now), decision)
        if chosen is not None and undone:
            decisions.now_idle(s, chosen.id, now)
        sentence = (
            f"{_these(threads)} assigned to {_called(chosen)}." if chosen else f"{_these(threads)} back in the queue."
        )
        unchanged = f"Already with {_called(chosen)}." if chosen else "Nobody's already."
        done = decided(s, sentence if undone else unchanged, "assign", undone)
    return committed(done, s)


def move(
    store: Store, thread_ids: Iterable[ThreadId], area: str, *, actor: str, now: datetime, expect: Expect = None
) -> Decided:
    """Move threads to an area (``Unsorted`` for none). One whose assignee does not answer there is routed in it."""
    with store.write() as s:
        threads = current(s, thread_ids, expect)
        target = people.area(s, area)
        name = target.name if target else UNSORTED
        said = f"{who(s, actor)} moved this to {name}."
        staff = {each.id: each for each in people.employees(s)}
        decision = Decision("move", actor, now, {"area": target.name if target else None}, said)
        undone = change(s, threads, _moved(target, staff), decision)
        if actor != COLLECTOR:
            undone = kept_as_corrections(s, undone, name, actor, now)
        undone = _routed(s, undone, now)
        done = decided(s, f"{_these(threads)} moved to {name}." if undone else f"Already in {name}.", "move", undone)
    return committed(done, s)


def close(
    store: Store,
    thread_ids: Iterable[ThreadId],
    reason: CloseReason,
    *,
    actor: str,
    now: datetime,
    expect: Expect = None,
) -> Decided:
    """Close threads with a reason; response clocks that still run are cancelled with it."""
    with store.write() as s:
        done = close_in(s, thread_ids, reason, actor=actor, now=now, expect=expect)
    return committed(done, s)


def close_in(
    s: Session, thread_ids: Iterable[ThreadId], reason: CloseReason, *, actor: str, now: datetime, expect: Expect = None
) -> Decided:
    """Close threads within somebody else's transaction (a reply that was sent and closes)."""
    threads = current(s, thread_ids, expect)
    undone = change(s, threads, _closed(reason, now), Decision("close", actor, now, {"reason": str(reason)}))
    sentence = f"{_these(threads)} closed: {reason}." if undone else f"Already closed: {reason}."
    return decided(s, sentence, "close", undone)


def wait(store: Store, thread_ids: Iterable[ThreadId], *, actor: str, now: datetime, expect: Expect = None) -> Decided:
    """Wait on the customer. Raises ``Refused`` for a closed thread."""
    with store.write() as s:
        done = wait_in(s, thread_ids, actor=actor, now=now, expect=expect)
    return committed(done, s)


def wait_in(s: Session, thread_ids: Iterable[ThreadId], *, actor: str, now: datetime, expect: Expect = None) -> Decided:
    """Wait on the customer within somebody else's transaction (a reply that was sent)."""
    threads = current(s, thread_ids, expect)
    _refuse_closed(threads)
    undone = change(
        s,
        threads,
        lambda old: replace(old, status=Status.WAITING, snoozed_until=None),
        Decision("wait", actor, now, {}),
    )
    sentence = f"{_these(threads)} waiting on the customer." if undone else "Waiting on the customer already."
    return decided(s, sentence, "wait", undone)


def snooze(
    store: Store, thread_ids: Iterable[ThreadId], until: datetime, *, actor: str, now: datetime, expect: Expect = None
) -> Decided:
    """Put threads off until a time; their clocks run on. Raises ``Refused`` for a time that has passed."""
    if until <= now:
        raise Refused("That time has passed. Choose a later one.")
    with store.write() as s:
        threads = current(s, thread_ids, expect)
        _refuse_closed(threads)
        decision = Decision("snooze", actor, now, {"until": until.isoformat()})
        undone = change(s, threads, lambda old: replace(old, status=Status.SNOOZED, snoozed_until=until), decision)
        done = decided(s, f"{_these(threads)} snoozed." if undone else "Snoozed until then already.", "snooze", undone)
    return committed(done, s)


def reopen(
    store: Store, thread_ids: Iterable[ThreadId], *, actor: str, now: datetime, expect: Expect = None
) -> Decided:
    """Bring threads back: open with their assignee, new where they have none or the assignee has left."""
    with store.write() as s:
        threads = current(s, thread_ids, expect)
        staff = {each.id for each in people.employees(s)}

        def reopened(old: State) -> State:
            if old.status in {Status.NEW, Status.OPEN}:
                return old
            return _live(replace(old, assignee_id=old.assignee_id if old.assignee_id in staff else None))

        undone = change(s, threads, reopened, Decision("reopen", actor, now, {}))
        done = decided(s, f"{_these(threads)} reopened." if undone else "Open already.", "reopen", undone)
    return committed(done, s)


def set_priority(
    store: Store,
    thread_ids: Iterable[ThreadId],
    priority: Priority,
    *,
    actor: str,
    now: datetime,
    expect: Expect = None,
) -> Decided:
    """Say how urgent threads are; their open clocks are evaluated anew from the same start."""
    with store.write() as s:
        threads = current(s, thread_ids, expect)
        said = f"{who(s, actor)} set the priority to {priority}."
        decision = Decision("priority", actor, now, {"priority": str(priority)}, said)
        undone = change(s, threads, lambda old: replace(old, priority=priority), decision)
        sentence = (
            f"{_these(threads)} set to {priority} priority." if undone else f"{priority.title()} priority already."
        )
        done = decided(s, sentence, "priority", undone)
    return committed(done, s)


def mark_read(store: Store, thread_id: ThreadId, employee: str) -> Change:  # noqa: ARG001 - who read it, for the reports to come
    """Somebody has looked at the thread; no new version, since nothing changes for others."""
    with store.write(durable=False) as s:
        decisions.mark_read(s, thread_id)
    return s.change


def wake(store: Store, *, now: datetime) -> Change:
    """End every snooze that is over: open again, or new if nobody's. The collector calls it each second."""
    woken = Change()
    while True:
        with store.read() as s:
            ids = decisions.snoozed_out(s, now, _WOKEN_AT_ONCE)
        if not ids:
            return woken
        with store.write() as s:
            threads = [each for each in decisions.states(s, ids).values() if _over(each, now)]
            change(s, threads, _live, Decision("wake", "collector", now, {}))
        woken |= s.change
        if len(ids) < _WOKEN_AT_ONCE:
            return woken


def _over(state: State, now: datetime) -> bool:
    return state.status is Status.SNOOZED and state.snoozed_until is not None and state.snoozed_until <= now


def _assigned(chosen: Employee | None, now: datetime) -> Step:
    def step(old: State) -> State:
        number = chosen.id if chosen else None
        if old.assignee_id == number:
            return old
        new = replace(
            old, assignee_id=number, last_assignee_id=number or old.assignee_id, assigned_at=now, started_at=None
        )
        return _live(new) if old.status in {Status.NEW, Status.OPEN} else new

    return step


def _moved(target: Area | None, staff: dict[EmployeeId, Employee]) -> Step:
    def step(old: State) -> State:
        number = target.id if target else None
        if old.area_id == number:
            return old
        new = replace(old, area_id=number)
        assignee = staff.get(old.assignee_id) if old.assignee_id is not None else None
        answers_there = assignee is not None and (target is None or target.name in assignee.areas or not assignee.areas)
        if old.assignee_id is None or answers_there or old.status is Status.CLOSED:
            return new
        # The move took it from them; they gave nothing back.
        new = replace(new, assignee_id=None, last_assignee_id=old.assignee_id, assigned_at=None, started_at=None)
        return _live(new) if old.status is Status.OPEN else new

    return step


def _closed(reason: CloseReason, now: datetime) -> Step:
    def step(old: State) -> State:
        if old.status is Status.CLOSED and old.close_reason == reason:
            return old
        at = old.closed_at if old.status is Status.CLOSED else now
        return replace(old, status=Status.CLOSED, close_reason=reason, closed_at=at, snoozed_until=None)

    return step


def _live(old: State) -> State:
    """In the queue: open when somebody has it, new when nobody does."""
    status = Status.NEW if old.assignee_id is None else Status.OPEN
    return replace(old, status=status, snoozed_until=None, close_reason=None, closed_at=None)


def _routed(s: Session, undone: list[Undone], now: datetime) -> list[Undone]:
    """Offer what was moved to whoever answers there, in the same transaction."""
    # Imported here: rules and shifts are not needed by a desktop that only starts.
    from inbox.flow.assign import offer

    live = [each.before.id for each in undone if each.before.status in {Status.NEW, Status.OPEN}]
    given = offer(s, live, config.load(s), now) if live else {}
    return [
        replace(each, version=each.version + 1, events=(*each.events, event))
        if (found := given.get(each.before.id)) and (event := found.event) is not None
        else each
        for each in undone
    ]


def _refuse_closed(threads: Sequence[State]) -> None:
    closed = [each for each in threads if each.status is Status.CLOSED]
    if closed:
        raise Refused(f"Thread {closed[0].id} is closed. Reopen it first.")


def _called(employee: Employee) -> str:
    return employee.full_name or employee.name


def _these(threads: Sequence[State]) -> str:
    return f"Thread {threads[0].id}" if len(threads) == 1 else f"{len(threads)} threads"
