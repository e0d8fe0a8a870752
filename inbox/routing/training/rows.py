"""The texts of examples as rows of features, with all else that is known of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import sparse

from inbox.routing.learned.features import Features
from inbox.routing.learned.reader import Encodes
from inbox.routing.learned.weighing import Vocabulary
from inbox.routing.training.example import Example
from inbox.routing.training.kinds import MANY, Ints
from inbox.routing.training.net import NETS, WIDTH
from inbox.routing.training.reading import Numbers

Flags = npt.NDArray[np.bool_]

LARGEST: Final = 23_000_000
"""Bytes of a model."""


@dataclass(frozen=True, slots=True)
class Read:
    """The texts as rows, and what their authors wrote before, if any did; a row without words says nothing. With the
    hints of all, empty where there is none, and the numbers that an encoder gives of both.
    """

    rows: sparse.csr_matrix
    before: sparse.csr_matrix | None
    hints: Sequence[str]
    of_pieces: Flags
    numbers: Numbers | None

    def hints_of(self, places: Ints) -> list[str]:
        """The hints of some of the texts."""
        return [self.hints[place] for place in places]

    def as_known_from(self, kept: Ints) -> "Read":
        """With the features that would be known had only the kept texts been there: a new one has unknown ones."""
        known = np.bincount(self.rows[kept].indices, minlength=self.rows.shape[1]) > 1
        before = None if self.before is None else _limited(self.before, known, self.of_pieces)
        return replace(self, rows=_limited(self.rows, known, self.of_pieces), before=before)


def read(examples: Sequence[Example], labels: int, encoder: Encodes | None) -> tuple[Vocabulary, Read]:
    """All that models look at of the examples, and the vocabulary that they are read by."""
    found = Features.of([each.text for each in examples], [each.account for each in examples])
    vocabulary = _vocabulary(found, labels)
    texts, earlier = [each.text for each in examples], [each.earlier for each in examples]
    return vocabulary, Read(
        _rows(vocabulary, found),
        _rows(vocabulary, Features.of(earlier)) if any(earlier) else None,
        [each.hint for each in examples],
        (vocabulary.features & np.uint64(1)).astype(np.bool_),
        None if encoder is None else Numbers.of(texts, earlier, encoder, labels),
    )


def _limited(rows: sparse.csr_matrix, known: Flags, of_pieces: Flags) -> sparse.csr_matrix:
    """The rows with known features alone, words and pieces of words each at length 1 again."""
    left = rows @ sparse.diags(known.astype(np.float32), format="csr")
    squares = left.multiply(left)
    sizes = [1 / np.sqrt(np.maximum(squares @ kind.astype(np.float64), 1e-9)) for kind in (~of_pieces, of_pieces)]
    of_row = np.repeat(np.arange(left.shape[0]), np.diff(left.indptr))
    left.data *= np.where(of_pieces[left.indices], sizes[1][of_row], sizes[0][of_row]).astype(np.float32)
    return left


def _vocabulary(read: Features, labels: int) -> Vocabulary:
    """Features that two texts have or more; the most frequent where there is no room for all."""
    order = np.lexsort((read.text, read.feature))
    feature, text = read.feature[order], read.text[order]
    first = np.ones(len(order), np.bool_)
    first[1:] = (feature[1:] != feature[:-1]) | (text[1:] != text[:-1])
    features, counts = np.unique(feature[first], return_counts=True)
    room = LARGEST // (2 * (labels + (NETS * WIDTH if labels > MANY else 0)) + 12)
    kept = np.sort(np.argsort(-counts, kind="stable")[:room])
    kept = kept[counts[kept] > 1]
    rarity = np.log((1 + read.texts) / (1 + counts[kept])) + 1
    return Vocabulary(features[kept], rarity.astype(np.float32))


def _rows(vocabulary: Vocabulary, read: Features) -> sparse.csr_matrix:
    weighed = vocabulary.weigh(read)
    return sparse.csr_matrix(
        (weighed.values, weighed.columns, weighed.starts), shape=(read.texts, len(vocabulary.features))
    )
