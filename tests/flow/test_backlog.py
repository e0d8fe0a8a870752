"""The backlog: in order, however long, and handed out whenever anybody frees up."""

from collections.abc import Callable
from dataclasses import replace
from datetime import time, timedelta

import pytest

from inbox.flow import assign, decide
from inbox.flow import workspace as workspaces
from inbox.model.people import Interval, Week
from inbox.model.words import CloseReason
from inbox.model.workspace import Workspace
from inbox.store import people
from inbox.store.engine import Store
from inbox.store.schema import clock
from tests.support.desk import NOON, holders, many_waiting, person, staffed, waiting_thread

LATER = NOON + timedelta(minutes=5)
AFTERNOON: Week = {"mon": (Interval(time(13), time(18)),)}
ONE_O_CLOCK = NOON + timedelta(hours=1)


def test_without_deadlines_the_longest_wait_goes_first_however_long_the_backlog(store: Store) -> None:
    staffed(store, person("ana", "Billing", capacity=3))
    # History that waits for nobody lies before them.
    history = many_waiting(store, "Billing", 600, at=NOON - timedelta(days=9), target=None)
    with store.write() as s:
        s.execute(clock.delete().where(clock.c.thread_id.in_(history)))
    ids = many_waiting(store, "Billing", 700, target=None)
    assign.drain(store, LATER)
    assert [number for number, name in holders(store, ids).items() if name] == ids[:3]


def test_deadlines_go_before_none(store: Store) -> None:
    staffed(store, person("ana", "Billing", capacity=2))
    (old,) = many_waiting(store, "Billing", 1, at=NOON - timedelta(hours=9), target=None)
    late, soon = waiting_thread(store, at=NOON - timedelta(minutes=20)), waiting_thread(store, who="lee", at=NOON)
    assign.drain(store, LATER)
    assert holders(store, [old, late, soon]) == {old: None, late: "ana", soon: "ana"}


def test_one_tick_hands_out_only_so_much_and_the_next_goes_on(store: Store) -> None:
    staffed(store, person("ana", "Billing"))
    ids = many_waiting(store, "Billing", 70)
    for tick, given in enumerate((30, 60, 70)):
        assign.drain(store, LATER + timedelta(seconds=tick), limit=20, most=30)
        held = holders(store, ids)
        assert [number for number in ids if held[number]] == ids[:given]


@pytest.mark.slow
@pytest.mark.timeout(180)
def test_ten_thousand_wait_and_one_person_comes_on_shift(store: Store) -> None:
    staffed(store, person("ana", "Billing", shifts=AFTERNOON), return_after=None)
    ids = many_waiting(store, "Billing", 10_000)
    assert not assign.drain(store, ONE_O_CLOCK - timedelta(seconds=1)).threads
    ticks = [len(assign.drain(store, ONE_O_CLOCK + timedelta(seconds=tick)).threads) for tick in range(6)]
    assert ticks == [assign.MOST] * 5 + [0]
    with store.read() as s:
        assert people.employees(s)[0].open_threads == len(ids)


def _capacity(workspace: Workspace) -> Workspace:
    return replace(workspace, employees=(person("ana", "Billing", capacity=2),))


def _newcomer(workspace: Workspace) -> Workspace:
    return replace(workspace, employees=(*workspace.employees, person("ben", "Billing")))


def _area(workspace: Workspace) -> Workspace:
    return replace(workspace, employees=(*workspace.employees, person("cem", "Baggage", "Billing")))


@pytest.mark.parametrize("changed", [_capacity, _newcomer, _area])
def test_a_file_that_brings_room_drains_the_backlog(store: Store, changed: Callable[[Workspace], Workspace]) -> None:
    workspace = staffed(store, person("ana", "Billing", capacity=1))
    ids = [waiting_thread(store), waiting_thread(store, who="lee")]
    assign.drain(store, NOON)
    assert holders(store, ids)[ids[1]] is None
    workspaces.apply(store, changed(workspace), actor="command", now=LATER)
    assign.drain(store, LATER)
    assert holders(store, ids)[ids[1]] is not None


def test_waiting_on_the_customer_makes_room_too(store: Store) -> None:
    staffed(store, person("ana", "Billing", capacity=1))
    first, second = waiting_thread(store), waiting_thread(store, who="lee")
    assign.drain(store, NOON)
    decide.wait(store, [first], actor="ana", now=LATER)
    assign.drain(store, LATER)
    assert holders(store, [second]) == {second: "ana"}


def test_capacity_nought_is_never_given_anything(store: Store) -> None:
    staffed(store, person("ana", "Billing", capacity=0))
    ids = [waiting_thread(store), waiting_thread(store, who="lee")]
    assert not assign.drain(store, LATER).threads
    assert set(holders(store, ids).values()) == {None}


def test_with_everyone_off_shift_all_waits_until_somebody_comes(store: Store) -> None:
    staffed(store, *(person(name, "Billing", shifts=AFTERNOON) for name in ("ana", "ben")), return_after=None)
    ids = [waiting_thread(store, who=f"k{number}") for number in range(4)]
    assert not assign.drain(store, ONE_O_CLOCK - timedelta(seconds=1)).threads
    assign.drain(store, ONE_O_CLOCK)
    assert sorted(str(each) for each in holders(store, ids).values()) == ["ana", "ana", "ben", "ben"]


def test_a_shift_that_ends_in_the_middle_hands_over_in_the_same_breath(store: Store) -> None:
    morning: Week = {"mon": (Interval(time(8), time(13)),)}
    staffed(store, person("ana", "Billing", shifts=morning), person("ben", "Billing", shifts=AFTERNOON))
    ids = [waiting_thread(store, who=f"k{number}") for number in range(5)]
    assign.drain(store, ONE_O_CLOCK - timedelta(seconds=1), limit=2)
    assert set(holders(store, ids).values()) == {"ana"}
    assign.drain(store, ONE_O_CLOCK, limit=2)
    assert set(holders(store, ids).values()) == {"ben"}


def test_who_did_not_start_holds_up_nobody_else_s_threads(store: Store) -> None:
    staffed(store, person("ana", "Billing"))
    first = [waiting_thread(store, who=f"k{number}") for number in range(5)]
    assign.drain(store, NOON)
    half_past = NOON + timedelta(minutes=30)
    newer = waiting_thread(store, who="lee", at=NOON + timedelta(minutes=20))
    assign.drain(store, half_past, limit=2)
    assert holders(store, [*first, newer]) == dict.fromkeys(first) | {newer: "ana"}
    decide.close(store, [newer], CloseReason.ANSWERED, actor="ana", now=half_past)
    assign.drain(store, half_past + timedelta(minutes=30))
    assert set(holders(store, first).values()) == {"ana"}


def test_what_comes_new_does_not_pass_what_waits(store: Store) -> None:
    workspace = staffed(store, person("ana", "Billing", capacity=1))
    first, waits = waiting_thread(store), waiting_thread(store, who="lee", at=NOON + timedelta(minutes=1))
    assign.drain(store, NOON)
    decide.close(store, [first], CloseReason.ANSWERED, actor="ana", now=LATER)
    new = waiting_thread(store, who="mo", at=LATER)
    with store.write() as s:
        said = assign.assign_many(s, [new], workspace, LATER)
    assert holders(store, [waits, new]) == {waits: "ana", new: None}
    assert said[new].sentence == "Nobody of Billing is under capacity, so it waits in the queue."


def test_behind_a_long_backlog_the_new_waits_its_turn(store: Store) -> None:
    workspace = staffed(store, person("ana", "Billing"))
    waits = many_waiting(store, "Billing", assign.BATCH)
    new = waiting_thread(store, who="mo", at=LATER)
    with store.write() as s:
        said = assign.assign_many(s, [new], workspace, LATER)
    assert holders(store, [waits[-1], new]) == {waits[-1]: "ana", new: None}
    assert said[new].sentence.startswith("Threads that have waited longer are handed out first")
    assign.drain(store, LATER)
    assert holders(store, [new]) == {new: "ana"}
