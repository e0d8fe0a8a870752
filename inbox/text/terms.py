"""The words of a post that can name a topic: lower case, without links, handles and figures."""

import re
from functools import lru_cache
from typing import Final

from inbox.text.stop_words import stop_words

_DROPPED: Final = re.compile(r"https?://\S+|www\.\S+|(?<![\w])@[\w.@-]+|&#?\w{1,8};|^rt\b", re.IGNORECASE)
_MARKS: Final = "\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u0dff\u0e31-\u0e4e"
"""Signs that belong to letters, which ``\\w`` leaves out."""
_WORD: Final = re.compile(rf"[\w{_MARKS}]+(?:'[\w{_MARKS}]+)*")
_LETTER: Final = re.compile(r"[^\W\d_]")
_NO_SPACES: Final = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uff66-\uff9f\u0e01-\u0e3a\u0e40-\u0e4e]{2,}")
"""Scripts that are written without spaces: two letters at a time stand for a word."""
_STRETCHED: Final = re.compile(r"(.)\1{2,}")
_LONGEST: Final = 2000
_LONGEST_WORD: Final = 40
Phrase = tuple[str, ...]


def words(text: str) -> list[str]:
    """The words in order, stop words and all."""
    plain = _DROPPED.sub(" ", text[:_LONGEST]).replace("\u2019", "'").casefold()
    plain = _STRETCHED.sub(r"\1\1", plain)
    found: list[str] = []
    for word in _WORD.findall(plain):
        bare = word.strip("_").removesuffix("'s")
        if not bare.isascii() and _NO_SPACES.search(bare):
            found += _pairs(bare)
        elif (bare.isalpha() or _LETTER.search(bare)) and len(bare) <= _LONGEST_WORD:
            found.append(bare)
    return found


def told(word: str, stops: frozenset[str]) -> bool:
    """Whether a word can begin or end a phrase."""
    return word not in stops and (len(word) > 2 or not word.isascii())  # noqa: PLR2004 - two letters say little


def content(text: str, language: str | None) -> list[str]:
    """The words that say what a post is about."""
    stops = stops_of(language)
    return [word for word in words(text) if told(word, stops)]


@lru_cache(maxsize=256)
def stops_of(language: str | None) -> frozenset[str]:
    """The stop words of a language as a post names it, like ``pt-BR``."""
    return stop_words(None if language is None else language.split("-")[0].casefold())


def _pairs(run: str) -> list[str]:
    return [run[at : at + 2] for at in range(len(run) - 1)]
