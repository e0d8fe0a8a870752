"""Learning what the numbers of an encoder speak for, and where it is worth asking for them."""

import warnings
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression

from inbox.routing.learned.model import softmax
from inbox.routing.learned.reader import Reader
from inbox.routing.training.blending import blend
from inbox.routing.training.kinds import MANY, UNSEEN, Floats, Ints, evened

Encoded = npt.NDArray[np.float32]

STRENGTHS: Final = (0.002, 0.02)
"""How freely weights grow for a few noisy labels, and for many: hundreds of numbers are easily learnt by heart."""
ROUNDS: Final = 30
UNSURE: Final = 0.9
"""Where the likeliest label by words has no higher chance, the encoder is asked; above it changes nearly nothing."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A column of weights over an encoder's numbers for each label, and the labels' biases."""

    weights: Encoded
    bias: Floats

    def scores(self, encoded: Encoded) -> Floats:
        """A score for each row and label."""
        return np.asarray(encoded @ self.weights + self.bias)


def reading(encoded: Encoded, right: Ints, sure: Floats, labels: int) -> Reading:
    """Logistic regression over all labels at once, each number taken as far as it strays from its mean."""
    weights, bias = np.zeros((encoded.shape[1], labels), np.float32), np.full(labels, UNSEEN)
    there = np.flatnonzero(np.bincount(right, minlength=labels))
    if len(there) == 1:
        bias[there] = 0
        return Reading(weights, bias)
    middle, spread = encoded.mean(axis=0), np.maximum(encoded.std(axis=0), 1e-6)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # so many steps are near enough, and bound the time
        fitted = LogisticRegression(C=STRENGTHS[labels > MANY], max_iter=ROUNDS, tol=1e-3).fit(
            (encoded - middle) / spread, right, sample_weight=evened(right, sure, labels)
        )
    columns, offsets = fitted.coef_, fitted.intercept_
    if len(columns) < len(there):  # two labels are told apart by one column
        columns, offsets = np.array([-columns[0], columns[0]]) / 2, np.array([-offsets[0], offsets[0]]) / 2
    weights[:, there] = (columns / spread).T
    bias[there] = offsets - (columns / spread) @ middle
    return Reading(weights, bias)


def reader(whole: Reading, read: Floats, words: Floats, right: Ints) -> tuple[Reader, Floats]:
    """A reader of what was learnt from all examples, and the scores that come of it where it had not learnt from them.

    ``read`` and ``words`` are scores of examples that neither had learnt from, ``right`` their labels.
    """
    both = blend([words, read], right)
    beside, share = both.shares
    weights, bias = (whole.weights * share).astype(np.float32), whole.bias * share + both.bias
    found = Reader(weights, bias, float(beside), UNSURE)
    scores, asked = words.copy(), found.asked(softmax(words))
    scores[asked] = both.scores[asked]
    return found, scores
