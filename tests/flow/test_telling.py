"""Supervisors hear of threads that nobody is there for: once, the right ones, also after downtime."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest

from inbox.flow import assign, decide
from inbox.flow.rounds import Rounds
from inbox.flow.telling import supervisors, tell
from inbox.model.ids import ThreadId
from inbox.model.notice import Notice, NoticeKind
from inbox.model.people import Employee
from inbox.model.words import Role, Status
from inbox.model.workspace import Workspace
from inbox.store import config, notices, people, threads
from inbox.store.engine import Store, open_store
from inbox.store.schema import thread
from tests.support.desk import NOON, person, staffed, state, waiting_thread

IN_TIME = NOON + timedelta(minutes=15)


def lead(name: str, *areas: str, role: Role = Role.SUPERVISOR) -> Employee:
    """Somebody who leads and is given no threads."""
    return replace(person(name, *areas, capacity=0), roles=(role,))


def told(store: Store, name: str) -> list[Notice]:
    with store.read() as s:
        number = {each.name: each.id for each in people.employees(s)}[name]
        return notices.newest(s, number)


def named(store: Store, *names: str) -> None:
    """Give the authors of all threads their names."""
    with store.write() as s:
        for number, name in enumerate(names, 1):
            s.execute(thread.update().where(thread.c.id == number).values(author_name=name))


def test_a_thread_that_nobody_is_there_for_is_told_of_after_the_set_time_and_once(store: Store) -> None:
    staffed(store, lead("sue", "Baggage"), lead("tom", "Billing"))
    thread_id = waiting_thread(store, "Baggage")
    named(store, "Kim Lee")
    tell(store, IN_TIME - timedelta(seconds=1))
    assert told(store, "sue") == []
    tell(store, IN_TIME)
    (only,) = told(store, "sue")
    assert only.sentence == "Kim Lee has waited 15m in Baggage: nobody there is available."
    assert (only.kind, only.thread_id, only.late) == (NoticeKind.NOBODY_AVAILABLE, thread_id, False)
    assert told(store, "tom") == []
    with store.read() as s:
        said = threads.reasons(s, thread_id)[-1].sentence
    assert said == "Nobody was available in Baggage for 15m, so Sue Doe was told."
    for minutes in (16, 60):
        tell(store, NOON + timedelta(minutes=minutes))
    assert len(told(store, "sue")) == 1
    assert state(store, thread_id).status is Status.NEW


def test_a_thread_taken_meanwhile_is_not_told_of(store: Store) -> None:
    staffed(store, lead("sue", "Baggage"), person("ana", "Baggage"))
    taken = waiting_thread(store, "Baggage")
    answered = waiting_thread(store, "Baggage", who="lee")
    decide.assign(store, [taken], "ana", actor="ana", now=NOON)
    decide.wait(store, [answered], actor="ana", now=NOON)
    tell(store, IN_TIME + timedelta(hours=1))
    assert told(store, "sue") == []


def test_after_downtime_it_is_told_late(store: Store) -> None:
    staffed(store, lead("sue", "Baggage"))
    waiting_thread(store, "Baggage")
    tell(store, IN_TIME + timedelta(hours=3))
    (only,) = told(store, "sue")
    assert only.late
    assert "has waited 3h15m in Baggage" in only.sentence


@pytest.mark.parametrize(("seconds", "late"), [(0, False), (60, False), (61, True)])
def test_a_minute_after_its_time_is_late(store: Store, seconds: int, late: bool) -> None:
    staffed(store, lead("sue", "Baggage"))
    waiting_thread(store, "Baggage")
    tell(store, IN_TIME + timedelta(seconds=seconds))
    assert told(store, "sue")[0].late is late


def test_many_at_once_are_one_sentence_and_none_is_told_of_again(store: Store) -> None:
    staffed(store, lead("sue", "Baggage"))
    for number in range(9):
        waiting_thread(store, "Baggage", who=f"k{number}")
    tell(store, IN_TIME, limit=4)
    assert [each.sentence for each in told(store, "sue")] == ["9 threads wait in Baggage: nobody there is available."]
    tell(store, IN_TIME + timedelta(minutes=1))
    waiting_thread(store, "Baggage", who="later", at=NOON + timedelta(minutes=2))
    tell(store, IN_TIME + timedelta(minutes=2))
    assert len(told(store, "sue")) == 2


def test_a_thread_that_comes_back_begins_another_wait(store: Store) -> None:
    staffed(store, lead("sue", "Billing"), person("ana", "Billing"))
    thread_id = waiting_thread(store)
    tell(store, IN_TIME)
    decide.assign(store, [thread_id], "ana", actor="ana", now=IN_TIME)
    returned = IN_TIME + timedelta(minutes=30)
    assign.drain(store, returned)
    assert state(store, thread_id).assignee_id is None
    tell(store, returned + timedelta(minutes=14))
    assert len(told(store, "sue")) == 1
    tell(store, returned + timedelta(minutes=15))
    assert len(told(store, "sue")) == 2


def test_unsorted_threads_are_told_of_too(store: Store) -> None:
    staffed(store, lead("sue", "Baggage"))
    waiting_thread(store, None)
    tell(store, IN_TIME)
    assert told(store, "sue")[0].sentence.endswith(" in Unsorted: nobody has sorted it.")


def test_without_a_set_time_and_without_leaders_nobody_is_told(store: Store) -> None:
    workspace = staffed(store, person("ana", "Billing"))
    waiting_thread(store, "Baggage")
    assert not tell(store, IN_TIME).topics
    silent = replace(workspace, employees=(lead("sue"),), settings=replace(workspace.settings, tell_after=None))
    with store.write() as s:
        config.save(s, silent, "command", NOON)
    tell(store, IN_TIME)
    assert told(store, "sue") == []


@pytest.mark.parametrize(
    ("staff", "expected"),
    [
        ((lead("sue", "Baggage"), lead("tom", "Billing"), lead("ada", role=Role.ADMIN)), ["sue"]),
        ((lead("tom", "Billing"), lead("uma"), lead("ada", role=Role.ADMIN)), ["tom", "uma"]),
        ((person("ana", "Baggage"), lead("ada", role=Role.ADMIN)), ["ada"]),
        ((person("ana", "Baggage"),), []),
    ],
)
def test_the_area_s_supervisors_else_any_else_the_admins_are_told(
    staff: tuple[Employee, ...], expected: list[str]
) -> None:
    assert [each.name for each in supervisors(Workspace(employees=staff), "Baggage")] == expected


def test_two_collectors_tell_once(store: Store) -> None:
    staffed(store, lead("sue", "Baggage"), lead("tom", "Baggage"))
    for number in range(3):
        waiting_thread(store, "Baggage", who=f"k{number}")
    start = Barrier(4)
    stores = [open_store(store.address) for _ in range(4)]

    def collector(own: Store) -> None:
        start.wait()
        for _ in range(5):
            tell(own, IN_TIME)

    with ThreadPoolExecutor(4) as pool:
        for each in [pool.submit(collector, own) for own in stores]:
            each.result(timeout=60)
    for own in stores:
        own.close()
    assert (len(told(store, "sue")), len(told(store, "tom"))) == (3, 3)
    with store.read() as s:
        assert len(threads.reasons(s, ThreadId(1))) == len({each.sentence for each in threads.reasons(s, ThreadId(1))})


def test_the_collector_tells_each_second(store: Store) -> None:
    staffed(store, lead("sue", "Baggage"))
    waiting_thread(store, "Baggage")
    Rounds(store, lambda: IN_TIME, lambda: False).tick()
    assert len(told(store, "sue")) == 1
