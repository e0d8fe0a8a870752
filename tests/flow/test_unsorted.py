"""The order in which unsorted threads are sorted, and what is read of them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from inbox.flow import unsorted
from inbox.flow.decide import close, move
from inbox.flow.unsorted import area_order, in_order
from inbox.model.ids import MentionId, ThreadId
from inbox.model.placement import Placement, Ranked
from inbox.model.words import CloseReason, ReasonStep
from inbox.store import config, placements
from inbox.store import unsorted as stored
from inbox.store.engine import Store
from inbox.store.schema import thread
from inbox.store.unsorted import Candidate
from tests.support.desk import NOON, staffed, waiting_thread

MINUTE = timedelta(minutes=1)
SURE: Ranked = (("Billing", 0.54), ("Baggage", 0.20))
TORN: Ranked = (("Billing", 0.41), ("Baggage", 0.40))


def waits(
    number: int, *, due: int | None = None, warn: int | None = None, ranked: Ranked = (), age: int = 0
) -> Candidate:
    return Candidate(
        ThreadId(number),
        None if due is None else NOON + due * MINUTE,
        None if warn is None else NOON + warn * MINUTE,
        NOON - age * MINUTE,
        ranked,
    )


def order(*found: Candidate) -> list[int]:
    return [each.id for each in in_order(found, NOON)]


def test_the_most_informative_comes_first() -> None:
    assert order(waits(1, ranked=SURE), waits(2, ranked=TORN)) == [2, 1]


def test_of_equal_margins_the_one_that_knows_least_comes_first() -> None:
    narrow: Ranked = (("Billing", 0.5), ("Baggage", 0.4), ("Press", 0.1))
    wide: Ranked = (("Billing", 0.3), ("Baggage", 0.2), ("Press", 0.2), ("Safety", 0.15), ("Cabin", 0.15))
    assert order(waits(1, ranked=narrow), waits(2, ranked=wide)) == [2, 1]


def test_what_presses_comes_before_what_teaches_most_by_deadline() -> None:
    late, soon = waits(3, due=-5, ranked=SURE), waits(4, due=10, warn=-1)
    assert order(waits(1, ranked=TORN, due=60, warn=45), soon, late) == [3, 4, 1]


def test_a_deadline_without_a_warning_presses_a_quarter_of_an_hour_before() -> None:
    assert order(waits(1, ranked=TORN, due=16), waits(2, ranked=SURE, due=15)) == [2, 1]


def test_what_nothing_is_known_of_comes_last_and_the_newest_first() -> None:
    assert order(waits(1, age=9), waits(2, age=3), waits(3, ranked=SURE, age=99)) == [3, 2, 1]


def test_one_area_alone_is_no_reason_to_fail() -> None:
    assert order(waits(1, ranked=(("Billing", 0.4),)), waits(2, ranked=TORN)) == [2, 1]


def test_the_queue_holds_only_live_unsorted_threads(store: Store) -> None:
    workspace = staffed(store)
    torn, sure, elsewhere, done = (
        waiting_thread(store, area, who=who)
        for who, area in (("kim", None), ("lee", None), ("max", "Billing"), ("noa", None))
    )
    close(store, [done], CloseReason.SPAM, actor="ana", now=NOON)
    with store.write() as s:
        placements.add(s, [placed(torn, TORN), placed(sure, SURE)])
    with store.read() as s:
        found = unsorted.queue(s, workspace, now=NOON, held=[elsewhere, sure])
        looked_at = {each.id for each in stored.candidates(s)}
    assert looked_at == {torn, sure}
    assert [row.id for row in found.rows] == [torn, sure]
    assert found.left == 2
    assert [row.id for row in found.held] == [sure]
    assert found.ranked[torn].ranked == TORN


def test_a_long_queue_is_read_no_further_than_asked(store: Store) -> None:
    workspace = staffed(store)
    ids = [waiting_thread(store, None, who=f"p{n}", at=NOON + n * MINUTE) for n in range(8)]
    with store.write() as s:
        s.execute(thread.update().values(next_due_at=None, warn_at=None))
    with store.read() as s:
        found = unsorted.queue(s, workspace, now=NOON, limit=3)
        few = stored.candidates(s, limit=4)
    assert [row.id for row in found.rows] == ids[:-4:-1]
    assert found.left == 8
    assert {each.id for each in few} == {*ids[:4], ids[-1]}


def test_a_thread_is_read_with_what_the_routing_made_of_it(store: Store) -> None:
    staffed(store)
    number = waiting_thread(store, None)
    with store.write() as s:
        placements.add(s, [placed(number, TORN)])
    with store.read() as s:
        found = unsorted.reading(s, number)
    assert found.thread.mentions[0].text == "Where is my bag?"
    assert found.placement is not None
    assert found.placement.ranked == TORN


def test_a_sorted_thread_leaves_the_queue(store: Store) -> None:
    workspace = staffed(store)
    number = waiting_thread(store, None)
    move(store, [number], "Baggage", actor="ana", now=NOON)
    with store.read() as s:
        assert unsorted.queue(s, workspace, now=NOON, held=[number]).held == ()


def test_areas_stand_by_likelihood_and_a_removed_one_not_at_all(store: Store) -> None:
    workspace = staffed(store)
    ranked: Ranked = (("Gone", 0.5), ("Baggage", 0.3))
    assert area_order(workspace, placed(ThreadId(1), ranked)) == [("Baggage", 0.3), ("Billing", None)]
    assert area_order(workspace, None) == [("Billing", None), ("Baggage", None)]
    assert area_order(replace(workspace, areas=()), None) == []


def test_a_thread_sorted_between_two_reads_is_left_out(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = staffed(store)
    number = waiting_thread(store, None)
    with store.read() as s:
        before = stored.candidates(s)
    move(store, [number], "Baggage", actor="ana", now=NOON)
    monkeypatch.setattr(stored, "candidates", lambda *_: before)
    monkeypatch.setattr(stored, "still", lambda *_: {number})
    with store.read() as s:
        found = unsorted.queue(s, workspace, now=NOON, held=[number])
    assert (found.rows, found.held) == ((), ())


def test_nobody_sorts_without_a_workspace(store: Store) -> None:
    with store.read() as s:
        assert unsorted.queue(s, config.load(s), now=NOON).rows == ()


def placed(number: ThreadId, ranked: Ranked) -> Placement:
    return Placement(number, MentionId(number), NOON, None, ReasonStep.LEARNED, None, ranked[0][1], 1, ranked)
