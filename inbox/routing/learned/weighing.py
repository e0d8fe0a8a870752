"""How much each feature that a model knows counts in each text."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from inbox.routing.learned.features import Features, Hashes, Ints

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Weighed:
    """A sparse table, row after row: ``starts[n]`` to ``starts[n + 1]`` are text n's columns and values."""

    starts: Ints
    columns: Ints
    values: Floats


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The features that a model knows, in ascending order, and how rare each is."""

    features: Hashes
    rarity: Floats

    def weigh(self, read: Features) -> Weighed:
        """Term frequency (its logarithm) by rarity; words and pieces of words each at length 1."""
        columns, known = self.columns_of(read.feature)
        size = max(len(self.features), 1)
        cells, counts = np.unique(read.text[known] * size + columns[known], return_counts=True)
        rows, columns = np.divmod(cells, size)
        values = (1 + np.log(counts)) * self.rarity[columns]
        group = rows * 2 + (self.features[columns] & np.uint64(1)).astype(np.int64)
        lengths = np.sqrt(np.bincount(group, values**2, minlength=2 * read.texts))
        starts = np.searchsorted(rows, np.arange(read.texts + 1))
        return Weighed(starts, columns, (values / lengths[group]).astype(np.float32))

    def columns_of(self, features: Hashes) -> tuple[Ints, npt.NDArray[np.bool_]]:
        """The column of each feature, and whether it is known at all."""
        if not len(self.features):
            return np.zeros(len(features), np.int64), np.zeros(len(features), np.bool_)
        columns = np.minimum(np.searchsorted(self.features, features), len(self.features) - 1)
        return columns, self.features[columns] == features


def summed(weighed: Weighed, rows: npt.NDArray[np.floating]) -> npt.NDArray[np.float64]:
    """For each text the sum of its columns' rows, each times its value."""
    texts = len(weighed.starts) - 1
    total = np.zeros((texts, rows.shape[1]))
    for text in range(texts):
        begin, end = weighed.starts[text], weighed.starts[text + 1]
        total[text] = weighed.values[begin:end] @ rows[weighed.columns[begin:end]].astype(np.float32)
    return total
