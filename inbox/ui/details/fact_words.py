"""What the screens say of a mention's facts: the value, how sure it is, and who says so."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication

from inbox.model.fact import Fact, FactKind, FactSource
from inbox.model.mention import Mention
from inbox.model.thread import Thread
from inbox.model.words import Direction
from inbox.ui.details.languages import language_words

ICONS: Final = {
    FactKind.LANGUAGE: "globe", FactKind.NEEDS_REPLY: "reply", FactKind.SENTIMENT: "smile", FactKind.NOISE: "megaphone",
}  # fmt: skip
_SURE, _LIKELY = 0.9, 0.7


@dataclass(frozen=True, slots=True)
class FactWords:
    """One fact in words. ``value`` stands beside its name, ``phrase`` says it alone, ``beneath`` how sure and why."""

    kind: FactKind
    name: str
    value: str
    phrase: str
    sure: str
    by: str
    beneath: str

    @property
    def icon(self) -> str:
        """The icon of its kind."""
        return ICONS[self.kind]

    @property
    def spoken(self) -> str:
        """All of it as one sentence, for screen readers."""
        return ", ".join(part for part in (self.phrase, self.sure, self.by) if part)


def inbound(thread: Thread) -> list[Mention]:
    """What was written from outside, the oldest first: each has facts."""
    return [each for each in thread.mentions if each.direction is Direction.INBOUND]


def judged(thread: Thread) -> Mention | None:
    """The mention whose facts are shown: the newest that a customer wrote."""
    return next(iter(inbound(thread)[-1:]), None)


def facts_of(mention: Mention | None) -> dict[FactKind, Fact]:
    """Its facts; of a mention from before they were kept what its columns say. Empty before the routing looked."""
    if mention is None:
        return {}
    if mention.facts:
        return dict(mention.facts)
    found: dict[FactKind, Fact] = {}
    if mention.language:
        found[FactKind.LANGUAGE] = Fact(mention.language, 0.0, FactSource.WORDS)
    if mention.needs_reply is not None:
        found[FactKind.NEEDS_REPLY] = Fact(mention.needs_reply, 0.0, FactSource.WORDS)
    if mention.sentiment:
        found[FactKind.SENTIMENT] = Fact(mention.sentiment, 0.0, FactSource.WORDS)
    return found


def in_words(facts: dict[FactKind, Fact]) -> list[FactWords]:
    """The facts in words, always in the same order."""
    return [_words(kind, facts[kind]) for kind in FactKind if kind in facts]


def worth_a_line(lines: Sequence[FactWords], facts: dict[FactKind, Fact]) -> list[FactWords]:
    """Those that a line of a few words shows: that something is no noise goes without saying."""
    return [each for each in lines if each.kind is not FactKind.NOISE or facts[each.kind].value is True]


def name_words(kind: FactKind) -> str:
    """What a fact is called."""
    return {
        FactKind.LANGUAGE: _tr("Language"),
        FactKind.NEEDS_REPLY: _tr("Reply"),
        FactKind.SENTIMENT: _tr("Sentiment"),
        FactKind.NOISE: _tr("Noise"),
    }[kind]


def sentiment_words(value: str) -> str:
    """A sentiment as people read it."""
    known = {
        "positive": _tr("Positive"),
        "neutral": _tr("Neutral"),
        "negative": _tr("Negative"),
        "mixed": _tr("Mixed"),
    }
    return known.get(value, value[:24])


def _words(kind: FactKind, fact: Fact) -> FactWords:
    value, phrase = _value(kind, fact.value)
    return FactWords(kind, name_words(kind), value, phrase, _sure(fact), _by(fact), _beneath(fact))


def _value(kind: FactKind, value: str | bool | None) -> tuple[str, str]:  # noqa: FBT001 - the fact's own value
    if kind is FactKind.LANGUAGE:
        if not value:
            return _tr("Not clear"), _tr("Language not clear")
        words = language_words(str(value))
        return words, words
    if kind is FactKind.NEEDS_REPLY:
        words = _tr("Needs a reply") if value else _tr("Needs no reply")
        return words, words
    if kind is FactKind.NOISE:
        words = _tr("Noise") if value else _tr("No noise")
        return (_tr("Yes, likely noise"), words) if value else (_tr("No"), words)
    if value is None:
        return _tr("Not clear"), _tr("Sentiment not clear")
    words = sentiment_words(str(value))
    return words, _tr("%1 sentiment").replace("%1", words)


def _sure(fact: Fact) -> str:
    if fact.value is None or fact.probability <= 0 or fact.by in {FactSource.PERSON, FactSource.NETWORK}:
        return ""
    if fact.probability >= _SURE:
        words = _tr("sure, %1%")
    else:
        words = _tr("likely, %1%") if fact.probability >= _LIKELY else _tr("perhaps, %1%")
    return words.replace("%1", str(round(fact.probability * 100)))


def _beneath(fact: Fact) -> str:
    """How sure it is, and the words that say so, or who does."""
    if fact.by is FactSource.PERSON:
        return fact.why or _by(fact)
    sure, by = _sure(fact), _by(fact)
    if not sure:
        return by
    sure = sure[:1].upper() + sure[1:]
    named = fact.by is FactSource.WORDS and "“" in fact.why
    return f"{sure}. {fact.why}" if named else f"{sure}, {by}"


def _by(fact: Fact) -> str:
    if fact.value is None and fact.by is not FactSource.PERSON:
        return ""
    return {
        FactSource.NETWORK: _tr("says the network"),
        FactSource.WORDS: _tr("by its words") if fact.probability else "",
        FactSource.LEARNED: _tr("learned here"),
        FactSource.RULE: _tr("by a rule"),
        FactSource.PERSON: _tr("corrected by a person"),
    }[fact.by]


def _tr(text: str) -> str:
    return QCoreApplication.translate("details", text)
