"""A fact of a mention: what it is held to be, how surely, and who says so."""

from dataclasses import dataclass
from enum import StrEnum


class FactKind(StrEnum):
    """What can be known of an inbound mention, and corrected by a person."""

    LANGUAGE = "language"
    NEEDS_REPLY = "needs_reply"
    SENTIMENT = "sentiment"
    NOISE = "noise"


class FactSource(StrEnum):
    """Who says so: the network, our own word lists, the learned model, a rule, or a person (who is right)."""

    NETWORK = "network"
    WORDS = "words"
    LEARNED = "learned"
    RULE = "rule"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Fact:
    """``value`` is a language code, a sentiment, or true or false; None is "not clear". ``probability`` is 0 to 1."""

    value: str | bool | None
    probability: float
    by: FactSource
    why: str = ""


Facts = dict[FactKind, Fact]
