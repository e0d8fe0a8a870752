"""The kinds of classifiers that are blended. Each errs in its own way, so together they err less."""

import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

BALANCE: Final = 0.5
"""How far rare labels count for more: 0 not at all, 1 until all labels count the same."""
MANY: Final = 40
"""Labels above which margins and a net are learnt: there the other kinds take long and add little, while to a few
noisy labels margins and a net add nothing.
"""
UNSEEN: Final = -20.0
"""The score of a label that no example has: out of reach."""


@dataclass(frozen=True, slots=True)
class Linear:
    """A column of weights for each label, and the labels' biases."""

    weights: Floats
    bias: Floats

    def scores(self, rows: sparse.csr_matrix) -> Floats:
        """A score for each row and label."""
        return np.asarray(rows @ self.weights + self.bias)


class Part(Protocol):
    """What one kind has learnt; ``bias`` is by label."""

    @property
    def bias(self) -> Floats:
        """What each label's score begins at."""

    def scores(self, rows: sparse.csr_matrix) -> Floats:
        """A score for each row and label."""


Kind = Callable[[sparse.csr_matrix, Ints, Floats, int], Linear]


def kinds_for(labels: int) -> Sequence[Kind]:
    """The linear kinds to blend for so many labels."""
    return (margins,) if labels > MANY else (chances, contrasts)


def chances(rows: sparse.csr_matrix, right: Ints, sure: Floats, labels: int) -> Linear:
    """Logistic regression over all labels at once."""

    def fit(_there: Ints, counts: Floats) -> tuple[Floats, Floats]:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)  # so many steps are near enough, and bound the time
            fitted = LogisticRegression(C=3, max_iter=40, tol=1e-3).fit(rows, right, sample_weight=counts)
        return fitted.coef_, fitted.intercept_

    return _fitted(fit, rows, right, sure, labels)


def margins(rows: sparse.csr_matrix, right: Ints, sure: Floats, labels: int) -> Linear:
    """A support vector machine for each label against the rest."""

    def fit(_there: Ints, counts: Floats) -> tuple[Floats, Floats]:
        fitted = _machine(1.0).fit(rows, right, sample_weight=counts)
        return fitted.coef_, fitted.intercept_

    return _fitted(fit, rows, right, sure, labels)


def contrasts(rows: sparse.csr_matrix, right: Ints, sure: Floats, labels: int) -> Linear:
    """The same over features scaled by how much more frequent they are with the label than without it.

    After Wang and Manning, "Baselines and Bigrams: Simple, Good Sentiment and Topic Classification" (ACL 2012).
    """

    def fit(there: Ints, counts: Floats) -> tuple[Floats, Floats]:
        total = np.asarray(rows.multiply(sure[:, None]).sum(axis=0))[0]
        found = [_contrast(rows, right == label, sure, counts, total) for label in there]
        return np.array([weights for weights, _ in found]), np.array([bias for _, bias in found])

    return _fitted(fit, rows, right, sure, labels)


def evened(right: Ints, sure: Floats, labels: int) -> Floats:
    """What each example counts: how sure it is, the more the rarer its label."""
    totals = np.bincount(right, sure, minlength=labels)
    mean = totals[np.bincount(right, minlength=labels) > 0].mean()
    return np.asarray(sure * (mean / np.maximum(totals[right], 1e-9)) ** BALANCE)


def _contrast(
    rows: sparse.csr_matrix, has: npt.NDArray[np.bool_], sure: Floats, counts: Floats, total: Floats
) -> tuple[Floats, float]:
    inside = np.asarray(rows[has].multiply(sure[has][:, None]).sum(axis=0))[0]
    within, without = 1 + 3 * inside, 1 + 3 * (total - inside)
    ratio = np.log((within / within.sum()) / (without / without.sum()))
    fitted = _machine(0.1).fit(rows @ sparse.diags(ratio), has, sample_weight=counts)
    return fitted.coef_[0] * ratio, float(fitted.intercept_[0])


def _machine(strength: float) -> LinearSVC:
    """Solved in its dual form, which is many times quicker where features outnumber examples, and just as right."""
    return LinearSVC(C=strength, dual=True, tol=0.1, random_state=0)


def _fitted(
    fit: Callable[[Ints, Floats], tuple[Floats, Floats]],
    rows: sparse.csr_matrix,
    right: Ints,
    sure: Floats,
    labels: int,
) -> Linear:
    """Fit on the labels that examples have. Two labels may be told apart by one column."""
    there = np.flatnonzero(np.bincount(right, minlength=labels))
    weights, bias = np.zeros((rows.shape[1], labels)), np.full(labels, UNSEEN)
    if len(there) == 1 or not rows.shape[1]:
        bias[there] = 0
        return Linear(weights, bias)
    columns, offsets = fit(there, evened(right, sure, labels))
    if len(columns) < len(there):
        columns, offsets = np.array([-columns[0], columns[0]]) / 2, np.array([-offsets[0], offsets[0]]) / 2
    weights[:, there], bias[there] = columns.T, offsets
    return Linear(weights, bias)
