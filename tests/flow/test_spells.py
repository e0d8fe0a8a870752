"""Who had a thread from when to when, held against every decision that was made, and against the audit trail."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from inbox.flow import decide, facts, returning
from inbox.flow.assign import drain
from inbox.flow.deciding import Decided
from inbox.flow.triage import triage_pending
from inbox.model.ids import ThreadId
from inbox.model.words import CloseReason, Status
from inbox.store import audit, people
from inbox.store.engine import Store
from inbox.store.errors import Refused
from inbox.store.schema import spell
from tests.support.desk import NOON, staffed, state, waiting_thread
from tests.support.talk import Talk, at

Holder = tuple[int | None, int | None]
"""Whose and in which area; nobody's is the queue."""
Spell = tuple[datetime, datetime | None, Holder]


def _spells(store: Store, thread_id: ThreadId) -> list[Spell]:
    """Those that lasted; a thread that is given away at once lay in the queue for no time."""
    with store.read() as s:
        query = select(spell).where(spell.c.thread_id == thread_id).order_by(spell.c.id)
        found = [(row.since, row.until, (row.employee_id, row.area_id)) for row in s.execute(query)]
    return [each for each in found if each[0] != each[1]]


def _holder(store: Store, thread_id: ThreadId) -> Holder | None:
    now = state(store, thread_id)
    queued = now.status in {Status.NEW, Status.OPEN} and not now.hidden and bool(now.needs_reply)
    return (now.assignee_id, now.area_id) if now.assignee_id is not None or queued else None


def _decision(store: Store, thread_id: ThreadId, now: datetime, chance: random.Random) -> Callable[[], Decided]:
    ids, actor = [thread_id], "ben"
    whom, area = chance.choice(["ana", "ben", None]), chance.choice(["Billing", "Baggage", "Unsorted"])
    return chance.choice([
        lambda: decide.assign(store, ids, whom, actor=actor, now=now),
        lambda: decide.assign(store, ids, None, actor=actor, now=now),
        lambda: decide.move(store, ids, area, actor=actor, now=now),
        lambda: decide.move(store, ids, area, actor=actor, now=now),
        lambda: decide.close(store, ids, CloseReason.ANSWERED, actor=actor, now=now),
        lambda: decide.reopen(store, ids, actor=actor, now=now),
        lambda: decide.wait(store, ids, actor=actor, now=now),
        lambda: decide.snooze(store, ids, now + timedelta(days=1), actor=actor, now=now),
    ])  # fmt: skip


@pytest.mark.parametrize("seed", range(8))
def test_spells_follow_every_decision_and_its_undoing(store: Store, seed: int) -> None:
    staffed(store)
    thread_id, chance = waiting_thread(store, "Billing"), random.Random(seed)
    decide.assign(store, [thread_id], "ana", actor="ben", now=NOON)
    expected: list[tuple[datetime, Holder | None]] = [(NOON, _holder(store, thread_id))]
    for number in range(40):
        now, before = NOON + timedelta(minutes=number + 1), list(expected)
        try:
            done = _decision(store, thread_id, now, chance)()
        except Refused:
            continue
        if done.undo is not None and chance.random() < 0.3:
            decide.undo(store, done.undo, actor="ben", now=now + timedelta(seconds=5))
            assert _holder(store, thread_id) == before[-1][1]
        elif _holder(store, thread_id) != expected[-1][1]:
            expected.append((now, _holder(store, thread_id)))
    ends = [*(since for since, _ in expected[1:]), None]
    assert _spells(store, thread_id) == [
        (since, until, who) for (since, who), until in zip(expected, ends, strict=True) if who is not None
    ]


def test_spells_equal_what_the_audit_trail_says_of_assignments(store: Store) -> None:
    staffed(store)
    ids = [waiting_thread(store, who=f"c{number}") for number in range(4)]
    for number in range(6):
        drain(store, NOON + timedelta(minutes=number))
        decide.assign(store, ids[number % 4 :], "ben", actor="ana", now=NOON + timedelta(minutes=number, seconds=20))
        decide.assign(store, ids[:2], None, actor="ana", now=NOON + timedelta(minutes=number, seconds=40))
    returning.give_back(store, NOON + timedelta(hours=2))
    with store.read() as s:
        names: dict[int | None, str] = {each.id: each.name for each in people.employees(s)}
        for each in ids:
            events = [event for event in audit.for_thread(s, each) if event.action in {"assign", "return"}]
            # The last word of each moment; whoever keeps it has no new spell.
            told = dict.fromkeys(event.at for event in events) | {e.at: e.details.get("employee") for e in events}
            moments = [
                one for one, before in zip(told.items(), [None, *told.values()], strict=False) if one[1] != before
            ]
            assert [(since, names.get(who[0])) for since, _, who in _spells(store, each)] == moments


def test_triage_begins_a_stay_in_the_queue_and_an_answer_ends_it(store: Store) -> None:
    talk = Talk(store, staffed(store))
    asked = talk.says(0, "Where is my suitcase?")
    praise = talk.says(1, "You are the best, thank you!")
    triage_pending(store, now=at(2))
    for each in (asked, praise):
        spells = _spells(store, each)
        assert [since for since, _, _ in spells] == ([at(2)] if _holder(store, each) is not None else [])
    assert _spells(store, praise) == []
    talk.answers(10, asked)
    triage_pending(store, now=at(11))
    if state(store, asked).assignee_id is None:
        assert _spells(store, asked)[-1][1] == at(10)


def test_what_could_not_be_judged_lies_in_the_queue_for_a_person(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RecursionError("too deep")

    monkeypatch.setattr(facts, "find_many", broken)
    talk = Talk(store, staffed(store))
    thread_id = talk.says(0, "Where is my suitcase?")
    triage_pending(store, now=at(2))
    assert _spells(store, thread_id) == [(at(2), None, (None, None))]
