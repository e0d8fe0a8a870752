"""What a whole text means, by the numbers of an encoder: asked about only where words alone leave a model unsure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from inbox.routing.learned.attention import Attention, portioned
from inbox.routing.learned.earlier import apart
from inbox.routing.learned.file import BadModel
from inbox.routing.meaning import FINGERPRINT, Meaning

Floats = npt.NDArray[np.float64]


class Encodes(Protocol):
    """Gives numbers for texts, near each other where the texts mean nearly the same."""

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """A row of numbers for each text, in their order."""

    def read(self, texts: Sequence[str]) -> Meaning:
        """The same, and what each of their pieces means."""


Opens = Callable[[], Encodes | None]
"""Opens the encoder when it is first needed; None where there is none."""


@dataclass(frozen=True, slots=True)
class Reader:
    """What the numbers of a text speak for: a column of weights for each label, and the labels' biases.

    ``words`` is how much the scores by words count beside it, ``unsure`` the chance of the likeliest label by words
    at and below which it is asked: to encode a text costs several times what all its words cost. ``leaning`` is how
    much what the author wrote before counts beside the text, which counts 1; its scores begin at ``bias_before``.
    ``attention`` looks at the pieces of the text, where it was learnt.
    """

    weights: npt.NDArray[np.floating]
    bias: Floats
    bias_before: Floats
    words: float
    unsure: float
    leaning: float = 0.0
    attention: Attention | None = None

    @classmethod
    def stored(cls, heading: Mapping[str, Any], arrays: Mapping[str, npt.NDArray[Any]]) -> "Reader":
        """Out of a model's file. Raises ``BadModel`` where it learnt from the numbers of another encoder, and
        ``KeyError``, ``TypeError`` or ``ValueError`` where a part is missing or wrong.
        """
        if heading["encoder"] != FINGERPRINT:
            message = "The model learnt from what another encoder says of texts; train it again."
            raise BadModel(message)
        words, unsure, leaning = (float(heading[name]) for name in ("words", "unsure", "read_leaning"))
        attended = [arrays[name] for name in ("attended_keys", "attended_values") if name in arrays]
        attention = Attention(*attended) if attended else None
        return cls(arrays["read"], arrays["read_bias"], arrays["read_bias_before"], words, unsure, leaning, attention)

    def told(self) -> dict[str, Any]:
        """Its part of the heading of a model's file."""
        return {
            "words": self.words,
            "unsure": self.unsure,
            "read_leaning": self.leaning,
            "encoder": FINGERPRINT,
        }

    def asked(self, chances: Floats) -> npt.NDArray[np.intp]:
        """The rows in which words alone leave it open which label is right."""
        return np.flatnonzero(chances.max(axis=1) <= self.unsure)

    def heard(self, scores: Floats, texts: Sequence[str], earlier: Sequence[str], encoder: Encodes) -> Floats:
        """Scores by words with what the texts say as a whole beside them, and what their authors wrote before."""
        found = self.words * scores + self._of_texts(texts, encoder) + self.bias
        wrote = [place for place, text in enumerate(earlier) if text] if self.leaning else []
        if wrote:
            before = encoded_before([earlier[place] for place in wrote], encoder)
            found[wrote] += self.leaning * (portioned(before, self.weights) + self.bias_before)
        return found

    def _of_texts(self, texts: Sequence[str], encoder: Encodes) -> Floats:
        if self.attention is None:
            return np.asarray(portioned(encoder.encode(texts), self.weights), np.float64)
        said = encoder.read(texts)
        return portioned(said.texts, self.weights) + self.attention.scores(said, len(self.bias))

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """Its parts by the names under which a model's file has them."""
        own = {"read": self.weights, "read_bias": self.bias, "read_bias_before": self.bias_before}
        return own if self.attention is None else own | self.attention.arrays()

    def fits(self, labels: int) -> bool:
        """Whether its parts fit together and to so many labels."""
        attended = self.attention is None or self.attention.fits(labels)
        return attended and self.weights.shape[1:] == self.bias.shape == self.bias_before.shape == (labels,)


def encoded_before(earlier: Sequence[str], encoder: Encodes) -> npt.NDArray[np.float32]:
    """The mean of the numbers of all that each author wrote before, who all wrote something.

    One by one, since an encoder remembers what it was asked about when these came.
    """
    parts = [apart(text) for text in earlier]
    counts = np.fromiter(map(len, parts), np.int64, len(parts))
    rows = encoder.encode([text for of_author in parts for text in of_author])
    sums: npt.NDArray[np.float32] = np.add.reduceat(rows, np.cumsum(counts) - counts)
    return (sums / counts[:, None]).astype(np.float32)
