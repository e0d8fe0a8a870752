"""Escalation policies are changed one at a time: checked, written down, undone, and never over somebody else's."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from inbox.flow.entries import Saved
from inbox.flow.escalate import asking, raising
from inbox.flow.escalate.asking import There
from inbox.flow.escalate.checks import problems_of, stored
from inbox.flow.escalate.editing import (
    BadLadder,
    LaddersUndo,
    move_ladder,
    remove_ladder,
    save_ladder,
    undo_ladders,
)
from inbox.model.escalation import Ladder, LadderStep
from inbox.model.ids import AreaId
from inbox.model.people import Area
from inbox.model.workspace import Rule, Then, When, Workspace
from inbox.store import audit, config, escalations
from inbox.store.engine import Store
from inbox.store.errors import LostRace, NotFound
from tests.flow.test_escalations import ANA, BEN, CLARA, FARID, NIGHT
from tests.support.talk import START, Talk, at

MINUTE = timedelta(minutes=1)
SAFETY = Ladder("safety", (LadderStep(("on shift:Safety",), 5 * MINUTE), LadderStep(("crisis lead",), 10 * MINUTE)), 1)
PRESS = Ladder("press", (LadderStep(("clara", "apprise:duty"), 5 * MINUTE),))
RULES = (
    Rule("smoke", When(text_any=("smoke",)), Then(escalate="safety")),
    Rule("fire", When(text_any=("fire",)), Then(escalate="safety", area="Safety")),
)
WORKSPACE = Workspace(areas=(Area(AreaId(0), "Safety"),), employees=(ANA, BEN, CLARA, FARID), rules=RULES)


@pytest.fixture
def talk(store: Store) -> Talk:
    made = Talk(store, WORKSPACE)
    for each in (SAFETY, PRESS):
        save_ladder(store, each, actor="clara", now=START)
    return made


def _now(talk: Talk) -> Workspace:
    with talk.store.read() as s:
        return config.load(s)


def _names(talk: Talk) -> list[str]:
    return [each.name for each in stored(_now(talk))]


def _undo(talk: Talk, saved: Saved[LaddersUndo]) -> Saved[LaddersUndo]:
    assert saved.undo is not None
    return undo_ladders(talk.store, saved.undo, actor="clara", now=at(2))


def test_a_policy_is_added_saved_and_taken_back(talk: Talk) -> None:
    assert stored(_now(talk)) == (SAFETY, PRESS)
    done = save_ladder(talk.store, replace(SAFETY, repeat=3), replaces="safety", actor="clara", now=at(1))
    assert done.sentence == "The escalation policy “safety” is saved."
    assert stored(_now(talk))[0].repeat == 3
    assert _undo(talk, done).sentence == "Taken back."
    assert stored(_now(talk)) == (SAFETY, PRESS)
    with talk.store.read() as s:
        event = audit.newest_of(s, ("escalation policy",))
    assert event is not None
    assert (event.actor, event.details["did"]) == ("clara", "took back")


def test_saving_what_is_so_already_changes_nothing(talk: Talk) -> None:
    done = save_ladder(talk.store, SAFETY, replaces="safety", actor="clara", now=at(1))
    assert done.undo is None


def test_rules_follow_a_new_name_and_come_back_with_it(talk: Talk) -> None:
    done = save_ladder(talk.store, replace(SAFETY, name="fire alarm"), replaces="safety", actor="clara", now=at(1))
    assert [rule.then.escalate for rule in _now(talk).rules] == ["fire alarm", "fire alarm"]
    _undo(talk, done)
    assert _now(talk).rules == RULES


def test_rules_that_named_a_removed_policy_escalate_no_more_and_that_is_said(talk: Talk) -> None:
    done = remove_ladder(talk.store, "safety", actor="clara", now=at(1))
    assert done.sentence == (
        "The escalation policy “safety” is removed. By it escalated, and no longer do: “smoke”, “fire”."
    )
    assert [(rule.on, rule.then.escalate) for rule in _now(talk).rules] == [(False, None), (True, None)]
    _undo(talk, done)
    assert (_names(talk), _now(talk).rules) == (["safety", "press"], RULES)


def test_the_first_is_used_where_a_reason_names_none(talk: Talk) -> None:
    move_ladder(talk.store, "press", 0, actor="clara", now=at(1))
    assert _names(talk) == ["press", "safety"]
    number = raising.raise_call(talk.store, thread=talk.says(0, "x"), reason="odd", actor="ana", now=at(2)).id
    with talk.store.read() as s:
        call = escalations.get(s, number)
    assert call is not None
    assert call.ladder == PRESS


def test_a_change_does_not_reach_a_call_that_runs(talk: Talk) -> None:
    number = raising.raise_call(talk.store, thread=talk.says(0, "x"), reason="safety", actor="ana", now=at(1)).id
    remove_ladder(talk.store, "safety", actor="clara", now=at(2))
    with talk.store.read() as s:
        call = escalations.get(s, number)
    assert call is not None
    assert call.ladder == SAFETY


Change = Callable[[Store, Workspace], object]


@pytest.mark.parametrize(
    "change",
    [
        lambda store, seen: save_ladder(store, PRESS, replaces="press", actor="farid", now=at(2), expect=seen),
        lambda store, seen: remove_ladder(store, "press", actor="farid", now=at(2), expect=seen),
        lambda store, seen: move_ladder(store, "press", 0, actor="farid", now=at(2), expect=seen),
    ],
)
def test_what_somebody_else_changed_is_not_overwritten_and_they_are_named(talk: Talk, change: Change) -> None:
    seen = _now(talk)
    save_ladder(talk.store, replace(PRESS, repeat=2), replaces="press", actor="clara", now=at(1))
    with pytest.raises(LostRace, match="Clara saved the escalation policy “press” meanwhile"):
        change(talk.store, seen)
    assert stored(_now(talk))[1].repeat == 2


def test_an_undo_does_not_go_over_a_later_change(talk: Talk) -> None:
    done = save_ladder(talk.store, replace(PRESS, repeat=2), replaces="press", actor="farid", now=at(1))
    remove_ladder(talk.store, "safety", actor="clara", now=at(2))
    with pytest.raises(LostRace, match="Clara removed"):
        _undo(talk, done)


def test_what_the_file_says_beside_is_kept(talk: Talk) -> None:
    with talk.store.write() as s:
        document = {**config.load(s).escalations[0], "comment": "call the tower first"}
        config.save_escalations(s, [document])
    save_ladder(talk.store, replace(SAFETY, repeat=4), replaces="safety", actor="clara", now=at(1))
    assert _now(talk).escalations[0]["comment"] == "call the tower first"


@pytest.mark.parametrize(
    ("ladder", "field", "said"),
    [
        (replace(SAFETY, name=" "), "name", ""),
        (replace(SAFETY, name="Press"), "name", "There is an escalation policy “press” already"),
        (replace(SAFETY, steps=()), "steps", "Nobody would be called"),
        (replace(SAFETY, repeat=-1), "repeat", ""),
        (replace(SAFETY, repeat=51), "repeat", "50 times at most"),
        (Ladder("x", (LadderStep(()),)), "steps.0.to", "Say who is called"),
        (Ladder("x", (LadderStep(("zoe",)),)), "steps.0.to", "nobody called “zoe”"),
        (Ladder("x", (LadderStep(("on shift:Bags",)),)), "steps.0.to", "no area “Bags”"),
        (Ladder("x", (LadderStep(("apprise:",)),)), "steps.0.to", ""),
        (Ladder("x", (LadderStep(("slack://token",)),)), "steps.0.to", "kept in the keyring"),
        (Ladder("x", (LadderStep(("ana",), timedelta(0)),)), "steps.0.wait", ""),
        (Ladder("x", (LadderStep(("ana",)), LadderStep(("ana",), timedelta(days=2)))), "steps.1.wait", "1d at most"),
        (Ladder("x", (LadderStep(("ana",)),) * 21), "steps", "20 steps at most"),
    ],
)
def test_each_error_is_said_at_its_field(talk: Talk, ladder: Ladder, field: str, said: str) -> None:
    found = dict(problems_of(_now(talk), ladder))
    assert said in found[field]
    with pytest.raises(BadLadder):
        save_ladder(talk.store, ladder, actor="clara", now=at(1))
    assert _names(talk) == ["safety", "press"]


def test_what_is_gone_cannot_be_saved_moved_or_removed(talk: Talk) -> None:
    with pytest.raises(NotFound, match="“fire”"):
        save_ladder(talk.store, replace(PRESS, name="x"), replaces="fire", actor="clara", now=at(1))
    with pytest.raises(NotFound, match="“fire”"):
        move_ladder(talk.store, "fire", 0, actor="clara", now=at(1))
    with pytest.raises(NotFound, match="“fire”"):
        remove_ladder(talk.store, "fire", actor="clara", now=at(1))


def test_who_would_be_called_is_told_with_why_they_are_there_or_not() -> None:
    away = replace(CLARA, away=True)
    workspace = replace(WORKSPACE, employees=(replace(ANA, shifts=NIGHT), BEN, away, FARID))
    ladder = Ladder(
        "x", (*SAFETY.steps, LadderStep(("supervisor", "webhook:pager"), 5 * MINUTE), LadderStep(("ana",))), 2
    )
    found = asking.would_call(workspace, ladder, START)
    assert [[(each.key, each.there) for each in step.called] for step in found.steps] == [
        [("on shift:Safety", There.NOBODY)],
        [("clara", There.AWAY)],
        [("farid", There.ON_SHIFT), ("webhook:pager", There.SERVICE)],
        [("ana", There.OFF_SHIFT)],
    ]
    assert [step.after for step in found.steps] == [0 * MINUTE, 0 * MINUTE, 10 * MINUTE, 15 * MINUTE]
    assert found.over == 60 * MINUTE
