"""Training: the vocabulary, classifiers of several kinds, and their blend with calibrated probabilities."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import sparse
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # no type information in this package

from inbox.routing.learned.features import Features
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
from inbox.routing.training.net import WIDTH, Net, net
from inbox.routing.training.reading import Encoded, reader, reading

Flags = npt.NDArray[np.bool_]

FEWEST: Final = 20
"""Examples below which nothing is learnt."""
LARGEST: Final = 23_000_000
"""Bytes of a model."""
LEAST: Final = 0.01
"""The weight of an example whose label is as good as guessed."""
FOLDS: Final = 3
"""Parts that are held out in turn to blend and to calibrate."""
PLENTY: Final = 3_000
"""Examples of many labels of which one part is enough to judge by: nets take long to learn."""
NETS: Final = 2
"""So many nets are learnt in the end; to judge by, one is enough."""
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
    read = Features.of([each.text for each in examples], [each.account for each in examples])
    vocabulary = _vocabulary(read, len(labels))
    rows = _rows(vocabulary, read)
    of_pieces = (vocabulary.features & np.uint64(1)).astype(np.bool_)
    earlier = [each.earlier for each in examples]
    before = _rows(vocabulary, Features.of(earlier)) if any(earlier) else None
    encoded = None if encoder is None else encoder.encode([each.text for each in examples])
    read_all = _Read(rows, before, [each.hint for each in examples], of_pieces, encoded)
    return _model(labels, vocabulary, _learnt(read_all, right, sure, _folds(examples, seed)), encoder)


@dataclass(frozen=True, slots=True)
class _Read:
    """The texts as rows, and what their authors wrote before, if any did; a row without words says nothing. With the
    hints of all, empty where there is none, and the numbers that an encoder gives.
    """

    rows: sparse.csr_matrix
    before: sparse.csr_matrix | None
    hints: Sequence[str]
    of_pieces: Flags
    encoded: Encoded | None

    def hints_of(self, places: Ints) -> list[str]:
        """The hints of some of the texts."""
        return [self.hints[place] for place in places]

    def as_known_from(self, kept: Ints) -> "_Read":
        """With the features that would be known had only the kept texts been there: a new one has unknown ones."""
        known = np.bincount(self.rows[kept].indices, minlength=self.rows.shape[1]) > 1
        before = None if self.before is None else _limited(self.before, known, self.of_pieces)
        return replace(self, rows=_limited(self.rows, known, self.of_pieces), before=before)


# One thread: the same sums on every machine, and a core left to the desktop.
@threadpool_limits.wrap(limits=1)  # type: ignore[untyped-decorator]  # no type information
def _learnt(read: _Read, right: Ints, sure: Floats, fold_of: Ints) -> _Learnt:
    labels = int(right.max()) + 1
    held_out: list[Ints] = []
    scores: list[list[Floats]] = []
    before: list[list[Floats]] = []
    means: list[Floats] = []
    turns = [int(np.bincount(fold_of).argmax())] if labels > MANY and len(right) >= PLENTY else range(FOLDS)
    for fold in turns:
        held, kept = np.flatnonzero(fold_of == fold), np.flatnonzero(fold_of != fold)
        if len(held) and len(kept):
            seen = read.as_known_from(kept)
            parts = _parts(seen.rows[kept], right[kept], sure[kept], labels, nets=1)
            held_out.append(held)
            hinted = [each.scores(read.hints_of(held)) for each in _hints(read, kept, right, sure, labels)]
            scores.append([*(part.scores(seen.rows[held]) for part in parts), *hinted])
            if seen.before is not None:
                silent = [np.zeros_like(each) for each in hinted]
                before.append([*(_without_bias(part, seen.before[held]) for part in parts), *silent])
            if read.encoded is not None:
                meant = reading(read.encoded[kept], right[kept], sure[kept], labels)
                means.append(meant.scores(read.encoded[held]))
    parts = _parts(read.rows, right, sure, labels, nets=NETS)
    told = _hints(read, np.arange(len(right)), right, sure, labels)
    if not held_out:
        even = blend([np.zeros((len(right), labels))] * (len(parts) + len(told)), right)
        return _Learnt(parts, even, choosing(even.scores, right), told, None)
    judged = right[np.concatenate(held_out)]
    blended = blend(_by_kind(scores), judged, _by_kind(before) if before else None)
    if read.encoded is None:
        return _Learnt(parts, blended, choosing(blended.scores, judged), told, None)
    whole = reading(read.encoded, right, sure, labels)
    beside, heard = reader(whole, np.concatenate(means), blended.scores, judged)
    return _Learnt(parts, blended, choosing(heard, judged), told, beside)


def _hints(read: _Read, kept: Ints, right: Ints, sure: Floats, labels: int) -> list[Hints]:
    """What hints speak for by the kept texts, as one kind more; none where no text has one."""
    return [hints(read.hints_of(kept), right[kept], sure[kept], labels)] if any(read.hints) else []


def _by_kind(scores: Sequence[Sequence[Floats]]) -> list[Floats]:
    return [np.concatenate(of_kind) for of_kind in zip(*scores, strict=True)]


def _without_bias(part: Part, rows: sparse.csr_matrix) -> Floats:
    """What the words of each row say by themselves; nothing where there are none."""
    return np.where(np.diff(rows.indptr)[:, None] > 0, part.scores(rows) - part.bias, 0.0)


def _limited(rows: sparse.csr_matrix, known: Flags, of_pieces: Flags) -> sparse.csr_matrix:
    """The rows with known features alone, words and pieces of words each at length 1 again."""
    left = rows @ sparse.diags(known.astype(np.float32), format="csr")
    squares = left.multiply(left)
    sizes = [1 / np.sqrt(np.maximum(squares @ kind.astype(np.float64), 1e-9)) for kind in (~of_pieces, of_pieces)]
    of_row = np.repeat(np.arange(left.shape[0]), np.diff(left.indptr))
    left.data *= np.where(of_pieces[left.indices], sizes[1][of_row], sizes[0][of_row]).astype(np.float32)
    return left


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


def _vocabulary(read: Features, labels: int) -> Vocabulary:
    """Features that two texts have or more; the most frequent where there is no room for all."""
    order = np.lexsort((read.text, read.feature))
    feature, text = read.feature[order], read.text[order]
    first = np.ones(len(order), np.bool_)
    first[1:] = (feature[1:] != feature[:-1]) | (text[1:] != text[:-1])
    features, counts = np.unique(feature[first], return_counts=True)
    room = LARGEST // (2 * (labels + (NETS * WIDTH if labels > MANY else 0)) + 12)
    kept = np.sort(np.argsort(-counts, kind="stable")[:room])
    kept = kept[counts[kept] > 1]
    rarity = np.log((1 + read.texts) / (1 + counts[kept])) + 1
    return Vocabulary(features[kept], rarity.astype(np.float32))


def _rows(vocabulary: Vocabulary, read: Features) -> sparse.csr_matrix:
    weighed = vocabulary.weigh(read)
    return sparse.csr_matrix(
        (weighed.values, weighed.columns, weighed.starts), shape=(read.texts, len(vocabulary.features))
    )
