"""The kinds of conditions and actions that the editor offers, in the order of its lists."""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication


class Shape(StrEnum):
    """What a value looks like on screen."""

    WORDS = "words"
    CHOICES = "choices"
    CHOICE = "choice"
    FLAG = "flag"
    NUMBER = "number"
    PATTERN = "pattern"
    HOURS = "hours"


@dataclass(frozen=True, slots=True)
class Kind:
    """A condition or action: ``key`` is its name in the workspace file, ``hint`` stands in the empty field.

    ``yes`` and ``no`` are the words of a flag.
    """

    key: str
    words: str
    shape: Shape
    hint: str = ""
    yes: str = "Yes"
    no: str = "No"


_PHRASE = "A word or phrase, then Enter"

CONDITIONS: tuple[Kind, ...] = (
    Kind("text_any", "Text has any of", Shape.WORDS, _PHRASE),
    Kind("text_all", "Text has all of", Shape.WORDS, _PHRASE),
    Kind("text_none", "Text has none of", Shape.WORDS, _PHRASE),
    Kind("text_regex", "Text fits pattern", Shape.PATTERN, "A regular expression (RE2)"),
    Kind("kind", "Kind is", Shape.CHOICES, "Choose kinds"),
    Kind("network", "Network is", Shape.CHOICES, "Choose networks"),
    Kind("account", "Account is", Shape.WORDS, "A handle, then Enter"),
    Kind("language", "Language is", Shape.CHOICES, "Choose languages"),
    Kind("sentiment", "Sentiment is", Shape.CHOICES, "Choose sentiments"),
    Kind("area", "Area is", Shape.CHOICES, "Choose areas"),
    Kind("priority", "Priority is", Shape.CHOICES, "Choose priorities"),
    Kind("author_tags", "Author has tag", Shape.WORDS, "A tag, then Enter"),
    Kind("followers_min", "Followers at least", Shape.NUMBER, "A number, like 10000"),
    Kind("verified", "Author is verified", Shape.FLAG),
    Kind("has_media", "Shows media", Shape.FLAG),
    Kind("incident", "In an incident", Shape.FLAG),
    Kind("hours", "Posted", Shape.HOURS),
)
ACTIONS: tuple[Kind, ...] = (
    Kind("area", "Set area", Shape.CHOICE, "Choose an area"),
    Kind("priority", "Set priority", Shape.CHOICE, "Choose a priority"),
    Kind("tags", "Add tags", Shape.WORDS, "A tag, then Enter"),
    Kind("policy", "Set policy", Shape.CHOICE, "Choose a policy"),
    Kind("escalate", "Escalate", Shape.CHOICE, "Choose an escalation"),
    Kind("hide", "Noise", Shape.FLAG, yes="Hide as noise", no="Never hide as noise"),
    Kind("needs_reply", "Reply", Shape.FLAG, yes="Needs a reply", no="Needs no reply"),
)
STRICT = frozenset({"kind", "sentiment", "area", "priority"})
"""Choices that take nothing but what is listed."""


def shown(words: str) -> str:
    """Words of these tables in the user's language."""
    return QCoreApplication.translate("rules", words)
