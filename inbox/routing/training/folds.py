"""Which examples are held out together: all of one author, so that no author is on both sides."""

import hashlib
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from inbox.routing.training.example import Example


def folds_of(examples: Sequence[Example], folds: int, *, seed: int = 0) -> npt.NDArray[np.int64]:
    """The fold of each example, from 0: settled by its author's name (without one by its text) and the seed alone."""
    return np.fromiter((_fold(each.author or each.text, folds, seed) for each in examples), np.int64, len(examples))


def _fold(name: str, folds: int, seed: int) -> int:
    digest = hashlib.sha256(f"{seed} {name}".encode("utf-8", "replace")).digest()
    return int.from_bytes(digest[:8], "big") % folds
