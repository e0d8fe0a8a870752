"""Assignment: to whom, in which order, back again, and never to two."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import time, timedelta
from threading import Barrier

from sqlalchemy import select

from inbox.flow import assign, decide
from inbox.model.ids import ThreadId
from inbox.model.people import Interval, Week
from inbox.model.words import CloseReason, ReasonStep, Status
from inbox.store import people, threads
from inbox.store.engine import Store
from inbox.store.errors import LostRace
from inbox.store.schema import audit
from tests.support.desk import NOON, holders, person, replied, staffed, state, waiting_thread

LATER = NOON + timedelta(minutes=5)
MORNING: Week = {"mon": (Interval(time(8), time(13)),)}


def test_the_backlog_goes_out_oldest_deadline_first_as_far_as_people_have_room(store: Store) -> None:
    staffed(store, person("ana", "Billing", capacity=2))
    ids = [waiting_thread(store, at=NOON - timedelta(minutes=age), who=f"a{age}") for age in (5, 30, 20)]
    change = assign.drain(store, NOON)
    assert holders(store, ids) == {ids[0]: None, ids[1]: "ana", ids[2]: "ana"}
    assert change.threads == {ids[1], ids[2]}


def test_an_area_without_anybody_never_holds_up_the_others(store: Store) -> None:
    staffed(store, person("ana", "Billing"))
    for age in range(5):
        waiting_thread(store, "Baggage", at=NOON - timedelta(minutes=50 + age), who=f"b{age}")
    last = waiting_thread(store)
    assign.drain(store, NOON, limit=2)
    assert holders(store, [last]) == {last: "ana"}


def test_a_closed_thread_makes_room_for_the_next(store: Store) -> None:
    staffed(store, person("ana", "Billing", capacity=1))
    first, second = waiting_thread(store, at=NOON - timedelta(minutes=9)), waiting_thread(store, who="lee")
    assign.drain(store, NOON)
    decide.close(store, [first], CloseReason.ANSWERED, actor="ana", now=LATER)
    assign.drain(store, LATER)
    assert holders(store, [second]) == {second: "ana"}


def test_threads_are_shared_out_evenly_with_a_reason_each(store: Store) -> None:
    workspace = staffed(store, person("ana", "Billing"), person("ben", "Billing"))
    ids = [waiting_thread(store, who=f"k{n}") for n in range(4)]
    with store.write() as s:
        reasons = assign.assign_many(s, ids, workspace, NOON)
    assert sorted(str(each) for each in holders(store, ids).values()) == ["ana", "ana", "ben", "ben"]
    assert all(each.sentence.startswith("Assigned to ") for each in reasons.values())
    with store.read() as s:
        assert [each.step for each in threads.reasons(s, ids[0])] == [ReasonStep.ASSIGNMENT]
        assert {each.name: each.open_threads for each in people.employees(s)} == {"ana": 2, "ben": 2}


def test_nobody_of_the_area_leaves_a_thread_in_the_queue_and_says_so(store: Store) -> None:
    workspace = staffed(store, person("ana", "Billing"))
    thread_id = waiting_thread(store, "Baggage")
    with store.write() as s:
        reason = assign.assign_thread(s, thread_id, workspace, NOON)
    assert reason.sentence == "No employee of Baggage is set up, so it waits in the queue."
    assert state(store, thread_id).status is Status.NEW


def test_unsorted_threads_go_to_whoever_answers_unsorted(store: Store) -> None:
    staffed(store, person("ana", "Billing"), person("ben", "Unsorted"))
    thread_id = waiting_thread(store, None)
    assign.drain(store, NOON)
    assert holders(store, [thread_id]) == {thread_id: "ben"}


def test_an_assigned_thread_is_never_offered_again(store: Store) -> None:
    workspace = staffed(store)
    thread_id = waiting_thread(store)
    decide.assign(store, [thread_id], "ana", actor="ben", now=NOON)
    with store.write() as s:
        assert assign.assign_many(s, [thread_id], workspace, LATER) == {}
    assert holders(store, [thread_id]) == {thread_id: "ana"}


def test_who_really_spoke_with_this_author_is_asked_first(store: Store) -> None:
    staffed(store, person("ana", "Billing"), person("ben", "Billing"), person("cem", "Billing"))
    earlier = waiting_thread(store)
    decide.assign(store, [earlier], "ben", actor="ana", now=NOON)
    replied(store, earlier, "ben", at=NOON)
    # Since then it was only given to others, and answered by nobody knows whom.
    decide.assign(store, [earlier], "cem", actor="ana", now=LATER)
    replied(store, earlier, None, at=LATER)
    decide.close(store, [earlier], CloseReason.ANSWERED, actor="cem", now=LATER)
    for _ in range(3):
        waiting_thread(store, who="lee")
    next_one = waiting_thread(store, at=LATER)
    assign.drain(store, LATER)
    assert holders(store, [next_one]) == {next_one: "ben"}
    with store.read() as s:
        assert threads.reasons(s, next_one)[-1].sentence.startswith("Assigned to Ben: last spoke with this author, ")


def test_the_one_who_spoke_last_in_any_thread_of_the_author_counts(store: Store) -> None:
    staffed(store, person("ana", "Billing"), person("ben", "Billing"))
    first, second = waiting_thread(store), waiting_thread(store, at=LATER)
    replied(store, second, "ana", at=NOON)
    replied(store, first, "ben", at=LATER)
    decide.close(store, [first, second], CloseReason.ANSWERED, actor="ana", now=LATER)
    again = waiting_thread(store, at=LATER)
    assign.drain(store, LATER)
    assert holders(store, [again]) == {again: "ben"}


def test_a_tag_that_somebody_has_as_a_skill_is_asked_for(store: Store) -> None:
    ana, ben = person("ana", "Billing"), person("ben", "Billing")
    staffed(store, ana, replace(ben, skills=("vip",)))
    ids = [waiting_thread(store, who=f"k{n}") for n in range(4)]
    decide.tag(store, ids[1:], add=["vip", "refund"], actor="ana", now=NOON)
    assign.drain(store, NOON)
    assert list(holders(store, ids).values()) == ["ana", "ben", "ben", "ben"]
    with store.read() as s:
        assert "the only one available with the skill vip" in threads.reasons(s, ids[2])[-1].sentence


def test_history_that_waits_for_nobody_is_not_handed_out(store: Store) -> None:
    staffed(store)
    thread_id = waiting_thread(store)
    decide.correct(store, thread_id, needs_reply=False, actor="ana", now=NOON)
    assert not assign.drain(store, LATER).threads
    assert holders(store, [thread_id]) == {thread_id: None}


def test_two_drainers_and_deciders_never_give_one_thread_to_two(store: Store) -> None:
    staffed(store, *(person(name, "Billing", capacity=5) for name in ("ana", "ben", "cem", "dora")))
    ids = [waiting_thread(store, who=f"k{n}") for n in range(30)]
    start = Barrier(4)

    def drainer(_: int) -> None:
        start.wait()
        for _ in range(10):
            assign.drain(store, LATER, limit=3)

    def decider(name: str) -> int:
        start.wait()
        won = 0
        for each in ids:
            try:
                decide.assign(store, [each], name, actor=name, now=LATER, expect=1)
                won += 1
            except LostRace:
                continue
        return won

    with ThreadPoolExecutor(4) as pool:
        draining = [pool.submit(drainer, n) for n in range(2)]
        deciding = [pool.submit(decider, name) for name in ("ana", "ben")]
        for each in draining:
            each.result(timeout=60)
        by_hand = sum(each.result(timeout=60) for each in deciding)
    _each_thread_was_given_once(store, ids, by_hand)


def _each_thread_was_given_once(store: Store, ids: list[ThreadId], by_hand: int) -> None:
    with store.read() as s:
        given = s.execute(select(audit.c.thread_id, audit.c.actor).where(audit.c.action == "assign")).all()
        loads = {each.name: each.open_threads for each in people.employees(s)}
        held = threads.rows(s, ids)
    assert len({row.thread_id for row in given}) == len(given)
    assert sum(row.actor != "collector" for row in given) == by_hand
    assert {each.id for each in held if each.assignee} == {row.thread_id for row in given}
    for name, load in loads.items():
        assert load == sum(each.assignee == name for each in held)
    for name in ("cem", "dora"):
        assert loads[name] <= 5
