"""Decisions on threads: what each changes, who was quicker, and the way back."""

from dataclasses import replace
from datetime import timedelta

import pytest

from inbox.flow import decide
from inbox.model.ids import ThreadId
from inbox.model.view import ThreadFilter
from inbox.model.words import CloseReason, Metric, Priority, Status
from inbox.store import people, threads, views
from inbox.store.engine import Store
from inbox.store.errors import LostRace, NotFound, Refused
from tests.support.desk import NOON, clocks, staffed, state, waiting_thread

LATER = NOON + timedelta(minutes=10)


@pytest.fixture
def thread(store: Store) -> ThreadId:
    staffed(store)
    return waiting_thread(store)


def test_assigning_opens_a_thread_and_giving_it_back_makes_it_new(store: Store, thread: ThreadId) -> None:
    done = decide.assign(store, [thread], "ana", actor="ben", now=LATER)
    assert done.sentence == f"Thread {thread} assigned to Ana Doe."
    assert thread in done.change.threads
    found = state(store, thread)
    assert (found.status, found.assigned_at, found.started_at, found.version) == (Status.OPEN, LATER, None, 2)
    decide.assign(store, [thread], None, actor="ana", now=LATER)
    found = state(store, thread)
    assert (found.status, found.assignee_id) == (Status.NEW, None)


def test_an_unknown_or_absent_employee_is_refused(store: Store, thread: ThreadId) -> None:
    with pytest.raises(NotFound, match="There is no employee “zoe”"):
        decide.assign(store, [thread], "zoe", actor="ben", now=LATER)
    assert state(store, thread).version == 1


def test_a_lost_race_names_who_did_what(store: Store, thread: ThreadId) -> None:
    decide.move(store, [thread], "Baggage", actor="ben", now=LATER)
    with pytest.raises(
        LostRace, match=r"Ben moved this to Baggage meanwhile\.|The routing assigned this to ben meanwhile\."
    ):
        decide.close(store, [thread], CloseReason.ANSWERED, actor="ana", now=LATER, expect=1)
    decide.close(store, [thread], CloseReason.SPAM, actor="ben", now=LATER, expect=state(store, thread).version)
    with pytest.raises(LostRace, match=r"^Ben closed this \(spam\) meanwhile\."):
        decide.wait(store, [thread], actor="ana", now=LATER, expect={thread: 1})


def test_a_lost_race_on_one_thread_changes_none(store: Store, thread: ThreadId) -> None:
    other = waiting_thread(store, who="lee")
    decide.set_priority(store, [other], Priority.HIGH, actor="ben", now=LATER)
    with pytest.raises(LostRace):
        decide.close(store, [thread, other], CloseReason.SPAM, actor="ana", now=LATER, expect=1)
    assert state(store, thread).status is Status.NEW


def test_closing_cancels_response_clocks_with_the_reason(store: Store, thread: ThreadId) -> None:
    decide.close(store, [thread], CloseReason.NO_REPLY_NEEDED, actor="ana", now=LATER)
    first = next(clock for clock in clocks(store, thread) if clock.metric is Metric.FIRST)
    assert (first.cancelled_at, first.cancel_reason, first.met_at) == (LATER, "no reply needed", None)
    with store.read() as s:
        assert threads.row(s, thread).next_due_at is None


def test_reopening_gives_a_thread_back_to_its_assignee(store: Store, thread: ThreadId) -> None:
    decide.assign(store, [thread], "ana", actor="ben", now=LATER)
    decide.close(store, [thread], CloseReason.ANSWERED, actor="ana", now=LATER)
    decide.reopen(store, [thread], actor="ben", now=LATER)
    found = state(store, thread)
    assert (found.status, found.close_reason, found.closed_at) == (Status.OPEN, None, None)
    assert decide.reopen(store, [thread], actor="ben", now=LATER).undo is None


def test_a_snooze_ends_open_or_new(store: Store, thread: ThreadId) -> None:
    nobodys = waiting_thread(store, who="lee")
    decide.assign(store, [thread], "ana", actor="ben", now=LATER)
    until = LATER + timedelta(hours=2)
    decide.snooze(store, [thread, nobodys], until, actor="ana", now=LATER)
    assert not decide.wake(store, now=until - timedelta(seconds=1)).threads
    assert state(store, thread).status is Status.SNOOZED
    assert decide.wake(store, now=until).threads == {thread, nobodys}
    assert (state(store, thread).status, state(store, nobodys).status) == (Status.OPEN, Status.NEW)
    assert state(store, thread).snoozed_until is None


def test_a_snooze_into_the_past_and_a_wait_of_a_closed_thread_are_refused(store: Store, thread: ThreadId) -> None:
    with pytest.raises(Refused, match="That time has passed"):
        decide.snooze(store, [thread], LATER, actor="ana", now=LATER)
    decide.close(store, [thread], CloseReason.SPAM, actor="ana", now=LATER)
    with pytest.raises(Refused, match=r"is closed\. Reopen it first"):
        decide.wait(store, [thread], actor="ana", now=LATER)


def test_waiting_pauses_resolution(store: Store, thread: ThreadId) -> None:
    decide.wait(store, [thread], actor="ana", now=LATER)
    resolution = next(clock for clock in clocks(store, thread) if clock.metric is Metric.RESOLUTION)
    assert resolution.paused == ((LATER, None),)


def test_moving_frees_a_thread_of_someone_who_does_not_answer_there_and_routes_it(
    store: Store, thread: ThreadId
) -> None:
    decide.assign(store, [thread], "ana", actor="ben", now=LATER)
    decide.move(store, [thread], "baggage", actor="ana", now=LATER)
    with store.read() as s:
        row, why = threads.row(s, thread), threads.reasons(s, thread)
    assert (row.area, row.assignee, row.status) == ("Baggage", "ben", Status.OPEN)
    assert [each.sentence for each in why][-2:] == [
        "Ana moved this to Baggage.",
        "Assigned to Ben: the only one available, 0 threads.",
    ]


def test_moving_to_unsorted_leaves_no_area(store: Store, thread: ThreadId) -> None:
    assert (
        decide.move(store, [thread], "Unsorted", actor="ana", now=LATER).sentence
        == f"Thread {thread} moved to Unsorted."
    )
    assert state(store, thread).area_id is None


def test_who_touches_an_assigned_thread_has_started_on_it(store: Store, thread: ThreadId) -> None:
    decide.assign(store, [thread], "ana", actor="ana", now=LATER)
    assert state(store, thread).started_at is None
    decide.note(store, thread, "I call them.", actor="ben", now=LATER)
    assert state(store, thread).started_at is None
    decide.note(store, thread, "Done.", actor="ana", now=LATER)
    assert state(store, thread).started_at == LATER


def test_tags_come_and_go(store: Store, thread: ThreadId) -> None:
    done = decide.tag(store, [thread], add=["#vip", "late  bag"], actor="ana", now=LATER)
    assert done.sentence == "Tagged late bag, vip."
    decide.tag(store, [thread], remove=["vip"], actor="ana", now=LATER)
    with store.read() as s:
        assert threads.row(s, thread).tags == ("late bag",)
    assert decide.tag(store, [thread], add=["late bag"], actor="ana", now=LATER).undo is None
    with pytest.raises(Refused, match="cannot be empty"):
        decide.tag(store, [thread], add=["# "], actor="ana", now=LATER)


def test_an_empty_note_is_refused(store: Store, thread: ThreadId) -> None:
    with pytest.raises(Refused, match="The note is empty"):
        decide.note(store, thread, "  ", actor="ana", now=LATER)


def test_reading_makes_no_new_version(store: Store, thread: ThreadId) -> None:
    assert decide.mark_read(store, thread, "ana").threads == {thread}
    assert not decide.mark_read(store, thread, "ana").threads
    with store.read() as s:
        row = threads.row(s, thread)
    assert (row.unread, row.version) == (False, 1)


def test_correcting_a_judgement_starts_and_ends_the_clock(store: Store, thread: ThreadId) -> None:
    decide.correct(store, thread, needs_reply=False, actor="ana", now=LATER)
    assert [clock for clock in clocks(store, thread) if clock.running and clock.metric is Metric.FIRST] == []
    done = decide.correct(store, thread, needs_reply=True, actor="ana", now=LATER)
    assert done.sentence == "Corrected: needs a reply."
    first = next(clock for clock in clocks(store, thread) if clock.metric is Metric.FIRST)
    assert (first.running, first.started_at) == (True, NOON)


def test_noise_leaves_the_queue_and_waits_for_no_reply(store: Store, thread: ThreadId) -> None:
    done = decide.correct(store, thread, hidden=True, actor="ana", now=LATER)
    assert done.sentence == "Corrected: needs no reply, noise."
    assert not [clock for clock in clocks(store, thread) if clock.running and clock.metric is Metric.FIRST]
    with store.read() as s:
        assert views.page(s, ThreadFilter()).rows == ()


def test_a_closed_thread_comes_back_when_a_reply_is_needed_after_all(store: Store, thread: ThreadId) -> None:
    decide.correct(store, thread, needs_reply=False, actor="ana", now=LATER)
    decide.close(store, [thread], CloseReason.NO_REPLY_NEEDED, actor="ana", now=LATER)
    decide.correct(store, thread, needs_reply=True, actor="ana", now=LATER)
    assert state(store, thread).status is Status.NEW
    assert any(clock.running for clock in clocks(store, thread))


def test_every_decision_is_in_the_audit_with_its_version(store: Store, thread: ThreadId) -> None:
    decide.assign(store, [thread], "ana", actor="ben", now=LATER)
    decide.set_priority(store, [thread], Priority.URGENT, actor="ben", now=LATER)
    with store.read() as s:
        events = threads.audit_events(s, thread)
    assert [(each.actor, each.action, each.details) for each in events] == [
        ("ben", "assign", {"employee": "ana", "version": 2}),
        ("ben", "priority", {"priority": "urgent", "version": 3}),
    ]


@pytest.mark.parametrize(
    "decision",
    [
        lambda store, ids: decide.assign(store, ids, "ana", actor="ben", now=LATER),
        lambda store, ids: decide.move(store, ids, "Baggage", actor="ben", now=LATER),
        lambda store, ids: decide.close(store, ids, CloseReason.ANSWERED, actor="ben", now=LATER),
        lambda store, ids: decide.wait(store, ids, actor="ben", now=LATER),
        lambda store, ids: decide.snooze(store, ids, LATER + timedelta(days=1), actor="ben", now=LATER),
        lambda store, ids: decide.set_priority(store, ids, Priority.URGENT, actor="ben", now=LATER),
        lambda store, ids: decide.tag(store, ids, add=["x"], actor="ben", now=LATER),
        lambda store, ids: decide.note(store, ids[0], "hello", actor="ben", now=LATER),
        lambda store, ids: decide.correct(store, ids[0], needs_reply=False, hidden=True, actor="ben", now=LATER),
    ],
    ids=["assign", "move", "close", "wait", "snooze", "priority", "tag", "note", "correct"],
)
def test_undo_puts_everything_back(store: Store, thread: ThreadId, decision) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    before, clocks_before = state(store, thread), clocks(store, thread)
    done = decision(store, [thread])
    assert state(store, thread).version > before.version
    decide.undo(store, done.undo, actor="ben", now=LATER + timedelta(seconds=5))
    after = state(store, thread)
    assert after == replace(before, version=after.version)
    assert clocks(store, thread) == clocks_before
    with store.read() as s:
        found = threads.get(s, thread)
    assert (found.row.tags, found.notes, found.mentions[0].needs_reply) == ((), (), True)


def test_undo_after_somebody_else_is_a_lost_race(store: Store, thread: ThreadId) -> None:
    done = decide.close(store, [thread], CloseReason.SPAM, actor="ben", now=LATER)
    decide.reopen(store, [thread], actor="ana", now=LATER)
    assert done.undo is not None
    with pytest.raises(LostRace, match=r"^Ana reopened this meanwhile"):
        decide.undo(store, done.undo, actor="ben", now=LATER)


def test_many_threads_are_one_decision(store: Store, thread: ThreadId) -> None:
    ids = [thread, waiting_thread(store, who="lee"), waiting_thread(store, who="mo")]
    done = decide.close(store, ids, CloseReason.DUPLICATE, actor="ana", now=LATER)
    assert done.sentence == "3 threads closed: duplicate."
    assert done.change.threads == set(ids)
    assert done.undo is not None
    decide.undo(store, done.undo, actor="ana", now=LATER)
    assert {state(store, each).status for each in ids} == {Status.NEW}


def test_people_who_are_away_are_given_nothing(store: Store, thread: ThreadId) -> None:
    with store.write() as s:
        people.set_away(s, "ana", away=True, actor="ana", now=NOON)
    with pytest.raises(Refused, match="Ana Doe is away"):
        decide.assign(store, [thread], "ana", actor="ben", now=LATER)
