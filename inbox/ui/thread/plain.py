"""Text of a network made safe to lay out: it is data, whatever it holds."""

import re
import unicodedata
from dataclasses import dataclass

MAX_CHARACTERS = 4_000
MAX_LINES = 60
MAX_MARKS = 6
LINE_LIMIT = 120

_BREAKS = re.compile("\r\n?|[\u2028\u2029\v\f\x85]")
_CONTROLS = {code: "\ufffd" for code in [*range(0x20), *range(0x7F, 0xA0)] if code not in {0x09, 0x0A, 0x85}}
_BIDI = dict.fromkeys([0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Piece:
    """The beginning of a text: what is shown of it, and how many of ``total`` characters that is."""

    text: str
    shown: int
    total: int

    @property
    def whole(self) -> bool:
        """True when nothing was left out."""
        return self.shown >= self.total


def piece(text: str, characters: int = MAX_CHARACTERS, lines: int = MAX_LINES) -> Piece:
    """The first ``characters`` and ``lines`` of a text, cleaned; only what is shown is ever looked at."""
    shown = text[:characters]
    end = _line_end(shown, lines)
    if end is not None:
        shown = shown[:end]
    return Piece(clean(shown), len(shown), len(text))


def clean(text: str) -> str:
    """No lone surrogates, no control characters, line breaks of one kind, and no towers of marks."""
    paired = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return _without_towers(_BREAKS.sub("\n", paired).translate(_CONTROLS))


def line(text: str, limit: int = LINE_LIMIT) -> str:
    """A name or handle on one line, without characters that turn the direction of what stands around it."""
    cut = text[: limit * 4]
    flat = _SPACE.sub(" ", clean(cut)).translate(_BIDI).strip()
    return flat if len(flat) <= limit and len(cut) == len(text) else flat[: limit - 1] + "…"


def is_right_to_left(text: str) -> bool:
    """The direction of the first strong letter (Unicode's rules P2 and P3)."""
    for letter in text[:MAX_CHARACTERS]:
        direction = unicodedata.bidirectional(letter)
        if direction == "L":
            return False
        if direction in {"R", "AL"}:
            return True
    return False


def initials(name: str) -> str:
    """One or two letters for a disc; never empty."""
    words = [word for word in re.split(r"[\s._@-]+", line(name)) if word[:1].isalnum()]
    letters = [word[0] for word in words]
    if not letters:
        return "?"
    return "".join(letters[:1] + letters[-1:] if len(letters) > 1 else letters[:1]).upper()


def _line_end(text: str, lines: int) -> int | None:
    at = -1
    for _ in range(lines):
        at = text.find("\n", at + 1)
        if at < 0:
            return None
    return at


def _without_towers(text: str) -> str:
    """At most ``MAX_MARKS`` combining marks on one letter: hundreds would paint over the lines around."""
    if text.isascii():
        return text
    kept: list[str] = []
    marks = 0
    for letter in text:
        marks = marks + 1 if unicodedata.category(letter) in {"Mn", "Me"} else 0
        if marks <= MAX_MARKS:
            kept.append(letter)
    return "".join(kept)
