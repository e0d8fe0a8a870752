"""Running clocks follow the hours of their calendar, whoever changed those; what is late stays late."""

import threading
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest

from inbox.flow import clocks, decide, remeasure, triage
from inbox.flow.clock_words import KEPT, MOVED, event_sentence
from inbox.model.clock import Clock
from inbox.model.ids import ThreadId
from inbox.model.people import WEEKDAYS, Interval
from inbox.model.words import CloseReason, Metric, Priority
from inbox.model.workspace import Calendar, Policy, Workspace
from inbox.sla.hours import zone
from inbox.store import clocks as clock_rows
from inbox.store import config, hours_seen, threads
from inbox.store.engine import Store
from inbox.store.hours_seen import HoursSeen
from tests.support.talk import START, Talk, at

HOUR = timedelta(hours=1)
OFFICE = Calendar("office", week=dict.fromkeys(WEEKDAYS[:5], (Interval(time(9), time(17)),)))
CLOSED = replace(OFFICE, closed=(START.date(),))
WORKSPACE = Workspace(calendars=(OFFICE,), policies=(Policy("p", calendar="office", first_response=2 * HOUR),))
TOMORROW = START + timedelta(days=1, hours=2)
DUE = START + 2 * HOUR


def begin(store: Store, count: int = 1) -> tuple[Talk, list[ThreadId]]:
    """Questions of Monday 9:00, due 11:00; the hours were looked at."""
    talk = Talk(store, WORKSPACE)
    made = [talk.says(0, "Where is my suitcase?", who=f"ann{number}") for number in range(count)]
    triage.triage_pending(store, now=at(1))
    remeasure.remeasure(store, now=at(1))
    return talk, made


def put(store: Store, *calendars: Calendar) -> None:
    with store.write() as s:
        config.save(s, replace(config.load(s), calendars=calendars), "command", at(2))


def first(store: Store, thread_id: ThreadId) -> Clock:
    with store.read() as s:
        return next(each for each in threads.clocks(s, thread_id) if each.metric is Metric.FIRST)


def events(store: Store, thread_id: ThreadId) -> list[tuple[str, dict[str, Any]]]:
    with store.read() as s:
        found = threads.audit_events(s, thread_id)
    return [(each.action, dict(each.details)) for each in found if each.action in {MOVED, KEPT}]


def test_a_calendar_that_is_edited_moves_deadlines_once_and_says_so(store: Store) -> None:
    talk, (thread_id,) = begin(store)
    put(store, CLOSED)
    change = remeasure.remeasure(store, now=at(3))
    assert thread_id in change.threads
    assert (first(store, thread_id).due_at, talk.row(thread_id).next_due_at) == (TOMORROW, TOMORROW)
    remeasure.remeasure(store, now=at(4))
    assert [event_sentence(action, details, zone("UTC")) for action, details in events(store, thread_id)] == [
        "First response 1: the deadline moved from 2026-11-02 11:00 to 2026-11-03 11:00. "
        "The hours of the calendar “office” changed."
    ]


def test_hours_that_mean_the_same_move_nothing(store: Store) -> None:
    _, (thread_id,) = begin(store)
    put(store, replace(OFFICE, closed=(date(2026, 11, 8),)))
    assert not remeasure.remeasure(store, now=at(3)).threads
    assert events(store, thread_id) == []


def test_another_library_of_holidays_is_noticed_at_the_start(store: Store) -> None:
    talk, (thread_id,) = begin(store)
    with store.write() as s:  # as an older library had it, with today a holiday
        rows = clock_rows.histories(s, [thread_id])[thread_id].clocks
        clock_rows.save(s, [(thread_id, replace(row, due_at=TOMORROW)) for row in rows if row.due_at])
        hours_seen.put(s, {"office": HoursSeen({"2026": "of an older library"})})
    remeasurer = remeasure.Remeasurer(store, lambda: at(5))
    assert remeasurer.step() > 1
    assert (first(store, thread_id).due_at, talk.row(thread_id).next_due_at) == (DUE, DUE)
    assert len(events(store, thread_id)) == 1


@pytest.mark.parametrize("marked", [True, False])
def test_what_is_late_stays_late(store: Store, marked: bool) -> None:
    _, (thread_id,) = begin(store)
    if marked:
        clocks.due(store, now=at(130))
    put(store, CLOSED)
    remeasure.remeasure(store, now=at(131))
    clocks.due(store, now=at(132))
    late = first(store, thread_id)
    assert (late.due_at, late.breached_at) == (DUE, DUE)
    decide.set_priority(store, [thread_id], Priority.HIGH, actor="command", now=at(133))
    assert first(store, thread_id).breached_at == DUE
    assert events(store, thread_id) == []


def test_what_has_ended_stays_as_it_was(store: Store) -> None:
    _, (thread_id,) = begin(store)
    decide.close(store, [thread_id], CloseReason.SPAM, actor="command", now=at(2))
    put(store, CLOSED)
    remeasure.remeasure(store, now=at(3))
    assert (first(store, thread_id).due_at, events(store, thread_id)) == (DUE, [])


def test_a_calendar_that_is_gone_is_said_and_deadlines_stand(store: Store) -> None:
    _, (thread_id,) = begin(store)
    put(store)
    remeasure.remeasure(store, now=at(3))
    remeasure.remeasure(store, now=at(4))
    assert first(store, thread_id).due_at == DUE
    assert [event_sentence(*each, zone("UTC")) for each in events(store, thread_id)] == [
        "First response 1 keeps its deadline. There is no calendar “office” any more."
    ]


def test_a_calendar_without_open_hours_is_said_with_the_reason(store: Store) -> None:
    _, (thread_id,) = begin(store)
    put(store, replace(OFFICE, week={}))
    remeasure.remeasure(store, now=at(3))
    assert first(store, thread_id).due_at == DUE
    assert [(action, details["because"]) for action, details in events(store, thread_id)] == [
        (KEPT, "The calendar “office” has no open hours.")
    ]


def test_a_policy_that_is_deleted_leaves_running_clocks_their_terms(store: Store) -> None:
    _, (thread_id,) = begin(store)
    with store.write() as s:
        config.save(s, replace(config.load(s), policies=()), "command", at(2))
    put(store, CLOSED)
    remeasure.remeasure(store, now=at(3))
    assert (first(store, thread_id).policy, first(store, thread_id).due_at) == ("p", TOMORROW)


def test_stopped_in_the_middle_the_next_collector_does_the_rest_and_nothing_twice(store: Store) -> None:
    _, made = begin(store, 7)
    put(store, CLOSED)
    real, transactions = store.write, iter(range(3))

    def dies(*, durable: bool = True) -> Any:
        if next(transactions, None) is None:
            raise KeyboardInterrupt
        return real(durable=durable)

    store.write = dies  # type: ignore[method-assign]
    with pytest.raises(KeyboardInterrupt):
        remeasure.remeasure(store, now=at(3), limit=2)
    store.write = real  # type: ignore[method-assign]
    assert 0 < sum(bool(events(store, each)) for each in made) < 7
    remeasure.remeasure(store, now=at(4), limit=2)
    assert {first(store, each).due_at for each in made} == {TOMORROW}
    assert [len(events(store, each)) for each in made] == [1] * 7


def test_two_collectors_move_each_deadline_once(store: Store) -> None:
    _, made = begin(store, 12)
    put(store, CLOSED)
    asked = {"target": remeasure.remeasure, "args": (store,), "kwargs": {"now": at(3), "limit": 1}}
    going = [threading.Thread(**asked) for _ in range(2)]  # type: ignore[arg-type]
    for each in going:
        each.start()
    for each in going:
        each.join(60)
    assert [len(events(store, each)) for each in made] == [1] * 12
    assert {first(store, each).due_at for each in made} == {TOMORROW}
