"""A small neural net over sparse rows: one hidden layer, learnt in small steps with parts of it left out by chance."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import sparse

from inbox.routing.learned.model import softmax
from inbox.routing.training.kinds import UNSEEN, Floats, Ints

Small = npt.NDArray[np.float32]

WIDTH: Final = 128
"""Numbers of the hidden layer of one net."""
NETS: Final = 2
"""So many nets are learnt in the end; to judge by, one is enough."""
ROUNDS: Final = 12
"""How often each example is looked at."""
BATCH: Final = 64
RATE: Final = 0.08
"""How far the first step goes; the last goes nowhere."""
LEFT_OUT: Final = 0.5
"""The share of hidden numbers that a step does without, so that none relies on another."""
UNREAD: Final = 0.2
"""The share of features that a step does without."""
_FIRST: Final = 0.1
"""How far from nothing the hidden numbers of a feature begin."""
_EVEN: Final = 1e-4
"""What counts as having moved before the first step."""
_SCALE: Final = 8.0
"""How much heavier slopes are made, so that the first steps are long beside ``_EVEN``."""


@dataclass(frozen=True, slots=True)
class Net:
    """What was learnt: hidden numbers per feature, their bias, what they say of each label, and the labels' biases."""

    hidden: Small
    hidden_bias: Small
    out: Small
    bias: Floats

    def scores(self, rows: sparse.csr_matrix) -> Floats:
        """A score for each row and label."""
        return np.asarray(np.maximum(rows @ self.hidden + self.hidden_bias, 0) @ self.out + self.bias)


def net(rows: sparse.csr_matrix, right: Ints, sure: Floats, labels: int, *, nets: int = 1) -> Net:
    """The mean of so many nets that begin differently."""
    found = [_learnt(rows, right, sure, labels, seed) for seed in range(nets)]
    seen = np.bincount(right, minlength=labels) > 0
    return Net(
        np.concatenate([each.hidden for each in found], axis=1),
        np.concatenate([each.hidden_bias for each in found]),
        (np.concatenate([each.out for each in found]) / nets).astype(np.float32),
        np.where(seen, np.mean([each.bias for each in found], axis=0), UNSEEN),
    )


@dataclass(frozen=True, slots=True)
class _Moving:
    """Numbers that move against their slope, each the slower the more it has moved before (Adagrad)."""

    at: Small
    moved: Small

    @classmethod
    def starting(cls, at: npt.NDArray[np.floating]) -> "_Moving":
        return cls(at.astype(np.float32), np.full(at.shape, _EVEN, np.float32))

    def move(self, slope: Small, rate: float, rows: Ints | slice = slice(None)) -> None:
        moved = self.moved[rows] + slope * slope
        self.moved[rows] = moved
        self.at[rows] -= np.float32(rate) * slope / np.sqrt(moved)


def _learnt(rows: sparse.csr_matrix, right: Ints, sure: Floats, labels: int, seed: int) -> Net:
    chance = np.random.default_rng(seed)
    hidden = _Moving.starting(chance.standard_normal((rows.shape[1], WIDTH), np.float32) * np.float32(_FIRST))
    hidden_bias = _Moving.starting(np.zeros(WIDTH))
    out = _Moving.starting(chance.standard_normal((WIDTH, labels)) / np.sqrt(WIDTH))
    bias = _Moving.starting(np.zeros(labels))
    hits = np.eye(labels, dtype=np.float32)
    starts = [(turn, begin) for turn in range(ROUNDS) for begin in range(0, len(right), BATCH)]
    order = np.arange(len(right))
    for step, (_, begin) in enumerate(starts):
        if begin == 0:
            order = chance.permutation(len(right))
        rate = RATE * (1 - step / len(starts))
        batch = order[begin : begin + BATCH]
        columns, seen = _some(rows[batch], chance)
        raised = seen @ hidden.at[columns] + hidden_bias.at
        kept = (raised > 0) * (chance.random(raised.shape, np.float32) >= LEFT_OUT) / np.float32(1 - LEFT_OUT)
        said = raised * kept
        weight = (sure[batch] * _SCALE / len(batch)).astype(np.float32)
        off = (softmax(said @ out.at + bias.at) - hits[right[batch]]) * weight[:, None]
        back = (off @ out.at.T) * kept
        out.move(said.T @ off, rate)
        bias.move(off.sum(axis=0), rate)
        hidden.move(seen.T @ back, rate, columns)
        hidden_bias.move(back.sum(axis=0), rate)
    return Net(hidden.at, hidden_bias.at, out.at, bias.at.astype(np.float64))


def _some(rows: sparse.csr_matrix, chance: np.random.Generator) -> tuple[Ints, sparse.csr_matrix]:
    """The columns that a few rows have, and the rows as of these alone, without a share of their features."""
    columns, places = np.unique(rows.indices, return_inverse=True)
    kept = rows.data * (chance.random(len(rows.data), np.float32) >= UNREAD) / np.float32(1 - UNREAD)
    return columns, sparse.csr_matrix((kept, places.astype(np.int32), rows.indptr), shape=(rows.shape[0], len(columns)))
