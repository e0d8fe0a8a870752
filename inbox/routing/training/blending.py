"""Blending scores of several kinds into probabilities, judged on examples that those kinds have not learnt from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import optimize
from sklearn.isotonic import IsotonicRegression
from sklearn.metrics import f1_score

from inbox.routing.learned.model import softmax
from inbox.routing.training.kinds import Floats, Ints

LIFTS: Final = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6)
"""How far rare labels may be preferred beyond their chance: 0 not at all, 1 until frequency plays no part."""
GROUP: Final = 50
"""Examples of which the share that is right is taken as one."""
PULL: Final = 2.0
"""How hard the blend is held near equal shares and no bias, so that few examples do not sway it."""
LEANINGS: Final = (0.0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5)
"""How much what the author wrote before may count beside the text."""
LEAST: Final = 0.05
"""The share that each kind keeps, so that words have a say even where they told nothing of other authors."""


@dataclass(frozen=True, slots=True)
class Blend:
    """The share of each kind, the labels' biases, and what ``Model`` calls ``lift``, ``believed`` and ``leaning``."""

    shares: Floats
    bias: Floats
    lift: Floats
    believed: Floats
    leaning: float


def blend(scores: Sequence[Floats], right: Ints, before: Sequence[Floats] | None = None) -> Blend:
    """The blend that is least surprised by what is right, lifted for rare labels as far as that pays.

    ``before`` is what each kind says of what the authors wrote before, nothing (0) where they did not.
    """
    kinds = np.stack(scores)
    labels = kinds.shape[2]
    hits = np.eye(labels)[right]

    def surprise(numbers: Floats) -> tuple[float, Floats]:
        shares, bias = numbers[: len(kinds)], numbers[len(kinds) :]
        chances = softmax(np.tensordot(shares, kinds, 1) + bias)
        off = chances - hits
        loss = -np.log(np.maximum(chances[hits > 0], 1e-12)).sum() + PULL * (
            ((shares - 1) ** 2).sum() + (bias**2).sum()
        )
        slope = np.concatenate([np.tensordot(kinds, off, 2), off.sum(axis=0)])
        return loss, slope + 2 * PULL * np.concatenate([shares - 1, bias])

    start = np.concatenate([np.ones(len(kinds)), np.zeros(labels)])
    bounds = [(LEAST, 20)] * len(kinds) + [(-10, 10)] * labels
    found = optimize.minimize(surprise, start, jac=True, method="L-BFGS-B", bounds=bounds).x
    shares, bias = found[: len(kinds)], found[len(kinds) :]
    blended = np.tensordot(shares, kinds, 1) + bias
    leaning = 0.0
    if before is not None:
        told = np.tensordot(shares, np.stack(before), 1)
        leaning = min(LEANINGS, key=lambda much: _surprise(blended + much * told, right))
        blended = blended + leaning * told
    lift = _lift(blended, right)
    return Blend(shares, bias, lift, _believed(blended, lift, right), leaning)


def _surprise(scores: Floats, right: Ints) -> float:
    return float(-np.log(np.maximum(softmax(scores)[np.arange(len(right)), right], 1e-12)).mean())


def _lift(scores: Floats, right: Ints) -> Floats:
    """The lift with the highest sum of accuracy and macro-F1."""
    labels = scores.shape[1]
    rare = -np.log((np.bincount(right, minlength=labels) + 1) / (len(right) + labels))
    rare -= rare.min()

    def worth(lift: float) -> float:
        said = (scores + lift * rare).argmax(axis=1)
        return float((said == right).mean() + f1_score(right, said, average="macro", zero_division=0))

    best = max(LIFTS, key=lambda lift: (round(worth(lift), 4), -lift))
    return np.asarray(best * rare)


def _believed(scores: Floats, lift: Floats, right: Ints) -> Floats:
    """How often the chosen label is right, by its chance: a rising line through the means of groups."""
    said = (scores + lift).argmax(axis=1)
    chance = softmax(scores)[np.arange(len(said)), said]
    order = np.argsort(chance, kind="stable")
    groups = np.array_split(order, max(len(order) // GROUP, 1))
    if len(groups) == 1:
        return np.zeros((2, 0))
    means = np.array([chance[group].mean() for group in groups])
    rights = np.array([((right == said)[group].sum() + chance[group].mean()) / (len(group) + 1) for group in groups])
    risen = IsotonicRegression().fit_transform(means, rights)
    knots = [np.flatnonzero(risen == level) for level in np.unique(risen)]
    return np.array([[means[knot].mean() for knot in knots], [risen[knot[0]] for knot in knots]])
