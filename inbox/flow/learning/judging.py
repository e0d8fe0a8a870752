"""Whether a model that was just trained may be used: by what it says of examples that it has not learnt from."""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from inbox.flow.encoding import FOR_TRAINING, encoder
from inbox.flow.learning.hints import hint
from inbox.flow.learning.known import Known

if TYPE_CHECKING:
    from inbox.routing.learned import Model, Prediction
    from inbox.routing.training import Example, Figures

MARGIN: Final = 0.02
"""A new model may be so much worse than what is in use: so much is chance on a few hundred texts."""
FEW: Final = 2_000
"""Of so many examples each is held out in turn; of more one fifth is, which is enough and quicker."""
SIZES: Final = (30, 60, 125, 250, 500)
"""Examples after which the learning curve is drawn: where it bends, at little cost beside the training itself."""
TARGETS: Final = (0.95, 0.9, 0.85, 0.8)
_FOLDS: Final = 5
_LEAST: Final = 20

Before = Callable[[Sequence[Known]], list[str | None]]
"""What is in use now says of texts: the label of each, None for nobody's."""


@dataclass(frozen=True, slots=True)
class Trained:
    """A model with what it said of ``held``, none of which it had seen then."""

    model: "Model"
    data: bytes
    seconds: float
    held: list[Known]
    told: "list[Prediction]"

    def figures(self) -> "Figures":
        """How right it was."""
        from inbox.routing.training import Figures

        return Figures.of(self.told, [each.label for each in self.held])


def train(examples: Sequence[Known], progress: Callable[[float], None]) -> Trained:
    """Learn, having judged first by holding out. Raises ``TooLittle``."""
    from inbox.routing import training

    held, told = _held_out(examples, progress)
    begun = time.monotonic()
    model = training.train(examples_of(examples), encoder=encoder(FOR_TRAINING))
    return Trained(model, model.dump(), time.monotonic() - begun, held, told)


def examples_of(found: Sequence[Known]) -> "list[Example]":
    """As the training takes them; where one author wrote most of them, texts are held out instead of authors."""
    from inbox.routing.training import Example, with_earlier

    examples = with_earlier(
        [
            Example(each.text, each.label, each.weight, each.author, each.at, each.account, hint=hint(each.text))
            for each in found
        ]
    )
    most = Counter(each.author for each in found).most_common(1)
    by_author = bool(most) and most[0][1] * 2 <= len(found)
    return examples if by_author else [replace(each, author="") for each in examples]


def _held_out(examples: Sequence[Known], progress: Callable[[float], None]) -> "tuple[list[Known], list[Prediction]]":
    from inbox.routing import training
    from inbox.routing.training.folds import folds_of

    asked = examples_of(examples)
    folds = folds_of(asked, _FOLDS).tolist()
    held: list[Known] = []
    told: list[Prediction] = []
    turns = _FOLDS if len(examples) <= FEW else 1
    for turn in range(turns):
        kept = [each for each, fold in zip(asked, folds, strict=True) if fold != turn]
        model = training.train(kept, encoder=encoder(FOR_TRAINING))
        held += [each for each, fold in zip(examples, folds, strict=True) if fold == turn]
        told += training.predicted(model, [each for each, fold in zip(asked, folds, strict=True) if fold == turn])
        progress((turn + 1) / (turns + 1))
    return held, told


def curve(examples: Sequence[Known], trained: Trained) -> list[list[float]]:
    """The learning curve: after so many examples, the accuracy and the macro-F1; the last point is the model itself."""
    from inbox.routing.training import learning_curve

    most = round(len(examples) * (1 - 1 / _FOLDS))
    sizes = [size for size in SIZES if size <= most * 2 // 3]
    points = learning_curve(examples_of(examples), sizes, encoder(FOR_TRAINING))
    return [
        [size, round(each.accuracy, 4), round(each.macro_f1, 4)] for size, each in [*points, (most, trained.figures())]
    ]


def document(figures: "Figures") -> dict[str, Any]:
    """Figures as they are kept: shares between 0 and 1; ``coverage`` is [share answered, accuracy] each."""
    return {
        "n": figures.n,
        "accuracy": round(figures.accuracy, 4),
        "macro_f1": round(figures.macro_f1, 4),
        "coverage": [[share, round(right, 4)] for share, right in figures.coverage],
        "calibration_error": round(figures.calibration_error, 4),
        "labels": [
            {
                "label": each.label,
                "n": each.n,
                "precision": round(each.precision, 4),
                "recall": round(each.recall, 4),
                "f1": round(each.f1, 4),
            }
            for each in figures.labels
        ],
        "confusions": [list(each) for each in figures.confusions[:20]],
    }


def placed(trained: Trained, confidence: float) -> dict[str, float]:
    """What the threshold means: the share of held-out examples that would be placed, and the share of these right."""
    sure = [
        each.label == told.label
        for each, told in zip(trained.held, trained.told, strict=True)
        if told.label is not None and told.probability >= confidence
    ]
    share = len(sure) / max(len(trained.held), 1)
    return {"confidence": confidence, "share": round(share, 4), "right": round(sum(sure) / max(len(sure), 1), 4)}


def advice(trained: Trained) -> list[dict[str, float]]:
    """For each accuracy that one may want, the lowest threshold that keeps it, and the share that is then placed."""
    pairs = sorted(
        (
            (told.probability, each.label == told.label)
            for each, told in zip(trained.held, trained.told, strict=True)
            if told.label is not None
        ),
        reverse=True,
    )
    found: list[dict[str, float]] = []
    for target in TARGETS:
        best: tuple[int, float] | None = None
        right = 0
        for n, (probability, is_right) in enumerate(pairs, 1):
            right += is_right
            if n >= _LEAST and right >= target * n:
                best = (n, probability)
        if best is not None:
            share = best[0] / len(trained.held)
            found.append({"accuracy": target, "confidence": round(best[1], 2), "share": round(share, 4)})
    return found


def better(
    trained: Trained, before: Before, unseen: Callable[[Known], bool], confidence: float
) -> dict[str, float] | None:
    """How right and how wrong the new model and what is in use are on the same examples, neither having learnt
    from them; ``confidence`` is how sure they must be to say anything. None where there are fewer than twenty.
    """
    same = [(each, told) for each, told in zip(trained.held, trained.told, strict=True) if unseen(each)]
    if len(same) < _LEAST:
        return None
    labels = [each.label for each, _ in same]
    was = _right_and_wrong(labels, before([each for each, _ in same]))
    now = _right_and_wrong(labels, [told.label if told.probability >= confidence else None for _, told in same])
    names = ("before_right", "before_wrong", "after_right", "after_wrong")
    return {"n": len(same), **dict(zip(names, (*was, *now), strict=True)), "margin": MARGIN}


def worse(compared: dict[str, float]) -> bool:
    """Whether the new one is worse by more than the margin: a wrong answer costs as much as a right one is worth."""
    was = compared["before_right"] - compared["before_wrong"]
    return compared["after_right"] - compared["after_wrong"] < was - compared["margin"]


def _right_and_wrong(labels: Sequence[str | None], said: Sequence[str | None]) -> tuple[float, float]:
    """Shares; to say nothing (None) is right where the label is None, else neither."""
    pairs = list(zip(labels, said, strict=True))
    right = sum(label == says for label, says in pairs)
    wrong = sum(says is not None and label != says for label, says in pairs)
    return round(right / len(pairs), 4), round(wrong / len(pairs), 4)
