"""What is said of a text beside its words: counted as far as it proved right, and kept in the model."""

from dataclasses import replace

import numpy as np
import pytest

from inbox.routing.learned import BadModel, Model
from inbox.routing.learned.hints import Hints
from inbox.routing.training import Example, Online, predicted, train
from inbox.routing.training.hinting import hints
from tests.unit.routing_learned.desk import history

WORDS = ("tram", "noon", "gate", "lounge", "window", "ticket", "aisle", "queue", "coffee", "pillow")


def _told(size: int = 120) -> list[Example]:
    """Texts that say nothing, with hints that say all."""
    return [
        Example(
            " ".join(WORDS[(place // 2 + step * step) % len(WORDS)] for step in range(4)),
            "Praise" if place % 2 else "Anger",
            author=f"author {place // 2}",
            hint="glad" if place % 2 else "cross",
        )
        for place in range(size)
    ]


@pytest.fixture(scope="module")
def model() -> Model:
    return train(_told())


def test_a_text_whose_words_say_nothing_is_understood_by_its_hint(model: Model) -> None:
    glad, cross = model.predict(["tram noon"] * 2, hints=["glad", "cross"])
    assert (glad.label, cross.label) == ("Praise", "Anger")
    assert min(glad.probability, cross.probability) > 0.8
    assert [each.label for each in predicted(model, _told())] == [each.label for each in _told()]


def test_no_hint_and_one_never_met_change_nothing(model: Model) -> None:
    alone, silent, strange = (*model.predict(["tram noon"]), *model.predict(["tram noon"] * 2, hints=["", "puzzled"]))
    assert alone == silent == strange


def test_hints_that_say_nothing_of_the_label_count_for_nothing() -> None:
    examples = [replace(each, hint="glad" if place % 8 < 4 else "cross") for place, each in enumerate(history())]
    told = train(examples).hints
    assert told is not None
    assert np.abs(told.rows).max() < 0.2


def test_a_model_of_texts_without_hints_has_none() -> None:
    plain = train(history())
    assert plain.hints is None
    assert Model.load(plain.dump()).hints is None
    assert plain.predict(["my bag is lost"], hints=["glad"]) == plain.predict(["my bag is lost"])


def test_hints_come_back_from_bytes_and_must_fit(model: Model) -> None:
    again = Model.load(model.dump())
    assert again.predict(["tram"], hints=["glad"]) == model.predict(["tram"], hints=["glad"])
    with pytest.raises(BadModel, match="do not fit"):
        Model.load(replace(model, hints=Hints(("glad",), np.zeros((2, 2)))).dump())


def test_a_hint_met_once_speaks_more_softly_than_one_met_often() -> None:
    said = ["often"] * 20 + ["once"] + ["other"] * 21
    right = np.array([0] * 21 + [1] * 21)
    found = hints(said, right, np.ones(42), 2)
    assert found.names == ("often", "once", "other")
    often, once, other = found.rows
    assert often[0] > once[0] > 0 > other[0]


def test_online_heeds_hints_too() -> None:
    online = Online()
    for example in _told(80):
        online.learn(example)
    told = [online.predict("tram noon", hint=hint) for hint in ("glad", "cross")]
    assert [each.label for each in told if each is not None] == ["Praise", "Anger"]
