"""How right predictions are: accuracy, macro-F1, accuracy by coverage, and how far probabilities can be believed."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from inbox.routing.learned import Prediction

SHARES: Final = tuple(tenth / 10 for tenth in range(1, 11))
BINS: Final = 10


@dataclass(frozen=True, slots=True)
class LabelFigures:
    """One label: how many examples have it, and its precision, recall and F1."""

    label: str | None
    n: int
    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class Figures:
    """The quality of predictions over ``n`` examples; every share and figure lies between 0 and 1.

    ``coverage`` has the accuracy over the most confident tenth, fifth and so on, to all. ``calibration_error`` is
    the mean gap between the top probability and the share that is right, over ten bins of equal width.
    ``macro_f1`` is the mean over the labels that the examples have. ``confusions`` are (right label, predicted
    label, how often), most frequent first.
    """

    n: int
    accuracy: float
    macro_f1: float
    coverage: tuple[tuple[float, float], ...]
    calibration_error: float
    labels: tuple[LabelFigures, ...]
    confusions: tuple[tuple[str | None, str | None, int], ...]

    @classmethod
    def of(cls, predictions: Sequence[Prediction], labels: Sequence[str | None]) -> "Figures":
        """Compare predictions with the right labels, in the same order."""
        pairs = list(zip(labels, (each.label for each in predictions), strict=True))
        rights = [label == said for label, said in pairs]
        each = tuple(_label_figures(label, pairs) for label in sorted(set(labels), key=lambda label: label or ""))
        wrong = Counter(pair for pair in pairs if pair[0] != pair[1])
        return cls(
            n=len(pairs),
            accuracy=_share(rights),
            macro_f1=sum(one.f1 for one in each) / max(len(each), 1),
            coverage=_coverage(predictions, rights),
            calibration_error=_calibration_error(predictions, rights),
            labels=each,
            confusions=tuple((label, said, count) for (label, said), count in wrong.most_common()),
        )


def _label_figures(label: str | None, pairs: Sequence[tuple[str | None, str | None]]) -> LabelFigures:
    have = sum(right == label for right, _ in pairs)
    said = sum(predicted == label for _, predicted in pairs)
    hit = sum(right == predicted == label for right, predicted in pairs)
    return LabelFigures(label, have, hit / max(said, 1), hit / max(have, 1), 2 * hit / max(have + said, 1))


def _coverage(predictions: Sequence[Prediction], rights: Sequence[bool]) -> tuple[tuple[float, float], ...]:
    surest = sorted(range(len(rights)), key=lambda place: -predictions[place].probability)
    return tuple((share, _share([rights[place] for place in surest[: round(len(rights) * share)]])) for share in SHARES)


def _calibration_error(predictions: Sequence[Prediction], rights: Sequence[bool]) -> float:
    gaps = [0.0] * BINS
    for prediction, right in zip(predictions, rights, strict=True):
        gaps[min(int(prediction.probability * BINS), BINS - 1)] += prediction.probability - right
    return sum(map(abs, gaps)) / max(len(rights), 1)


def _share(rights: Sequence[bool]) -> float:
    return sum(rights) / max(len(rights), 1)
