"""Training on a workspace's own history: what is learnt, what is refused and why, on both engines."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from inbox.flow import triage
from inbox.flow.heads import heads
from inbox.flow.learning import train as training
from inbox.flow.learning.known import known, weight_of
from inbox.flow.learning.train import Outcome, Result, train_workspace
from inbox.model.ids import AreaId, EmployeeId, MentionId, ThreadId
from inbox.model.people import Area, Employee
from inbox.model.placement import Corrected, Correction, LearnedModel, ModelState
from inbox.model.workspace import Settings, Workspace
from inbox.store import config, corrections, learned
from inbox.store.engine import Store
from inbox.store.errors import DiskFull
from inbox.store.examples import Source
from inbox.store.schema import area, mention, payload, thread
from tests.support.models import SAYINGS, THINGS
from tests.support.talk import Talk, at

AREAS = (Area(AreaId(0), "Baggage"), Area(AreaId(0), "Billing"))
ANA = Employee(EmployeeId(0), "ana", "Ana Ruiz", areas=("Baggage",), capacity=5)
END = at(100)
WORKSPACE = Workspace(Settings(confidence=0.6), areas=AREAS, employees=(ANA,))


def texts(label: str | None, n: int) -> list[str]:
    return [SAYINGS[k % 5].format(thing=THINGS[label][k // 5 % 6]) for k in range(n)]


def teach(
    talk: Talk, counts: dict[str, int], *, minute: float = 0, actor: str = "ana", who: str = ""
) -> list[ThreadId]:
    """Threads that a person moved to an area."""
    ids: list[ThreadId] = []
    moved: list[Correction] = []
    for name, n in counts.items():
        for k, text in enumerate(texts(name, n)):
            thread_id = talk.says(minute + k, text, who=who or f"{name} {minute} {k}")
            ids.append(thread_id)
            moved.append(Correction(thread_id, None, Corrected.AREA, "Unsorted", name, actor, at(minute + k)))
    with talk.store.write() as s:
        areas = {row.name: row.id for row in s.execute(select(area))}
        for each in moved:
            s.execute(thread.update().where(thread.c.id == each.thread_id).values(area_id=areas[each.became]))
        s.execute(mention.update().values(triaged=True))
        corrections.add(s, moved)
    return ids


def learn(store: Store, *, now: datetime = END, force: bool = False) -> Outcome:
    return train_workspace(store, actor="ana", now=now, kinds=[Corrected.AREA], force=force)[0]


def current(store: Store) -> LearnedModel | None:
    with store.read() as s:
        return learned.current(s, Corrected.AREA)


def test_what_people_moved_is_learnt_and_then_places_threads(store: Store) -> None:
    talk = Talk(store, WORKSPACE)
    teach(talk, {"Baggage": 35, "Billing": 35})
    outcome = learn(store)
    assert outcome.result is Result.LEARNED, outcome.sentence
    assert "was learnt from 70 mentions" in outcome.sentence
    figures = outcome.figures
    assert (figures["n"], figures["sources"]) == (70, {"corrected": 70})
    assert figures["accuracy"] > 0.8
    assert {each["label"]: each["n"] for each in figures["labels"]} == {"Baggage": 35, "Billing": 35}
    assert figures["placed"]["right"] > 0.8
    assert figures["bytes"] == len(outcome.trained.data) if outcome.trained else 0
    assert [size for size, _, _ in figures["curve"]] == [30, 56]
    kept = current(store)
    assert kept is not None
    assert kept == outcome.model
    new = talk.says(200, "Where is my trolley?", who="new")
    triage.triage_pending(store, now=at(201))
    with store.read() as s:
        name = s.scalar(select(area.c.name).join(thread, thread.c.area_id == area.c.id).where(thread.c.id == new))
    assert name == "Baggage"


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ({}, "There are 0 labelled mentions. Learning begins at 60, with 10 in each of two areas."),
        ({"Baggage": 20}, "There are 20 labelled mentions (Baggage 20). Learning begins at 60"),
        ({"Baggage": 55, "Billing": 9}, "There are 64 labelled mentions (Baggage 55, Billing 9)."),
    ],
)
def test_too_little_is_told_with_figures_and_nothing_is_kept(store: Store, counts: dict[str, int], said: str) -> None:
    talk = Talk(store, WORKSPACE)
    teach(talk, counts)
    outcome = learn(store, force=True)
    assert outcome.result is Result.TOO_LITTLE
    assert outcome.sentence.startswith(said)
    with store.read() as s:
        assert learned.history(s, Corrected.AREA) == []


def test_a_workspace_of_one_area_learns_nothing(store: Store) -> None:
    talk = Talk(store, replace(WORKSPACE, areas=AREAS[:1]))
    teach(talk, {"Baggage": 70})
    assert learn(store).result is Result.TOO_LITTLE


def test_all_corrections_by_one_person_of_one_author_are_learnt_all_the_same(store: Store) -> None:
    talk = Talk(store, WORKSPACE)
    teach(talk, {"Baggage": 35, "Billing": 35}, who="the one author")
    assert learn(store).result is Result.LEARNED


def test_noise_that_nobody_could_learn_is_refused_and_the_last_good_model_stays(store: Store) -> None:
    talk = Talk(store, WORKSPACE)
    teach(talk, {"Baggage": 35, "Billing": 35})
    good = learn(store).model
    teach(talk, {"Baggage": 30, "Billing": 30}, minute=200)
    with store.write() as s:  # the same words for both
        s.execute(mention.update().values(text="Nobody answers me"))
    outcome = learn(store, now=at(300))
    assert outcome.result is Result.REFUSED
    assert "It is not used" in outcome.sentence
    assert current(store) == good
    with store.read() as s:
        assert [each.state for each in learned.history(s, Corrected.AREA)] == [ModelState.REFUSED, ModelState.CURRENT]


def test_a_model_that_is_worse_than_the_one_in_use_is_refused(store: Store) -> None:
    compared = {
        "n": 40,
        "before_right": 0.8,
        "before_wrong": 0.1,
        "after_right": 0.7,
        "after_wrong": 0.1,
        "margin": 0.02,
    }
    figures: dict[str, Any] = {
        "n": 100, "accuracy": 0.8, "labels": [{"n": 50}, {"n": 50}], "compared": {"with": "version 3", **compared},
    }  # fmt: skip
    Talk(store, WORKSPACE)
    task = training._read(store, Corrected.AREA)
    said = training._objection(task, figures)
    assert said == (
        "On 40 mentions it is right for 70% and wrong for 10%; version 3 for 80% and 10%. So version 3 stays in use."
    )
    figures["compared"]["after_right"] = 0.79
    assert training._objection(task, figures) == ""


def test_it_is_learnt_anew_only_when_enough_is_new(store: Store) -> None:
    talk = Talk(store, WORKSPACE)
    teach(talk, {"Baggage": 35, "Billing": 35})
    assert learn(store, now=at(100)).result is Result.LEARNED
    again = learn(store, now=at(150))
    assert again.result is Result.NOTHING_NEW
    assert "0 came and 0 were corrected" in again.sentence
    assert learn(store, now=at(150), force=True).result is Result.LEARNED
    teach(talk, {"Baggage": 4, "Billing": 4}, minute=200)
    assert learn(store, now=at(300)).result is Result.LEARNED
    with store.read() as s:
        assert len(learned.history(s, Corrected.AREA)) == 3


def test_an_area_that_is_gone_is_not_learnt(store: Store) -> None:
    talk = Talk(store, WORKSPACE)
    teach(talk, {"Baggage": 35, "Billing": 35})
    with store.write() as s:
        config.save(s, replace(WORKSPACE, areas=AREAS[1:]), "ana", at(50))
    assert learn(store).sentence.startswith("There are 35 labelled mentions (Billing 35).")


def test_threads_answered_in_their_area_count_for_half(store: Store) -> None:
    talk = Talk(store, replace(WORKSPACE, areas=(Area(AreaId(0), "Baggage", ("suitcase",)), AREAS[1])))
    answered = talk.says(0, "Where is my suitcase?", who="one")
    elsewhere = talk.says(1, "My suitcase is gone", who="two")
    native = talk.says(2, "Where is the suitcase?", who="three")
    for number in range(5):
        talk.says(3 + number, f"My suitcase {number}?", who=f"more {number}")
    triage.triage_pending(store, now=at(10))
    for number in range(5):
        talk.answers(20, ThreadId(4 + number), by_employee="ana")
    talk.answers(20, answered, by_employee="ana")
    talk.answers(20, elsewhere, by_employee="ben")
    talk.answers(20, native)
    triage.triage_pending(store, now=at(21))
    with store.read() as s:
        found = known(s, Corrected.AREA)
    assert len(found) == 6
    assert {(each.label, each.weight, each.source) for each in found} == {("Baggage", 0.5, Source.ANSWERED)}
    assert "Where is my suitcase?" in {each.text for each in found}


def test_a_moved_thread_teaches_where_it_ended_by_its_first_mention_and_what_led_to_the_move(store: Store) -> None:
    talk = Talk(store, WORKSPACE)
    ids = teach(talk, {"Baggage": 6, "Billing": 6})
    talk.says(50, "and then they charged me", to=ids[0])
    talk.says(51, "hello?", to=ids[0])
    with store.write() as s:
        s.execute(mention.update().values(triaged=True))
        billing = s.scalar(select(area.c.id).where(area.c.name == "Billing"))
        s.execute(thread.update().where(thread.c.id == ids[0]).values(area_id=billing))
        trigger = s.scalar(select(mention.c.id).where(mention.c.text == "and then they charged me"))
        moved = Correction(ids[0], MentionId(trigger), Corrected.AREA, "Baggage", "Billing", "ana", at(52))
        corrections.add(s, [moved])
    with store.read() as s:
        found = {each.text: each.label for each in known(s, Corrected.AREA) if each.at in {at(0), at(50), at(51)}}
    assert found["and then they charged me"] == "Billing"
    assert "hello?" not in found


def test_noise_reposts_our_own_people_and_deleted_posts_teach_nothing(store: Store) -> None:
    talk = Talk(store, WORKSPACE)
    ids = teach(talk, {"Baggage": 10})
    talk.set(ids[0], hidden=True)
    with store.write() as s:
        s.execute(mention.update().where(mention.c.thread_id == ids[1]).values(is_repost=True))
        s.execute(mention.update().where(mention.c.thread_id == ids[2]).values(by_employee="ana"))
        s.execute(mention.update().where(mention.c.thread_id == ids[3]).values(deleted_at=at(5)))
        s.execute(mention.update().where(mention.c.thread_id == ids[4]).values(text="  "))
    with store.read() as s:
        assert len(known(s, Corrected.AREA)) == 5


def labelled(talk: Talk, n: int, raw: Callable[[int], str]) -> None:
    for k in range(n):
        talk.says(k, f"words {k}", who=f"w{k}")
    with talk.store.write() as s:
        ids = [row.id for row in s.execute(select(mention.c.id).order_by(mention.c.id))]
        s.execute(payload.insert(), [{"mention_id": number, "raw": raw(k)} for k, number in enumerate(ids)])


def test_an_import_s_labels_are_learnt_where_they_name_an_area_or_say_none(store: Store) -> None:
    talk = Talk(store, WORKSPACE)
    values = ['"baggage"', "null", '"Elsewhere"', '"Billing","area_agreement":0.1', "7", '["x"]']
    labelled(talk, 36, lambda k: '{"labels":{"area":' + values[k % 6] + "}}")
    with store.read() as s:
        found = known(s, Corrected.AREA)
    assert sorted({(each.label or "", each.weight) for each in found}) == [
        ("", 1.0),
        ("Baggage", 1.0),
        ("Billing", 0.3),
    ]
    assert len(found) == 18


@pytest.mark.parametrize("raw", ['{"labels":{"area":', '{"x":"\\"labels\\":{"}', '[{"labels":{}}]', '{"labels":{}}'])
def test_a_payload_that_only_looks_like_it_has_labels_teaches_nothing(store: Store, raw: str) -> None:
    talk = Talk(store, WORKSPACE)
    labelled(talk, 6, lambda _: raw)
    with store.read() as s:
        assert known(s, Corrected.AREA) == known(s, Corrected.SENTIMENT) == []


def test_sentiment_is_learnt_from_corrections_and_an_import_s_labels(store: Store) -> None:
    talk = Talk(store, WORKSPACE)
    labelled(talk, 12, lambda k: '{"labels":{"sentiment":"' + ("negative" if k % 2 else "positive") + '"}}')
    with store.write() as s:
        s.execute(mention.update().where(mention.c.id == 2).values(sentiment="positive"))
        corrections.add(
            s, [Correction(ThreadId(2), MentionId(2), Corrected.SENTIMENT, "negative", "positive", "ana", at(9))]
        )
    with store.read() as s:
        found = known(s, Corrected.SENTIMENT)
    assert sorted(each.label or "" for each in found) == ["negative"] * 5 + ["positive"] * 7
    assert [each.source for each in found if each.text == "words 1"] == [Source.CORRECTED]


def test_whether_a_reply_is_needed_is_learnt_from_answers_closings_and_corrections(store: Store) -> None:
    talk = Talk(store, WORKSPACE)
    ids = [talk.says(k, f"words {k}", who=f"w{k}") for k in range(18)]
    for thread_id in ids[:6]:
        talk.answers(30, thread_id, by_employee="ana")
    for thread_id in ids[6:12]:
        talk.set(thread_id, status="closed", close_reason="no reply needed", closed_at=at(40))
    with store.write() as s:
        s.execute(mention.update().where(mention.c.thread_id == ids[0]).values(needs_reply=False))
        first = s.scalar(select(mention.c.id).where(mention.c.thread_id == ids[0]).order_by(mention.c.id).limit(1))
        wrong = Correction(ids[0], MentionId(first), Corrected.NEEDS_REPLY, "True", "False", "ana", at(9))
        corrections.add(s, [wrong])
    with store.read() as s:
        found = known(s, Corrected.NEEDS_REPLY)
    assert (
        sorted((each.label, each.weight) for each in found)
        == [("false", 0.5)] * 6 + [("false", 1.0)] + [("true", 0.5)] * 5
    )


def test_of_two_who_train_at_once_one_wins(store: Store) -> None:
    talk = Talk(store, WORKSPACE)
    teach(talk, {"Baggage": 35, "Billing": 35})
    tasks = [training._read(store, Corrected.AREA) for _ in range(2)]

    def one(task: Any) -> Result:
        return training.learn(store, task, actor="ana", now=at(100), progress=lambda _: None).result

    with ThreadPoolExecutor(2) as pool:
        results = sorted(pool.map(one, tasks))
    assert results == [Result.LEARNED, Result.OVERTAKEN]
    with store.read() as s:
        assert len(learned.history(s, Corrected.AREA)) == 1


def test_a_full_disk_leaves_the_last_good_model_in_use(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    talk = Talk(store, WORKSPACE)
    teach(talk, {"Baggage": 35, "Billing": 35})
    good = learn(store).model

    def full(*_: object, **__: object) -> None:
        raise DiskFull("There is no room left.")

    with monkeypatch.context() as patch:
        patch.setattr(learned, "add", full)
        with pytest.raises(DiskFull):
            learn(store, now=at(200), force=True)
    assert current(store) == good
    with store.read() as s:
        assert heads(s).area is not None


def test_after_a_damaged_model_it_is_learnt_anew(store: Store) -> None:
    talk = Talk(store, WORKSPACE)
    teach(talk, {"Baggage": 35, "Billing": 35})
    model = learn(store).model
    assert model is not None
    with store.write() as s:
        learned.mark_damaged(s, model.id, "cut")
    assert learn(store, now=at(101) + timedelta(minutes=1)).result is Result.LEARNED


def test_an_agreement_weighs_a_label_and_says_nothing_of_none() -> None:
    assert weight_of("Baggage", 0.4) == pytest.approx(0.4)
    assert weight_of("Baggage", None) == 1
    assert weight_of(None, 0.0) == weight_of(None, 0.9) == 1
    assert 0 < weight_of("Baggage", 0.0) < 0.5
