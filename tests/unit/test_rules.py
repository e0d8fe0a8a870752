"""Rules, conditions and keywords: what matches, what wins, and what is said of it."""

import time as stopwatch
from datetime import UTC, datetime
from typing import Any

import pytest

from inbox.model.ids import AreaId
from inbox.model.people import Area
from inbox.model.words import Priority, ReasonStep
from inbox.model.workspace import UNSORTED, Policy, Rule, Settings, Then, When, Workspace
from inbox.routing.facts import Facts
from inbox.routing.patterns import check_regex
from inbox.routing.rules import Decision, Rules

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


def facts(text: str = "", **more: Any) -> Facts:
    return Facts(text=text, network="bluesky", account="air", at=NOON, **more)


def decide(workspace: Workspace, given: Facts, *, opened: bool = True) -> Decision:
    return Rules.compile(workspace, lambda _name, _at: opened).decide(given)


def one(when: When, then: Then | None = None) -> Workspace:
    return Workspace(rules=(Rule("the rule", when, then or Then(area="Hit")),))


def hit(when: When, given: Facts, *, opened: bool = True) -> bool:
    return decide(one(when), given, opened=opened).area == "Hit"


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("lost bag", "My LOST   bag!", True),
        ("lost bag", "my lost\nbag", True),
        ("lost bag", "my lost bags", False),
        ("bag", "handbag", False),
        ("bag", "the bag's gone", True),
        ("привет", "Ну привет, мир", True),
        ("привет", "приветик", False),
        ("STRASSE", "in der Straße", True),
        ("café", "cafe\u0301 au lait", True),
        ("don't", "I don’t know", True),
        ("ﬁne", "it is fine", True),
        ("#delayed", "so #Delayed today", True),
        ("#delayed", "so delayed today", False),
        ("c++", "we use C++.", True),
        ("🔥", "on 🔥🔥", True),
        ("返金", "返金してください", True),
        ("24/7", "support 24/7 please", True),
        ("a.b", "axb", False),
        ("कम", "कमी है", False),
        ("कमी", "बहुत कमी है", True),
        ("कमी", "कम है", False),
        ("tiền", "hoàn tiền ngay", True),
        ("", "anything", False),
        ("bag", "\ud800 bag", True),
    ],
)
def test_phrases_match_whole_words_whatever_their_form(phrase: str, text: str, expected: bool) -> None:
    assert hit(When(text_any=(phrase,)), facts(text)) is expected


def test_all_and_none_and_expressions_of_text() -> None:
    assert hit(When(text_all=("bag", "lost")), facts("lost my bag"))
    assert not hit(When(text_all=("bag", "lost")), facts("my bag"))
    assert not hit(When(text_any=("bag",), text_none=("found it",)), facts("my bag, found it"))
    assert hit(When(text_regex=r"flight\s+[a-z]{2}\d+"), facts("on Flight  BA123"))
    assert not hit(When(text_regex=r"^flight"), facts("my flight"))


@pytest.mark.parametrize(
    ("when", "good", "bad"),
    [
        (When(network=("Bluesky",)), facts(), None),
        (When(network=("mastodon",)), None, facts()),
        (When(account=("@air",)), facts(), None),
        (When(kind=("review",)), facts(kind="review"), facts()),
        (When(language=("es",)), facts(language="es"), facts()),
        (When(sentiment=("negative",)), facts(sentiment="negative"), facts()),
        (When(author_tags=("VIP",)), facts(author_tags=frozenset(["vip"])), facts()),
        (When(followers_min=10), facts(followers=10), facts()),
        (When(followers_min=0), facts(followers=None), None),
        (When(verified=True), facts(verified=True), facts()),
        (When(verified=False), facts(), facts(verified=True)),
        (When(has_media=True), facts(has_media=True), facts()),
        (When(priority=(Priority.URGENT,)), facts(priority=Priority.URGENT), facts()),
        (When(area=("Baggage",)), facts(area="Baggage"), facts()),
        (When(incident=True), facts(incident=True), facts()),
        (When(), facts(), None),
    ],
)
def test_each_condition_holds_and_fails_where_it_should(when: When, good: Facts | None, bad: Facts | None) -> None:
    assert good is None or hit(when, good)
    assert bad is None or not hit(when, bad)


def test_hours_are_inside_or_outside_a_calendar() -> None:
    assert hit(When(hours=(True, "service")), facts(), opened=True)
    assert not hit(When(hours=(True, "service")), facts(), opened=False)
    assert hit(When(hours=(False, "service")), facts(), opened=False)


def test_the_first_match_wins_per_kind_of_action() -> None:
    rules = (
        Rule("urgent", When(text_any=("lawyer",)), Then(priority=Priority.URGENT, tags=("legal",))),
        Rule("bags", When(text_any=("bag",)), Then(area="Baggage", priority=Priority.LOW)),
        Rule("late bags", When(text_any=("bag",)), Then(area="Billing", tags=("bag",), escalate="safety", hide=False)),
    )
    decision = decide(Workspace(rules=rules), facts("my bag, my lawyer"))
    assert (decision.area, decision.rule, decision.priority) == ("Baggage", "bags", Priority.URGENT)
    assert (decision.tags, decision.escalate, decision.hide) == (("legal",), "safety", False)
    assert [reason.details and reason.details["actions"] for reason in decision.reasons] == [
        ["priority", "tags"],
        ["area"],
        ["escalate", "hide"],
    ]


def test_a_reason_names_the_rule_and_the_words_as_they_were_written() -> None:
    (reason,) = decide(one(When(text_any=("lost bag",), text_regex="b[a4]g+")), facts("My LOST  Bag")).reasons
    assert reason.step is ReasonStep.RULE
    assert reason.matched == ("LOST  Bag", "Bag")
    assert reason.sentence == "The rule “the rule” chose Hit because of “LOST  Bag”, “Bag”."


AREAS = (
    Area(AreaId(1), "Baggage", ("suitcase", "lost bag")),
    Area(AreaId(2), "Billing", ("refund", "charged twice")),
)


def test_keywords_choose_the_area_where_no_rule_does() -> None:
    decision = decide(Workspace(areas=AREAS), facts("Where is my Suitcase"))
    assert (decision.area, decision.probability, decision.rule) == ("Baggage", 1.0, None)
    assert decision.reasons[-1].matched == ("Suitcase",)


def test_keywords_of_two_areas_that_weigh_the_same_leave_it_to_a_person() -> None:
    decision = decide(Workspace(areas=AREAS), facts("refund for my suitcase"))
    assert decision.area == UNSORTED
    assert dict(decision.areas) == {"Baggage": 0.5, "Billing": 0.5}
    assert "55% are asked for" in decision.reasons[-1].sentence


def test_a_longer_phrase_weighs_more_and_the_confidence_is_the_workspace_s() -> None:
    given = facts("charged twice for my suitcase")
    assert decide(Workspace(areas=AREAS), given).area == "Billing"
    assert decide(Workspace(Settings(confidence=0.7), areas=AREAS), given).area == UNSORTED


def test_no_keyword_at_all_is_unsorted_and_says_so() -> None:
    decision = decide(Workspace(areas=AREAS), facts("hello"))
    assert decision.area == UNSORTED
    assert decision.reasons[-1].step is ReasonStep.AREA


def test_a_rule_s_area_beats_keywords() -> None:
    workspace = Workspace(areas=AREAS, rules=(Rule("r", When(text_any=("suitcase",)), Then(area="Billing")),))
    assert decide(workspace, facts("suitcase")).area == "Billing"


def test_policies_are_asked_by_the_same_conditions() -> None:
    policy = Policy("bags", When(text_any=("suitcase",)))
    rules = Rules.compile(Workspace(policies=(policy,)), lambda _name, _at: True)
    given = facts("my suitcase")
    assert rules.holds(policy.when, given, rules.hits(given.text))
    assert not rules.holds(policy.when, facts("bag"), rules.hits("bag"))


@pytest.mark.parametrize("pattern", [r"(?<=a)b", r"(a)\1", "(", "[z-a]"])
def test_an_expression_that_is_not_re2_s_is_refused_with_a_sentence(pattern: str) -> None:
    assert "not RE2's" in (check_regex(pattern) or "")


def test_a_good_expression_is_taken_and_a_nasty_one_is_quick() -> None:
    assert check_regex(r"(a+)+$") is None
    rules = Rules.compile(one(When(text_regex=r"(a+)+$")), lambda _name, _at: True)
    begun = stopwatch.perf_counter()
    rules.decide(facts("a" * 5000 + "b"))
    assert stopwatch.perf_counter() - begun < 0.5


def test_two_hundred_rules_take_microseconds() -> None:
    words = [When(text_any=(f"phrase {n}", f"#sign{n}")) for n in range(100, 200)]
    patterns = [When(text_regex=rf"code\s?{n}\d") for n in range(100)]
    rules = tuple(Rule(f"r{n}", when, Then(area="A")) for n, when in enumerate(patterns + words))
    book = Rules.compile(Workspace(rules=rules), lambda _name, _at: True)
    given = facts("My flight was late again and nobody told us why, phrase 199 is at the very end of it")
    assert book.decide(given).rule == "r199"
    assert min(_seconds(book, given) for _ in range(30)) < 500e-6


def _seconds(book: Rules, given: Facts) -> float:
    begun = stopwatch.perf_counter()
    book.decide(given)
    return stopwatch.perf_counter() - begun


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (When(account=("Air",)), "because it is for air."),
        (When(language=("pt",), sentiment=("negative",)), "because its language is pt and it sounds negative."),
        (When(author_tags=("Press",)), "because the author is tagged press."),
        (When(followers_min=1000), "because the author has 12,000 followers."),
        (When(has_media=True, text_none=("found it",)), "because it has media and it does not say “found it”."),
        (When(), "set the priority to high."),
    ],
)
def test_a_rule_without_words_says_which_conditions_held(when: When, said: str) -> None:
    rules = Rules.compile(Workspace(rules=(Rule("r", when, Then(priority=Priority.HIGH)),)), lambda _name, _at: True)
    told = Facts(
        "Bom dia", "x", "air", datetime(2026, 3, 2, tzinfo=UTC), language="pt", sentiment="negative",
        author_tags=frozenset({"press"}), followers=12_000, has_media=True,
    )  # fmt: skip
    reason = next(each for each in rules.decide(told).reasons if each.step is ReasonStep.RULE)
    assert reason.sentence.endswith(said)
