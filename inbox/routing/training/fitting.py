"""Training: the vocabulary, a linear classifier, and probabilities calibrated on examples it has not learnt from."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import optimize, sparse
from sklearn.linear_model import LogisticRegression

from inbox.routing.learned.features import Features
from inbox.routing.learned.model import Model
from inbox.routing.learned.weighing import Vocabulary
from inbox.routing.training.example import Example, TooLittle
from inbox.routing.training.folds import folds_of

FEWEST: Final = 20
"""Examples below which nothing is learnt."""
BALANCE: Final = 0.3
"""How far labels that are rare count for more: 0 not at all, 1 until all count the same."""
LARGEST: Final = 23_000_000
"""Bytes of a model."""
FOLDS: Final = 3
"""Parts that are held out in turn to calibrate."""
STEPS: Final = 100

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


def missing(examples: Sequence[Example]) -> str:
    """What is missing before a model can be trained from these, as a sentence; empty where nothing is."""
    labels = Counter(each.label for each in examples)
    if len(examples) < FEWEST:
        return f"There are {len(examples)} labelled mentions; learning begins at {FEWEST}."
    if len(labels) == 1:
        return "All labelled mentions have the same label; learning needs two."
    return ""


def train(examples: Sequence[Example], *, seed: int = 0) -> Model:
    """Learn from examples; the same ones in the same order give the same model. Raises ``TooLittle``."""
    if lacks := missing(examples):
        raise TooLittle(lacks)
    read = Features.of([each.text for each in examples], [each.account for each in examples])
    labels = tuple(sorted({each.label for each in examples}, key=lambda label: (label is not None, label or "")))
    right = np.fromiter((labels.index(each.label) for each in examples), np.int64, len(examples))
    sure = np.fromiter((each.weight for each in examples), np.float64, len(examples))
    vocabulary = _vocabulary(read, len(labels))
    rows = _rows(vocabulary, read)
    scores = np.zeros((len(examples), len(labels)))
    fold_of = folds_of(examples, FOLDS, seed=seed)
    for fold in range(FOLDS):
        held, kept = np.flatnonzero(fold_of == fold), np.flatnonzero(fold_of != fold)
        if len(held) and len(kept):
            weights, bias = _fit(rows[kept], right[kept], sure[kept], len(labels))
            scores[held] = rows[held] @ weights + bias
    sharpness = _sharpness(scores, right)
    weights, bias = _fit(rows, right, sure, len(labels))
    return Model(labels, vocabulary, (weights * sharpness).astype(np.float16), bias * sharpness)


def _vocabulary(read: Features, labels: int) -> Vocabulary:
    """Features that two texts have or more; the most frequent where there is no room for all."""
    order = np.lexsort((read.text, read.feature))
    feature, text = read.feature[order], read.text[order]
    first = np.ones(len(order), np.bool_)
    first[1:] = (feature[1:] != feature[:-1]) | (text[1:] != text[:-1])
    features, counts = np.unique(feature[first], return_counts=True)
    room = LARGEST // (2 * labels + 12)
    kept = np.sort(np.argsort(-counts, kind="stable")[:room])
    kept = kept[counts[kept] > 1]
    rarity = np.log((1 + read.texts) / (1 + counts[kept])) + 1
    return Vocabulary(features[kept], rarity.astype(np.float32))


def _rows(vocabulary: Vocabulary, read: Features) -> sparse.csr_matrix:
    weighed = vocabulary.weigh(read)
    return sparse.csr_matrix(
        (weighed.values, weighed.columns, weighed.starts), shape=(read.texts, len(vocabulary.features))
    )


def _fit(rows: sparse.csr_matrix, right: Ints, sure: Floats, labels: int) -> tuple[Floats, Floats]:
    """A column of weights for each label, and the labels' biases; a label that no row has is out of reach."""
    totals = np.bincount(right, sure, minlength=labels)
    there = np.flatnonzero(totals > 0)
    weights, bias = np.zeros((rows.shape[1], labels)), np.full(labels, -20.0)
    if len(there) == 1:
        bias[there] = 0
        return weights, bias
    counts = sure * (totals[there].mean() / totals[right]) ** BALANCE
    fitted = LogisticRegression(C=3, max_iter=STEPS, tol=1e-3).fit(rows, right, sample_weight=counts)
    if len(fitted.coef_) == 1:  # two labels: one column tells them apart
        weights[:, there[1]], bias[there] = fitted.coef_[0], (0, fitted.intercept_[0])
    else:
        weights[:, there], bias[there] = fitted.coef_.T, fitted.intercept_
    return weights, bias


def _sharpness(scores: Floats, right: Ints) -> float:
    """What to multiply scores with so that their probabilities are the least surprised by what is right."""

    def surprise(exponent: float) -> float:
        raised = scores * np.exp(exponent)
        highest = raised.max(axis=1, keepdims=True)
        total = np.log(np.exp(raised - highest).sum(axis=1)) + highest[:, 0]
        return float((total - raised[np.arange(len(right)), right]).mean())

    return float(np.exp(optimize.minimize_scalar(surprise, bounds=(-3, 3), method="bounded").x))
