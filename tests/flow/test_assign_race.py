"""However many collectors and desktops decide at once: each thread goes to one, and the loads come out even."""

from collections import defaultdict
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, text

from inbox.flow import assign
from inbox.flow.replay_assignments import replay
from inbox.model.ids import ThreadId
from inbox.store import people
from inbox.store.engine import Store
from inbox.store.schema import audit, spell, thread
from tests.support.desk import NOON, many_waiting, person, staffed
from tests.support.racers import race

LATER = NOON + timedelta(minutes=5)
TEAM = tuple(f"e{number:02}" for number in range(12))
pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]


def staff(store: Store) -> None:
    staffed(store, *(person(name, "Billing") for name in TEAM), return_after=timedelta(days=9))


def each_was_given_once(store: Store, ids: list[ThreadId]) -> int:
    """Follow every thread through the audit: nobody is given what somebody has, no version is used twice. Gives how
    many times threads were given.
    """
    told: dict[ThreadId, list[Any]] = defaultdict(list)
    with store.read() as s:
        for row in s.execute(select(audit).where(audit.c.thread_id.is_not(None)).order_by(audit.c.id)):
            if row.action in {"assign", "move", "return"}:
                told[row.thread_id].append(row)
        rows = {row.id: row for row in s.execute(select(thread.c.id, thread.c.assignee_id, thread.c.version))}
        names = {each.id: each.name for each in people.employees(s)}
        loads = {each.name: each.open_threads for each in people.employees(s)}
        spells: dict[ThreadId, list[Any]] = defaultdict(list)
        for row in s.execute(select(spell).order_by(spell.c.id)):
            spells[row.thread_id].append(row)
    given = 0
    for number in ids:
        has: str | None = None
        before = given
        for event in told[number]:
            if event.action == "assign" and event.details["employee"]:
                assert has is None, f"thread {number} was {has}'s when {event.actor} gave it away"
                has = event.details["employee"]
                given += 1
            else:
                has = None
        assert names.get(rows[number].assignee_id) == has
        assert sum(each.employee_id is not None for each in spells[number]) == given - before
        running = [each.employee_id for each in spells[number] if each.until is None]
        assert running == ([rows[number].assignee_id] if spells[number] else [])
        assert [event.details["version"] for event in told[number]] == list(range(2, len(told[number]) + 2))
        assert rows[number].version == len(told[number]) + 1
    for name, load in loads.items():
        assert load == sum(names.get(rows[number].assignee_id) == name for number in ids)
    return given


def even(store: Store) -> None:
    with store.read() as s:
        loads = [each.open_threads for each in people.employees(s)]
    assert max(loads) - min(loads) <= 1, loads


@pytest.mark.parametrize(("collectors", "desks"), [(2, 10)])
def test_each_thread_goes_to_one_and_the_loads_come_out_even(store: Store, collectors: int, desks: int) -> None:
    staff(store)
    ids = many_waiting(store, "Billing", 400)
    raced = race(store.address, collectors, TEAM[:desks], now=LATER, actions=25, lead=True)
    assert each_was_given_once(store, ids) > 200
    # Whatever people did meanwhile, what comes next makes it even.
    ids += many_waiting(store, "Billing", 300, at=NOON + timedelta(seconds=1))
    assign.drain(store, LATER + timedelta(hours=1))
    each_was_given_once(store, ids)
    even(store)
    done = replay(store, NOON, LATER + timedelta(hours=2))
    assert done.different == []
    assert max(each.longest for each in raced) < 10
    if store.kind == "postgresql":
        with store.read() as s:
            query = text("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
            assert s.scalar(query) == 0


def test_collectors_alone_share_out_evenly(store: Store) -> None:
    staff(store)
    ids = many_waiting(store, "Billing", 605)
    race(store.address, 4, (), now=LATER, actions=12)
    assert each_was_given_once(store, ids) == 605
    even(store)
