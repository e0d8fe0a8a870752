"""Rules changed one by one: checked like the file, audited, undoable, and never over somebody else's change."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import select

from inbox.flow import triage
from inbox.flow import workspace as workspace_flow
from inbox.flow.entries import Saved, Undo
from inbox.flow.rules import BadRule, move_rule, problems_of, remove_rule, save_rule, switch_rule, undo_rules
from inbox.model.ids import AreaId, EmployeeId
from inbox.model.people import Area, Employee
from inbox.model.words import Priority
from inbox.model.workspace import Policy, Rule, Then, When, Workspace
from inbox.store import config
from inbox.store.engine import Store, open_store
from inbox.store.errors import LostRace, NotFound
from inbox.store.schema import audit
from tests.support.talk import Talk

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
LOST = Rule("Lost bag", When(text_any=("lost bag",)), Then(area="Baggage", priority=Priority.HIGH))
CHARGE = Rule("Double charge", When(text_any=("charged twice",)), Then(area="Billing"))
THANKS = Rule("Thanks", When(text_any=("thank you",)), Then(needs_reply=False), on=False)
ROOM = Workspace(
    areas=(Area(AreaId(0), "Baggage"), Area(AreaId(0), "Billing")),
    employees=(Employee(EmployeeId(0), "ana", "Ana Ruiz"), Employee(EmployeeId(0), "ben", "Ben Ode")),
    policies=(Policy("vip"),),
    rules=(LOST, CHARGE, THANKS),
)


def room(store: Store) -> Workspace:
    with store.write() as s:
        config.save(s, ROOM, "command", NOON)
    return loaded(store)


def loaded(store: Store) -> Workspace:
    with store.read() as s:
        return config.load(s)


def names(store: Store) -> list[str]:
    return [rule.name for rule in loaded(store).rules]


def last_event(store: Store) -> tuple[str, str, dict[str, object]]:
    with store.read() as s:
        row = s.execute(select(audit).order_by(audit.c.id.desc()).limit(1)).one()
        return row.actor, row.action, row.details


def test_a_new_rule_is_put_last_or_at_its_place(store: Store) -> None:
    room(store)
    new = Rule("  Refund ", When(text_any=("refund",)), Then(area="Billing"))
    assert save_rule(store, new, actor="ana", now=NOON).sentence == "The rule “Refund” is added."
    save_rule(store, replace(new, name="First"), position=0, actor="ana", now=NOON)
    assert names(store) == ["First", "Lost bag", "Double charge", "Thanks", "Refund"]


def test_an_edit_takes_the_place_of_the_old_one_and_is_written_down_with_both_sides(store: Store) -> None:
    room(store)
    edited = replace(CHARGE, name="Charged", when=When(text_any=("charged twice", "double charge")))
    saved = save_rule(store, edited, replaces="Double charge", actor="ana", now=NOON)
    assert names(store) == ["Lost bag", "Charged", "Thanks"]
    assert saved.workspace.rules[1] == edited
    assert saved.change.topics == {"config"}
    actor, action, details = last_event(store)
    assert (actor, action, details["did"], details["rule"]) == ("ana", "rule", "saved", "Charged")
    assert details["before"] == {
        "name": "Double charge", "when": {"text_any": ["charged twice"]}, "then": {"area": "Billing"},
    }  # fmt: skip
    assert isinstance(details["after"], dict)
    assert details["after"]["when"] == {"text_any": ["charged twice", "double charge"]}


def test_a_rule_is_switched_moved_and_removed(store: Store) -> None:
    room(store)
    assert switch_rule(store, "Thanks", on=True, actor="ana", now=NOON).sentence == "The rule “Thanks” is on."
    assert [rule.on for rule in loaded(store).rules] == [True, True, True]
    assert move_rule(store, "Thanks", 0, actor="ana", now=NOON).sentence == "The rule “Thanks” is now number 1."
    assert names(store) == ["Thanks", "Lost bag", "Double charge"]
    assert remove_rule(store, "Lost bag", actor="ana", now=NOON).sentence == "The rule “Lost bag” is removed."
    assert names(store) == ["Thanks", "Double charge"]
    move_rule(store, "Thanks", 99, actor="ana", now=NOON)
    assert names(store) == ["Double charge", "Thanks"]


def test_every_change_is_taken_back_exactly(store: Store) -> None:
    before = room(store)
    steps: tuple[Callable[[], Saved[Undo[Rule]]], ...] = (
        lambda: save_rule(store, replace(LOST, on=False), replaces="Lost bag", position=2, actor="ana", now=NOON),
        lambda: remove_rule(store, "Double charge", actor="ana", now=NOON),
        lambda: switch_rule(store, "Lost bag", on=False, actor="ana", now=NOON),
        lambda: move_rule(store, "Lost bag", 2, actor="ana", now=NOON),
    )
    for step in steps:
        saved = step()
        assert saved.undo is not None
        assert loaded(store).rules != before.rules
        assert undo_rules(store, saved.undo, actor="ana", now=NOON).sentence == "Taken back."
        assert loaded(store).rules == before.rules


def test_what_changes_nothing_says_so_and_is_not_written_down(store: Store) -> None:
    room(store)
    event = last_event(store)
    saved = switch_rule(store, "Lost bag", on=True, actor="ana", now=NOON)
    assert (saved.sentence, saved.undo) == ("Nothing was changed: it is so already.", None)
    assert last_event(store) == event


def test_a_change_over_a_newer_one_is_refused_and_says_whose(store: Store) -> None:
    seen = room(store)
    switch_rule(store, "Thanks", on=True, actor="ben", now=NOON)
    with pytest.raises(LostRace, match=r"^Ben switched on the rule “Thanks” meanwhile\. Nothing was overwritten"):
        save_rule(store, replace(LOST, on=False), replaces="Lost bag", actor="ana", now=NOON, expect=seen)
    assert loaded(store).rules[0].on
    save_rule(store, replace(LOST, on=False), replaces="Lost bag", actor="ana", now=NOON, expect=loaded(store))
    assert not loaded(store).rules[0].on


def test_an_import_of_the_whole_file_is_a_newer_change_too(store: Store, tmp_path: Path) -> None:
    seen = room(store)
    file = tmp_path / "work.toml"
    file.write_text('[[areas]]\nname = "Baggage"\n', encoding="utf-8")
    workspace_flow.import_(store, file, actor="command", now=NOON)
    with pytest.raises(LostRace, match=r"^A command changed the workspace meanwhile\."):
        remove_rule(store, "Lost bag", actor="ana", now=NOON, expect=seen)


def test_a_change_elsewhere_in_the_workspace_is_no_race(store: Store) -> None:
    seen = room(store)
    with store.write() as s:
        config.save(s, replace(seen, areas=(*seen.areas, Area(AreaId(0), "Press"))), "ben", NOON)
    switch_rule(store, "Thanks", on=True, actor="ana", now=NOON, expect=seen)
    assert loaded(store).rules[2].on


def test_undoing_over_a_newer_change_is_refused(store: Store) -> None:
    room(store)
    saved = remove_rule(store, "Thanks", actor="ana", now=NOON)
    assert saved.undo is not None
    move_rule(store, "Lost bag", 1, actor="ben", now=NOON)
    with pytest.raises(LostRace, match="Ben moved the rule “Lost bag” meanwhile"):
        undo_rules(store, saved.undo, actor="ana", now=NOON)


def test_a_rule_that_comes_back_to_an_area_that_is_gone_is_refused(store: Store) -> None:
    room(store)
    saved = remove_rule(store, "Double charge", actor="ana", now=NOON)
    assert saved.undo is not None
    there = loaded(store)
    with store.write() as s:
        config.save(s, replace(there, areas=there.areas[:1]), "ben", NOON)
    with pytest.raises(BadRule, match="The workspace defines no area “Billing”"):
        undo_rules(store, saved.undo, actor="ana", now=NOON)


def test_a_rule_that_is_gone_is_said_to_be(store: Store) -> None:
    room(store)
    with pytest.raises(NotFound, match="There is no rule “Lost” any more"):
        switch_rule(store, "Lost", on=False, actor="ana", now=NOON)


@pytest.mark.parametrize(
    ("rule", "field", "sentence"),
    [
        (replace(LOST, name=" "), "name", "This is empty."),
        (replace(LOST, name="THANKS"), "name",
         "There is a rule “Thanks” already. Give this one a name of its own."),
        (replace(LOST, then=Then()), "then", "This rule does nothing. Add an action."),
        (replace(LOST, then=Then(area="Bagage")), "then.area",
         "The workspace defines no area “Bagage”. Did you mean “Baggage”?"),
        (replace(LOST, then=Then(policy="gold")), "then.policy", "The workspace defines no policy “gold”."),
        (replace(LOST, then=Then(escalate="x")), "then.escalate",
         "“x” should be an escalation, and the workspace defines none."),
        (replace(LOST, when=When(hours=(True, "service"))), "when.hours.inside",
         "“service” should be a calendar, and the workspace defines none."),
        (replace(LOST, when=When(text_regex="(?=x)")), "when.text_regex",
         "This regular expression is not RE2's: invalid perl operator: (?=."),
        (replace(LOST, when=When(text_any=("ok", " "))), "when.text_any", "This is empty."),
        (replace(LOST, when=When(followers_min=-1)), "when.followers_min", "This should be 0 or more."),
        (replace(LOST, when=When(kind=("tweet",))), "when.kind",
         "“tweet” is not one of mention, comment, review, message."),
    ],
)  # fmt: skip
def test_each_trouble_names_its_field(store: Store, rule: Rule, field: str, sentence: str) -> None:
    there = room(store)
    assert problems_of(there, rule, replaces="Lost bag") == [(field, sentence)]
    with pytest.raises(BadRule) as refused:
        save_rule(store, rule, replaces="Lost bag", actor="ana", now=NOON)
    assert refused.value.troubles == ((field, sentence),)
    assert loaded(store) is there


def test_a_good_rule_has_no_troubles(store: Store) -> None:
    assert [problems_of(room(store), rule, replaces=rule.name) for rule in ROOM.rules] == [[], [], []]


def test_what_is_triaged_next_sees_the_rule_at_once(store: Store) -> None:
    talk = Talk(store, ROOM)
    first = talk.says(0, "you lost my parcel")
    triage.triage_pending(store, now=NOON)
    save_rule(store, Rule("Parcel", When(text_any=("parcel",)), Then(area="Baggage")), actor="ana", now=NOON)
    second = talk.says(1, "you lost my parcel too", who="bob")
    triage.triage_pending(store, now=NOON)
    assert talk.row(first).area_id is None
    assert talk.row(second).area_id == next(area.id for area in loaded(store).areas if area.name == "Baggage")


def test_of_two_who_change_the_rules_at_once_one_is_told(store: Store) -> None:
    seen = room(store)
    other = open_store(store.address)
    begin = Barrier(2)

    def change(of: Store, actor: str) -> str:
        begin.wait()
        try:
            return move_rule(of, "Thanks", 0, actor=actor, now=NOON, expect=seen).sentence
        except LostRace as lost:
            return str(lost)

    try:
        with ThreadPoolExecutor(2) as pool:
            told = sorted(pool.map(change, (store, other), ("ana", "ben")))
    finally:
        other.close()
    assert told[1] == "The rule “Thanks” is now number 1."
    assert told[0].endswith(" moved the rule “Thanks” meanwhile. Nothing was overwritten; look again.")
    assert names(store) == ["Thanks", "Lost bag", "Double charge"]
