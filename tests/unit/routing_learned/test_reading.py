"""What a text means beside its words: asked for where words leave a model unsure, and kept in the model's file."""

import random
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest

from inbox.routing.learned import BadModel, Model
from inbox.routing.learned.file import pack, unpack
from inbox.routing.meaning import Meaning
from inbox.routing.training import Example, Online, predicted, train
from tests.unit.routing_learned.desk import history

WORDS = ("tram", "noon", "gate", "lounge", "window", "ticket", "aisle", "queue", "coffee", "pillow")
WIDTH = 6


class Knowing:
    """An encoder that can tell odd numbers from even ones, which to a model's words are numbers of one length."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        self.asked += texts
        found = np.array([np.random.default_rng(len(text)).normal(0, 1, WIDTH) for text in texts], np.float32)
        found[:, 0] = [3 * (text[-1] in "13579") - 3 * (text[-1] in "02468") for text in texts]
        return found

    def read(self, texts: Sequence[str]) -> Meaning:
        """The pieces of a text say nothing."""
        counts = np.array([len(text.split()) for text in texts])
        return Meaning(self.encode(texts), np.ones((counts.sum(), WIDTH), np.int8), counts)


def _told(size: int = 240, *, seed: int = 5) -> list[Example]:
    """Texts whose words say nothing; what the number at their end is says all."""
    draw = random.Random(seed)
    numbers = [draw.randrange(1000, 9999) for _ in range(size)]
    return [
        Example(
            " ".join([*draw.sample(WORDS, 4), str(number)]),
            "Praise" if number % 2 else "Anger",
            author=f"author {place // 2}",
        )
        for place, number in enumerate(numbers)
    ]


def _right(model: Model, examples: Sequence[Example]) -> float:
    told = predicted(model, examples)
    return sum(each.label == said.label for each, said in zip(examples, told, strict=True)) / len(examples)


@pytest.fixture(scope="module")
def model() -> Model:
    return train(_told(), encoder=Knowing())


def test_what_words_leave_open_is_told_by_what_texts_mean(model: Model) -> None:
    asked = _told(seed=6)
    assert _right(model, asked) > 0.95
    assert _right(train(_told()), asked) < 0.65


def test_the_encoder_is_asked_only_where_words_leave_the_model_unsure() -> None:
    encoder = Knowing()
    model = train([*_told(), *history()], encoder=encoder)
    encoder.asked.clear()
    model.predict([each.text for each in history(seed=9)])
    plain = len(encoder.asked)
    told = model.predict([each.text for each in _told(seed=6)])
    assert len(encoder.asked) - plain > 0.9 * len(told)
    assert plain < len(history()) / 2
    assert sum(each.whole for each in told) == len(encoder.asked) - plain


def test_a_model_whose_words_are_sure_never_opens_the_encoder() -> None:
    model = train(history(), encoder=Knowing())
    assert model.reader is not None
    sure = replace(model, reader=replace(model.reader, unsure=0.0), encoder=lambda: pytest.fail("opened"))
    assert sure.predict([history()[0].text])[0].label == history()[0].label


def test_it_comes_back_from_its_bytes_with_the_same_answers(model: Model) -> None:
    texts = [each.text for each in _told()]
    data = model.dump()
    again = Model.load(data, Knowing)
    assert again.dump() == data
    assert again.predict(texts) == model.predict(texts)


def test_without_an_encoder_words_decide_alone(model: Model) -> None:
    alone = Model.load(model.dump())
    told = alone.predict([each.text for each in _told()])
    assert len(told) == len(_told())
    assert not any(each.whole for each in told)
    assert all(sum(share for _, share in each.ranked) == pytest.approx(1) for each in told)


def test_a_model_that_learnt_with_another_encoder_is_refused_in_a_sentence(model: Model) -> None:
    heading, arrays = unpack(model.dump())
    with pytest.raises(BadModel, match="another encoder"):
        Model.load(pack({**heading, "encoder": "an older one"}, arrays))


@pytest.mark.parametrize("part", ["read", "read_bias", "attended_keys", "attended_values"])
def test_a_part_that_does_not_fit_is_refused(model: Model, part: str) -> None:
    heading, arrays = unpack(model.dump())
    with pytest.raises(BadModel, match="train it again"):
        Model.load(pack(heading, {**arrays, part: np.zeros((2, 7))}))


def test_a_single_text_is_told_what_a_batch_is_told(model: Model) -> None:
    texts = [each.text for each in _told()[:20]]
    assert [model.predict([text])[0].label for text in texts] == [each.label for each in model.predict(texts)]


def test_a_label_seen_once_does_not_keep_it_from_being_learnt() -> None:
    model = train([*_told(), Example("something of its own 7", "Rare", author="author r")], encoder=Knowing())
    assert _right(model, _told(seed=6)) > 0.95


def _followed(*, same: bool) -> list[Example]:
    """Texts without a number; what their authors wrote before has one that says all, or one that says nothing."""
    draw = random.Random(8)
    told = _told(seed=9)
    return [
        replace(
            each,
            text=" ".join(draw.sample(WORDS, 4)),
            earlier=each.text if same else draw.choice(told).text,
            author=f"somebody {place}",
        )
        for place, each in enumerate(told)
    ]


def test_what_the_author_wrote_before_is_read_as_a_whole_too() -> None:
    learnt = [*_told(seed=7), *_followed(same=True)]
    model = train(learnt, encoder=Knowing())
    assert model.reader is not None
    assert model.reader.leaning > 0
    text = "gate coffee tram noon"
    odd, even, silent = model.predict([text] * 3, [""] * 3, ["aisle noon 1111", "aisle noon 2222", ""])
    assert dict(odd.ranked)["Praise"] > dict(silent.ranked)["Praise"] > dict(even.ranked)["Praise"]
    (again,) = Model.load(model.dump(), Knowing).predict([text], [""], ["aisle noon 1111"])
    assert again.probability == pytest.approx(odd.probability)


def test_what_says_nothing_of_what_follows_hardly_counts() -> None:
    model = train([*_told(seed=7), *_followed(same=False)], encoder=Knowing())
    assert model.reader is not None
    assert model.reader.leaning <= 0.1


def test_online_learning_hears_the_encoder_too() -> None:
    learner = Online(Knowing())
    rights = []
    for each in _told(400):
        said = learner.predict(each.text)
        rights.append(said is not None and said.label == each.label)
        learner.learn(each)
    assert sum(rights[-100:]) > 80
