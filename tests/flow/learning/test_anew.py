"""A new model is asked about what was left in Unsorted before it."""

from dataclasses import replace

from inbox.flow import decide
from inbox.flow.learning.anew import Anew
from inbox.model.ids import ThreadId
from inbox.model.placement import Corrected
from inbox.model.words import ReasonStep, Status
from inbox.store import corrections
from inbox.store.engine import Store
from tests.flow.learning.test_triage_learned import ANA, AREAS, CLEAR, VAGUE, WORKSPACE, placed, run, whole
from tests.support.models import keep
from tests.support.talk import Talk, at


def look(store: Store) -> None:
    lane = Anew(store, lambda: at(50))
    while lane.step() < 1:
        pass


def test_clear_threads_are_placed_and_given_and_the_others_are_ranked(store: Store) -> None:
    areas = tuple(replace(area, keywords=()) for area in AREAS)
    talk = Talk(store, replace(WORKSPACE, areas=areas, employees=(ANA,)))
    clear = [talk.says(n, CLEAR, who=f"c{n}") for n in range(3)]
    vague = talk.says(5, "My luggage and my receipt are gone", who="v")
    praise = talk.says(6, "Thank you for the lovely suitcase and luggage carousel trolley", who="p")
    run(talk, 7)
    assert {talk.row(each).area_id for each in [*clear, vague, praise]} == {None}
    look(store)
    assert {talk.row(each).area_id for each in clear} == {None}
    model = keep(store)
    look(store)
    for thread_id in clear:
        thread = whole(talk, thread_id)
        assert (thread.row.area, thread.row.assignee, thread.row.status) == ("Baggage", "ana", Status.OPEN)
        assert (placed(store, thread_id).area, placed(store, thread_id).model) == ("Baggage", model.id)
        why = next(each for each in thread.why if each.step is ReasonStep.LEARNED)
        assert why.sentence.startswith("Learnt since it came: The learned area is sure of Baggage")
    kept = placed(store, vague)
    assert (whole(talk, vague).row.area, kept.model, len(kept.ranked)) == (None, model.id, 2)
    assert (whole(talk, praise).row.area, whole(talk, praise).row.assignee) == ("Baggage", None)


def test_each_model_is_asked_once(store: Store) -> None:
    talk = Talk(store, WORKSPACE)
    thread_id = talk.says(0, VAGUE)
    run(talk, 1)
    keep(store)
    look(store)
    version = whole(talk, thread_id).row.version
    look(store)
    assert whole(talk, thread_id).row.version == version
    second = keep(store)
    look(store)
    assert placed(store, thread_id).model == second.id


def test_what_a_person_took_closed_or_left_in_unsorted_stays(store: Store) -> None:
    areas = tuple(replace(area, keywords=()) for area in AREAS)
    talk = Talk(store, replace(WORKSPACE, areas=areas, employees=(ANA,)))
    taken, closed, left = (talk.says(n, CLEAR, who=f"c{n}") for n in range(3))
    run(talk, 5)
    decide.assign(store, [taken], "ana", actor="ana", now=at(6))
    talk.set(closed, status="closed")
    decide.move(store, [left], "Billing", actor="ana", now=at(6))
    decide.move(store, [left], "Unsorted", actor="ana", now=at(7))
    with store.read() as s:
        assert corrections.count(s, Corrected.AREA) == 2
    keep(store)
    look(store)
    assert {whole(talk, ThreadId(each)).row.area for each in (taken, closed, left)} == {None}


def test_who_sorts_a_thread_that_somebody_has_sees_what_the_model_thinks_of_it(store: Store) -> None:
    areas = tuple(replace(area, keywords=()) for area in AREAS)
    talk = Talk(store, replace(WORKSPACE, areas=areas, employees=(ANA,)))
    taken = talk.says(0, CLEAR)
    run(talk, 1)
    decide.assign(store, [taken], "ana", actor="ana", now=at(6))
    model = keep(store)
    look(store)
    kept = placed(store, taken)
    assert (kept.area, kept.model, kept.ranked[0][0]) == (None, model.id, "Baggage")
    assert (whole(talk, taken).row.area, whole(talk, taken).row.assignee) == (None, "ana")
