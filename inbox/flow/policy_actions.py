"""What a policy does when a warning or a deadline comes: it tells people, raises the priority, finds somebody else.

All happens in the transaction that marks the clock, once for each clock and event, so that neither a restart nor a
second collector skips or repeats anything.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from inbox.flow.assign import offer
from inbox.flow.corrected import COLLECTOR
from inbox.flow.deciding import recompute
from inbox.flow.escalate import raising
from inbox.flow.late_words import late_sentence, soon_sentence
from inbox.flow.telling import LATE, supervisors
from inbox.model.ids import EmployeeId, ThreadId
from inbox.model.notice import Notice, NoticeKind
from inbox.model.people import Employee
from inbox.model.thread import Reason
from inbox.model.words import PolicyAction, Priority, ReasonStep, Status
from inbox.model.workspace import ON_BREACH, ON_WARNING, UNSORTED, Workspace
from inbox.sla.policy import terms_from
from inbox.store import audit, clocks, decisions, escalations, late, notices, reasons, returning, spells
from inbox.store.clocks import DueClock
from inbox.store.decisions import State
from inbox.store.engine import Session
from inbox.store.late import Deed, LateThread

_HEAVY: Final = frozenset((PolicyAction.RAISE_PRIORITY, PolicyAction.REASSIGN, PolicyAction.ESCALATE))


class Event(StrEnum):
    """What came."""

    WARNING = "warning"
    BREACH = "breach"

    def at(self, clock: DueClock) -> datetime:
        """When it came for a clock that it came for."""
        found = clock.due_at if self is Event.BREACH else clock.warn_at
        if found is None:
            raise ValueError(f"Nothing has come for clock {clock.id}.")
        return found

    def actions(self, clock: DueClock) -> tuple[PolicyAction, ...]:
        """What the policy of a clock, as it was, does about it."""
        terms = None if clock.terms is None else terms_from(clock.terms)
        if self is Event.BREACH:
            return ON_BREACH if terms is None else terms.on_breach
        return ON_WARNING if terms is None else terms.on_warning


def heavy(event: Event, come: Iterable[DueClock]) -> bool:
    """Whether threads are to be changed, which takes longer than telling of them."""
    return any(not _HEAVY.isdisjoint(event.actions(each)) for each in come)


def act(s: Session, event: Event, come: Sequence[DueClock], *, workspace: Workspace, now: datetime) -> None:
    """Do what the policies of these clocks say, for those whose thread still waits for us."""
    wanted = {each: actions for each in come if (actions := event.actions(each))}
    if not wanted:
        return
    acting = _Acting(s, event, workspace, now)
    acting.look({each.thread_id for each in wanted})
    wanted = {each: actions for each, actions in wanted.items() if acting.threads[each.thread_id].live}
    raised = [each for each, actions in wanted.items() if PolicyAction.RAISE_PRIORITY in actions]
    passed_on = [each for each, actions in wanted.items() if PolicyAction.REASSIGN in actions]
    changed = acting.raise_priority(raised) | acting.reassign(passed_on)
    if changed:
        acting.look(changed)
    acting.escalate([each for each, actions in wanted.items() if PolicyAction.ESCALATE in actions])
    acting.tell(wanted)


@dataclass(frozen=True, slots=True)
class _Changed:
    """What becomes of a thread, for which clock, and the reason as its history says it."""

    old: State
    new: State
    clock: DueClock
    sentence: str


class _Acting:
    """One batch of clocks to which the same has come."""

    def __init__(self, s: Session, event: Event, workspace: Workspace, now: datetime) -> None:
        self._s = s
        self._event = event
        self._workspace = workspace
        self._staff = {each.id: each for each in workspace.employees}
        self._now = now
        self.threads: dict[ThreadId, LateThread] = {}

    def look(self, ids: Iterable[ThreadId]) -> None:
        """Read how threads stand."""
        self.threads |= late.threads(self._s, list(ids))

    def raise_priority(self, come: Sequence[DueClock]) -> set[ThreadId]:
        """Raise threads by one step; their clocks are evaluated anew."""
        open_ = self._undone(come, "priority")
        changed: list[_Changed] = []
        for thread_id, old in decisions.states(self._s, open_).items():
            if old.priority is Priority.URGENT:
                continue
            new = replace(old, priority=list(Priority)[old.priority.rank + 1])
            clock = open_[thread_id]
            policy = "" if clock.terms is None else clock.terms["policy"]
            said = f"The policy “{policy}” raised the priority to {new.priority}, since {_COME[self._event]}."
            changed.append(_Changed(old, new, clock, said))
        self._change("priority", changed, ReasonStep.POLICY)
        if self._event is Event.WARNING:
            # Their new warning has mostly passed as well: it is the same one, and was just acted on.
            again = clocks.still_due(self._s, list(open_.values()), self._now, breach=False)
            clocks.mark_warned(self._s, [each.id for each in again], self._now)
        return set(open_)

    def reassign(self, come: Sequence[DueClock]) -> set[ThreadId]:
        """Take threads from who has not answered, and offer them to others; not while a reply is being written."""
        open_ = self._undone(come, "return")
        writing = returning.writing(self._s, self._now) if open_ else set()
        held = {
            number: old
            for number, old in decisions.states(self._s, open_).items()
            if old.assignee_id is not None and old.status is Status.OPEN and (number, old.assignee_id) not in writing
        }
        begun = returning.with_draft(self._s, held)
        changed: list[_Changed] = []
        for number, old in held.items():
            had_it = self._staff.get(old.assignee_id) if old.assignee_id is not None else None
            said = f"{_called(had_it)} had not answered and {_COME[self._event]}, so it is offered to others."
            said += _KEPT if (number, old.assignee_id) in begun else ""
            changed.append(_Changed(old, self._freed(old), open_[number], said))
        self._change("return", changed, ReasonStep.RETURN)
        self._tell_former(held, open_)
        if held:
            offer(self._s, held, self._workspace, self._now)
        return set(held)

    def escalate(self, come: Sequence[DueClock]) -> None:
        """Call for help, by the ladder named like the policy, else the first; once while nobody has answered."""
        for each in come:
            if escalations.is_called(self._s, each.thread_id):
                continue
            policy = None if each.terms is None else each.terms["policy"]
            reason = f"{self.threads[each.thread_id].author}: {_COME[self._event]}"
            raising.raise_in(self._s, each.thread_id, None, reason, ladder=policy, actor=COLLECTOR, now=self._now)

    def tell(self, wanted: dict[DueClock, tuple[PolicyAction, ...]]) -> None:
        """One notice for each thread and person; what turned out not to be late any more, or to be late already
        and so is told of next, is left out.
        """
        due = clocks.deadlines(self._s, [each.id for each in wanted])
        rows: dict[tuple[ThreadId, EmployeeId], Notice] = {}
        for each, actions in sorted(wanted.items(), key=lambda one: self._event.at(one[0])):
            due_at = due.get(each.id)
            if due_at is None or (due_at <= self._now) is (self._event is Event.WARNING):
                continue
            for whom in self._to(self.threads[each.thread_id], actions):
                rows.setdefault((each.thread_id, whom.id), self._notice(each, due_at, whom))
        notices.add(self._s, list(rows.values()))

    def _undone(self, come: Sequence[DueClock], action: str) -> dict[ThreadId, DueClock]:
        """Of each thread the first clock, unless the thread was changed for it before."""
        if not come:
            return {}
        done = late.done(self._s, {each.thread_id for each in come})
        found: dict[ThreadId, DueClock] = {}
        for each in come:
            deed: Deed = (each.thread_id, action, str(each.metric), each.started_at.isoformat(), str(self._event))
            if deed not in done:
                found.setdefault(each.thread_id, each)
        return found

    def _change(self, action: str, changed: Sequence[_Changed], kind: ReasonStep) -> None:
        """Write threads with all that follows, in few statements however many they are."""
        s, now = self._s, self._now
        decisions.put(s, [each.new for each in changed])
        spells.follow(s, [each.old.id for each in changed], by=COLLECTOR, at=now)
        moved = [each.new for each in changed if each.new.status != each.old.status]
        decisions.add_events(s, [(each.id, now, each.status, None, COLLECTOR) for each in moved])
        details = [(each.old.id, self._details(each)) for each in changed]
        audit.record_many(s, COLLECTOR, action, details, now)
        reasons.add(s, [(each.old.id, None, Reason(kind, each.sentence, now)) for each in changed])
        recompute(s, [each.old.id for each in changed], now)

    def _details(self, each: _Changed) -> dict[str, Any]:
        clock = each.clock
        found = {"event": str(self._event), "metric": str(clock.metric), "cycle": clock.cycle}
        found["started"] = clock.started_at.isoformat()
        if each.new.priority is not each.old.priority:
            found["priority"] = str(each.new.priority)
        return {**found, "version": each.old.version + 1}

    def _freed(self, old: State) -> State:
        return replace(
            old,
            assignee_id=None,
            last_assignee_id=old.assignee_id,
            assigned_at=self._now,
            started_at=None,
            status=Status.NEW,
        )

    def _tell_former(self, held: dict[ThreadId, State], come: dict[ThreadId, DueClock]) -> None:
        rows = []
        for number, old in held.items():
            if old.assignee_id in self._staff:
                said = f"The thread of {self.threads[number].author} was offered to others: {_COME[self._event]}."
                key = f"returned:{self._key(come[number])}"
                owner = self._staff[old.assignee_id].id
                rows.append(Notice(0, owner, self._now, NoticeKind.RETURNED, number, said, key))
        notices.add(self._s, rows)

    def _to(self, thread: LateThread, actions: Sequence[PolicyAction]) -> list[Employee]:
        """Whom to tell; where nobody has the thread, the area's supervisors stand in for its owner."""
        owner = self._staff.get(thread.owner) if thread.owner is not None else None
        found: list[Employee] = []
        if PolicyAction.TELL_OWNER in actions and owner is not None:
            found.append(owner)
        alone = PolicyAction.TELL_OWNER in actions and owner is None
        if PolicyAction.TELL_SUPERVISOR in actions or alone:
            found.extend(supervisors(self._workspace, thread.area or UNSORTED))
        return found

    def _notice(self, clock: DueClock, due_at: datetime, whom: Employee) -> Notice:
        thread = self.threads[clock.thread_id]
        told_late = self._now - self._event.at(clock) > LATE
        if self._event is Event.WARNING:
            sentence = soon_sentence(thread, due_at, self._now)
        else:
            here = whom.time_zone or self._workspace.settings.time_zone
            sentence = late_sentence(thread, due_at, self._now, here, told_late=told_late)
        kind = NoticeKind.BREACH if self._event is Event.BREACH else NoticeKind.WARNING
        return Notice(0, whom.id, self._now, kind, thread.id, sentence, self._key(clock), told_late)

    def _key(self, clock: DueClock) -> str:
        due_at = "" if clock.due_at is None else clock.due_at.isoformat()
        return f"{self._event}:{clock.thread_id}:{clock.metric}:{clock.cycle}:{due_at}"


_COME: Final = {Event.WARNING: "its deadline is near", Event.BREACH: "its deadline has passed"}
_KEPT: Final = " The reply that they had begun is kept as their draft."


def _called(employee: Employee | None) -> str:
    return "Whoever had it" if employee is None else employee.full_name or employee.name
