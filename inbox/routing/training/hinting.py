"""Learning what hints speak for: how much more often a label comes with one than it comes at all."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from inbox.routing.learned.hints import Hints
from inbox.routing.training.kinds import Floats, Ints

HELD: Final = 5.0
"""A hint counts as if it had been met so often before, with each label as often as that comes at all."""


def hints(said: Sequence[str], right: Ints, sure: Floats, labels: int) -> Hints:
    """A row for each hint that is met: the logarithm of how much likelier it makes each label."""
    names = tuple(sorted(set(filter(None, said))))
    number = {name: place for place, name in enumerate(names)}
    counts = np.zeros((len(names), labels))
    told = [place for place, hint in enumerate(said) if hint]
    np.add.at(counts, (np.array([number[said[place]] for place in told], np.int64), right[told]), sure[told])
    shares = (np.bincount(right, sure, minlength=labels) + 1) / (sure.sum() + labels)
    chances = (counts + HELD * shares) / (counts.sum(axis=1, keepdims=True) + HELD)
    return Hints(names, np.log(chances / shares))
