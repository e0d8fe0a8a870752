"""The facts of new mentions: language, needs a reply, sentiment, noise; each with how sure it is and who says so.

What a person or the network said stands. Learned heads are asked where the workspace has them, else word lists.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from inbox.flow.heads import NO_HEADS, YES, Head, Heads
from inbox.flow.learning.hints import hint
from inbox.model.fact import Fact, FactKind, Facts, FactSource
from inbox.model.ids import MentionId
from inbox.model.words import Direction
from inbox.store.triage import Untriaged
from inbox.text import language, needs_reply, noise, sentiment

_SURE_OF_NO: Final = 0.65
"""A learned head must be so sure that no reply is needed: silence costs more than a look."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was found out about one mention; ``sentence`` says it for people, ``facts`` each with its source.

    ``noise`` starts no clock, but hides nothing: that is for rules and people.
    """

    language: str | None
    needs_reply: bool
    sentiment: str | None
    noise: bool
    facts: Facts
    sentence: str
    details: dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Learned:
    """What the heads say of one mention, None where they do not or were not asked."""

    needs_reply: Fact | None = None
    sentiment: Fact | None = None


_NOTHING: Final = _Learned()
_NOTHING_EARLIER: Final[Mapping[MentionId, str]] = {}


def find(mention: Untriaged, heads: Heads = NO_HEADS) -> Found:
    """The facts of one mention. What the network, an import or a person has said already is kept."""
    return find_many([mention], heads)[0]


def find_many(
    mentions: Sequence[Untriaged], heads: Heads = NO_HEADS, earlier: Mapping[MentionId, str] = _NOTHING_EARLIER
) -> list[Found]:
    """The facts of many mentions, in their order; the heads are asked once for all of them, and told what the authors
    wrote ``earlier``.
    """
    learned = _ask(mentions, heads, earlier)
    return [
        _our_own(mention) if mention.direction is Direction.OUTBOUND else _found(mention, said)
        for mention, said in zip(mentions, learned, strict=True)
    ]


def _our_own(mention: Untriaged) -> Found:
    written_in = _language(mention)
    code = str(written_in.value) if written_in.value else None
    details = {"language": code, "needs_reply": False}
    return Found(code, False, None, False, {}, f"{written_in.why} Our own post needs no reply.", details)


def _found(mention: Untriaged, learned: _Learned) -> Found:
    written_in = _language(mention)
    code = str(written_in.value) if written_in.value else None
    loud = _noise(mention)
    needed = _needs_reply(mention, learned.needs_reply, loud)
    tone = _sentiment(mention, learned.sentiment, code)
    facts = {
        FactKind.LANGUAGE: written_in,
        FactKind.NEEDS_REPLY: needed,
        FactKind.SENTIMENT: tone,
        FactKind.NOISE: loud,
    }
    reply = "Needs a reply." if needed.value else "Needs no reply."
    details: dict[str, Any] = {
        "language": code,
        "needs_reply": needed.value,
        "sentiment": tone.value,
        "noise": loud.value,
        "probability": needed.probability if needed.value else round(1 - needed.probability, 4),
    }
    sounds = None if tone.value is None else str(tone.value)
    sentence = f"{written_in.why} {reply} {needed.why}"
    return Found(code, bool(needed.value), sounds, bool(loud.value), facts, sentence, details)


def _kept(mention: Untriaged, kind: FactKind) -> Fact | None:
    """What a person said of a mention that is looked at again."""
    fact = mention.facts.get(kind)
    return fact if fact is not None and fact.by is FactSource.PERSON else None


def _language(mention: Untriaged) -> Fact:
    kept = _kept(mention, FactKind.LANGUAGE)
    if kept is not None:
        return kept
    before = mention.facts.get(FactKind.LANGUAGE)
    if mention.language and (before is None or before.by is FactSource.NETWORK):
        why = f"{language.name_of(mention.language)}, as the network says."
        return Fact(mention.language, 1.0, FactSource.NETWORK, why)
    guess = language.detect(mention.text)
    if guess is None:
        return Fact(None, 0.0, FactSource.WORDS, "The language is not clear.")
    why = f"{language.name_of(guess.language)} ({guess.probability:.0%})."
    return Fact(guess.language, guess.probability, FactSource.WORDS, why)


def _noise(mention: Untriaged) -> Fact:
    kept = _kept(mention, FactKind.NOISE)
    if kept is not None:
        return kept
    judged = noise.judge(mention.text)
    sure = judged.probability if judged.noise else 1 - judged.probability
    return Fact(judged.noise, round(sure, 2), FactSource.WORDS, judged.why)


def _needs_reply(mention: Untriaged, learned: Fact | None, loud: Fact) -> Fact:
    kept = _kept(mention, FactKind.NEEDS_REPLY)
    if kept is not None:
        return kept
    if mention.needs_reply is not None and FactKind.NEEDS_REPLY not in mention.facts:
        return Fact(mention.needs_reply, 1.0, FactSource.NETWORK, "Whether it needs a reply was set before.")
    if loud.value:
        return Fact(False, loud.probability, loud.by, f"It looks like noise. {loud.why}")
    # What is only passed on is told by its form; a head knows words alone.
    repost = mention.is_repost or needs_reply.repeats(mention.text)
    if learned is not None and not repost:
        return learned
    judged = needs_reply.judge(mention.text, is_repost=repost)
    sure = judged.probability if judged.needed else 1 - judged.probability
    return Fact(judged.needed, round(sure, 2), FactSource.WORDS, judged.why)


def _sentiment(mention: Untriaged, learned: Fact | None, code: str | None) -> Fact:
    kept = _kept(mention, FactKind.SENTIMENT)
    if kept is not None:
        return kept
    if learned is not None:
        return learned
    tone = sentiment.judge(mention.text, code)
    return Fact(tone.value, tone.probability, FactSource.WORDS, tone.why)


def _ask(mentions: Sequence[Untriaged], heads: Heads, earlier: Mapping[MentionId, str]) -> list[_Learned]:
    asked = [place for place, mention in enumerate(mentions) if mention.direction is not Direction.OUTBOUND]
    if not asked or (heads.needs_reply is None and heads.sentiment is None):
        return [_NOTHING] * len(mentions)
    texts = [_encodable(mentions[place].text) for place in asked]
    accounts = [mentions[place].account for place in asked]
    before = [_encodable(earlier.get(mentions[place].id, "")) for place in asked]
    found = [_NOTHING] * len(mentions)
    needed = _answers(heads.needs_reply, texts, accounts, before)
    tones = _answers(heads.sentiment, texts, accounts, before)
    for at, place in enumerate(asked):
        found[place] = _Learned(_learned_need(*needed[at]), _learned_tone(*tones[at]))
    return found


def _encodable(written: str) -> str:
    """Without lone surrogates, which cannot be encoded and say nothing."""
    return written.encode("utf-8", "ignore").decode("utf-8")


def _answers(
    head: Head | None, texts: list[str], accounts: list[str], before: list[str]
) -> list[tuple[str | None, float]]:
    if head is None:
        return [(None, 0.0)] * len(texts)
    told = head.model.predict(texts, accounts, before, [hint(text) for text in texts])
    return [(each.label, each.probability) for each in told]


def _learned_need(label: str | None, probability: float) -> Fact | None:
    if label is None:
        return None
    likely = probability if label == YES else 1 - probability
    needed = likely > 1 - _SURE_OF_NO
    return Fact(
        needed, round(likely if needed else 1 - likely, 4), FactSource.LEARNED, _learned_why(label, probability)
    )


def _learned_tone(label: str | None, probability: float) -> Fact | None:
    if label not in sentiment.SENTIMENTS:
        return None
    return Fact(label, round(probability, 4), FactSource.LEARNED, _learned_why(label, probability))


def _learned_why(label: str, probability: float) -> str:
    said = {"true": "it needs a reply", "false": "it needs no reply"}.get(label, f"it sounds {label}")
    return f"Learned from this workspace: {said} ({probability:.0%})."
