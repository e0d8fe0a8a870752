"""Measures the learned classifier on labelled mentions; what predicts is given texts and accounts alone, and what the
same authors wrote before.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from inbox.flow.encoding import FOR_TRAINING, encoder
from inbox.flow.learning.judging import document, examples_of
from inbox.flow.learning.known import Known

if TYPE_CHECKING:
    from inbox.routing.learned import Model, Prediction

_HALF: Final = 0.5
_FIRST: Final = datetime.min.replace(tzinfo=UTC)

Progress = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Measured:
    """Predictions in the order of the examples, and what they cost; ``train_seconds`` is None without a training."""

    told: "list[Prediction]"
    micros: float
    train_seconds: float | None
    model_bytes: int


def with_model(model: "Model", asked: Sequence[Known], size: int) -> Measured:
    """Ask a model that there is."""
    told, micros = _asked(model, asked)
    return Measured(told, micros, None, size)


def trained_on(learnt: Sequence[Known], asked: Sequence[Known]) -> Measured:
    """Learn from some, ask about others. Raises ``TooLittle``."""
    model, seconds, size = _trained(learnt)
    told, micros = _asked(model, asked)
    return Measured(told, micros, seconds, size)


def crossed(examples: Sequence[Known], folds: int, progress: Progress) -> Measured:
    """Each is asked about a model that has learnt from other authors alone. Raises ``TooLittle``."""
    from inbox.routing import training

    told = training.held_out(examples_of(examples), folds=folds, encoder=encoder(FOR_TRAINING))
    progress(folds / (folds + 1))
    model, seconds, size = _trained(examples)
    _, micros = _asked(model, examples)
    return Measured(told, micros, seconds, size)


def online(examples: Sequence[Known], progress: Progress) -> tuple[list[Known], Measured]:
    """In time order, each asked about before it is learnt; while nothing is learnt, the most frequent label so far.

    Returns the examples in that order too.
    """
    from inbox.routing.learned import Prediction
    from inbox.routing.training import Online

    ordered = sorted(examples, key=lambda each: each.at or _FIRST)
    learner = Online(encoder(FOR_TRAINING))
    counts: dict[str | None, int] = {}
    told: list[Prediction] = []
    asking = learning = 0.0
    for number, (each, example) in enumerate(zip(ordered, examples_of(ordered), strict=True)):
        begun = time.perf_counter()
        said = learner.predict(each.text, each.account, example.earlier, example.hint)
        asking += time.perf_counter() - begun
        most = max(counts, key=lambda label: counts[label], default=None)
        told.append(said or Prediction(most, 0.0, ((most, 0.0),)))
        begun = time.perf_counter()
        learner.learn(example)
        learning += time.perf_counter() - begun
        counts[each.label] = counts.get(each.label, 0) + 1
        progress((number + 1) / len(ordered))
    return ordered, Measured(told, asking / max(len(ordered), 1) * 1e6, learning, 0)


def report(measured: Measured, asked: Sequence[Known], counted: Sequence[bool] | None = None) -> dict[str, Any]:
    """The figures of the examples that count (all, unless said) as other programs read them."""
    from inbox.routing.training import Figures

    pairs = [
        (told, each.label)
        for place, (told, each) in enumerate(zip(measured.told, asked, strict=True))
        if counted is None or counted[place]
    ]
    figures = document(Figures.of([told for told, _ in pairs], [label for _, label in pairs]))
    labels = figures.pop("labels")
    half = next(right for share, right in figures["coverage"] if share == _HALF)
    return {
        **figures,
        "half_accuracy": half,
        "by_area": [{"area": each.pop("label"), **each} for each in labels],
        "micros_per_mention": round(measured.micros, 1),
        "train_seconds": None if measured.train_seconds is None else round(measured.train_seconds, 2),
        "model_bytes": measured.model_bytes,
    }


def _trained(examples: Sequence[Known]) -> "tuple[Model, float, int]":
    from inbox.routing import training

    begun = time.monotonic()
    model = training.train(examples_of(examples), encoder=encoder(FOR_TRAINING))
    seconds = time.monotonic() - begun
    return model, seconds, len(model.dump())


def _asked(model: "Model", asked: Sequence[Known]) -> "tuple[list[Prediction], float]":
    from inbox.routing.training import predicted

    # With the collector's encoder: what the other one remembers of the learning would make asking look quick.
    fresh = replace(model, encoder=encoder)
    fresh.encoder()
    begun = time.perf_counter()
    examples = examples_of(asked)
    told = predicted(fresh, examples)
    return told, (time.perf_counter() - begun) / max(len(asked), 1) * 1e6
