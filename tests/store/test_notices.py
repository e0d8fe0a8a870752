"""Notices are told once, seen once, and not kept for ever."""

from datetime import timedelta

from inbox.model.ids import EmployeeId
from inbox.model.notice import Notice, NoticeKind
from inbox.store import notices
from inbox.store.engine import Store
from tests.support.world import NOON, world

DAY = timedelta(days=1)


def put(store: Store, whom: EmployeeId, *ages: int) -> None:
    """Notices told so many days ago; each key is its age."""
    with store.write() as s:
        rows = [Notice(0, whom, NOON - age * DAY, NoticeKind.RETURNED, None, f"{age} days", f"k{age}") for age in ages]
        assert notices.add(s, rows) == len(ages)


def test_the_same_key_is_told_once_and_each_person_has_their_own(store: Store) -> None:
    ana = world(store).employee
    put(store, ana, 1)
    with store.write() as s:
        again = Notice(0, ana, NOON, NoticeKind.RETURNED, None, "again", "k1")
        assert notices.add(s, [again]) == 0
        assert not s.pending_change().topics
    with store.read() as s:
        assert [each.sentence for each in notices.unseen(s, ana)] == ["1 days"]


def test_a_notice_that_is_restated_stays_one(store: Store) -> None:
    ana = world(store).employee
    put(store, ana, 1)
    with store.write() as s:
        notices.restate(s, ana, "k1", "12 threads went back to the queue.")
    with store.read() as s:
        assert [each.sentence for each in notices.newest(s, ana)] == ["12 threads went back to the queue."]


def test_what_was_seen_long_ago_is_forgotten_and_what_nobody_saw_is_kept_longer(store: Store) -> None:
    ana = world(store).employee
    put(store, ana, 2, 40, 50, 400)
    with store.write() as s:
        numbers = {each.key: each.id for each in notices.newest(s, ana)}
        notices.mark_seen(s, ana, NOON - 40 * DAY, [numbers["k40"]])
        notices.mark_seen(s, ana, NOON, [numbers["k2"]])
        notices.prune(s, seen_before=NOON - 30 * DAY, told_before=NOON - 365 * DAY)
    with store.read() as s:
        assert [each.key for each in notices.newest(s, ana)] == ["k2", "k50"]
        assert notices.unseen_count(s, ana) == 1


def test_all_up_to_one_are_seen_and_what_comes_later_is_not(store: Store) -> None:
    ana = world(store).employee
    put(store, ana, 3, 2, 1)
    with store.write() as s:
        middle = next(each.id for each in notices.newest(s, ana) if each.key == "k2")
        notices.mark_seen(s, ana, NOON, up_to=middle)
    with store.read() as s:
        assert [each.key for each in notices.unseen(s, ana)] == ["k1"]
