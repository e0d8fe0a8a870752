"""What the encoder answers: numbers for texts as a whole, and for their pieces."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Self

import numpy as np
import numpy.typing as npt

WIDTH: Final = 768
"""Numbers that a text gets: 384 of the fourth layer, 384 of the sixth."""
PIECE_WIDTH: Final = 384
"""Numbers that a piece of a text gets: of the fourth layer."""
STEPS: Final = 32
"""Steps of a byte for how far a piece's number usually strays from its mean, which is 0."""

Row = npt.NDArray[np.float16]
Bytes = npt.NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Meaning:
    """A row of numbers for each text, and one of bytes for each of its pieces, text after text; ``counts`` are how
    many pieces each text has: at least one, or none where only whole texts were asked about.
    """

    texts: npt.NDArray[np.float32]
    pieces: Bytes
    counts: npt.NDArray[np.int64]

    @classmethod
    def of(cls, answers: Sequence[tuple[Row, Bytes]]) -> Self:
        """Put together what was answered for each text."""
        if not answers:
            return cls.whole(rows_of(answers))
        counts = np.array([len(pieces) for _, pieces in answers])
        return cls(rows_of(answers), np.concatenate([pieces for _, pieces in answers]), counts)

    @classmethod
    def whole(cls, texts: npt.NDArray[np.float32]) -> Self:
        """Of whole texts alone: they have no pieces."""
        return cls(texts, np.empty((0, PIECE_WIDTH), np.int8), np.zeros(len(texts), np.int64))

    def only(self, places: npt.NDArray[np.intp]) -> Self:
        """What is said of some of the texts, in the order of ``places``."""
        counts = self.counts[places]
        begins = (np.cumsum(self.counts) - self.counts)[places]
        of_each = np.repeat(begins - (np.cumsum(counts) - counts), counts) + np.arange(counts.sum())
        return type(self)(self.texts[places], self.pieces[of_each], counts)


def rows_of(answers: Sequence[tuple[Row, Bytes]]) -> npt.NDArray[np.float32]:
    """The rows of whole texts."""
    found = np.empty((len(answers), WIDTH), np.float32)
    for at, (row, _) in enumerate(answers):
        found[at] = row
    return found
