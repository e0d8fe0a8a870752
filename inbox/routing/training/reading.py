"""Learning what the numbers of an encoder speak for, and where it is worth asking for them."""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression

from inbox.routing.learned.model import softmax
from inbox.routing.learned.reader import Encodes, Reader, encoded_before
from inbox.routing.meaning import Meaning
from inbox.routing.training.attending import Attended, attending
from inbox.routing.training.blending import Blend, blend
from inbox.routing.training.kinds import MANY, UNSEEN, Floats, Ints, evened

Encoded = npt.NDArray[np.float32]

STRENGTHS: Final = (0.004, 0.02)
"""How freely weights grow for a few noisy labels, and for many: hundreds of numbers are easily learnt by heart."""
ROUNDS: Final = 30
UNSURE: Final = 0.9
"""Where the likeliest label by words has no higher chance, the encoder is asked; above it changes nearly nothing."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A column of weights over an encoder's numbers for each label, and the labels' biases: of a text, and of what
    its author wrote before, which says nothing of how often labels come.
    """

    weights: Encoded
    bias: Floats
    bias_before: Floats

    def scores(self, encoded: Encoded) -> Floats:
        """A score for each row and label."""
        return np.asarray(encoded @ self.weights + self.bias)

    def scores_before(self, encoded: Encoded) -> Floats:
        """The same of what was written before; nothing where that is nothing, a row of zeros."""
        said = np.asarray(encoded @ self.weights + self.bias_before)
        said[~encoded.any(axis=1)] = 0
        return said


Said = tuple[Floats, Floats]
"""Scores of texts, and of what their authors wrote before, by one way of looking at what an encoder says."""


@dataclass(frozen=True, slots=True)
class Learnt:
    """What was learnt from an encoder's numbers of whole texts, and of their pieces where these were asked about."""

    reading: Reading
    attended: Attended | None


@dataclass(frozen=True, slots=True)
class Numbers:
    """What an encoder says of texts, and of what their authors wrote before: a row of zeros where that is nothing."""

    texts: Meaning
    before: Encoded

    @classmethod
    def of(cls, texts: Sequence[str], earlier: Sequence[str], encoder: Encodes, labels: int) -> "Numbers":
        """Ask the encoder. Pieces are looked at only where labels are few: of many they take long to learn, and add
        little to a net.
        """
        found = encoder.read(texts) if labels <= MANY else Meaning.whole(encoder.encode(texts))
        before = np.zeros_like(found.texts)
        wrote = [place for place, text in enumerate(earlier) if text]
        if wrote:
            before[wrote] = encoded_before([earlier[place] for place in wrote], encoder)
        return cls(found, before)

    def learnt(self, places: Ints, right: Ints, sure: Floats, labels: int) -> Learnt:
        """Learn from some of the texts, whose labels are ``right``."""
        known = self.texts.only(places)
        whole = reading(known.texts, right, sure, labels)
        return Learnt(whole, attending(known, right, sure, labels) if len(known.pieces) else None)

    def held_out(self, held: Ints, learnt: Learnt) -> list[Said]:
        """Scores of some of the texts, and of what was written before them, by each way of looking at them."""
        asked = self.texts.only(held)
        said = [(learnt.reading.scores(asked.texts), learnt.reading.scores_before(self.before[held]))]
        if learnt.attended is not None:
            attended = learnt.attended.scores(asked)
            said.append((attended, np.zeros_like(attended)))
        return said


def reading(encoded: Encoded, right: Ints, sure: Floats, labels: int) -> Reading:
    """Logistic regression over all labels at once, each number taken as far as it strays from its mean."""
    weights, bias = np.zeros((encoded.shape[1], labels), np.float32), np.full(labels, UNSEEN)
    there = np.flatnonzero(np.bincount(right, minlength=labels))
    if len(there) == 1:
        bias[there] = 0
        return Reading(weights, bias, np.zeros(labels))
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
    bias_before = -(middle @ weights).astype(np.float64)
    bias[there] = offsets + bias_before[there]
    return Reading(weights, bias, bias_before)


def heard(
    scores: Sequence[Floats],
    before: Sequence[Floats] | None,
    meant: Sequence[Sequence[Said]],
    learnt: Learnt,
    right: Ints,
) -> tuple[Blend, Reader, Floats]:
    """A blend of kinds of words that is good beside what the texts say as a whole, a reader of that, and the scores
    that come of both.

    ``scores`` of each kind, ``before`` of what was written before, and ``meant`` by part of the examples are of what
    had not learnt from these examples; ``learnt`` is from all. ``right`` are their labels.
    """
    said, said_before = zip(*(_together(of_way) for of_way in zip(*meant, strict=True)), strict=True)
    told = before or [np.zeros_like(each) for each in scores]
    both = blend([*scores, *said], right, [*told, *said_before])
    shares, ways = both.shares[: len(scores)], both.shares[len(scores) :]
    alone = blend([np.tensordot(shares, np.stack(scores) + both.leaning * np.stack(told), 1)], right)
    scale = float(alone.shares[0])
    found = _reader(learnt, ways, both.bias - alone.bias / scale, 1 / scale, both.leaning)
    final, asked = alone.scores.copy(), found.asked(softmax(alone.scores))
    final[asked] = both.scores[asked]
    return Blend(shares * scale, alone.bias, both.leaning, alone.scores), found, final


def _together(parts: Sequence[Said]) -> Said:
    said, before = zip(*parts, strict=True)
    return np.concatenate(said), np.concatenate(before)


def _reader(learnt: Learnt, ways: Floats, bias: Floats, words: float, leaning: float) -> Reader:
    """A reader in which each way of looking counts its share."""
    whole, attended, share = learnt.reading, learnt.attended, float(ways[0])
    bias = bias + whole.bias * share
    attention = None
    if attended is not None:
        own = attended.attention
        bias = bias + attended.bias * ways[1]
        attention = replace(own, values=(own.values * ways[1]).astype(np.float32))
    weights = (whole.weights * share).astype(np.float32)
    return Reader(weights, bias, whole.bias_before * share, words, UNSURE, leaning, attention)
