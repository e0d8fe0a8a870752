"""What people write to acknowledge a call: “ack CODE”, or “ack CODE Name”. Pure; what they write is only data."""

import re
from dataclasses import dataclass
from typing import Final

LONGEST_NAME: Final = 40
_LONGEST: Final = 500
_ODD: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]+")
_ACK: Final = re.compile(r"/?ack(?:nowledge)?(?:@\w+)?[\s:]+([a-z2-7]{4}-?[a-z2-7]{4})(?:[\s,:]+(.*))?", re.IGNORECASE)
_OURS: Final = re.compile(r"\back ([A-Z2-7]{4}-[A-Z2-7]{4})\b")
_YES: Final = frozenset(("ack", "acknowledge", "acknowledged", "ok", "yes", "mine", "i have it", "got it", "on it"))


@dataclass(frozen=True, slots=True)
class Answer:
    """Somebody acknowledged: the call's code, and who it was as the service tells it (empty where it does not)."""

    code: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class Heard:
    """The answers of one look, oldest first, and where to go on reading the next time."""

    answers: tuple[Answer, ...]
    cursor: str


def word_for(code: str) -> str:
    """What is to be answered."""
    return f"ack {code}"


def asking_for(code: str) -> str:
    """The line under a message that says how to acknowledge it."""
    return f"To acknowledge, answer: {word_for(code)}"


def read(text: object, by: object = "") -> Answer | None:
    """The answer that a message is; None for any other. A name behind the code counts where the service told none."""
    if not isinstance(text, str):
        return None
    found = _ACK.fullmatch(_ODD.sub(" ", text[:_LONGEST]).strip())
    if found is None:
        return None
    return Answer(normal(found[1]), name(by) or name(found[2]))


def read_reply(text: object, answered: object, by: object = "") -> Answer | None:
    """The answer that a reply to a message of ours is: a word of consent, the code stands in what it answers."""
    if not isinstance(text, str) or not isinstance(answered, str) or _plain(text) not in _YES:
        return None
    found = _OURS.search(answered)
    return None if found is None else Answer(found[1], name(by))


def normal(code: str) -> str:
    """A code as it was given out, however it was typed."""
    letters = code.upper().replace("-", "")
    return f"{letters[:4]}-{letters[4:]}"


def name(told: object) -> str:
    """A name on one line, without what would turn or hide text around it."""
    if not isinstance(told, str):
        return ""
    return " ".join(_ODD.sub(" ", told[:_LONGEST]).split())[:LONGEST_NAME].strip()


def _plain(text: str) -> str:
    return " ".join(_ODD.sub(" ", text[:_LONGEST]).split()).casefold().strip("!. ")
