"""Unsorted threads are looked at again once more was learnt."""

from dataclasses import replace

from inbox.flow import decide, triage
from inbox.flow.learning.again import look_again
from inbox.model.ids import AreaId, EmployeeId, ThreadId
from inbox.model.people import Area, Employee
from inbox.model.placement import Placement
from inbox.model.thread import Thread
from inbox.model.words import ReasonStep
from inbox.model.workspace import Settings, Workspace
from inbox.store import placements, threads
from inbox.store.engine import Store
from tests.support.models import keep
from tests.support.talk import Talk, at

AREAS = (Area(AreaId(0), "Baggage"), Area(AreaId(0), "Billing"))
WORKSPACE = Workspace(Settings(confidence=0.7), areas=AREAS)
ANA = Employee(EmployeeId(0), "ana", "Ana Ruiz", areas=("Baggage", "Billing"), capacity=5)
CLEAR = "Where is my trolley? The carousel lost my trolley and the luggage"
VAGUE = "Can somebody look at this again please?"


def unsorted(talk: Talk, text: str) -> ThreadId:
    thread_id = talk.says(0, text)
    triage.triage_pending(talk.store, now=at(1))
    return thread_id


def whole(store: Store, thread_id: ThreadId) -> Thread:
    with store.read() as s:
        return threads.get(s, thread_id)


def placed(store: Store, thread_id: ThreadId) -> Placement:
    with store.read() as s:
        return placements.of_threads(s, [thread_id])[thread_id]


def test_a_thread_that_is_clear_now_goes_to_its_area_and_to_an_employee_and_says_why(store: Store) -> None:
    talk = Talk(store, replace(WORKSPACE, employees=(ANA,)))
    thread_id = unsorted(talk, CLEAR)
    assert whole(store, thread_id).row.area is None
    model = keep(store)
    done = look_again(store, now=at(5))
    thread = whole(store, thread_id)
    assert (done.asked, done.placed) == (1, 1)
    assert (thread.row.area, thread.row.assignee) == ("Baggage", "ana")
    kept = placed(store, thread_id)
    assert (kept.area, kept.step, kept.model) == ("Baggage", ReasonStep.LEARNED, model.id)
    assert any(each.sentence.startswith("More was learnt meanwhile.") for each in thread.why)


def test_what_stays_unsure_gets_its_hints_and_is_not_asked_of_twice(store: Store) -> None:
    talk = Talk(store, replace(WORKSPACE, settings=Settings(confidence=0.999)))
    thread_id = unsorted(talk, VAGUE)
    keep(store)
    assert look_again(store, now=at(5)).asked == 1
    kept = placed(store, thread_id)
    assert kept.area is None
    assert {area for area, _ in kept.ranked} == {"Baggage", "Billing"}
    assert look_again(store, now=at(6)).asked == 0
    keep(store, now=at(7))
    assert look_again(store, now=at(8)).asked == 1


def test_what_a_person_sorted_or_took_is_left_alone(store: Store) -> None:
    talk = Talk(store, replace(WORKSPACE, employees=(ANA,)))
    moved, taken = unsorted(talk, CLEAR), unsorted(talk, CLEAR + " today")
    decide.move(store, [moved], "Billing", actor="ana", now=at(2))
    decide.move(store, [moved], "Unsorted", actor="ana", now=at(3))
    decide.assign(store, [taken], "ana", actor="ana", now=at(3))
    keep(store)
    done = look_again(store, now=at(5))
    assert (done.asked, done.placed) == (0, 0)
    assert whole(store, moved).row.area is None
    assert whole(store, taken).row.area is None


def test_nothing_is_asked_where_nothing_was_learnt(store: Store) -> None:
    talk = Talk(store, WORKSPACE)
    unsorted(talk, CLEAR)
    assert look_again(store, now=at(5)).asked == 0


def test_it_stops_when_it_is_told_to(store: Store) -> None:
    talk = Talk(store, WORKSPACE)
    thread_id = unsorted(talk, CLEAR)
    keep(store)
    assert look_again(store, now=at(5), stop=lambda: True).asked == 0
    assert placed(store, thread_id).model is None
