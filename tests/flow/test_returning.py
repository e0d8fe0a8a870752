"""Threads that go back to the queue: why, that the owner is told once, and that nothing is lost."""

from dataclasses import replace
from datetime import datetime, time, timedelta

from inbox.flow import assign, decide, returning
from inbox.flow import workspace as workspaces
from inbox.model.ids import EmployeeId, ThreadId
from inbox.model.notice import Notice
from inbox.model.outbox import Draft
from inbox.model.people import Area, Interval, Week
from inbox.model.words import CloseReason, DraftKind, ReasonStep, Status, Visibility
from inbox.store import config, drafts, notices, people, presence, threads
from inbox.store.engine import Store
from inbox.store.schema import thread as table
from tests.support.desk import NOON, holders, person, staffed, state, waiting_thread

LATER = NOON + timedelta(minutes=5)
MORNING: Week = {"mon": (Interval(time(8), time(13)),)}
OVER = NOON + timedelta(hours=1)
"""When the morning's shift ends."""


def told(store: Store, name: str) -> list[Notice]:
    with store.read() as s:
        number = {each.name: each.id for each in people.employees(s)}[name]
        return notices.newest(s, number)


def why(store: Store, thread_id: ThreadId) -> str:
    with store.read() as s:
        return threads.reasons(s, thread_id)[-1].sentence


def away(store: Store, name: str, at: datetime, *, back: bool = False) -> None:
    with store.write() as s:
        people.set_away(s, name, away=not back, actor=name, now=at)


def test_a_thread_not_started_in_time_goes_to_somebody_else_with_the_reason(store: Store) -> None:
    staffed(store, person("ana", "Billing"), person("ben", "Billing", capacity=0))
    thread_id = waiting_thread(store)
    assign.drain(store, NOON)
    assign.drain(store, NOON + timedelta(minutes=29))
    assert holders(store, [thread_id]) == {thread_id: "ana"}
    assign.drain(store, NOON + timedelta(minutes=30))
    assert (state(store, thread_id).status, state(store, thread_id).assignee_id) == (Status.NEW, None)
    with store.read() as s:
        last = threads.reasons(s, thread_id)[-1]
    assert last.step is ReasonStep.RETURN
    assert last.sentence == "Ana Doe had not started within 30m, so it is back in the queue."


def test_a_started_thread_stays(store: Store) -> None:
    staffed(store, person("ana", "Billing"))
    thread_id = waiting_thread(store)
    assign.drain(store, NOON)
    decide.note(store, thread_id, "I am on it.", actor="ana", now=LATER)
    assign.drain(store, NOON + timedelta(hours=2))
    assert holders(store, [thread_id]) == {thread_id: "ana"}


def test_the_end_of_a_shift_and_being_away_give_threads_back(store: Store) -> None:
    staffed(store, person("ana", "Billing", shifts=MORNING), person("ben", "Baggage"), return_after=None)
    shift, away = waiting_thread(store), waiting_thread(store, "Baggage", who="lee")
    assign.drain(store, NOON)
    assert holders(store, [shift, away]) == {shift: "ana", away: "ben"}
    with store.write() as s:
        people.set_away(s, "ben", away=True, actor="ben", now=LATER)
    assign.drain(store, NOON + timedelta(hours=1))
    assert holders(store, [shift, away]) == {shift: None, away: None}
    with store.read() as s:
        said = [threads.reasons(s, each)[-1].sentence for each in (shift, away)]
    assert said == [
        "The shift of Ana Doe has ended, so it is back in the queue.",
        "Ben Doe is away, so it is back in the queue.",
    ]


def test_a_thread_given_to_somebody_off_shift_on_purpose_stays_with_them(store: Store) -> None:
    staffed(store, person("ana", "Billing", shifts=MORNING), return_after=None)
    thread_id = waiting_thread(store)
    evening = NOON + timedelta(hours=6)
    decide.assign(store, [thread_id], "ana", actor="ben", now=evening)
    assign.drain(store, evening + timedelta(minutes=1))
    assert holders(store, [thread_id]) == {thread_id: "ana"}


def test_an_area_or_employee_taken_out_of_the_file_frees_their_threads(store: Store) -> None:
    workspace = staffed(store)
    moved, closed = waiting_thread(store, "Baggage"), waiting_thread(store, "Baggage", who="lee")
    freed = waiting_thread(store, who="mo")
    decide.assign(store, [freed], "ana", actor="ben", now=NOON)
    decide.close(store, [closed], CloseReason.SPAM, actor="ben", now=NOON)
    smaller = replace(workspace, areas=workspace.areas[:1], employees=(person("ben", "Billing"),))
    done = workspaces.apply(store, smaller, actor="command", now=LATER)
    assert done.returned == 2
    with store.read() as s:
        rows = {each.id: each for each in threads.rows(s, [moved, closed, freed])}
        why = threads.reasons(s, moved)
        assert config.load(s).areas[0].name == "Billing"
    assert (rows[moved].area, rows[closed].area) == (None, "Baggage")
    assert (rows[freed].assignee, rows[freed].status) == (None, Status.NEW)
    assert why[-1].sentence == "Baggage is no longer an area, so this is Unsorted."


def test_the_owner_is_told_once_of_all_that_went_back(store: Store) -> None:
    staffed(store, person("ana", "Billing", shifts=MORNING), person("ben", "Billing", capacity=0), return_after=None)
    ids = [waiting_thread(store, who=f"k{n}") for n in range(7)]
    assign.drain(store, NOON)
    assert set(holders(store, ids).values()) == {"ana"}
    returning.give_back(store, OVER, limit=3)
    assert set(holders(store, ids).values()) == {None}
    assert [each.sentence for each in told(store, "ana")] == ["7 threads went back to the queue: your shift has ended."]
    assign.drain(store, OVER + timedelta(seconds=1))
    assert len(told(store, "ana")) == 1
    assert told(store, "ben") == []


def test_one_thread_is_named_by_its_author_and_leads_to_it(store: Store) -> None:
    staffed(store, person("ana", "Billing"))
    thread_id = waiting_thread(store)
    assign.drain(store, NOON)
    assign.drain(store, NOON + timedelta(minutes=30))
    (only,) = told(store, "ana")
    assert only.sentence.startswith("The thread of ")
    assert only.sentence.endswith(" went back to the queue: you had not started within 30m.")
    assert only.thread_id == thread_id


def test_the_end_of_a_shift_takes_started_threads_too(store: Store) -> None:
    staffed(store, person("ana", "Billing", shifts=MORNING), person("ben", "Billing", capacity=1), return_after=None)
    first, second = waiting_thread(store), waiting_thread(store, who="lee")
    assign.drain(store, NOON)
    assert holders(store, [first, second]) == {first: "ana", second: "ben"}
    decide.note(store, first, "I am on it.", actor="ana", now=LATER)
    decide.close(store, [second], CloseReason.ANSWERED, actor="ben", now=OVER)
    assign.drain(store, OVER)
    assert holders(store, [first]) == {first: "ben"}


def test_a_reply_being_written_is_not_pulled_away(store: Store) -> None:
    staffed(store, person("ana", "Billing", shifts=MORNING), return_after=None)
    thread_id = waiting_thread(store)
    assign.drain(store, NOON)
    with store.write() as s:
        ana = people.employee(s, "ana").id
        presence.here(s, thread_id, "ana", claimed=True, now=OVER - timedelta(seconds=10))
        drafts.save(s, _draft(thread_id, ana))
    assign.drain(store, OVER)
    assert holders(store, [thread_id]) == {thread_id: "ana"}
    assign.drain(store, OVER + timedelta(minutes=1))
    assert holders(store, [thread_id]) == {thread_id: None}
    assert why(store, thread_id) == (
        "The shift of Ana Doe has ended, so it is back in the queue. "
        "The reply that they had begun is kept as their draft."
    )


def _draft(thread_id: ThreadId, employee: EmployeeId) -> Draft:
    return Draft(thread_id, employee, "We have found", Visibility.PUBLIC, None, 1, OVER, DraftKind.REPLY)


def test_an_area_that_is_gone_does_not_pull_a_reply_away_either(store: Store) -> None:
    workspace = staffed(store)
    thread_id = waiting_thread(store, "Baggage")
    decide.assign(store, [thread_id], "ben", actor="ben", now=NOON)
    with store.write() as s:
        presence.here(s, thread_id, "ben", claimed=True, now=LATER)
    workspaces.apply(store, replace(workspace, areas=workspace.areas[:1]), actor="command", now=LATER)
    with store.read() as s:
        (row,) = threads.rows(s, [thread_id])
    assert (row.area, row.assignee) == (None, "ben")
    assert why(store, thread_id) == "Baggage is no longer an area, so this is Unsorted."
    assert told(store, "ben") == []


def test_looking_on_does_not_hold_a_thread(store: Store) -> None:
    staffed(store, person("ana", "Billing", shifts=MORNING), return_after=None)
    thread_id = waiting_thread(store)
    assign.drain(store, NOON)
    with store.write() as s:
        presence.here(s, thread_id, "ana", claimed=False, now=OVER)
    assign.drain(store, OVER)
    assert holders(store, [thread_id]) == {thread_id: None}


def test_what_was_given_off_shift_goes_back_when_the_next_shift_has_ended(store: Store) -> None:
    daily: Week = {day: (Interval(time(8), time(13)),) for day in ("mon", "tue")}
    staffed(store, person("ana", "Billing", shifts=daily))
    thread_id = waiting_thread(store)
    evening = NOON + timedelta(hours=6)
    decide.assign(store, [thread_id], "ana", actor="ben", now=evening)
    morning = NOON + timedelta(hours=20)
    for at in (evening + timedelta(hours=1), morning, morning + timedelta(minutes=29)):
        assign.drain(store, at)
        assert holders(store, [thread_id]) == {thread_id: "ana"}
    decide.note(store, thread_id, "I am on it.", actor="ana", now=morning)
    assign.drain(store, NOON + timedelta(days=1, hours=2))
    assert holders(store, [thread_id]) == {thread_id: None}


def test_the_return_time_runs_from_the_start_of_the_shift(store: Store) -> None:
    daily: Week = {day: (Interval(time(8), time(13)),) for day in ("mon", "tue")}
    staffed(store, person("ana", "Billing", shifts=daily))
    thread_id = waiting_thread(store)
    decide.assign(store, [thread_id], "ana", actor="ben", now=NOON + timedelta(hours=6))
    assign.drain(store, NOON + timedelta(hours=20, minutes=30))
    assert "had not started within 30m" in why(store, thread_id)


def test_hours_that_a_file_changes_end_a_shift_as_well(store: Store) -> None:
    workspace = staffed(store, person("ana", "Billing", shifts=MORNING), return_after=None)
    thread_id = waiting_thread(store)
    assign.drain(store, NOON)
    never = replace(workspace, employees=(person("ana", "Billing", shifts={}),))
    workspaces.apply(store, never, actor="command", now=LATER)
    assign.drain(store, LATER)
    assert why(store, thread_id) == "The shift of Ana Doe has ended, so it is back in the queue."


def test_who_comes_back_is_offered_what_they_left_at_once(store: Store) -> None:
    staffed(store, person("ana", "Billing"))
    thread_id = waiting_thread(store)
    assign.drain(store, NOON)
    away(store, "ana", LATER)
    assign.drain(store, LATER)
    assert holders(store, [thread_id]) == {thread_id: None}
    away(store, "ana", LATER + timedelta(minutes=1), back=True)
    assign.drain(store, LATER + timedelta(minutes=1))
    assert holders(store, [thread_id]) == {thread_id: "ana"}


def test_an_area_that_is_gone_takes_its_threads_from_their_owners(store: Store) -> None:
    workspace = staffed(store)
    taken, waits = waiting_thread(store, "Baggage"), waiting_thread(store, "Baggage", who="lee")
    decide.assign(store, [taken, waits], "ben", actor="ben", now=NOON)
    decide.wait(store, [waits], actor="ben", now=NOON)
    renamed = replace(workspace, areas=(workspace.areas[0], Area(workspace.areas[1].id, "Bags")))
    done = workspaces.apply(store, renamed, actor="command", now=LATER)
    assert done.returned == 2
    assert "2 threads of what is gone went back to the queue" in done.sentence
    assert (state(store, taken).area_id, state(store, taken).assignee_id) == (None, None)
    assert (state(store, taken).status, state(store, waits).status) == (Status.NEW, Status.WAITING)
    assert why(store, taken) == (
        "Baggage is no longer an area, so this is Unsorted, and Ben Doe gave it back to the queue."
    )
    said = [each.sentence for each in told(store, "ben")]
    assert said == ["2 threads went back to the queue: Baggage is no longer an area."]


def test_threads_put_into_an_area_while_it_was_taken_out_are_not_lost(store: Store) -> None:
    workspace = staffed(store)
    with store.write() as s:
        config.save(s, replace(workspace, areas=workspace.areas[:1]), "command", NOON)
    thread_id = waiting_thread(store, None)
    with store.write() as s:
        gone = next(each for each in people.areas(s, removed=True) if each.name == "Baggage")
        s.execute(table.update().where(table.c.id == thread_id).values(area_id=gone.id))
    assign.drain(store, LATER)
    with store.read() as s:
        (row,) = threads.rows(s, [thread_id])
    assert row.area is None
    assert "Baggage is no longer an area" in why(store, thread_id)


def test_an_employee_whom_a_file_renames_gives_all_back_and_the_new_name_gets_it(store: Store) -> None:
    workspace = staffed(store, person("ana", "Billing"))
    ids = [waiting_thread(store, who=f"k{n}") for n in range(3)]
    assign.drain(store, NOON)
    done = workspaces.apply(
        store, replace(workspace, employees=(person("anna", "Billing"),)), actor="command", now=LATER
    )
    assert done.returned == 3
    assert "Ana Doe is no longer in the workspace" in why(store, ids[0])
    assign.drain(store, LATER)
    assert set(holders(store, ids).values()) == {"anna"}


def test_a_large_area_is_emptied_in_bounded_transactions(store: Store) -> None:
    workspace = staffed(store)
    ids = [waiting_thread(store, "Baggage", who=f"k{n}") for n in range(25)]
    smaller = replace(workspace, areas=workspace.areas[:1])
    with store.write() as s:
        config.save(s, smaller, "command", NOON)
    change = returning.give_back(store, LATER, limit=10)
    assert {each.area_id for each in (state(store, number) for number in ids)} == {None}
    assert change.threads == set(ids)
