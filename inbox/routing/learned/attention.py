"""Which pieces of a text matter to a label, and what they speak for."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from inbox.routing.meaning import STEPS, Meaning

Floats = npt.NDArray[np.float32]
Counts = npt.NDArray[np.int64]

_ALONE: Final = 262_144
"""Products that OpenBLAS adds up on one thread; of more it wakes a second, which waits longer than it works."""


@dataclass(frozen=True, slots=True)
class Attention:
    """For each label a few columns of weights over the numbers of a piece, as one table: ``keys`` say how much a
    piece matters to the label beside the text's other pieces, ``values`` what it speaks for.

    The columns of all labels stand side by side, as often as there are heads.
    """

    keys: Floats
    values: Floats

    def scores(self, said: Meaning, labels: int) -> npt.NDArray[np.float64]:
        """A score for each text and label."""
        found = portioned(said.pieces, np.concatenate([self.keys, self.values], axis=1) / STEPS)
        keys, values = np.hsplit(found, 2)
        begins = np.cumsum(said.counts) - said.counts
        told = np.add.reduceat(mattering(keys, begins, said.counts) * values, begins, axis=0)
        heads = self.keys.shape[1] // labels
        return np.asarray(told.reshape(len(begins), heads, labels).sum(axis=1, dtype=np.float64))

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """Its parts by the names under which a model's file has them."""
        return {"attended_keys": self.keys, "attended_values": self.values}

    def fits(self, labels: int) -> bool:
        """Whether its parts fit together and to so many labels."""
        paired = self.keys.ndim == 2 and self.keys.shape == self.values.shape  # noqa: PLR2004 - a table has two sides
        return paired and self.keys.size > 0 and self.keys.shape[1] % labels == 0


def mattering(keys: Floats, begins: Counts, counts: Counts) -> Floats:
    """How much each piece matters, column by column: shares of 1 among the pieces of a text."""
    raised = np.exp(keys - np.repeat(np.maximum.reduceat(keys, begins, axis=0), counts, axis=0))
    return np.asarray(raised / np.repeat(np.add.reduceat(raised, begins, axis=0), counts, axis=0))


def portioned(rows: npt.NDArray[Any], matrix: npt.NDArray[np.floating]) -> Floats:
    """The product of the two, a few rows at a time."""
    found = np.empty((len(rows), matrix.shape[1]), np.float32)
    matrix = matrix.astype(np.float32)
    size = max(_ALONE // max(matrix.size, 1), 1)
    for at in range(0, len(rows), size):
        np.matmul(rows[at : at + size].astype(np.float32), matrix, out=found[at : at + size])
    return found
