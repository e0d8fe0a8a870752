"""Learning which pieces of a text matter to a label: attention, by gradient descent with decoupled decay of weights.

After Bahdanau, Cho and Bengio, "Neural Machine Translation by Jointly Learning to Align and Translate" (ICLR 2015), for
weighing pieces, and Loshchilov and Hutter, "Decoupled Weight Decay Regularization" (ICLR 2019), for the descent.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from inbox.routing.learned.attention import Attention, mattering
from inbox.routing.learned.model import softmax
from inbox.routing.meaning import STEPS, Meaning
from inbox.routing.training.kinds import Floats, Ints, evened

Table = npt.NDArray[np.float32]

HEADS: Final = 2
"""Columns of each label: what it heeds may be of two kinds."""
ROUNDS: Final = 6
FEWEST_STEPS: Final = 100
"""Few examples are gone through more often, until so many steps are made."""
TOGETHER: Final = 64
"""Examples of a step."""
FASTEST: Final = 2e-3
"""How far a weight goes in a step; it begins lower, and ends at nothing."""
BEGINNING: Final = 20
DECAY: Final = 0.1
SILENT: Final = 0.3
"""The share of a piece's numbers that a step does not see, so that none is relied upon alone."""
FIRST: Final = 0.01
"""How far keys stray before anything is learnt."""
_MEMORY: Final = (0.9, 0.999)


@dataclass(frozen=True, slots=True)
class Attended:
    """What was learnt, and the labels' biases."""

    attention: Attention
    bias: Floats

    def scores(self, said: Meaning) -> Floats:
        """A score for each text and label."""
        return self.attention.scores(said, len(self.bias)) + self.bias


@dataclass(slots=True)
class _Descent:
    """Numbers that are moved against their slopes (Adam)."""

    numbers: Table
    decay: float
    mean: Table
    square: Table
    step: int = 0

    @classmethod
    def of(cls, numbers: Table, decay: float) -> "_Descent":
        return cls(numbers, decay, np.zeros_like(numbers), np.zeros_like(numbers))

    def move(self, slope: Table, far: float) -> None:
        """One step of so far."""
        self.step += 1
        first, second = _MEMORY
        self.mean += (1 - first) * (slope - self.mean)
        self.square += (1 - second) * (slope * slope - self.square)
        way = self.mean / (1 - first**self.step) / (np.sqrt(self.square / (1 - second**self.step)) + 1e-8)
        self.numbers -= far * (way + self.decay * self.numbers)


def attending(said: Meaning, right: Ints, sure: Floats, labels: int) -> Attended:
    """Learn from what an encoder says of texts, their labels, and how sure each is; the same gives the same."""
    draw = np.random.default_rng(0)
    width, columns = said.pieces.shape[1], HEADS * labels
    keys = draw.normal(0, FIRST, (width, columns))
    table = _Descent.of(np.concatenate([keys, np.zeros_like(keys)], axis=1).astype(np.float32), DECAY)
    bias = _Descent.of(np.zeros(labels, np.float32), 0.0)
    weights = evened(right, sure, labels).astype(np.float32)
    steps = max(ROUNDS * -(-len(right) // TOGETHER), FEWEST_STEPS)
    for step, places in zip(range(1, steps + 1), _draws(draw, len(right)), strict=False):
        seen = (draw.random((width, 1)) > SILENT).astype(np.float32) / (1 - SILENT)
        slope, slope_of_bias = _slopes(
            said.only(places), table.numbers * seen, bias.numbers, right[places], weights[places]
        )
        far = FASTEST * (1 + np.cos(np.pi * step / steps)) / 2 * min(1, step / BEGINNING)
        table.move(slope * seen, far)
        bias.move(slope_of_bias, far)
    found, values = np.hsplit(table.numbers, 2)
    return Attended(Attention(found.copy(), values.copy()), bias.numbers.astype(np.float64))


def _draws(draw: np.random.Generator, examples: int) -> Iterator[Ints]:
    """Places of some examples at a time, all of them in each round."""
    while True:
        order = draw.permutation(examples)
        yield from (order[at : at + TOGETHER] for at in range(0, examples, TOGETHER))


def _slopes(said: Meaning, table: Table, bias: Table, right: Ints, weights: Table) -> tuple[Table, Table]:
    """How the surprise at the right labels changes with each number of the table, and with each bias."""
    labels, begins = len(bias), np.cumsum(said.counts) - said.counts
    pieces: npt.NDArray[Any] = said.pieces.astype(np.float32) / STEPS
    keys, values = np.hsplit(pieces @ table, 2)
    share = mattering(keys, begins, said.counts)
    told = np.add.reduceat(share * values, begins, axis=0)
    scores = told.reshape(len(begins), HEADS, labels).sum(axis=1) + bias
    surprise = softmax(scores) - np.eye(labels)[right]
    off = (surprise * (weights / len(right))[:, None]).astype(np.float32)
    by_piece = share * np.repeat(np.tile(off, HEADS), said.counts, axis=0)
    of_keys = by_piece * (values - np.repeat(told, said.counts, axis=0))
    return pieces.T @ np.concatenate([of_keys, by_piece], axis=1), off.sum(axis=0)
