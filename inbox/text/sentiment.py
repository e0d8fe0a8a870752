"""How a post sounds, by its words: positive, neutral, negative or mixed, in several languages.

A first judgement for a workspace that has learnt nothing yet; a model trained on its own posts is far better.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from inbox.text import tone_words as words

POSITIVE: Final = "positive"
NEUTRAL: Final = "neutral"
NEGATIVE: Final = "negative"
MIXED: Final = "mixed"
SENTIMENTS: Final = (POSITIVE, NEUTRAL, NEGATIVE, MIXED)

_ENOUGH: Final = 2000
_AWAY: Final = re.compile(r"https?://\S+|www\.\S+|@[\w.@-]+")
_PIECE: Final = re.compile(
    r"[^\W\d_]+(?:'[^\W\d_]+)?|[" + words.LAUGHING_OR_GLAD + words.CRYING_OR_CROSS + r"]"
    r"|<3|[:;=]-?[)(DPp/|](?!\w)|[!?.]+|\.\.\."
)
_STRETCHED: Final = re.compile(r"(.)\1{2,}")
_GLAD_FACES: Final = frozenset(
    (":)", ":-)", ";)", ";-)", "=)", ":D", ":-D", "=D", ":P", ":p", ":-P", ":-p", "<3", ";D")
)
_CROSS_FACES: Final = frozenset((":(", ":-(", "=(", ":/", ":-/", "=/", ":|", ":-|"))
_REACH: Final = 3
"""How many words a "not" reaches."""
_FLIPPED: Final = 0.7
_A_NO: Final = 0.45
"""How cross a "not" sounds by itself."""
_ARABIC_LAUGH: Final = "\u0647\u0647"
_SHOUTED: Final = 1.3
_LONG: Final = 4
_LEAST: Final = 0.8
_ARABIC_BEFORE: Final = frozenset("والبف")
"""What Arabic writes before a word without a space: and, the, with, so."""
_BOTH: Final = 2.0


@dataclass(frozen=True, slots=True)
class Tone:
    """How a post sounds, how likely that is (0 to 1), and why in a plain sentence."""

    value: str
    probability: float
    why: str


@dataclass(slots=True)
class _Heard:
    """What was heard: weights of glad and of cross words, and the word that weighs most of each."""

    glad: float = 0.0
    cross: float = 0.0
    glad_word: tuple[float, str] = (0.0, "")
    cross_word: tuple[float, str] = (0.0, "")

    def hear(self, word: str, weight: float) -> None:
        if weight > 0:
            self.glad += weight
            self.glad_word = max(self.glad_word, (weight, word), key=lambda each: each[0])
        else:
            self.cross -= weight
            self.cross_word = max(self.cross_word, (-weight, word), key=lambda each: each[0])


def judge(text: str, language: str | None = None) -> Tone:
    """How a text sounds. ``language`` chooses the word lists; English's are always among them."""
    heard = _listen(_pieces(text), _lists(language))
    score = heard.glad - heard.cross
    if heard.glad >= _BOTH and heard.cross >= _BOTH and abs(score) < _LEAST:
        why = f"There is both “{heard.glad_word[1]}” and “{heard.cross_word[1]}” in it."
        return Tone(MIXED, 0.5, why)
    if score >= _LEAST:
        return Tone(POSITIVE, _sure(score), f"It sounds glad: “{heard.glad_word[1]}”.")
    if score <= -_LEAST:
        return Tone(NEGATIVE, _sure(-score), f"It sounds cross: “{heard.cross_word[1]}”.")
    return Tone(NEUTRAL, 0.6 if heard.glad == heard.cross == 0 else 0.5, "Its words are neither glad nor cross.")


def _sure(score: float) -> float:
    return round(min(0.55 + 0.06 * score, 0.85), 2)


def _pieces(text: str) -> list[str]:
    plain = _AWAY.sub(" ", text[:_ENOUGH].replace("\u2019", "'"))
    return _PIECE.findall(_STRETCHED.sub(r"\1\1", plain))


def _listen(pieces: Iterable[str], lists: "_Lists") -> _Heard:
    heard = _Heard()
    negated, louder = 0, 1.0
    for piece in pieces:
        word = piece.lower()
        if word in words.BUT:
            # What comes after it is what was meant.
            heard.glad *= 0.5
            heard.cross *= 0.8
            negated = 0
            continue
        if lists.negates(word):
            negated = _REACH
            heard.hear(word, -_A_NO)
            continue
        weight = lists.weight(word) if piece[0].isalpha() else _sign(piece)
        if weight:
            loud = louder * (_SHOUTED if len(piece) >= _LONG and piece.isupper() else 1.0)
            if negated:
                weight *= -_FLIPPED if weight > 0 else _FLIPPED
            heard.hear(piece, weight * loud)
        louder = 1.4 if word in words.VERY else 1.0
        negated = 0 if piece[0] in "!?." else max(negated - 1, 0)
    return heard


def _sign(piece: str) -> float:
    if piece in _GLAD_FACES or piece in words.LAUGHING_OR_GLAD:
        return 1.5
    if piece in _CROSS_FACES or piece in words.CRYING_OR_CROSS:
        return -1.5
    return 0.0


class _Lists:
    """The word lists of some languages as one; a word's weight is kept once it was looked up."""

    def __init__(self, languages: Iterable[str]) -> None:
        self._whole: dict[str, float] = {}
        self._begins: dict[str, float] = {}
        self._nots: set[str] = set()
        for language in languages:
            for lists, sign in ((words.GLAD, 1.0), (words.CROSS, -1.0)):
                for text, weight in zip(lists[language], (2.0, 1.0), strict=True):
                    self._take(text.split(), sign * weight)
            self._nots |= words.NOT[language]
        self._shortest = min(map(len, self._begins), default=0)
        self.weight = lru_cache(maxsize=20_000)(self._weight)

    def negates(self, word: str) -> bool:
        """Whether a word turns those after it round."""
        return word in self._nots or word.endswith("n't")

    def _take(self, entries: Iterable[str], weight: float) -> None:
        for entry in entries:
            if entry.endswith("*"):
                self._begins.setdefault(entry[:-1], weight)
            else:
                self._whole.setdefault(entry, weight)

    def _weight(self, word: str) -> float:
        """How glad (above 0) or cross (below) a word is."""
        if word.startswith(_ARABIC_LAUGH):
            return 1.0
        found = self._whole.get(word)
        if found is not None:
            return found
        if word[0] in _ARABIC_BEFORE and len(word) > _LONG:
            return self._weight(word[2:] if word.startswith("ال") else word[1:])
        for end in range(len(word), self._shortest - 1, -1):
            begun = self._begins.get(word[:end])
            if begun is not None:
                return begun
        return 0.0


@lru_cache(maxsize=32)
def _lists(language: str | None) -> _Lists:
    code = (language or "").partition("-")[0].lower()
    return _Lists(dict.fromkeys((code, "en")) if code in words.GLAD else ("en",))
