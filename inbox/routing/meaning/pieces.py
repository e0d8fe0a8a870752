"""Texts as the encoder reads them: WordPiece of BERT for text without capitals, by our own hand.

The library that does this best, ``tokenizers``, draws a client of a model hub with it, which a program that must not
call out has no use for. Words cut here are kept: a stream of mentions has few that are new.
"""

import html
import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

MOST: Final = 48
"""Pieces of a text that are looked at, its two marks among them."""
NOTHING: Final = (101, 102)
"""The pieces of an empty text: the marks of its begin and end."""
_MOST_CHARACTERS: Final = 1_000
"""Of a text that are looked at: 46 pieces reach no further, unless it is mostly white space or addresses."""
_LONGEST_WORD: Final = 100
"""Characters; a longer word is unknown, as the encoder learnt it."""
_WORDS_KEPT: Final = 20_000
_LEFT_OUT: Final = re.compile(r"https?://\S+|www\.\S+|@\w+")
_UNSEEN: Final = frozenset({"Cc", "Cf", "Co", "Cs"})
"""Not yet assigned characters are left in: which they are depends on the age of Python."""
_REPLACED: Final = 0xFFFD
_SIGNS: Final = frozenset("$+<=>^`|~")
"""ASCII signs that Unicode does not call punctuation, and BERT does."""
_IDEOGRAPHS: Final = (
    (0x4E00, 0x9FFF),
    (0x3400, 0x4DBF),
    (0x20000, 0x2A6DF),
    (0x2A700, 0x2B73F),
    (0x2B740, 0x2B81F),
    (0x2B820, 0x2CEAF),
    (0xF900, 0xFAFF),
    (0x2F800, 0x2FA1F),
)
"""Each stands as a word of its own, as BERT has it; kana and Hangul do not."""


def cleaned(text: str) -> str:
    """What a text says: its first characters without links, handles and written-out entities, white space joined."""
    plain = html.unescape(text[: 2 * _MOST_CHARACTERS])
    return " ".join(_LEFT_OUT.sub(" ", plain).split())[:_MOST_CHARACTERS]


class Pieces:
    """Cuts texts into pieces of words that ``words`` numbers."""

    def __init__(self, words: Mapping[str, int]) -> None:
        self._words = words
        self._begin, self._end, self._unknown = words["[CLS]"], words["[SEP]"], words["[UNK]"]
        self._longest = max(map(len, words))
        self._cut = lru_cache(maxsize=_WORDS_KEPT)(self._cut_anew)

    def __call__(self, text: str) -> list[int]:
        """The numbers of a text's pieces between the marks of its begin and end, ``MOST`` at most."""
        found = [self._begin]
        for word in _words(cleaned(text)):
            found += self._cut(word) if len(word) <= _LONGEST_WORD else (self._unknown,)
            if len(found) >= MOST:
                break
        return [*found[: MOST - 1], self._end]

    def _cut_anew(self, word: str) -> tuple[int, ...]:
        """The longest piece that fits, again and again; a word with a rest that fits none is unknown as a whole."""
        found: list[int] = []
        at = 0
        while at < len(word):
            mark = "##" if at else ""
            for end in range(min(len(word), at + self._longest), at, -1):
                number = self._words.get(mark + word[at:end])
                if number is not None:
                    break
            else:
                return (self._unknown,)
            found.append(number)
            at = end
        return tuple(found)


def numbered(vocabulary: str) -> dict[str, int]:
    """The words of a vocabulary file, one a line, by number."""
    return {word: number for number, word in enumerate(vocabulary.splitlines())}


def _words(text: str) -> list[str]:
    """Words in small letters without accents; punctuation and ideographs stand alone."""
    apart = unicodedata.normalize("NFD", "".join(map(_seen, text)))
    return "".join(map(_bare, apart)).split()


@lru_cache(maxsize=4_096)
def _seen(character: str) -> str:
    """Nothing for what cannot be seen, room around an ideograph, else the character."""
    code = ord(character)
    if code == _REPLACED or (unicodedata.category(character) in _UNSEEN and character not in "\t\n\r"):
        return ""
    if any(first <= code <= last for first, last in _IDEOGRAPHS):
        return f" {character} "
    return character


@lru_cache(maxsize=4_096)
def _bare(character: str) -> str:
    """Nothing for an accent, room around punctuation, a small letter for a capital one.

    Every ASCII sign counts as punctuation, also ``$`` and ``^``. Letter by letter: a word's place changes none.
    """
    kind = unicodedata.category(character)
    if kind == "Mn":
        return ""
    if kind.startswith("P") or character in _SIGNS:
        return f" {character} "
    return character.lower()
