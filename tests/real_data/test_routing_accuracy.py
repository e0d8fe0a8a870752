"""The learned classifier on real complaints: about as right as it was measured, small, and honest about itself."""

from dataclasses import replace

import pytest

from inbox.flow.encoding import FOR_TRAINING, encoder
from inbox.routing.learned import Model
from inbox.routing.training import Example, Figures, evaluate, predicted, train
from inbox.routing.training.folds import folds_of
from tests.benchmarks import routing_data as data

pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not data.DATA.exists(), reason=f"the public labelled texts are not at {data.DATA}"),
]


@pytest.fixture(scope="module")
def split() -> tuple[list[Example], list[Example]]:
    """Two thirds of the authors to learn from, the rest to be measured on."""
    examples = data.airline_areas()
    fold_of = folds_of(examples, 3)
    return (
        [each for each, fold in zip(examples, fold_of, strict=True) if fold],
        [each for each, fold in zip(examples, fold_of, strict=True) if not fold],
    )


@pytest.fixture(scope="module")
def model(split: tuple[list[Example], list[Example]]) -> Model:
    return Model.load(train(split[0], encoder=encoder(FOR_TRAINING)).dump(), encoder)


@pytest.mark.timeout(300)
def test_areas_of_new_authors_are_found_and_the_probabilities_hold(
    model: Model, split: tuple[list[Example], list[Example]]
) -> None:
    figures = evaluate(model, split[1])
    assert figures.accuracy > 0.71
    assert figures.macro_f1 > 0.53
    assert dict(figures.coverage)[0.5] > 0.9
    assert figures.calibration_error < 0.04


@pytest.mark.timeout(300)
def test_where_annotators_agree_it_is_mostly_right(model: Model, split: tuple[list[Example], list[Example]]) -> None:
    fair = [split[1][place] for place in data.agreed(split[1])]
    told = predicted(model, fair)
    assert Figures.of(told, [each.label for each in fair]).accuracy > 0.85


@pytest.mark.timeout(300)
def test_what_texts_say_as_a_whole_makes_it_righter(model: Model, split: tuple[list[Example], list[Example]]) -> None:
    whole, words = evaluate(model, split[1]), evaluate(replace(model, encoder=lambda: None), split[1])
    assert whole.accuracy > words.accuracy + 0.005
    assert whole.macro_f1 > words.macro_f1 + 0.01
    assert len(model.dump()) < 25_000_000


@pytest.mark.timeout(300)
def test_words_that_speak_for_an_area_are_those_that_people_would_name(model: Model) -> None:
    assert "luggage" in model.terms("@united you lost my luggage in Denver yesterday", "Lost Luggage")
    assert {"hold", "phone"} & set(model.terms("on hold with your phone line for ages", "Customer Service Issue"))


@pytest.mark.timeout(300)
def test_many_intents_are_told_apart_by_a_model_of_bounded_size() -> None:
    examples = data.banking()
    fold_of = folds_of(examples, 5)
    learnt = train([each for each, fold in zip(examples, fold_of, strict=True) if fold], encoder=encoder(FOR_TRAINING))
    assert len(learnt.dump()) < 25_000_000
    figures = evaluate(learnt, [each for each, fold in zip(examples, fold_of, strict=True) if not fold])
    assert figures.accuracy > 0.92
    assert figures.calibration_error < 0.05
