"""The facts of new mentions: who says so wins by rank, learned heads are asked once for all, bad days pass."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, cast

import pytest

from inbox.flow.facts import find, find_many
from inbox.flow.heads import Head, Heads
from inbox.model.fact import Fact, FactKind, FactSource
from inbox.model.ids import MentionId, ThreadId
from inbox.model.words import Direction
from inbox.store.triage import Untriaged

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
ANGRY = "@air worst airline ever, my suitcase is lost. Where is it?"


def mention(text: str, **changes: Any) -> Untriaged:
    values: dict[str, Any] = {
        "id": MentionId(1), "thread_id": ThreadId(1), "network": "fake", "account": "air",
        "direction": Direction.INBOUND, "kind": "mention", "text": text, "created_at": NOON, "language": None,
        "needs_reply": None, "is_repost": False, "automatic": False, "before_connection": False, "by_employee": None,
        "has_media": False, "followers": None, "verified": False, "author_tags": frozenset(),
    }  # fmt: skip
    return Untriaged(**{**values, **changes})


@dataclass(frozen=True)
class Said:
    label: str
    probability: float


@dataclass
class FakeModel:
    label: str
    probability: float
    asked: list[list[str]] = field(default_factory=list)
    earlier: list[list[str]] = field(default_factory=list)

    def predict(
        self, texts: Sequence[str], accounts: Sequence[str], earlier: Sequence[str], hints: Sequence[str]
    ) -> list[Said]:
        assert len(accounts) == len(texts) == len(earlier)
        assert all(hints)
        assert len(hints) == len(texts)
        self.asked.append([text.encode().decode() for text in texts])
        self.earlier.append([text.encode().decode() for text in earlier])
        return [Said(self.label, self.probability)] * len(texts)


def head(label: str, probability: float) -> tuple[Head, FakeModel]:
    model = FakeModel(label, probability)
    return Head(cast("Any", model), cast("Any", None)), model


def test_word_lists_speak_where_nothing_is_learnt() -> None:
    found = find(mention(ANGRY))
    assert (found.language, found.needs_reply, found.sentiment, found.noise) == ("en", True, "negative", False)
    assert {kind: fact.by for kind, fact in found.facts.items()} == dict.fromkeys(FactKind, FactSource.WORDS)
    assert all(0.5 <= fact.probability <= 1 and fact.why for fact in found.facts.values())
    assert found.sentence.startswith("English (")
    assert "Needs a reply. It reads like a question" in found.sentence


def test_a_fact_that_is_not_clear_is_none_rather_than_a_guess() -> None:
    fact = find(mention("😀😀")).facts[FactKind.LANGUAGE]
    assert (fact.value, fact.probability, fact.why) == (None, 0.0, "The language is not clear.")


def test_the_network_is_believed_about_the_language() -> None:
    fact = find(mention(ANGRY, language="de")).facts[FactKind.LANGUAGE]
    assert (fact.value, fact.by, fact.probability) == ("de", FactSource.NETWORK, 1.0)


def test_what_a_person_said_stands_when_a_mention_is_looked_at_again() -> None:
    said = {
        FactKind.LANGUAGE: Fact("pt", 1, FactSource.PERSON),
        FactKind.NEEDS_REPLY: Fact(False, 1, FactSource.PERSON),
        FactKind.SENTIMENT: Fact("mixed", 1, FactSource.PERSON),
        FactKind.NOISE: Fact(True, 1, FactSource.PERSON),
    }
    need, _ = head("true", 0.99)
    tone, _ = head("negative", 0.99)
    found = find(mention(ANGRY, language="pt", needs_reply=False, facts=said), Heads(None, tone, need))
    assert found.facts == said
    assert (found.language, found.needs_reply, found.sentiment, found.noise) == ("pt", False, "mixed", True)


def test_what_word_lists_said_before_is_judged_anew() -> None:
    before = find(mention("@air thank you, great crew")).facts
    again = find(mention(ANGRY, language="de", needs_reply=False, facts=before))
    assert (again.language, again.needs_reply) == ("en", True)


def test_what_was_set_before_by_an_import_stands() -> None:
    found = find(mention(ANGRY, needs_reply=False))
    assert not found.needs_reply
    assert found.facts[FactKind.NEEDS_REPLY].by is FactSource.NETWORK


def test_learned_heads_are_asked_once_for_all_and_win_over_word_lists() -> None:
    tone, tones = head("positive", 0.8)
    need, needs = head("false", 0.9)
    ours = mention("We are looking into it", direction=Direction.OUTBOUND)
    found = find_many([mention(ANGRY), ours, mention("\ud800 bag?")], Heads(None, tone, need))
    assert [each.sentiment for each in found] == ["positive", None, "positive"]
    assert [each.needs_reply for each in found] == [False, False, False]
    assert found[0].facts[FactKind.SENTIMENT] == Fact(
        "positive", 0.8, FactSource.LEARNED, "Learned from this workspace: it sounds positive (80%)."
    )
    assert tones.asked == needs.asked == [[ANGRY, " bag?"]]


def test_learned_heads_are_told_what_the_author_wrote_before() -> None:
    tone, tones = head("positive", 0.8)
    both = [mention(ANGRY), mention("and now?", id=MentionId(2))]
    find_many(both, Heads(None, tone, None), {MentionId(2): "my bag \ud800 is lost"})
    assert tones.earlier == [["", "my bag  is lost"]]


@pytest.mark.parametrize(
    ("label", "probability", "needed", "sure"),
    [("true", 0.9, True, 0.9), ("false", 0.6, True, 0.4), ("false", 0.66, False, 0.66), ("true", 0.51, True, 0.51)],
)
def test_a_head_that_doubts_lets_a_person_look(label: str, probability: float, needed: bool, sure: float) -> None:
    need, _ = head(label, probability)
    fact = find(mention("@air fine"), Heads(None, None, need)).facts[FactKind.NEEDS_REPLY]
    assert (fact.value, round(fact.probability, 2)) == (needed, sure)


def test_a_repost_needs_no_reply_whatever_a_head_says() -> None:
    need, _ = head("true", 0.99)
    found = find(mention("RT @air: Where is your next trip?"), Heads(None, None, need))
    assert not found.needs_reply


def test_noise_needs_no_reply_and_says_why() -> None:
    found = find(mention("RT and follow @air for a chance to win a free iPhone, want one?"))
    assert found.noise
    assert not found.needs_reply
    assert "It looks like noise. It gives something away" in found.sentence


def test_noise_that_a_person_cleared_is_judged_like_any_other() -> None:
    text = "RT and follow @air for a chance to win a free iPhone, is this really yours?"
    cleared = {FactKind.NOISE: Fact(False, 1, FactSource.PERSON)}
    assert find(mention(text, facts=cleared)).needs_reply


def test_our_own_posts_have_no_facts_to_correct() -> None:
    found = find(mention("Sorry for the wait!", direction=Direction.OUTBOUND))
    assert (found.needs_reply, found.noise, found.facts) == (False, False, {})


@pytest.mark.parametrize(
    "text",
    ["", " ", "😀", "\ud800\udfff", "حقيبتي ضائعة منذ يومين", "ᚠᛇᚻ᛫ᛒᛦᚦ᛫", "\x00", "word " * 20_000, "\u202eabc"],
)
def test_bad_days_are_judged_too(text: str) -> None:
    found = find(mention(text))
    assert set(found.facts) == set(FactKind)


def test_many_are_found_in_the_order_given() -> None:
    texts = ["@air Where is my bag?", "@air thank you so much", "Danke für nichts, ihr antwortet nie"]
    found = find_many([replace(mention(text), id=MentionId(at)) for at, text in enumerate(texts)])
    assert [each.needs_reply for each in found] == [True, False, True]
