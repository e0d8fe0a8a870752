"""Gives waiting threads to employees, never one thread to two people; the backlog goes out oldest deadline first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from inbox.flow.assign_inputs import Question, packed, settled
from inbox.flow.returning import give_back
from inbox.model.change import Change
from inbox.model.ids import ThreadId
from inbox.model.people import Employee
from inbox.model.thread import Reason
from inbox.model.words import ReasonStep, Status
from inbox.model.workspace import UNSORTED, Workspace
from inbox.routing.assignment import Choice, certified, covers, has_room
from inbox.store import assigning, audit, config, decisions, people, reasons, spells
from inbox.store.assigning import Offer, Place
from inbox.store.engine import Session, Store

BATCH = 100
"""Threads for each transaction: it holds the write lock of SQLite for some hundredths of a second."""
MOST = 2000
"""Threads that one ``drain`` hands out, so that deadlines are looked after in between."""
_HOLD = timedelta(minutes=30)
"""Who did not start on a thread is not offered it again for the return time, or this long where there is none."""


@dataclass(frozen=True, slots=True)
class Given:
    """What became of an offer: ``employee`` None when nobody is available; ``event`` is its status event."""

    reason: Reason
    employee: Employee | None = None
    event: int | None = None


@dataclass(frozen=True, slots=True)
class _Chosen:
    """A choice, and the inputs that it was made by."""

    choice: Choice
    inputs: dict[str, Any]


def assign_many(
    session: Session, thread_ids: Iterable[ThreadId], workspace: Workspace, now: datetime
) -> dict[ThreadId, Reason]:
    """Offer threads that nobody has; the reason for each, also where nobody is available.

    Call it in the transaction that holds the threads.
    """
    wanted = list(thread_ids)
    given = offer(session, wanted, workspace, now)
    return {thread_id: given[thread_id].reason for thread_id in wanted if thread_id in given}


def assign_thread(session: Session, thread_id: ThreadId, workspace: Workspace, now: datetime) -> Reason:
    """Offer one thread; one that somebody has stays with them."""
    found = assign_many(session, [thread_id], workspace, now)
    return found.get(thread_id) or Reason(ReasonStep.ASSIGNMENT, "Somebody has it already.", now)


def offer(
    session: Session, thread_ids: Iterable[ThreadId], workspace: Workspace, now: datetime
) -> dict[ThreadId, Given]:
    """Offer threads that nobody has, and write what comes of it with its reasons.

    What waits already with an older deadline is handed out before them.
    """
    people.lock(session)
    team = Team(session, workspace, now)
    waiting = team.backlog(session, BATCH)
    given = _write(session, team.able(waiting), now)
    rest = [each for each in assigning.offers(session, thread_ids) if each.id not in given]
    behind = Choice(None, "Threads that have waited longer are handed out first, so it waits in the queue.")
    more = len(waiting) == BATCH
    choices = {each: _Chosen(behind, {}) if more else team.choose(each) for each in rest}
    return given | _write(session, choices, now)


def offer_in_turn(session: Session, asked: Mapping[ThreadId, datetime], workspace: Workspace) -> None:
    """Offer threads of a replay, each at the time that it asked; what waits goes out first, and as people come."""
    people.lock(session)
    fresh = sorted(assigning.offers(session, asked), key=lambda each: (asked[each.id], each.id))
    team = Team(session, workspace, min(asked.values()))
    came = True
    for at, together in groupby(fresh, key=lambda each: asked[each.id]):
        if team.move_to(at) or came:
            waiting = [each for each in team.backlog(session, BATCH) if each.id not in asked or asked[each.id] < at]
            _write(session, team.able(waiting), at)
            came = False
        _write(session, {each: team.choose(each) for each in together}, at)


def drain(store: Store, now: datetime, *, limit: int = BATCH, most: int = MOST) -> Change:
    """Take back what must be given back, then hand out the backlog, oldest deadline first, while there is room.

    No more than ``most`` threads at once: the rest goes out at the next tick.
    """
    done = give_back(store, now)
    left = most
    while left > 0:
        with store.read() as s:
            wanted = _would_give(s, now)
        if not wanted:
            break
        with store.write() as s:
            given = _hand_out(s, min(limit, left), now)
        done |= s.change
        left -= given
        if not given:
            break
    return done


class Team:
    """Everybody with their load, which grows as threads are given out within one transaction."""

    def __init__(self, s: Session, workspace: Workspace, now: datetime) -> None:
        """Shifts and certificates are looked up once."""
        self._zone = workspace.settings.time_zone
        self._workspace = workspace
        loads = people.open_threads(s)
        self._staff = {each.id: self._settled(each, now, loads.get(each.id, 0)) for each in workspace.employees}
        self._away = frozenset(each.id for each in workspace.employees if each.away)
        self._idle = {number: since for number, since in people.idle_since(s).items() if since is not None}
        self._areas = workspace.areas
        self._now = now
        self._hold = workspace.settings.return_after or _HOLD
        # In a workspace where somebody answers Unsorted by name, it is an area like others.
        self._nowhere = UNSORTED if any(UNSORTED in each.areas for each in self._staff.values()) else None

    def move_to(self, now: datetime) -> bool:
        """Let time go on: shifts and certificates are looked up again, loads stay as they grew. Whether that changed
        who is there.
        """
        before = dict(self._staff)
        self._now = now
        for each in self._workspace.employees:
            if each.shifts is not None or each.certified_until is not None:
                self._staff[each.id] = self._settled(each, now, self._staff[each.id].open_threads)
        return self._staff != before

    def _settled(self, each: Employee, now: datetime, open_threads: int) -> Employee:
        found = settled(each, now, self._zone, certified=certified(each, now, self._zone))
        return replace(found, open_threads=open_threads)

    def backlog(self, s: Session, limit: int) -> list[Offer]:
        """What waits where somebody has room; so an area without anybody never holds up the others."""
        ids = assigning.backlog(s, limit, self._places(), self._now - self._hold)
        return assigning.offers(s, ids)

    def _places(self) -> list[Place]:
        free = [each for each in self._staff.values() if not each.away and not each.certified_until and has_room(each)]
        found: list[Place] = []
        for number, name in [*((each.id, each.name) for each in self._areas), (None, self._nowhere)]:
            there = [each.id for each in free if covers(each, name)]
            if there:
                found.append(Place(number, there[0] if len(there) == 1 else None))
        return found

    def choose(self, each: Offer) -> _Chosen:
        """Who gets it; their load grows."""
        had_it = self._just_had_it(each)
        question = Question(
            [one for one in self._staff.values() if one is not had_it],
            each.area or self._nowhere,
            tuple(dict.fromkeys((*((each.language,) if each.language else ()), *each.tags))),
            each.last_spoke,
            self._idle,
            self._now,
            self._away,
        )
        choice = question.answer()
        if choice.employee is None:
            if had_it is not None:
                name = had_it.full_name or had_it.name
                said = f"{name} gave it back and nobody else is available, so it waits in the queue."
                choice = Choice(None, said)
            return _Chosen(choice, {})
        inputs = packed(question)
        chosen = self._staff[choice.employee.id]
        self._staff[chosen.id] = replace(chosen, open_threads=chosen.open_threads + 1)
        self._idle[chosen.id] = self._now
        return _Chosen(choice, inputs)

    def able(self, waiting: Iterable[Offer]) -> dict[Offer, _Chosen]:
        """Those of what waits that somebody gets, with whom."""
        choices = {each: self.choose(each) for each in waiting}
        return {each: one for each, one in choices.items() if one.choice.employee is not None}

    def _just_had_it(self, each: Offer) -> Employee | None:
        if each.had_it is None or each.returned_at is None or self._now - each.returned_at >= self._hold:
            return None
        return self._staff.get(each.had_it)


def _write(s: Session, choices: dict[Offer, _Chosen], now: datetime) -> dict[ThreadId, Given]:
    taken = {each: (one.choice.employee, one.inputs) for each, one in choices.items() if one.choice.employee}
    assigning.give(s, {each.id: whom.id for each, (whom, _) in taken.items()}, now)
    spells.follow(s, [each.id for each in taken], by="collector", at=now)
    events = decisions.add_events(s, [(each.id, now, Status.OPEN, None, "collector") for each in taken])
    details = [
        (each.id, {"employee": whom.name, "version": each.version + 1, "inputs": inputs})
        for each, (whom, inputs) in taken.items()
    ]
    audit.record_many(s, "collector", "assign", details, now)
    given = {
        each.id: Given(_reason(one.choice, now), one.choice.employee, events.get(each.id))
        for each, one in choices.items()
    }
    reasons.add(s, [(thread_id, None, each.reason) for thread_id, each in given.items()])
    return given


def _reason(choice: Choice, now: datetime) -> Reason:
    return Reason(ReasonStep.ASSIGNMENT, choice.sentence, now, (), choice.details or None)


def _would_give(s: Session, now: datetime) -> bool:
    """Whether the backlog holds anything for anybody; asked without the write lock, since mostly it does not."""
    return bool(Team(s, config.load(s), now).backlog(s, 1))


def _hand_out(s: Session, limit: int, now: datetime) -> int:
    people.lock(s)
    team = Team(s, config.load(s), now)
    return len(_write(s, team.able(team.backlog(s, limit)), now))
