"""The facts of new mentions: language, needs a reply, sentiment, noise; each with how sure it is and who says so.

What a person or the network said stands. Learned heads are asked where the workspace has them, else word lists.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

from inbox.model.fact import Fact, FactKind, Facts, FactSource
from inbox.model.words import Direction
from inbox.store.triage import Untriaged
from inbox.text import language, needs_reply


class Told(Protocol):
    """What a learned head says of one text."""

    @property
    def label(self) -> str:
        """The likeliest label."""

    @property
    def probability(self) -> float:
        """How likely it is, 0 to 1."""


class Learned(Protocol):
    """A learned head's model."""

    def predict(self, texts: Sequence[str]) -> Sequence[Told]:
        """What it says of each text, in their order."""


class HeadOf(Protocol):
    """A learned head."""

    @property
    def model(self) -> Learned:
        """Its model."""


class HeadsOf(Protocol):
    """The learned heads of a workspace that tell facts; None where it has not learnt one yet."""

    @property
    def sentiment(self) -> HeadOf | None:
        """Tells positive, neutral, negative or mixed."""

    @property
    def needs_reply(self) -> HeadOf | None:
        """Tells yes or no."""


@dataclass(frozen=True, slots=True)
class _NoHeads:
    sentiment: None = None
    needs_reply: None = None


NOTHING_LEARNT: Final[HeadsOf] = _NoHeads()


@dataclass(frozen=True, slots=True)
class Found:
    """What was found out about one mention; ``sentence`` says it for people, ``facts`` each with its source."""

    language: str | None
    needs_reply: bool
    sentiment: str | None
    noise: bool
    facts: Facts
    sentence: str
    details: dict[str, Any]


def find(mention: Untriaged, heads: HeadsOf = NOTHING_LEARNT) -> Found:
    """The facts of one mention. What the network, an import or a person has said already is kept."""
    return find_many([mention], heads)[0]


def find_many(mentions: Sequence[Untriaged], heads: HeadsOf = NOTHING_LEARNT) -> list[Found]:  # noqa: ARG001 - the heads' turn is next
    """The facts of many mentions, in their order."""
    return [_find(mention) for mention in mentions]


def _find(mention: Untriaged) -> Found:
    outbound = mention.direction is Direction.OUTBOUND
    written_in, how = _language(mention)
    judgement = needs_reply.judge(mention.text, outbound=outbound, is_repost=mention.is_repost)
    needed, why = judgement.needed, judgement.why
    if mention.needs_reply is not None and not outbound:
        needed, why = mention.needs_reply, "Whether it needs a reply was set before."
    details = {"language": written_in, "needs_reply": needed, "probability": judgement.probability}
    reply = "Needs a reply." if needed else "Needs no reply."
    facts = {FactKind.NEEDS_REPLY: Fact(needed, judgement.probability, FactSource.WORDS, why)}
    return Found(written_in, needed, None, False, facts, f"{how} {reply} {why}", details)


def _language(mention: Untriaged) -> tuple[str | None, str]:
    if mention.language:
        return mention.language, f"{language.name_of(mention.language)}, as the network says."
    guess = language.detect(mention.text)
    if guess is None:
        return None, "The language is not clear."
    return guess.language, f"{language.name_of(guess.language)} ({guess.probability:.0%})."
