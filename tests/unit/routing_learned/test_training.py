"""Training and measuring: what is too little, what counts, and that nothing is measured on what was learnt."""

import random
from dataclasses import replace
from string import ascii_lowercase

import pytest

from inbox.routing.learned import Prediction
from inbox.routing.training import (
    Example,
    Figures,
    Online,
    TooLittle,
    cross_validated,
    evaluate,
    held_out,
    learning_curve,
    train,
)
from inbox.routing.training.folds import folds_of
from tests.unit.routing_learned.desk import history


@pytest.mark.parametrize(
    ("examples", "sentence"),
    [
        ([], "There are 0 labelled mentions"),
        (history(19), "There are 19 labelled mentions"),
        ([replace(each, label="Delay") for each in history(40)], "same label"),
    ],
)
def test_too_little_is_said_in_a_sentence(examples: list[Example], sentence: str) -> None:
    with pytest.raises(TooLittle, match=sentence):
        train(examples)


def test_two_labels_and_a_label_seen_once_are_enough() -> None:
    two = [each for each in history(80) if each.label in {"Delay", None}]
    assert train(two).predict(["late again by hours"])[0].label == "Delay"
    once = [*two, Example("the lounge was closed", "Lounge")]
    assert train(once).labels == (None, "Delay", "Lounge")


def test_a_history_by_one_author_alone_is_learnt_from_too() -> None:
    model = train([replace(each, author="one") for each in history()])
    (found,) = model.predict(["my suitcase is lost"])
    assert found.label == "Luggage"
    assert found.probability > 0.8


def test_texts_without_words_can_be_learnt_from() -> None:
    model = train([Example("", "a" if place % 3 else "b") for place in range(30)])
    assert model.predict(["anything"])[0].label == "a"


def test_a_label_that_is_less_sure_counts_less() -> None:
    told = {"the lounge was closed": "Lounge", "cold at the gate": "Ground"}
    sure = [Example(text, label) for text, label in told.items()] * 15
    unsure = [replace(each, label="Ground" if each.label == "Lounge" else "Lounge", weight=0.2) for each in sure]
    assert [each.label for each in train([*sure, *unsure]).predict([*told])] == [*told.values()]
    less = [replace(each, weight=0.05) for each in sure]
    assert [each.label for each in train([*less, *unsure]).predict([*told])] == ["Ground", "Lounge"]


def test_a_label_that_nobody_was_sure_of_is_still_predicted() -> None:
    examples = [replace(each, weight=0.0 if each.label is None else 1.0) for each in history()]
    assert train(examples).predict(["love this crew, what a great view"])[0].label is None


def test_what_is_held_out_is_never_of_an_author_that_was_learnt_from() -> None:
    """The text says nothing and the author everything: who peeks is right, who does not is at chance."""
    draw = random.Random(1)
    names = ["".join(draw.choices(ascii_lowercase, k=6)) for _ in range(100)]
    examples = [Example(f"{name} again", str(n % 2), author=name) for n, name in enumerate(names)] * 3
    assert cross_validated(examples).accuracy < 0.7
    assert evaluate(train(examples), examples).accuracy > 0.9
    assert (
        len({fold for each, fold in zip(examples, folds_of(examples, 5), strict=True) if each.author == names[7]}) == 1
    )


def test_held_out_predictions_come_in_the_order_of_the_examples() -> None:
    examples = history()
    found = held_out(examples, folds=3)
    assert sum(each.label == example.label for each, example in zip(found, examples, strict=True)) > 200


def test_the_learning_curve_rises_and_leaves_out_what_is_too_little() -> None:
    curve = learning_curve(history(400), [5, 20, 250, 4000])
    assert [size for size, _ in curve] == [20, 250]
    assert curve[0][1].n == curve[1][1].n
    assert curve[0][1].accuracy < curve[1][1].accuracy


def test_online_says_nothing_until_it_has_learnt_enough_and_then_is_mostly_right() -> None:
    online = Online()
    assert online.predict("my bag is lost") is None
    hits = []
    for example in history(200):
        found = online.predict(example.text, example.account)
        hits.append(found is not None and found.label == example.label)
        online.learn(example)
    assert not any(hits[:20])
    assert sum(hits[100:]) > 80


def said(label: str | None, chance: float) -> Prediction:
    return Prediction(label, chance, ((label, chance),))


def test_figures_are_what_their_names_say() -> None:
    predictions = [said("a", 0.95), said("a", 0.85), said("b", 0.75), said(None, 0.55)]
    figures = Figures.of(predictions, ["a", "b", "b", None])
    assert figures.n == 4
    assert figures.accuracy == 0.75
    assert [round(each.f1, 3) for each in figures.labels] == [1.0, 0.667, 0.667]
    assert figures.macro_f1 == pytest.approx((1 + 2 / 3 + 2 / 3) / 3)
    assert dict(figures.coverage)[0.5] == 0.5
    assert dict(figures.coverage)[1.0] == 0.75
    assert figures.calibration_error == pytest.approx((0.05 + 0.85 + 0.25 + 0.45) / 4)
    assert figures.confusions == (("b", "a", 1),)
