"""Training: the vocabulary, classifiers of several kinds, and their blend with calibrated probabilities."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from scipy import sparse
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # no type information in this package

from inbox.routing.learned.hints import Hints
from inbox.routing.learned.layer import Layer
from inbox.routing.learned.model import Model
from inbox.routing.learned.reader import Encodes, Reader
from inbox.routing.learned.weighing import Vocabulary
from inbox.routing.training.blending import Blend, Choice, blend, choosing
from inbox.routing.training.example import Example, TooLittle
from inbox.routing.training.folds import folds_of
from inbox.routing.training.hinting import hints
from inbox.routing.training.kinds import MANY, Floats, Ints, Linear, Part, kinds_for
from inbox.routing.training.net import NETS, Net, net
from inbox.routing.training.reading import Said, heard
from inbox.routing.training.rows import Read, read

FEWEST: Final = 20
"""Examples below which nothing is learnt."""
LEAST: Final = 0.01
"""The weight of an example whose label is as good as guessed."""
FOLDS: Final = 3
"""Parts that are held out in turn to blend and to calibrate."""
PLENTY: Final = 3_000
"""Examples of many labels of which one part is enough to judge by: nets take long to learn."""
MOST: Final = 0.6
"""The share of the examples that a part may have."""


def missing(examples: Sequence[Example]) -> str:
    """What is missing before a model can be trained from these, as a sentence; empty where nothing is."""
    labels = Counter(each.label for each in examples)
    if len(examples) < FEWEST:
        return f"There are {len(examples)} labelled mentions; learning begins at {FEWEST}."
    if len(labels) == 1:
        return "All labelled mentions have the same label; learning needs two."
    return ""


@dataclass(frozen=True, slots=True)
class _Learnt:
    """All that a model is made of beside its vocabulary."""

    parts: list[Part]
    blended: Blend
    choice: Choice
    told: list[Hints]
    reader: Reader | None


def train(examples: Sequence[Example], *, seed: int = 0, encoder: Encodes | None = None) -> Model:
    """Learn from examples; the same ones in the same order give the same model. Raises ``TooLittle``.

    With an ``encoder`` the model asks it for what a text means where words leave it unsure.
    """
    if lacks := missing(examples):
        raise TooLittle(lacks)
    labels = tuple(sorted({each.label for each in examples}, key=lambda label: (label is not None, label or "")))
    number = {label: place for place, label in enumerate(labels)}
    right = np.fromiter((number[each.label] for each in examples), np.int64, len(examples))
    sure = _sure(np.fromiter((each.weight for each in examples), np.float64, len(examples)), right)
    vocabulary, found = read(examples, len(labels), encoder)
    return _model(labels, vocabulary, _learnt(found, right, sure, _folds(examples, seed)), encoder)


# One thread: the same sums on every machine, and a core left to the desktop.
@threadpool_limits.wrap(limits=1)  # type: ignore[untyped-decorator]  # no type information
def _learnt(seen: Read, right: Ints, sure: Floats, fold_of: Ints) -> _Learnt:
    labels = int(right.max()) + 1
    held_out: list[Ints] = []
    scores: list[list[Floats]] = []
    before: list[list[Floats]] = []
    meant: list[list[Said]] = []
    turns = [int(np.bincount(fold_of).argmax())] if labels > MANY and len(right) >= PLENTY else range(FOLDS)
    for fold in turns:
        held, kept = np.flatnonzero(fold_of == fold), np.flatnonzero(fold_of != fold)
        if len(held) and len(kept):
            known = seen.as_known_from(kept)
            parts = _parts(known.rows[kept], right[kept], sure[kept], labels, nets=1)
            held_out.append(held)
            hinted = [each.scores(seen.hints_of(held)) for each in _hints(seen, kept, right, sure, labels)]
            scores.append([*(part.scores(known.rows[held]) for part in parts), *hinted])
            if known.before is not None:
                silent = [np.zeros_like(each) for each in hinted]
                before.append([*(_without_bias(part, known.before[held]) for part in parts), *silent])
            if seen.numbers is not None:
                learnt = seen.numbers.learnt(kept, right[kept], sure[kept], labels)
                meant.append(seen.numbers.held_out(held, learnt))
    parts = _parts(seen.rows, right, sure, labels, nets=NETS)
    told = _hints(seen, np.arange(len(right)), right, sure, labels)
    if not held_out:
        even = blend([np.zeros((len(right), labels))] * (len(parts) + len(told)), right)
        return _Learnt(parts, even, choosing(even.scores, right), told, None)
    judged = right[np.concatenate(held_out)]
    said, said_before = _by_kind(scores), _by_kind(before) if before else None
    if seen.numbers is None:
        blended = blend(said, judged, said_before)
        return _Learnt(parts, blended, choosing(blended.scores, judged), told, None)
    whole = seen.numbers.learnt(np.arange(len(right)), right, sure, labels)
    blended, beside, final = heard(said, said_before, meant, whole, judged)
    return _Learnt(parts, blended, choosing(final, judged), told, beside)


def _hints(seen: Read, kept: Ints, right: Ints, sure: Floats, labels: int) -> list[Hints]:
    """What hints speak for by the kept texts, as one kind more; none where no text has one."""
    return [hints(seen.hints_of(kept), right[kept], sure[kept], labels)] if any(seen.hints) else []


def _by_kind(scores: Sequence[Sequence[Floats]]) -> list[Floats]:
    return [np.concatenate(of_kind) for of_kind in zip(*scores, strict=True)]


def _without_bias(part: Part, rows: sparse.csr_matrix) -> Floats:
    """What the words of each row say by themselves; nothing where there are none."""
    return np.where(np.diff(rows.indptr)[:, None] > 0, part.scores(rows) - part.bias, 0.0)


def _parts(rows: sparse.csr_matrix, right: Ints, sure: Floats, labels: int, *, nets: int) -> list[Part]:
    """One of each kind, in the order that ``_model`` expects: the net, where there is one, is the last."""
    parts: list[Part] = [kind(rows, right, sure, labels) for kind in kinds_for(labels)]
    if labels > MANY:
        parts.append(net(rows, right, sure, labels, nets=nets))
    return parts


def _folds(examples: Sequence[Example], seed: int) -> Ints:
    """Parts by author; by text where one author wrote so much that the parts would be too uneven to learn from."""
    found = folds_of(examples, FOLDS, seed=seed)
    if np.bincount(found).max() <= MOST * len(examples):
        return found
    return folds_of([replace(each, author="") for each in examples], FOLDS, seed=seed)


def _sure(weights: Floats, right: Ints) -> Floats:
    """Weights as they compare within a label, 1 in the mean: a label that nobody is sure of is still a label."""
    weights = np.clip(weights, LEAST, None)
    means = np.bincount(right, weights) / np.maximum(np.bincount(right), 1)
    return np.asarray(weights / means[right])


def _model(labels: tuple[str | None, ...], vocabulary: Vocabulary, learnt: _Learnt, encoder: Encodes | None) -> Model:
    """The linear parts of a blend are one table of weights; a net becomes the model's layer. Hints come last."""
    blended, choice = learnt.blended, learnt.choice
    weights: Floats = np.zeros((len(vocabulary.features), len(labels)))
    bias = blended.bias
    layer: Layer | None = None
    for part, share in zip(learnt.parts, blended.shares[: len(learnt.parts)], strict=True):
        bias = bias + part.bias * share
        if isinstance(part, Net):
            hidden = part.hidden.astype(np.float16)
            layer = Layer(hidden, part.hidden_bias, (part.out * share).astype(np.float32))
        elif isinstance(part, Linear):
            weights += part.weights * share
    return Model(
        labels,
        vocabulary,
        weights.astype(np.float16),
        bias,
        choice.lift,
        choice.believed,
        layer,
        blended.leaning,
        hints=next((replace(each, rows=each.rows * blended.shares[-1]) for each in learnt.told), None),
        reader=learnt.reader,
        encoder=lambda: encoder,
    )
