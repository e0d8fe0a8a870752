"""What models see of texts: numbers that stand for their words, pairs of words and pieces of words.

A feature is a 64-bit number reckoned from letters alone, so that it is the same on every machine and in every
process, and no model need store words. A whole batch is read at a time, and read once for all models.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

import numpy as np
import numpy.typing as npt

from inbox.routing.learned.words import LONGEST, words_of

Hashes = npt.NDArray[np.uint64]
Ints = npt.NDArray[np.int64]

PIECES: Final = (2, 3, 4, 5)
"""Letters of a piece of a word, where its two edges count as letters."""
_BASE: Final = np.uint64(0x9E3779B97F4A7C15)
_POWERS: Final[Hashes] = np.cumprod(
    np.concatenate([np.ones(1, np.uint64), np.full(LONGEST + 2, _BASE)]), dtype=np.uint64
)
_WORD, _PAIR, _APART, _ACCOUNT, _PIECE = range(5)
_KINDS: Final[Hashes] = np.arange(1, _PIECE + max(PIECES) + 2, dtype=np.uint64) * _BASE


@dataclass(frozen=True, slots=True)
class Features:
    """The features of a batch of texts: each with its text's number and with the word in which it begins.

    The lowest bit of a feature says whether it is a piece of a word (1) or made of whole words (0).
    """

    texts: int
    text: Ints
    word: Ints
    feature: Hashes

    @classmethod
    def of(cls, texts: Sequence[str], accounts: Sequence[str] | None = None) -> "Features":
        """Read a batch; ``accounts`` are the handles of the brand's accounts that the texts were sent to."""
        found = [[word.form for word in words_of(text)] for text in texts]
        return cls.of_words(found, accounts)

    @classmethod
    def of_words(cls, texts: Sequence[Sequence[str]], accounts: Sequence[str] | None = None) -> "Features":
        """Read texts that are cut into words already."""
        lengths = np.fromiter(map(len, texts), np.int64, len(texts))
        text_of = np.repeat(np.arange(len(texts)), lengths)
        words = list(chain.from_iterable(texts))
        letters, begins = _letters(words)
        where = np.arange(len(words))
        whole = _whole(letters, begins)
        parts = [
            (text_of, where, _mixed(whole, _WORD)),
            *_pairs(text_of, where, whole),
            *_pieces(letters, begins, text_of),
        ]
        if accounts is not None:
            parts.append(_accounts(accounts))
        return cls(len(texts), *(np.concatenate(each) for each in zip(*parts, strict=True)))


Part = tuple[Ints, Ints, Hashes]


def _letters(words: Sequence[str]) -> tuple[Hashes, Ints]:
    """The letters of all words in a row, a blank at each edge, and where each word begins; its end closes the row."""
    row = "".join(f" {word} " for word in words).encode("utf-32-le", "surrogatepass")
    sizes = np.fromiter(map(len, words), np.int64, len(words)) + 2
    return np.frombuffer(row, "<u4").astype(np.uint64), np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes)])


def _whole(letters: Hashes, begins: Ints) -> Hashes:
    if len(begins) == 1:
        return np.zeros(0, np.uint64)
    places = np.arange(len(letters)) - np.repeat(begins[:-1], np.diff(begins))
    whole: Hashes = np.add.reduceat(letters * _POWERS[places], begins[:-1])
    return whole


def _pairs(text_of: Ints, where: Ints, whole: Hashes) -> Iterable[Part]:
    """Words that stand side by side, and words with one other between them."""
    for kind, apart in ((_PAIR, 1), (_APART, 2)):
        same = np.flatnonzero(text_of[apart:] == text_of[:-apart])
        yield text_of[same], where[same], _mixed(whole[same] * _BASE + whole[same + apart], kind)


def _pieces(letters: Hashes, begins: Ints, text_of: Ints) -> Iterable[Part]:
    """Runs of letters within each word."""
    sizes = np.diff(begins)
    word_of = np.repeat(np.arange(len(sizes)), sizes)
    left = np.repeat(begins[1:], sizes) - np.arange(len(letters))
    summed = letters.copy()
    for length in range(2, max(PIECES) + 1):
        summed = summed[: len(letters) - length + 1]
        summed = summed + letters[length - 1 :] * _POWERS[length - 1] if len(letters) >= length else summed[:0]
        if length in PIECES:
            inside = np.flatnonzero(left[: len(summed)] >= length)
            yield text_of[word_of[inside]], word_of[inside], _mixed(summed[inside], _PIECE + length)


def _accounts(accounts: Sequence[str]) -> Part:
    letters, begins = _letters([account.casefold()[:LONGEST] for account in accounts])
    return np.arange(len(accounts)), np.full(len(accounts), -1), _mixed(_whole(letters, begins), _ACCOUNT)


def _mixed(numbers: Hashes, kind: int) -> Hashes:
    """Spread evenly over all 64 bits, apart for each kind; the lowest bit marks pieces of words."""
    mixed: Hashes = (numbers + _KINDS[kind]) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(31))) * np.uint64(0x94D049BB133111EB)
    mixed ^= mixed >> np.uint64(30)
    return (mixed & ~np.uint64(1)) | np.uint64(kind >= _PIECE)
