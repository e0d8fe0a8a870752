"""Gives waiting threads to employees, and takes back what was not started; never one thread to two people."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from inbox.flow.deciding import Decision, change
from inbox.model import duration
from inbox.model.change import Change
from inbox.model.ids import EmployeeId, ThreadId
from inbox.model.people import Employee
from inbox.model.thread import Reason
from inbox.model.words import ReasonStep, Status
from inbox.model.workspace import UNSORTED, Workspace
from inbox.routing.assignment import Choice, choose, has_room
from inbox.routing.shift import on_shift
from inbox.store import assigning, audit, config, decisions, people, reasons
from inbox.store.assigning import Offer
from inbox.store.decisions import State
from inbox.store.engine import Session, Store

BATCH = 200
_HOLD = timedelta(minutes=30)
"""Who gave a thread back is not offered it again for the return time, or this long where there is none."""


@dataclass(frozen=True, slots=True)
class Given:
    """What became of an offer: ``employee`` None when nobody is available; ``event`` is its status event."""

    reason: Reason
    employee: Employee | None = None
    event: int | None = None


def assign_many(
    session: Session, thread_ids: Iterable[ThreadId], workspace: Workspace, now: datetime
) -> dict[ThreadId, Reason]:
    """Offer threads that nobody has, in the order given; the reason for each, also where nobody is available.

    Call it in the transaction that holds the threads.
    """
    given = offer(session, thread_ids, workspace, now)
    return {thread_id: each.reason for thread_id, each in given.items()}


def assign_thread(session: Session, thread_id: ThreadId, workspace: Workspace, now: datetime) -> Reason:
    """Offer one thread; one that somebody has stays with them."""
    found = assign_many(session, [thread_id], workspace, now)
    return found.get(thread_id) or Reason(ReasonStep.ASSIGNMENT, "Somebody has it already.", now)


def offer(
    session: Session, thread_ids: Iterable[ThreadId], workspace: Workspace, now: datetime
) -> dict[ThreadId, Given]:
    """Offer threads that nobody has, and write what comes of it with its reasons."""
    assigning.lock_team(session)
    team = Team(session, workspace, now)
    found = assigning.offers(session, thread_ids)
    choices = {each: team.choose(each) for each in found}
    given = _write(session, choices, now)
    reasons.add(session, [(thread_id, None, each.reason) for thread_id, each in given.items()])
    return given


def drain(store: Store, now: datetime, *, limit: int = BATCH) -> Change:
    """Take back what must be given back, then hand out the backlog, oldest deadline first, while there is room."""
    done = give_back(store, now)
    while True:
        with store.read() as s:
            wanted = _would_give(s, limit, now)
        if not wanted:
            return done
        with store.write() as s:
            given = _hand_out(s, limit, now)
        done |= s.change
        if given < limit:
            return done


def give_back(store: Store, now: datetime, *, limit: int = BATCH) -> Change:
    """Free the threads not started within the return time, and those of whoever went off shift or away."""
    done = Change()
    while True:
        with store.read() as s:
            if not _to_return(s, now, limit):
                return done
        with store.write() as s:
            found = _to_return(s, now, limit)
            for said, before in found.items():
                decision = Decision("return", "collector", now, {}, said, ReasonStep.RETURN)
                change(s, before, lambda old: _returned(old, now), decision)
        done |= s.change
        if sum(map(len, found.values())) < limit:
            return done


class Team:
    """Everybody with their load, which grows as threads are given out within one transaction."""

    def __init__(self, s: Session, workspace: Workspace, now: datetime) -> None:
        """Shifts are looked up once: who is on shift now counts as always on, who is not as away."""
        zone = workspace.settings.time_zone
        loads = people.open_threads(s)
        staff = [replace(each, open_threads=loads.get(each.id, 0)) for each in workspace.employees]
        self._staff = {
            each.id: replace(each, shifts=None) if on_shift(each, now, zone) else replace(each, away=True)
            for each in staff
        }
        self._idle = {number: since for number, since in people.idle_since(s).items() if since is not None}
        self._areas = workspace.areas
        self._zone = zone
        self._now = now
        self._hold = workspace.settings.return_after or _HOLD
        # In a workspace where somebody answers Unsorted by name, it is an area like others.
        self._nowhere = UNSORTED if any(UNSORTED in each.areas for each in self._staff.values()) else None

    def backlog(self, s: Session, limit: int) -> list[Offer]:
        """What waits where somebody has room; so an area without anybody never holds up the others."""
        free = [each for each in self._staff.values() if not each.away and has_room(each)]
        known = {name for each in free for name in each.areas}
        everywhere = self._nowhere is None and any(not each.areas for each in free)
        places = [each.id for each in self._areas if each.name in known]
        ids = assigning.backlog(s, limit, places, no_area=everywhere or UNSORTED in known)
        return assigning.offers(s, ids)

    def choose(self, each: Offer) -> Choice:
        """Who gets it; their load grows."""
        had_it = self._just_had_it(each)
        candidates = [one for one in self._staff.values() if one is not had_it]
        choice = choose(
            candidates,
            area=each.area or self._nowhere,
            now=self._now,
            workspace_zone=self._zone,
            skills=(each.language,) if each.language else (),
            last_spoke=each.last_spoke,
            idle_since=self._idle,
        )
        if choice.employee is None and had_it is not None:
            name = had_it.full_name or had_it.name
            return Choice(None, f"{name} gave it back and nobody else is available, so it waits in the queue.")
        if choice.employee is not None:
            chosen = self._staff[choice.employee.id]
            self._staff[chosen.id] = replace(chosen, open_threads=chosen.open_threads + 1)
            self._idle[chosen.id] = self._now
        return choice

    def _just_had_it(self, each: Offer) -> Employee | None:
        if each.had_it is None or each.returned_at is None or self._now - each.returned_at >= self._hold:
            return None
        return self._staff.get(each.had_it)


def _write(s: Session, choices: dict[Offer, Choice], now: datetime) -> dict[ThreadId, Given]:
    taken = {each: choice.employee for each, choice in choices.items() if choice.employee is not None}
    assigning.give(s, {each.id: whom.id for each, whom in taken.items()}, now)
    rows = [(each.id, now, Status.OPEN, None, "collector") for each in taken]
    events = decisions.add_events(s, rows)
    details = [(each.id, {"employee": whom.name, "version": each.version + 1}) for each, whom in taken.items()]
    audit.record_many(s, "collector", "assign", details, now)
    return {
        each.id: Given(_reason(choice, now), choice.employee, events.get(each.id)) for each, choice in choices.items()
    }


def _reason(choice: Choice, now: datetime) -> Reason:
    return Reason(ReasonStep.ASSIGNMENT, choice.sentence, now, (), choice.details or None)


def _would_give(s: Session, limit: int, now: datetime) -> bool:
    """Whether the backlog holds anything for anybody; asked without the write lock, since mostly it does not."""
    team = Team(s, config.load(s), now)
    return any(team.choose(each).employee is not None for each in team.backlog(s, limit))


def _hand_out(s: Session, limit: int, now: datetime) -> int:
    assigning.lock_team(s)
    team = Team(s, config.load(s), now)
    choices = {each: team.choose(each) for each in team.backlog(s, limit)}
    taken = {each: choice for each, choice in choices.items() if choice.employee is not None}
    given = _write(s, taken, now)
    reasons.add(s, [(thread_id, None, each.reason) for thread_id, each in given.items()])
    return len(given)


def _to_return(s: Session, now: datetime, limit: int) -> dict[str, list[State]]:
    """The threads to give back, by the sentence that says why."""
    workspace = config.load(s)
    settings = workspace.settings
    staff = {each.id: each for each in workspace.employees}
    gone = {each.id for each in staff.values() if not on_shift(each, now, settings.time_zone)}
    why = [(_why_gone(each, staff, settings.time_zone), each) for each in assigning.held_by(s, gone)]
    if settings.return_after is not None:
        late = assigning.unstarted(s, now - settings.return_after, limit)
        span = duration.show(settings.return_after)
        for each in _still_there(s, late, gone):
            name = _name(staff, each.assignee_id)
            why.append((f"{name} had not started within {span}, so it is back in the queue.", each))
    found: dict[str, list[State]] = {}
    for said, each in [(said, each) for said, each in why if said][:limit]:
        found.setdefault(said, []).append(each)
    return found


def _still_there(s: Session, ids: Sequence[ThreadId], gone: set[EmployeeId]) -> list[State]:
    held = decisions.states(s, ids).values()
    return [
        each
        for each in held
        if each.status is Status.OPEN and each.assignee_id is not None and each.assignee_id not in gone
    ]


def _why_gone(each: State, staff: dict[EmployeeId, Employee], zone: str) -> str:
    """Empty for a thread that was given to somebody off shift on purpose: it waits for their next shift."""
    if each.assignee_id is None or each.status is not Status.OPEN:
        return ""
    owner = staff[each.assignee_id]
    name = _name(staff, owner.id)
    if owner.away:
        return f"{name} is away, so it is back in the queue."
    came_on_shift = each.assigned_at is None or on_shift(owner, each.assigned_at, zone)
    return f"The shift of {name} has ended, so it is back in the queue." if came_on_shift else ""


def _returned(old: State, now: datetime) -> State:
    return replace(
        old, assignee_id=None, last_assignee_id=old.assignee_id, assigned_at=now, started_at=None, status=Status.NEW
    )


def _name(staff: dict[EmployeeId, Employee], number: EmployeeId | None) -> str:
    found = staff.get(number) if number is not None else None
    return (found.full_name or found.name) if found else "Its owner"
