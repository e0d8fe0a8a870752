"""Notes on an order of rules: what never acts, what matches everything, and nothing said where it would be wrong."""

import time as stopwatch
from typing import Any

import pytest
from hypothesis import given, settings

from inbox.model.words import Priority
from inbox.model.workspace import Rule, Then, When, Workspace
from inbox.routing.facts import Facts
from inbox.routing.rules import Rules
from inbox.routing.shadows import covers, notes
from tests.unit.test_rule_engine import FACTS, WHENS

BAG = Then(area="Baggage")


def rule(name: str, then: Then = BAG, *, on: bool = True, **when: Any) -> Rule:
    return Rule(name, When(**when), then, on)


@pytest.mark.parametrize(
    ("wide", "narrow", "expected"),
    [
        ({"text_any": ("bag", "case")}, {"text_any": ("Case",)}, True),
        ({"text_any": ("bag",)}, {"text_any": ("bag", "case")}, False),
        ({"text_any": ("bag",)}, {"text_all": ("bag", "lost")}, True),
        ({"text_all": ("bag",)}, {"text_all": ("bag", "lost")}, True),
        ({"text_all": ("bag",)}, {"text_any": ("bag",)}, True),
        ({"text_all": ("bag", "lost")}, {"text_any": ("bag",)}, False),
        ({"text_none": ("found",)}, {"text_any": ("bag",)}, False),
        ({"text_none": ("found",)}, {"text_none": ("found", "late")}, True),
        ({"text_regex": "a+"}, {"text_regex": "a+", "network": ("x",)}, True),
        ({"text_regex": "a+"}, {"text_regex": "a"}, False),
        ({"network": ("x", "y")}, {"network": ("X",)}, True),
        ({"network": ("x",)}, {}, False),
        ({"account": ("@air",)}, {"account": ("air",)}, True),
        ({"followers_min": 10}, {"followers_min": 100}, True),
        ({"followers_min": 10}, {}, False),
        ({"followers_min": 0}, {}, True),
        ({"verified": True}, {"verified": True, "has_media": False}, True),
        ({"verified": True}, {"verified": False}, False),
        ({"hours": (True, "a")}, {"hours": (True, "a")}, True),
        ({"hours": (True, "a")}, {"hours": (False, "a")}, False),
        ({"area": ("A",)}, {"area": ("A",)}, False),
        ({"priority": (Priority.LOW,)}, {"priority": (Priority.LOW,)}, False),
        ({}, {"priority": (Priority.LOW,)}, True),
    ],
)
def test_a_rule_covers_another_only_where_that_is_sure(
    wide: dict[str, Any], narrow: dict[str, Any], expected: bool
) -> None:
    assert covers(When(**wide), When(**narrow)) is expected


def test_a_rule_behind_one_that_matches_as_much_never_acts() -> None:
    found = notes((
        rule("bags", text_any=("bag", "case")),
        rule("other action", Then(tags=("x",)), text_any=("bag",)),
        rule("more actions", Then("Baggage", Priority.LOW), text_any=("bag",)),
        rule("hidden", text_any=("case",), network=("x",)),
    ))  # fmt: skip
    assert found == [(3, "This rule never acts: “bags”, before it, matches as much and settles the same.")]


def test_a_rule_for_everything_is_noted_unless_it_is_the_last_that_is_on() -> None:
    every = rule("every", Then(area="Baggage", needs_reply=True))
    said = (0, "This rule matches every mention: no rule after it can settle area, needs reply.")
    assert notes((every, rule("r", Then(tags=("x",)), text_any=("a",)))) == [said]
    assert notes((every, rule("r", on=False, text_any=("a",)))) == []
    assert notes((rule("r", text_any=("a",)), every)) == []


def test_rules_that_are_off_neither_hide_nor_are_hidden() -> None:
    assert notes((rule("a", on=False, text_any=("x",)), rule("b", text_any=("x",)))) == []
    assert notes((rule("a", text_any=("x",)), rule("b", on=False, text_any=("x",)))) == []


def test_a_rule_without_an_action_is_noted() -> None:
    assert notes((rule("a", Then(), text_any=("x",)),)) == [(0, "This rule does nothing: it has no action.")]


def test_five_thousand_rules_are_looked_through_in_a_moment() -> None:
    rules = [rule(f"r{n}", text_any=(f"a {n}", "bag"), network=("x",)) for n in range(2500)]
    rules += [rule(f"s{n}", followers_min=n) for n in range(2500, 0, -1)]
    begun = stopwatch.perf_counter()
    assert notes(rules) == []
    assert stopwatch.perf_counter() - begun < 10


@settings(max_examples=400, deadline=None)
@given(WHENS, WHENS, FACTS)
def test_what_covers_matches_whenever_the_other_does(wide: When, narrow: When, mention: Facts) -> None:
    if covers(wide, narrow):
        rules = (Rule("wide", wide, BAG), Rule("narrow", narrow, BAG))
        book = Rules.compile(Workspace(rules=rules), lambda _name, _at: True)
        matching = book.matching(mention, book.hits(mention.text))
        assert "narrow" not in matching or "wide" in matching
