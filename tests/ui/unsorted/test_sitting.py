"""A sitting: what is left, what was done, how fast; and that nothing moves by itself."""

from datetime import timedelta

from inbox.flow.unsorted import Queue
from inbox.model.ids import ThreadId
from inbox.ui.unsorted import words
from inbox.ui.unsorted.sitting import Sitting
from tests.ui.fakes import NOW, row


def seconds(n: float) -> timedelta:
    return timedelta(seconds=n)


def queue(*numbers: int, held: tuple[int, ...] = (), version: int = 1) -> Queue:
    rows = tuple(row(each, version=version) for each in numbers)
    return Queue(rows, len(numbers), {}, tuple(row(each) for each in held))


def begun(*numbers: int) -> Sitting:
    made = Sitting()
    made.take(queue(*numbers), NOW)
    return made


def listed(sitting: Sitting) -> list[int]:
    return [each.id for each in sitting.rows]


def test_a_decision_brings_the_next_thread_at_once() -> None:
    sitting = begun(1, 2, 3)
    assert sitting.current == 1
    sitting.decide("Baggage", NOW + seconds(4))
    assert (sitting.current, sitting.left, sitting.total) == (2, 2, 3)
    assert sitting.pace() == 4


def test_who_was_away_for_long_was_not_slow() -> None:
    sitting = begun(1, 2, 3)
    sitting.decide("Baggage", NOW + seconds(4))
    sitting.decide("Baggage", NOW + seconds(4000))
    assert sitting.pace() == 4


def test_new_threads_wait_and_the_one_on_screen_stays() -> None:
    sitting = begun(1, 2)
    sitting.take(queue(9, 1, 8, 2), NOW)
    assert (listed(sitting), sitting.current) == ([1, 2], 1)
    assert [each.id for each in sitting.arrived] == [9, 8]
    sitting.take_arrivals(NOW)
    assert (listed(sitting), sitting.current, sitting.arrived) == ([1, 9, 8, 2], 1, [])


def test_new_threads_come_by_themselves_where_nothing_is_on_screen() -> None:
    sitting = begun()
    assert sitting.row is None
    sitting.take(queue(4), NOW)
    assert sitting.current == 4


def test_a_reading_from_before_a_decision_does_not_bring_its_thread_back() -> None:
    sitting = begun(1, 2)
    sitting.decide("Baggage", NOW)
    sitting.take(queue(1, 2), NOW)
    assert listed(sitting) == [2]
    assert sitting.arrived == []


def test_what_was_moved_back_by_somebody_is_new_again() -> None:
    sitting = begun(1, 2)
    sitting.decide("Baggage", NOW)
    sitting.take(queue(1, 2, version=3), NOW)
    assert [each.id for each in sitting.arrived] == [1]


def test_what_somebody_else_sorted_goes_but_not_from_under_ones_eyes() -> None:
    sitting = begun(1, 2, 3)
    sitting.take(queue(3), NOW)
    assert (listed(sitting), sitting.current, sitting.gone) == ([1, 3], 1, True)
    assert sitting.decide("Baggage", NOW) is None
    sitting.skip(NOW)
    assert (listed(sitting), sitting.current, sitting.gone) == ([3], 3, False)


def test_skipping_puts_it_at_the_end() -> None:
    sitting = begun(1, 2, 3)
    sitting.skip(NOW)
    assert (listed(sitting), sitting.current) == ([2, 3, 1], 2)


def test_undo_goes_back_one_after_the_other() -> None:
    sitting = begun(1, 2, 3)
    for _ in range(3):
        sitting.decide("Baggage", NOW)
    assert sitting.row is None
    assert [sitting.undo(NOW).row.id for _ in range(3)] == [3, 2, 1]  # type: ignore[union-attr]
    assert (sitting.current, sitting.left, sitting.done) == (1, 3, [])
    assert sitting.undo(NOW) is None


def test_what_could_not_be_sorted_comes_next_and_moves_nothing() -> None:
    sitting = begun(1, 2, 3)
    entry = sitting.decide("Baggage", NOW)
    assert entry is not None
    sitting.bring_back(entry, NOW)
    assert (listed(sitting), sitting.current, sitting.left) == ([2, 1, 3], 2, 3)


def test_walking_the_list_stays_within_it() -> None:
    sitting = begun(1, 2)
    sitting.step(1, NOW)
    sitting.step(1, NOW)
    assert sitting.current == 2
    sitting.go_to(ThreadId(99), NOW)
    assert sitting.current == 2
    assert sitting.next is not None
    assert sitting.next.id == 1


def test_the_pace_is_said_in_words() -> None:
    assert words.pace(None, 8) == ""
    assert words.pace(5.2, 8) == "5 s each, about 40 s to go"
    assert words.pace(30, 20) == "30 s each, about 10 min to go"
    assert words.pace(5, 0) == "5 s each"
    assert words.progress(4, 12) == "4 of 12 sorted"
