"""Measuring a classifier on examples that it has not learnt from."""

from collections.abc import Iterable, Sequence

from inbox.routing.learned import Model, Prediction
from inbox.routing.learned.reader import Encodes
from inbox.routing.training.example import Example
from inbox.routing.training.figures import Figures
from inbox.routing.training.fitting import missing, train
from inbox.routing.training.folds import folds_of


def evaluate(model: Model, examples: Sequence[Example]) -> Figures:
    """How right the model is on examples; it sees all of them but their labels."""
    return Figures.of(predicted(model, examples), [each.label for each in examples])


def held_out(examples: Sequence[Example], *, folds: int = 5, encoder: Encodes | None = None) -> list[Prediction]:
    """A prediction for each example by a model that has learnt from other authors alone. Raises ``TooLittle``."""
    fold_of = folds_of(examples, folds)
    found: dict[int, Prediction] = {}
    for fold in range(folds):
        places = [place for place in range(len(examples)) if fold_of[place] == fold]
        if places:
            kept = [each for place, each in enumerate(examples) if fold_of[place] != fold]
            model = train(kept, encoder=encoder)
            found.update(zip(places, predicted(model, [examples[place] for place in places]), strict=True))
    return [found[place] for place in range(len(examples))]


def cross_validated(examples: Sequence[Example], *, folds: int = 5, encoder: Encodes | None = None) -> Figures:
    """The figures to expect on new authors. Raises ``TooLittle``."""
    return Figures.of(held_out(examples, folds=folds, encoder=encoder), [each.label for each in examples])


def learning_curve(
    examples: Sequence[Example], sizes: Iterable[int], encoder: Encodes | None = None
) -> list[tuple[int, Figures]]:
    """The figures after learning from so many examples each, measured on one fifth of the authors, always the same.

    Sizes that there are too few examples for, or that are too few to learn from, are left out.
    """
    fold_of = folds_of(examples, 5)
    test = [each for each, fold in zip(examples, fold_of, strict=True) if fold == 0]
    rest = [each for each, fold in zip(examples, fold_of, strict=True) if fold != 0]
    order = folds_of(rest, 2**32, seed=1).argsort(kind="stable")
    found: list[tuple[int, Figures]] = []
    for size in sizes:
        chosen = [rest[place] for place in order[:size]]
        if size <= len(rest) and not missing(chosen):
            found.append((size, evaluate(train(chosen, encoder=encoder), test)))
    return found


def predicted(model: Model, examples: Sequence[Example]) -> list[Prediction]:
    """What the model says of each."""
    return model.predict(
        [each.text for each in examples],
        [each.account for each in examples],
        [each.earlier for each in examples],
        [each.hint for each in examples],
    )
