"""A trained classifier: it predicts, says why, and goes to bytes and back."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from inbox.routing.learned.features import Features
from inbox.routing.learned.file import FORMAT, BadModel, pack, unpack
from inbox.routing.learned.hints import Hints
from inbox.routing.learned.layer import Layer
from inbox.routing.learned.prediction import Prediction
from inbox.routing.learned.reader import Opens, Reader
from inbox.routing.learned.weighing import Vocabulary, Weighed, summed
from inbox.routing.learned.words import words_of

BATCH: Final = 256
"""Texts that are read at a time, so that memory stays small."""


@dataclass(frozen=True, slots=True)
class Model:
    """A linear classifier over features of words, with calibrated probabilities; where there are many labels, a
    hidden layer has its say too.

    ``lift`` is added to the scores where the label is chosen, so that rare labels are found too. ``believed`` maps
    the chance of the chosen label before that (first row, ascending) to the share that proved right (second row).
    ``leaning`` is how much what the author wrote before counts beside the text, which counts 1; ``hints`` what is
    said of a text beside its words. ``reader`` hears what ``encoder`` tells of texts that words leave it unsure of;
    without an encoder words decide alone.
    """

    labels: tuple[str | None, ...]
    vocabulary: Vocabulary
    weights: npt.NDArray[np.floating]
    bias: npt.NDArray[np.float64]
    lift: npt.NDArray[np.float64]
    believed: npt.NDArray[np.float64]
    layer: Layer | None = None
    leaning: float = 0.0
    hints: Hints | None = None
    reader: Reader | None = None
    encoder: Opens = field(default=lambda: None, compare=False, repr=False)
    format: int = FORMAT

    @classmethod
    def load(cls, data: bytes, encoder: Opens = lambda: None) -> "Model":
        """Read a model. Raises ``BadModel`` when it is damaged, cut short, of another format or encoder."""
        heading, arrays = unpack(data)
        try:
            vocabulary = Vocabulary(arrays["features"], arrays["rarity"])
            weights, bias, lift, believed = (arrays[name] for name in ("weights", "bias", "lift", "believed"))
            layer = Layer(arrays["hidden"], arrays["hidden_bias"], arrays["out"]) if "hidden" in arrays else None
            hints = Hints(tuple(heading["hints"]), arrays["hinted"]) if "hinted" in arrays else None
            reader = Reader.stored(heading, arrays) if "read" in arrays else None
            labels, leaning = tuple(heading["labels"]), float(heading["leaning"])
            model = cls(labels, vocabulary, weights, bias, lift, believed, layer, leaning, hints, reader, encoder)
        except BadModel:
            raise
        except (KeyError, TypeError, ValueError) as error:
            message = "The model lacks a part; train it again."
            raise BadModel(message) from error
        if not model._fits():
            message = "The model's parts do not fit together; train it again."
            raise BadModel(message)
        return model

    def dump(self) -> bytes:
        """The model as bytes, the same on every machine."""
        arrays: dict[str, npt.NDArray[Any]] = {
            "features": self.vocabulary.features,
            "rarity": self.vocabulary.rarity,
            "weights": self.weights,
            "bias": self.bias,
            "lift": self.lift,
            "believed": self.believed,
            **({} if self.layer is None else self.layer.arrays()),
            **({} if self.hints is None else self.hints.arrays()),
            **({} if self.reader is None else self.reader.arrays()),
        }
        names = () if self.hints is None else self.hints.names
        told = {} if self.reader is None else self.reader.told()
        return pack({"labels": self.labels, "leaning": self.leaning, "hints": names, **told}, arrays)

    @property
    def reads_earlier(self) -> bool:
        """Whether what the author wrote before counts at all."""
        return bool(self.leaning or (self.reader is not None and self.reader.leaning))

    def predict(
        self,
        texts: Sequence[str],
        accounts: Sequence[str] | None = None,
        earlier: Sequence[str] | None = None,
        hints: Sequence[str] | None = None,
    ) -> list[Prediction]:
        """What each text is; ``accounts`` are the handles of the brand's accounts they were sent to, ``earlier`` what
        their authors wrote before, empty for those who did not, ``hints`` what is said of each beside its words.
        """
        found: list[Prediction] = []
        for begin in range(0, len(texts), BATCH):
            batch = slice(begin, begin + BATCH)
            weighed = self.vocabulary.weigh(Features.of(texts[batch], None if accounts is None else accounts[batch]))
            scores = self.scores(weighed)
            if earlier is not None and self.leaning and any(earlier[batch]):
                scores += self.leaning * self._before(earlier[batch])
            if hints is not None and self.hints is not None:
                scores += self.hints.scores(hints[batch])
            told = self._hear(scores, texts[batch], [] if earlier is None else earlier[batch])
            found += self._judged(scores, told)
        return found

    def scores(self, weighed: Weighed) -> npt.NDArray[np.float64]:
        """A score for each text and label, before any lift."""
        return self._said(weighed) + self.bias

    def terms(self, text: str, label: str | None, limit: int = 3) -> tuple[str, ...]:
        """The words of this text, as they stand in it, that speak most for a label; the strongest first."""
        if label not in self.labels:
            return ()
        words = words_of(text)
        read = Features.of_words([[word.form for word in words]])
        columns, known = self.vocabulary.columns_of(read.feature)
        rows = self.weights[columns[known]].astype(np.float64)
        lifts = rows[:, self.labels.index(label)] - rows.mean(axis=1)
        strength: dict[tuple[int, int], float] = defaultdict(float)
        sums = np.bincount(read.word[known], lifts * self.vocabulary.rarity[columns[known]], len(words))
        for word, lift in zip(words, sums.tolist(), strict=True):
            strength[word.begin, word.end] += lift
        best = sorted((where for where in strength if strength[where] > 0), key=lambda where: (-strength[where], where))
        seen = dict.fromkeys(text[begin:end] for begin, end in best if text[begin:end].strip())
        return tuple(seen)[:limit]

    def _said(self, weighed: Weighed) -> npt.NDArray[np.float64]:
        """What the words say, without what is said before any word."""
        linear = summed(weighed, self.weights)
        return linear if self.layer is None else linear + self.layer.scores(weighed)

    def _before(self, earlier: Sequence[str]) -> npt.NDArray[np.float64]:
        """What earlier texts speak for, nothing where there is none."""
        places = [place for place, text in enumerate(earlier) if text]
        found = np.zeros((len(earlier), len(self.labels)))
        found[places] = self._said(self.vocabulary.weigh(Features.of([earlier[place] for place in places])))
        return found

    def _hear(self, scores: npt.NDArray[np.float64], texts: Sequence[str], earlier: Sequence[str]) -> frozenset[int]:
        """Add what the encoder tells of the texts that words leave open. Gives their places."""
        if self.reader is None:
            return frozenset()
        asked = self.reader.asked(softmax(scores)).tolist()
        encoder = self.encoder() if asked else None
        if encoder is None:
            return frozenset()
        before = [earlier[place] for place in asked] if earlier else []
        scores[asked] = self.reader.heard(scores[asked], [texts[place] for place in asked], before, encoder)
        return frozenset(asked)

    def _judged(self, scores: npt.NDArray[np.float64], heard: frozenset[int]) -> list[Prediction]:
        chances = believable(scores, self.lift, self.believed)
        orders = np.argsort(-chances, kind="stable")
        return [self._ranked(chances[place], orders[place], place in heard) for place in range(len(chances))]

    def _fits(self) -> bool:
        known, labels = (len(self.vocabulary.features),), (len(self.labels),)
        shapes = (self.vocabulary.rarity.shape, self.weights.shape, self.bias.shape, self.lift.shape)
        layered = self.layer is None or self.layer.fits(len(self.vocabulary.features), len(self.labels))
        hinted = self.hints is None or self.hints.fits(len(self.labels))
        read = self.reader is None or self.reader.fits(len(self.labels))
        paired = self.believed.shape == (2, self.believed.size // 2)
        return shapes == (known, known + labels, labels, labels) and layered and hinted and read and paired

    def _ranked(self, chances: npt.NDArray[np.float64], order: npt.NDArray[np.intp], whole: bool) -> Prediction:  # noqa: FBT001  # as it stands in the prediction
        ranked = tuple((self.labels[each], float(chances[each])) for each in order)
        return Prediction(*ranked[0], ranked, whole)


def believable(
    scores: npt.NDArray[np.float64], lift: npt.NDArray[np.float64], believed: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """Scores as probabilities, row by row; the highest of a row is the share of such answers that prove right."""
    plain, chances = softmax(scores), softmax(scores + lift)
    rows, best = np.arange(len(scores)), chances.argmax(axis=1)
    top = np.interp(plain[rows, best], *believed) if believed.size else chances[rows, best]
    chances[rows, best] = 0
    chances /= chances.sum(axis=1, keepdims=True)
    second = chances.max(axis=1)
    top = np.maximum(top, second / (1 + second) * (1 + 1e-9))  # what is chosen stays the most likely
    chances *= (1 - top)[:, None]
    chances[rows, best] = top
    return chances


def softmax(scores: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Scores as probabilities, row by row."""
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))
