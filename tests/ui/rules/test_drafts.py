"""A draft holds all that a rule can say, and a rule comes out of it as it went in."""

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox.model.words import Priority
from inbox.model.workspace import Rule, Then, When, Workspace
from inbox.ui.rules.book import RuleBook
from inbox.ui.rules.draft import Draft, blank, draft_of, rule_of, unfinished
from inbox.ui.rules.kinds import ACTIONS, CONDITIONS

words = st.lists(st.text(min_size=1, max_size=8), unique=True, max_size=3).map(tuple)
maybe = st.none() | st.booleans()
name = st.text("abc", min_size=1, max_size=5)
whens = st.builds(
    When,
    **dict.fromkeys(("text_any", "text_all", "text_none", "network", "account", "kind", "language"), words),
    sentiment=words,
    author_tags=words,
    area=words,
    text_regex=st.none() | name,
    followers_min=st.none() | st.integers(0, 10**9),
    verified=maybe,
    has_media=maybe,
    incident=maybe,
    priority=st.lists(st.sampled_from(Priority), unique=True).map(tuple),
    hours=st.none() | st.tuples(st.booleans(), name),
)
thens = st.builds(
    Then,
    area=st.none() | name,
    priority=st.none() | st.sampled_from(Priority),
    tags=words,
    policy=st.none() | name,
    escalate=st.none() | name,
    hide=maybe,
    needs_reply=maybe,
)


@given(st.builds(Rule, name, whens, thens, st.booleans()))
def test_what_goes_in_comes_out(rule: Rule) -> None:
    draft = draft_of(rule)
    assert rule_of(draft) == rule
    assert not draft.edited


@pytest.mark.parametrize(("kinds", "holder"), [(CONDITIONS, When), (ACTIONS, Then)])
def test_the_editor_knows_every_condition_and_action_of_the_workspace_file(
    kinds: tuple[object, ...], holder: type
) -> None:
    assert sorted(kind.key for kind in kinds) == sorted(each.name for each in fields(holder))  # type: ignore[attr-defined]


def test_an_empty_line_is_an_edit_and_is_missing_something() -> None:
    rule = Rule("Praise", When(text_any=("thank you",)), Then(hide=True))
    draft = draft_of(rule)
    more = Draft(draft.name, (*draft.conditions, ("area", ())), draft.actions, base=rule)
    assert more.edited
    assert list(unfinished(more)) == ["when.area"]
    assert rule_of(more) == rule


def test_a_new_rule_misses_its_name_first() -> None:
    assert list(unfinished(blank())) == ["name", "when.text_any", "then.area"]


def test_a_draft_that_somebody_else_saved_word_for_word_is_no_draft() -> None:
    was, became = Rule("r", When(), Then(area="A")), Rule("r", When(), Then(area="B"))
    book = RuleBook()
    book.see(Workspace(rules=(was,)))
    book.keep("r", Draft("r", actions=(("area", "B"),), base=was))
    assert book.edited("r")
    book.see(Workspace(rules=(became,)))
    assert book.unsaved() == 0
    assert not book.raced("r")


def test_what_was_only_switched_does_not_race_an_edit() -> None:
    was = Rule("r", When(), Then(area="A"))
    book = RuleBook()
    book.see(Workspace(rules=(was,)))
    book.keep("r", Draft("r", actions=(("area", "B"),), base=was))
    book.see(Workspace(rules=(replace(was, on=False),)))
    assert not book.raced("r")
    assert rule_of(book.draft("r")) == Rule("r", When(), Then(area="B"), on=False)
