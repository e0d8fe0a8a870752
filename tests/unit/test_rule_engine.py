"""The rule engine: actions, the order of rules, learned area and keywords, rules that set each other off."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inbox.model.ids import AreaId
from inbox.model.people import Area
from inbox.model.words import Priority, ReasonStep
from inbox.model.workspace import UNSORTED, Rule, Settings, Then, When, Workspace
from inbox.routing.acting import ROUNDS
from inbox.routing.facts import Facts
from inbox.routing.guess import LearnedGuess
from inbox.routing.kinds import KINDS
from inbox.routing.rules import Decision, Rules

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
AREAS = tuple(Area(AreaId(n), name, (word,)) for n, (name, word) in enumerate(
    (("Baggage", "suitcase"), ("Billing", "refund"), ("Lounge", "lounge"))
))  # fmt: skip


def facts(text: str = "", **more: Any) -> Facts:
    return Facts(**{"text": text, "network": "bluesky", "account": "air", "at": NOON, **more})


def decide(rules: tuple[Rule, ...], given: Facts, learned: LearnedGuess | None = None, **more: Any) -> Decision:
    workspace = Workspace(Settings(**more), areas=AREAS, rules=rules)
    return Rules.compile(workspace, lambda _name, _at: True).decide(given, learned=learned)


def learned(*ranked: tuple[str, float], words: tuple[str, ...] = ()) -> LearnedGuess:
    return LearnedGuess(ranked, 7, lambda _area: words)


def sentences(decision: Decision) -> list[str]:
    return [reason.sentence for reason in decision.reasons]


@pytest.mark.parametrize(
    ("then", "field", "sentence"),
    [
        (Then(area="Baggage"), "area", "chose Baggage"),
        (Then(priority=Priority.LOW), "priority", "set the priority to low"),
        (Then(tags=("a", "b")), "tags", "added a, b"),
        (Then(policy="vip"), "policy", "chose the policy “vip”"),
        (Then(escalate="safety"), "escalate", "asks to escalate to “safety”"),
        (Then(hide=True), "hide", "hid it as noise"),
        (Then(hide=False), "hide", "keeps it in view"),
        (Then(needs_reply=True), "needs_reply", "says that it needs a reply"),
        (Then(needs_reply=False), "needs_reply", "says that it needs no reply"),
    ],
)
def test_every_action_is_taken_and_said(then: Then, field: str, sentence: str) -> None:
    decision = decide((Rule("r", When(text_any=("bag",)), then),), facts("my Bag"))
    assert getattr(decision, field) == getattr(then, field)
    assert decision.reasons[0].sentence == f"The rule “r” {sentence} because of “Bag”."
    assert decision.reasons[0].details == {"rule": "r", "actions": [field]}


def test_a_rule_that_is_off_never_acts() -> None:
    rules = (Rule("off", When(), Then(area="Billing"), on=False), Rule("on", When(), Then(area="Baggage")))
    assert decide(rules, facts()).rule == "on"
    assert decide(rules[:1], facts()).step is ReasonStep.AREA


def test_a_language_holds_for_its_regions() -> None:
    rules = (Rule("r", When(language=("pt",)), Then(area="Baggage")),)
    assert decide(rules, facts(language="pt-BR")).rule == "r"
    assert decide(rules, facts(language="es")).rule is None
    regional = (Rule("r", When(language=("pt-BR",)), Then(area="Baggage")),)
    assert decide(regional, facts(language="pt-br")).rule == "r"
    assert decide(regional, facts(language="pt")).rule is None


def test_the_learned_area_is_taken_when_it_is_sure_and_says_why() -> None:
    decision = decide((), facts("my bag"), learned(("Baggage", 0.873), ("Billing", 0.1), words=("bag", "carousel")))
    assert (decision.area, decision.probability, decision.step) == ("Baggage", 0.873, ReasonStep.LEARNED)
    assert decision.ranked == (("Baggage", 0.873), ("Billing", 0.1))
    (reason,) = decision.reasons
    assert reason.sentence == "The learned area is sure of Baggage (87%): “bag”, “carousel”."
    assert (reason.step, reason.matched) == (ReasonStep.LEARNED, ("bag", "carousel"))
    assert reason.details == {"areas": [["Baggage", 0.873], ["Billing", 0.1]], "model": 7}


@pytest.mark.parametrize(
    ("words", "because"),
    [(("bag",), ": “bag” and what the text says as a whole."), ((), ": what the text says as a whole.")],
)
def test_a_text_that_was_read_as_a_whole_says_so(words: tuple[str, ...], because: str) -> None:
    guess = replace(learned(("Baggage", 0.873), words=words), whole=True)
    (reason,) = decide((), facts("my bag"), guess).reasons
    assert reason.sentence == f"The learned area is sure of Baggage (87%){because}"
    assert reason.details == {"areas": [["Baggage", 0.873]], "model": 7, "whole": True}


def test_below_the_threshold_a_person_sorts_it() -> None:
    decision = decide((), facts("my refund"), learned(("Baggage", 0.46), ("Billing", 0.4)))
    assert (decision.area, decision.probability, decision.step) == (UNSORTED, 0.46, ReasonStep.LEARNED)
    assert sentences(decision) == ["The best area is Baggage with 46%, under the 55% asked for, so a person sorts it."]
    assert "with 54.7%, under the 55% " in sentences(decide((), facts(), learned(("Baggage", 0.547))))[0]


def test_the_threshold_itself_is_enough() -> None:
    assert decide((), facts(), learned(("Baggage", 0.7)), confidence=0.7).area == "Baggage"
    assert decide((), facts(), learned(("Baggage", 0.7)), confidence=0.71).area == UNSORTED


def test_keywords_speak_for_areas_that_the_model_does_not_know() -> None:
    unsure = learned(("Baggage", 0.5), ("Billing", 0.4))
    decision = decide((), facts("the lounge refused my refund"), unsure)
    assert (decision.area, decision.step) == ("Lounge", ReasonStep.KEYWORD)
    assert sentences(decision) == ["“lounge” is a keyword of Lounge."]
    assert decide((), facts("my refund"), unsure).area == UNSORTED
    assert decide((), facts("my refund")).area == "Billing"


def test_an_area_that_is_gone_is_never_chosen_by_the_model() -> None:
    decision = decide((), facts(), learned(("Cargo", 0.9), ("Baggage", 0.06)))
    assert (decision.area, decision.ranked) == (UNSORTED, (("Baggage", 0.06),))
    assert decide((), facts("refund"), learned(("Cargo", 0.9))).step is ReasonStep.KEYWORD


def test_a_rule_s_area_comes_before_what_was_learnt() -> None:
    rules = (Rule("r", When(text_any=("bag",)), Then(area="Billing")),)
    decision = decide(rules, facts("bag"), learned(("Baggage", 0.99)))
    assert (decision.area, decision.step, decision.rule, decision.probability) == ("Billing", ReasonStep.RULE, "r", 1.0)
    assert decision.ranked == (("Baggage", 0.99),)
    assert len(decision.reasons) == 1


def test_a_condition_on_the_area_sees_what_an_earlier_rule_chose() -> None:
    rules = (
        Rule("bags", When(text_any=("bag",)), Then(area="Baggage")),
        Rule("bags are urgent", When(area=("Baggage",)), Then(priority=Priority.URGENT)),
        Rule("urgent is escalated", When(priority=(Priority.URGENT,)), Then(escalate="safety")),
    )
    decision = decide(rules, facts("bag", area=UNSORTED))
    assert (decision.priority, decision.escalate) == (Priority.URGENT, "safety")
    assert decide(rules, facts("hello", area=UNSORTED)).priority is None


def test_a_rule_that_is_set_off_comes_before_later_ones() -> None:
    rules = (
        Rule("bags", When(text_any=("bag",)), Then(area="Baggage")),
        Rule("in bags", When(area=("Baggage",)), Then(priority=Priority.URGENT)),
        Rule("else", When(), Then(priority=Priority.LOW)),
    )
    assert decide(rules, facts("bag")).priority is Priority.URGENT
    assert decide(rules, facts("hello")).priority is Priority.LOW


def test_a_condition_on_the_area_sees_what_was_learnt_and_keywords() -> None:
    rules = (Rule("bags", When(area=("Baggage",)), Then(tags=("bag",))),)
    assert decide(rules, facts(), learned(("Baggage", 0.9))).tags == ("bag",)
    assert decide(rules, facts("my suitcase")).tags == ("bag",)
    assert decide(rules, facts("refund")).tags == ()


def test_unsorted_as_a_condition_means_that_nobody_knew_the_area() -> None:
    rules = (
        Rule("nobody knew", When(area=(UNSORTED,)), Then(area="Lounge", tags=("guessed",))),
        Rule("refunds", When(text_any=("refund",)), Then(area="Billing")),
    )
    assert decide(rules, facts("refund", area=UNSORTED)).rule == "refunds"
    assert decide(rules, facts("suitcase", area=UNSORTED)).area == "Baggage"
    decision = decide(rules, facts("hello", area=UNSORTED))
    assert (decision.area, decision.rule, decision.step) == ("Lounge", "nobody knew", ReasonStep.RULE)
    assert [reason.step for reason in decision.reasons] == [ReasonStep.AREA, ReasonStep.RULE]


def test_a_rule_before_the_one_that_sets_it_off_acts_in_a_further_round() -> None:
    rules = (
        Rule("third", When(area=("Baggage",)), Then(tags=("x",))),
        Rule("second", When(priority=(Priority.HIGH,)), Then(area="Baggage")),
        Rule("first", When(text_any=("bag",)), Then(priority=Priority.HIGH)),
    )
    decision = decide(rules, facts("bag"))
    names = [reason.details and reason.details["rule"] for reason in decision.reasons]
    assert names == ["first", "second", "third"]


def test_rules_that_feed_each_other_end_each_having_acted_once() -> None:
    rules = (
        Rule("there", When(area=("Baggage",)), Then(priority=Priority.HIGH)),
        Rule("back", When(priority=(Priority.HIGH,)), Then(area="Baggage", priority=Priority.LOW)),
        Rule("begin", When(), Then(area="Baggage")),
    )
    decision = decide(rules, facts("bag"))
    assert (decision.area, decision.rule, decision.priority) == ("Baggage", "begin", Priority.HIGH)
    assert len(decision.reasons) == 2


def test_a_chain_that_goes_on_is_stopped_and_says_so() -> None:
    rules = (
        Rule("tags", When(area=("Billing",)), Then(tags=("late",))),
        Rule("area", When(priority=(Priority.HIGH,), area=(UNSORTED,)), Then(area="Billing")),
        Rule("a filler that never acts", When(area=("Lounge",)), Then(hide=True)),
        Rule("priority", When(area=(UNSORTED,), text_any=("bag",)), Then(priority=Priority.HIGH)),
    )
    decision = decide(rules, facts("bag"))
    assert (decision.area, decision.tags) == ("Billing", ())
    assert sentences(decision)[-1] == (
        f"Rules set each other off {ROUNDS} times, so “tags” and what follows were not asked again."
    )
    assert decision == decide(rules, facts("bag"))


def test_a_thread_that_has_an_area_keeps_it_in_the_eyes_of_conditions() -> None:
    rules = (
        Rule("bags", When(text_any=("bag",)), Then(area="Baggage")),
        Rule("in bags", When(area=("Baggage",)), Then(tags=("bag",))),
        Rule("in billing", When(area=("Billing",)), Then(policy="money")),
    )
    decision = decide(rules, facts("bag", area="Billing"))
    assert (decision.tags, decision.policy) == ((), "money")
    assert sentences(decision)[0] == (
        "The rule “bags” speaks for Baggage (it stays in Billing, where it was put) because of “bag”."
    )


def test_a_later_mention_never_lowers_the_priority_in_the_eyes_of_conditions() -> None:
    rules = (
        Rule("calm", When(text_any=("thanks",)), Then(priority=Priority.LOW)),
        Rule("low", When(priority=(Priority.LOW,)), Then(tags=("low",))),
    )
    assert decide(rules, facts("thanks", area="Billing", priority=Priority.HIGH)).tags == ()
    assert decide(rules, facts("thanks")).tags == ("low",)


def test_a_text_of_emoji_or_of_a_hundred_thousand_letters_is_decided() -> None:
    rules = (Rule("fire", When(text_any=("🔥",), text_regex=r"(a+)+z"), Then(area="Baggage")),)
    assert decide(rules, facts("🔥" * 30 + "az")).rule == "fire"
    assert decide(rules, facts("a" * 100_000 + "🔥")).rule is None
    assert decide(rules, facts("\ud83d 🔥 aaz")).rule == "fire"


def test_five_thousand_rules_decide_like_few() -> None:
    many = tuple(Rule(f"r{n}", When(text_any=(f"phrase {n}", f"#sign{n}")), Then(area="Billing")) for n in range(5000))
    every = Rule("every", When(), Then(area="Baggage", priority=Priority.LOW))
    book = Rules.compile(Workspace(areas=AREAS, rules=(*many, every)), lambda _name, _at: True)
    assert book.decide(facts("so #Sign4321 again")).rule == "r4321"
    assert book.decide(facts("phrase 12 and #sign7")).rule == "r7"
    assert (book.decide(facts("hello")).rule, book.decide(facts("hello")).priority) == ("every", Priority.LOW)


WORDS = ("bag", "lost", "#late", "refund", "c++")
NAMES = ("Baggage", "Billing", UNSORTED)
PRIORITIES = st.sampled_from(list(Priority))


def some(values: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.one_of(st.just(()), st.lists(st.sampled_from(values), min_size=1, max_size=2, unique=True).map(tuple))


CONDITIONS: dict[str, st.SearchStrategy[Any]] = {
    "text_any": some(WORDS),
    "text_all": some(WORDS),
    "text_none": some(WORDS),
    "text_regex": st.sampled_from(["ba+g", "lo.t"]),
    "network": some(("bluesky", "mastodon")),
    "language": some(("es", "de")),
    "author_tags": some(("VIP", "press")),
    "followers_min": st.just(10),
    "verified": st.booleans(),
    "priority": st.lists(PRIORITIES, min_size=1, max_size=2).map(tuple),
    "area": some(NAMES),
}
WHENS = (
    st.lists(st.sampled_from([*CONDITIONS, "area", "priority", "text_any"]), max_size=3, unique=True)
    .flatmap(lambda keys: st.fixed_dictionaries({key: CONDITIONS[key] for key in keys}))
    .map(lambda given: When(**given))
)
THENS = st.builds(
    Then,
    area=st.sampled_from([None, *NAMES]),
    priority=st.one_of(st.none(), PRIORITIES),
    tags=some(("x", "y")),
    hide=st.sampled_from([None, True, False]),
    needs_reply=st.sampled_from([None, True, False]),
)
RULES = st.lists(st.tuples(WHENS, THENS, st.booleans()), max_size=9).map(
    lambda drawn: tuple(Rule(f"r{n}", when, then, on or n % 3 > 0) for n, (when, then, on) in enumerate(drawn))
)
FACTS = st.builds(
    facts,
    text=st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join),
    network=st.sampled_from(["bluesky", "mastodon"]),
    language=st.sampled_from([None, "es", "es-MX"]),
    author_tags=st.sampled_from([frozenset(), frozenset(("vip",))]),
    followers=st.sampled_from([None, 5, 50]),
    verified=st.booleans(),
    priority=PRIORITIES,
    area=st.sampled_from([None, *NAMES]),
)


class Naive:
    """What the engine should do, asking every rule in every round."""

    def __init__(self, rules: tuple[Rule, ...], given: Facts, guess: str) -> None:
        self.rules, self.given, self.guess = rules, given, guess
        self.placed = given.area not in (None, UNSORTED)
        self.area, self.priority = given.area if self.placed else None, given.priority
        self.open = set(KINDS)
        self.acted: list[tuple[str, list[str]]] = []
        self.values: dict[str, Any] = {}
        self.rounds, self.stopped = 0, ""
        self.run()

    def run(self) -> None:
        changed, guessed = self.round(), "area" in self.values
        while changed or not guessed:
            if changed and self.rounds == ROUNDS:
                if not guessed:
                    self.choose()
                self.stopped = next((rule.name for rule in self.rules if self.may(rule)), "")
                return
            if changed:
                changed = self.round()
                guessed = guessed or "area" in self.values
            else:
                guessed = True
                changed = self.choose()

    def choose(self) -> bool:
        self.values["guess"] = self.guess
        if self.guess != UNSORTED:
            self.open.discard("area")
        return self.see(self.guess, self.priority)

    def round(self) -> bool:
        self.rounds += 1
        return bool([rule for rule in self.rules if self.may(rule) and self.act(rule)])

    def may(self, rule: Rule) -> bool:
        free = [kind for kind in KINDS if kind in self.open and getattr(rule.then, kind) not in (None, ())]
        return rule.on and bool(free) and rule.name not in dict(self.acted) and self.holds(rule.when)

    def act(self, rule: Rule) -> bool:
        kinds: list[str] = [kind for kind in KINDS if kind in self.open and getattr(rule.then, kind) not in (None, ())]
        self.open -= set(kinds)
        self.acted.append((rule.name, kinds))
        self.values |= {kind: getattr(rule.then, kind) for kind in kinds}
        priority = rule.then.priority if "priority" in kinds else None
        if priority is not None and self.placed and priority.rank <= self.given.priority.rank:
            priority = None
        return self.see(rule.then.area if "area" in kinds else self.area, priority or self.priority)

    def see(self, area: str | None, priority: Priority) -> bool:
        before = self.area, self.priority
        self.area, self.priority = self.area if self.placed else area, priority
        return before != (self.area, self.priority)

    def holds(self, when: When) -> bool:
        words, given = self.given.text.split(), self.given
        spoken = {given.language, (given.language or "").split("-")[0]}
        return all((
            not when.text_any or any(word in words for word in when.text_any),
            all(word in words for word in when.text_all),
            not any(word in words for word in when.text_none),
            when.text_regex is None or {"ba+g": "bag", "lo.t": "lost"}[when.text_regex] in words,
            not when.network or given.network in when.network,
            not when.language or bool(spoken & set(when.language)),
            not when.author_tags or bool({tag.casefold() for tag in when.author_tags} & given.author_tags),
            when.followers_min is None or (given.followers or 0) >= when.followers_min,
            when.verified is None or given.verified is when.verified,
            not when.priority or self.priority in when.priority,
            not when.area or self.area in when.area,
        ))  # fmt: skip


@settings(max_examples=600, deadline=None)
@given(RULES, FACTS, st.sampled_from([None, "Baggage", "Billing"]))
def test_the_first_match_per_kind_is_what_asking_every_rule_in_order_gives(
    rules: tuple[Rule, ...], given: Facts, sure_of: str | None
) -> None:
    guess = learned((sure_of, 0.9)) if sure_of else None
    workspace = Workspace(areas=tuple(replace(area, keywords=()) for area in AREAS), rules=rules)
    decision = Rules.compile(workspace, lambda _name, _at: True).decide(given, learned=guess)
    naive = Naive(rules, given, sure_of or UNSORTED)
    acted = [each.details for each in decision.reasons if each.details and "actions" in each.details]
    assert [(each["rule"], each["actions"]) for each in acted] == naive.acted
    assert decision.area == naive.values.get("area", naive.guess)
    for kind in ("priority", "tags", "hide", "needs_reply"):
        assert getattr(decision, kind) == naive.values.get(kind, () if kind == "tags" else None)
    stopped = [each.details["stopped"] for each in decision.reasons if each.details and "stopped" in each.details]
    assert "".join(stopped) == naive.stopped


@settings(max_examples=200, deadline=None)
@given(RULES, FACTS)
def test_looking_rules_up_never_leaves_one_out(rules: tuple[Rule, ...], given: Facts) -> None:
    book = Rules.compile(Workspace(rules=rules), lambda _name, _at: True)
    naive = Naive((), replace(given, area=given.area or UNSORTED), UNSORTED)
    naive.area, naive.priority = given.area, given.priority
    assert book.matching(given, book.hits(given.text)) == [rule.name for rule in rules if naive.holds(rule.when)]
