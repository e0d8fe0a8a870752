"""Many labels: a layer has its say beside the words, comes back from bytes, and stays small and quick."""

import random
import time as stopwatch
from dataclasses import replace

import numpy as np
import pytest

from inbox.routing.learned import BadModel, Model
from inbox.routing.training import Example, train
from inbox.routing.training.kinds import MANY

DEEDS = ("open", "close", "move", "find", "change", "pay", "stop")
THINGS = ("card", "account", "loan", "pin", "transfer", "limit", "address")
ROUND = ("please", "today", "how do I", "I want to", "again", "now", "my", "the")


@pytest.fixture(scope="module")
def examples() -> list[Example]:
    draw = random.Random(4)
    return [
        Example(f"{draw.choice(ROUND)} {deed} {draw.choice(ROUND)} {thing} {number % 7}", f"{deed} {thing}")
        for number in range(8)
        for deed in DEEDS
        for thing in THINGS
    ]


@pytest.fixture(scope="module")
def model(examples: list[Example]) -> Model:
    return train(examples)


def test_a_layer_has_its_say_where_labels_are_many(model: Model) -> None:
    assert len(model.labels) > MANY
    assert model.layer is not None
    said = model.predict(["could you close that loan for me"])[0]
    without = replace(model, layer=None).predict(["could you close that loan for me"])[0]
    assert said.label == "close loan"
    assert said.ranked != without.ranked


def test_few_labels_need_no_layer(examples: list[Example]) -> None:
    few = [each for each in examples if each.label is not None and each.label.startswith("open")]
    assert train(few).layer is None


def test_a_layer_comes_back_from_bytes(model: Model, examples: list[Example]) -> None:
    texts = [each.text for each in examples]
    data = model.dump()
    assert Model.load(data).predict(texts) == model.predict(texts)
    assert Model.load(data).dump() == data


def test_the_same_examples_give_the_same_layer(model: Model, examples: list[Example]) -> None:
    assert train(examples).dump() == model.dump()


def test_a_layer_of_another_size_is_refused(model: Model) -> None:
    assert model.layer is not None
    odd = replace(model, layer=replace(model.layer, bias=np.zeros(3, np.float32)))
    with pytest.raises(BadModel, match="do not fit together"):
        Model.load(odd.dump())


def test_a_prediction_of_many_labels_takes_less_than_a_millisecond(model: Model, examples: list[Example]) -> None:
    texts = [each.text for each in examples]
    begun = stopwatch.process_time()
    model.predict(texts)
    assert (stopwatch.process_time() - begun) / len(texts) < 0.001
