"""The classifier: what it predicts, why, at which cost, and what becomes of it as a file."""

import os
import struct
import subprocess
import sys
import time as stopwatch
from collections.abc import Callable
from pathlib import Path

import pytest

from inbox.routing.learned import BadModel, Model
from inbox.routing.training import train
from tests.unit.routing_learned.desk import history

PROJECT = Path(__file__).parents[3]
ODD = {
    "nothing": "",
    "blanks": " \n\t ",
    "emoji alone": "😡😡👍🏽❤️\u200d🔥",
    "half a surrogate": "my bag \ud83d is lost \udc00",
    "100 kB": "lost bag " * 12_000,
    "one word of 100 kB": "x" * 100_000,
    "an unknown language": "ሰላም ለዓለም ᚠᛇᚻ ꙮ",
    "zero bytes": "bag\0lost\0",
    "marks without letters": "\u0301\u0302\u064b",
    "signs": "&;&amp;&#0;&#xFFFFFFF; <<<>>> @ # :( \u202e",
}


@pytest.fixture(scope="module")
def model() -> Model:
    return train(history())


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Hello, my SUITCASES are lost!!!", "Luggage"),
        ("the web site charges me twice", "Booking"),
        ("sooooo laaaate, waiting for hours", "Delay"),
        ("#LoveThisCrew", None),
    ],
)
def test_it_knows_words_in_other_forms(model: Model, text: str, label: str | None) -> None:
    (found,) = model.predict([text])
    assert found.label == label
    assert found.probability > 0.5


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_any_text_has_an_answer_in_bounded_time(model: Model, text: str) -> None:
    begun = stopwatch.perf_counter()
    (found,) = model.predict([text], ["air"])
    model.terms(text, found.label)
    assert stopwatch.perf_counter() - begun < 0.5
    assert {label for label, _ in found.ranked} == set(model.labels)
    assert found.ranked[0] == (found.label, found.probability)
    assert [chance for _, chance in found.ranked] == sorted((chance for _, chance in found.ranked), reverse=True)
    assert sum(chance for _, chance in found.ranked) == pytest.approx(1)


def test_a_batch_says_what_single_texts_say(model: Model) -> None:
    texts = [*ODD.values(), *(each.text for each in history(600, seed=5))]
    batch = model.predict(texts)
    assert [each.label for each in batch] == [model.predict([text])[0].label for text in texts]
    assert model.predict([]) == []


def test_the_reason_is_words_of_the_text_as_they_stand_there(model: Model) -> None:
    text = "Dear Sir or Madam, my SUITCASE is Lost since Monday"
    found = model.terms(text, "Luggage")
    assert "SUITCASE" in found
    assert len(found) <= 3
    assert all(term in text for term in found)
    assert model.terms(text, "Delay", limit=1) != found[:1]
    assert model.terms(text, "no such area") == ()
    assert model.terms("", "Luggage") == ()


def test_a_model_comes_back_from_its_bytes(model: Model) -> None:
    texts = [each.text for each in history(seed=8)]
    data = model.dump()
    again = Model.load(data)
    assert again.predict(texts) == model.predict(texts)
    assert again.labels == model.labels
    assert again.dump() == data


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        (lambda data: b"", "no model"),
        (lambda data: b"not a model at all, but long enough to hold the heading of one", "no model"),
        (lambda data: data[:-1], "damaged"),
        (lambda data: data[:20], "no model"),
        (lambda data: data[:-9] + b"x" + data[-8:], "damaged"),
        (lambda data: data + b"more", "damaged"),
        (lambda data: data[:8] + struct.pack("<I", 99) + data[12:], "format 99"),
    ],
)
def test_a_damaged_file_is_refused_in_a_sentence(model: Model, damage: Callable[[bytes], bytes], sentence: str) -> None:
    with pytest.raises(BadModel, match=sentence) as refused:
        Model.load(damage(model.dump()))
    assert str(refused.value).endswith(".")


def test_the_same_history_gives_the_same_model_in_every_process(model: Model) -> None:
    code = (
        "import hashlib; from inbox.routing.training import train; from tests.unit.routing_learned.desk import history;"
        "print(hashlib.sha256(train(history()).dump()).hexdigest())"
    )
    told = set()
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        command = [sys.executable, "-c", code]
        told.add(subprocess.run(command, cwd=PROJECT, env=environment, check=True, capture_output=True).stdout)
    assert len(told) == 1


def test_predicting_loads_nothing_that_trains() -> None:
    code = "import sys; import inbox.routing.learned; print(*{name.split('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, check=True, capture_output=True, text=True)
    assert not {"sklearn", "scipy", "joblib"} & set(done.stdout.split())
