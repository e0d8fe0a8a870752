"""Blending scores of several kinds into probabilities, judged on examples that those kinds have not learnt from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import optimize
from sklearn.isotonic import IsotonicRegression

from inbox.routing.learned.model import softmax
from inbox.routing.training.kinds import Floats, Ints

RARE: Final = 0.3
"""How much macro-F1, in which rare labels count like frequent ones, is worth beside accuracy."""
FEW: Final = 10.0
"""Answers that each label counts as having beyond its own, so that few examples lift nothing far."""
SETTLING: Final = 30
"""Rounds in which lifts, and how often each label is said with them, settle."""
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
    """The share of each kind, the labels' biases, what ``Model`` calls ``leaning``, and the scores that come of it."""

    shares: Floats
    bias: Floats
    leaning: float
    scores: Floats


@dataclass(frozen=True, slots=True)
class Choice:
    """How a label is chosen by its scores: what ``Model`` calls ``lift`` and ``believed``."""

    lift: Floats
    believed: Floats


def blend(scores: Sequence[Floats], right: Ints, before: Sequence[Floats] | None = None) -> Blend:
    """The blend that is least surprised by what is right.

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
    return Blend(shares, bias, leaning, blended)


def choosing(scores: Floats, right: Ints) -> Choice:
    """What lifts rare labels as far as that pays, and how far the chances that come of these scores can be believed."""
    lift = _lift(scores)
    return Choice(lift, _believed(scores, lift, right))


def _surprise(scores: Floats, right: Ints) -> float:
    return float(-np.log(np.maximum(softmax(scores)[np.arange(len(right)), right], 1e-12)).mean())


def _lift(scores: Floats) -> Floats:
    """What each label's score is raised by where one is chosen: the logarithm of what one more right answer adds.

    To accuracy every one adds the same, to macro-F1 those of rare labels add more. Reckoned from the chances, not
    counted on the few examples that a rare label has, which chases chance: on 6,468 mentions of airlines, authors
    held out in turn, five splits, .709 right at a macro-F1 of .535, where counting brought .701 at .533, and no lift
    .713 at .490.
    """
    examples, labels = scores.shape
    expected = softmax(scores).sum(axis=0)
    said, lift = expected, np.zeros(labels)
    for _ in range(SETTLING):
        lift = np.log(1 / examples + RARE / labels * 2 / (said + expected + FEW))
        said = (said + np.bincount((scores + lift).argmax(axis=1), minlength=labels)) / 2
    return np.asarray(lift - lift.min())


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
