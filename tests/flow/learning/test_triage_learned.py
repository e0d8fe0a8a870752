"""What triage makes of what was learnt: areas, placements, and who is never overruled."""

from dataclasses import replace

import pytest

from inbox.flow import decide, facts, triage
from inbox.model.fact import FactKind
from inbox.model.ids import AreaId, EmployeeId, ThreadId
from inbox.model.people import Area, Employee
from inbox.model.placement import Corrected, Correction, ModelState, Placement
from inbox.model.thread import Thread
from inbox.model.words import ReasonStep
from inbox.model.workspace import Rule, Settings, Then, When, Workspace
from inbox.store import config, corrections, learned, placements, threads
from inbox.store.engine import Store
from tests.support.models import keep, model_bytes
from tests.support.talk import START, Talk, at

AREAS = (Area(AreaId(0), "Baggage", ("suitcase",)), Area(AreaId(0), "Billing", ("refund",)))
WORKSPACE = Workspace(Settings(confidence=0.7), areas=AREAS)
ANA = Employee(EmployeeId(0), "ana", "Ana Ruiz", areas=("Baggage", "Billing"), capacity=5)
CLEAR = "Where is my trolley? The carousel lost my trolley and the luggage"
VAGUE = "Can somebody look at this again please?"


def run(talk: Talk, minutes: float) -> None:
    triage.triage_pending(talk.store, now=at(minutes))


def whole(talk: Talk, thread_id: ThreadId) -> Thread:
    with talk.store.read() as s:
        return threads.get(s, thread_id)


def placed(store: Store, thread_id: ThreadId) -> Placement:
    with store.read() as s:
        return placements.of_threads(s, [thread_id])[thread_id]


def test_the_learned_area_places_a_thread_and_says_why(store: Store) -> None:
    talk = Talk(store, replace(WORKSPACE, employees=(ANA,)))
    model = keep(store)
    thread_id = talk.says(0, CLEAR)
    run(talk, 1)
    thread = whole(talk, thread_id)
    assert (thread.row.area, thread.row.assignee) == ("Baggage", "ana")
    why = next(each for each in thread.why if each.step is ReasonStep.LEARNED)
    assert "sure of Baggage" in why.sentence
    assert {"trolley", "carousel", "luggage"} & set(why.matched)
    kept = placed(store, thread_id)
    assert (kept.area, kept.step, kept.model) == ("Baggage", ReasonStep.LEARNED, model.id)
    assert kept.probability is not None
    assert kept.probability > 0.7
    assert [area for area, _ in kept.ranked] == ["Baggage", "Billing"]


def test_what_the_author_wrote_before_is_read_too_and_said(store: Store) -> None:
    from inbox.routing.learned import Model

    talk = Talk(store, WORKSPACE)
    keep(store, replace(Model.load(model_bytes()), leaning=1.0).dump())
    other = talk.says(0, VAGUE, who="bob")
    talk.says(1, CLEAR, who="ann")
    follows = talk.says(2, VAGUE, who="ann")
    run(talk, 3)
    chances = [dict(placed(store, thread_id).ranked)["Baggage"] for thread_id in (other, follows)]
    assert chances[1] > chances[0] + 0.1
    said = [next(each for each in whole(talk, key).why if each.step is ReasonStep.LEARNED) for key in (other, follows)]
    assert "wrote in the day before" not in said[0].sentence
    assert "What the author wrote in the day before was read too." in said[1].sentence


def test_what_is_not_sure_goes_to_unsorted_and_is_kept_as_such(store: Store) -> None:
    talk = Talk(store, replace(WORKSPACE, settings=Settings(confidence=0.99)))
    keep(store)
    thread_id = talk.says(0, "My luggage and my receipt are gone")
    run(talk, 1)
    kept = placed(store, thread_id)
    assert (whole(talk, thread_id).row.area, kept.area, kept.step) == (None, None, ReasonStep.LEARNED)
    assert len(kept.ranked) == 2


def test_a_rule_goes_before_what_was_learnt(store: Store) -> None:
    rule = Rule("luggage to billing", When(text_any=("luggage",)), Then(area="Billing"))
    talk = Talk(store, replace(WORKSPACE, rules=(rule,)))
    keep(store)
    thread_id = talk.says(0, CLEAR)
    run(talk, 1)
    kept = placed(store, thread_id)
    assert (kept.area, kept.step, kept.rule) == ("Billing", ReasonStep.RULE, "luggage to billing")


def test_a_keyword_places_where_nothing_is_learnt(store: Store) -> None:
    talk = Talk(store, WORKSPACE)
    thread_id = talk.says(0, "My suitcase is gone")
    run(talk, 1)
    kept = placed(store, thread_id)
    assert (kept.area, kept.step, kept.model, kept.ranked) == ("Baggage", ReasonStep.KEYWORD, None, ())


def test_an_unsorted_thread_is_placed_once_a_later_mention_makes_its_area_clear(store: Store) -> None:
    talk = Talk(store, WORKSPACE)
    thread_id = talk.says(0, VAGUE)
    run(talk, 1)
    assert placed(store, thread_id).area is None
    keep(store)
    talk.says(5, CLEAR, to=thread_id)
    run(talk, 6)
    assert (whole(talk, thread_id).row.area, placed(store, thread_id).area) == ("Baggage", "Baggage")


def test_an_unsorted_thread_that_somebody_took_stays_with_them(store: Store) -> None:
    talk = Talk(store, replace(WORKSPACE, employees=(ANA,)))
    thread_id = talk.says(0, VAGUE)
    run(talk, 1)
    decide.assign(store, [thread_id], "ana", actor="ana", now=at(2))
    keep(store)
    talk.says(5, CLEAR, to=thread_id)
    run(talk, 6)
    assert (whole(talk, thread_id).row.area, whole(talk, thread_id).row.assignee) == (None, "ana")


@pytest.mark.parametrize("area", ["Billing", "Unsorted"])
def test_a_thread_that_a_person_moved_is_never_moved_by_the_routing(store: Store, area: str) -> None:
    talk = Talk(store, WORKSPACE)
    keep(store)
    thread_id = talk.says(0, CLEAR)
    run(talk, 1)
    decide.move(store, [thread_id], area, actor="ana", now=at(2))
    with store.write() as s:
        if not corrections.count(s, Corrected.AREA):
            corrections.add(s, [Correction(thread_id, None, Corrected.AREA, "Baggage", area, "ana", at(2))])
    talk.says(5, CLEAR, to=thread_id)
    run(talk, 6)
    assert whole(talk, thread_id).row.area == (None if area == "Unsorted" else area)


def test_praise_is_placed_quietly(store: Store) -> None:
    talk = Talk(store, replace(WORKSPACE, employees=(ANA,)))
    keep(store)
    thread_id = talk.says(0, "Thank you for the lovely suitcase and luggage carousel trolley")
    run(talk, 1)
    row = whole(talk, thread_id).row
    assert (row.area, row.assignee, row.next_due_at) == ("Baggage", None, None)


@pytest.mark.parametrize(("needed", "text"), [(False, "Where is my luggage?"), (True, "Thank you for the luggage")])
def test_a_rule_overrules_whether_a_reply_is_needed(store: Store, needed: bool, text: str) -> None:
    rule = Rule("luggage", When(text_any=("luggage",)), Then(needs_reply=needed))
    talk = Talk(store, replace(WORKSPACE, rules=(rule,)))
    thread_id = talk.says(0, text)
    run(talk, 1)
    thread = whole(talk, thread_id)
    assert thread.mentions[0].needs_reply is needed
    assert bool(thread.clocks) is needed
    assert "A rule says that it needs" in thread.why[0].sentence


def test_an_area_that_the_model_knows_and_the_workspace_does_not_goes_to_unsorted(store: Store) -> None:
    talk = Talk(store, WORKSPACE)
    keep(store)
    with store.write() as s:
        config.save(s, replace(WORKSPACE, areas=AREAS[1:]), "ana", START)
    thread_id = talk.says(0, CLEAR)
    run(talk, 1)
    kept = placed(store, thread_id)
    assert (whole(talk, thread_id).row.area, kept.area) == (None, None)
    assert [area for area, _ in kept.ranked] == ["Billing"]


def test_a_damaged_model_leaves_the_last_good_one_deciding(store: Store) -> None:
    talk = Talk(store, WORKSPACE)
    good = keep(store)
    bad = keep(store, model_bytes()[:-100])
    thread_id = talk.says(0, CLEAR)
    run(talk, 1)
    assert placed(store, thread_id).model == good.id
    with store.read() as s:
        assert {each.id: each.state for each in learned.history(s, Corrected.AREA)}[bad.id] is ModelState.DAMAGED


@pytest.mark.parametrize("text", ["🧳🧳🧳", "x" * 100_000, "carousel " * 11_000, "\u202e\u0301", "行李在哪里"])
def test_odd_texts_are_routed_like_any_other(store: Store, text: str) -> None:
    talk = Talk(store, WORKSPACE)
    keep(store)
    thread_id = talk.says(0, text)
    run(talk, 1)
    assert placed(store, thread_id).model is not None


def test_where_the_model_fails_rules_and_keywords_decide_alone(
    store: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from inbox.routing.learned import Model

    def fails(*_: object) -> None:
        raise MemoryError("no room")

    talk = Talk(store, WORKSPACE)
    keep(store)
    monkeypatch.setattr(Model, "predict", fails)
    thread_id = talk.says(0, "My suitcase is gone")
    run(talk, 1)
    assert placed(store, thread_id).step is ReasonStep.KEYWORD
    assert "Rules and keywords decide alone." in caplog.text


def test_facts_and_sentiment_are_saved_with_the_mention(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    found = facts.find_many
    monkeypatch.setattr(
        facts,
        "find_many",
        lambda mentions, heads: [replace(each, sentiment="negative") for each in found(mentions, heads)],
    )
    talk = Talk(store, WORKSPACE)
    thread_id = talk.says(0, "Where is my suitcase?")
    run(talk, 1)
    mention = whole(talk, thread_id).mentions[0]
    assert (mention.sentiment, mention.facts[FactKind.NEEDS_REPLY].value) == ("negative", True)
