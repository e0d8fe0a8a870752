"""The learned classifier on real complaints: about as right as it was measured, quick, and honest about itself."""

import time as stopwatch

import pytest

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
    return Model.load(train(split[0]).dump())


@pytest.mark.timeout(300)
def test_areas_of_new_authors_are_found_and_the_probabilities_hold(
    model: Model, split: tuple[list[Example], list[Example]]
) -> None:
    figures = evaluate(model, split[1])
    assert figures.accuracy > 0.67
    assert figures.macro_f1 > 0.48
    assert dict(figures.coverage)[0.5] > 0.86
    assert figures.calibration_error < 0.05


@pytest.mark.timeout(300)
def test_where_annotators_agree_it_is_mostly_right(model: Model, split: tuple[list[Example], list[Example]]) -> None:
    fair = [split[1][place] for place in data.agreed(split[1])]
    told = predicted(model, fair)
    assert Figures.of(told, [each.label for each in fair]).accuracy > 0.8


@pytest.mark.timeout(300)
def test_a_prediction_takes_less_than_a_millisecond(model: Model, split: tuple[list[Example], list[Example]]) -> None:
    texts = [each.text for each in split[1]]
    begun = stopwatch.process_time()
    model.predict(texts)
    assert (stopwatch.process_time() - begun) / len(texts) < 0.001
    assert len(model.dump()) < 25_000_000


@pytest.mark.timeout(300)
def test_words_that_speak_for_an_area_are_those_that_people_would_name(model: Model) -> None:
    assert "luggage" in model.terms("@united you lost my luggage in Denver yesterday", "Lost Luggage")
    assert {"hold", "phone"} & set(model.terms("on hold with your phone line for ages", "Customer Service Issue"))


@pytest.mark.timeout(300)
def test_many_intents_are_told_apart_by_a_model_of_bounded_size_and_training() -> None:
    examples = data.banking()
    fold_of = folds_of(examples, 5)
    begun = stopwatch.process_time()
    learnt = train([each for each, fold in zip(examples, fold_of, strict=True) if fold])
    assert stopwatch.process_time() - begun < 30
    assert len(learnt.dump()) < 25_000_000
    figures = evaluate(learnt, [each for each, fold in zip(examples, fold_of, strict=True) if not fold])
    assert figures.accuracy > 0.9
    assert figures.calibration_error < 0.05
