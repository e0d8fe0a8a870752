"""Attention: what one piece of a text says is heard among all the others, and kept in the model's file."""

import random
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest

from inbox.routing.learned import Model
from inbox.routing.learned.attention import Attention, portioned
from inbox.routing.meaning import Meaning
from inbox.routing.training import Example, predicted, train
from inbox.routing.training.attending import HEADS, _slopes, attending
from inbox.routing.training.reading import reading

WIDTH, SIZE, LABELS = 96, 600, 3


def _pieces(counts: npt.NDArray[np.int64], right: npt.NDArray[np.int64], seed: int = 1) -> npt.NDArray[np.int8]:
    """Pieces of which each names some label; only one of each text is marked, and names the text's own."""
    draw = np.random.default_rng(seed)
    *named, mark = np.random.default_rng(0).choice([-1, 1], (LABELS + 1, WIDTH)) * 25
    found = draw.normal(0, 12, (counts.sum(), WIDTH)) + np.array(named)[draw.integers(0, LABELS, counts.sum())] - mark
    told = np.cumsum(counts) - counts + draw.integers(0, counts)
    found[told] = draw.normal(0, 12, (len(counts), WIDTH)) + np.array(named)[right] + mark
    return np.asarray(np.clip(found, -127, 127), np.int8)


def _said(seed: int = 1, size: int = SIZE) -> tuple[Meaning, npt.NDArray[np.int64]]:
    draw = np.random.default_rng(seed)
    right, counts = draw.integers(0, LABELS, size), draw.integers(6, 20, size)
    pieces = _pieces(counts, right, seed)
    means = np.add.reduceat(pieces.astype(np.float32), np.cumsum(counts) - counts, axis=0) / counts[:, None]
    return Meaning(means.astype(np.float32), pieces, counts), right


def test_one_marked_piece_is_heard_where_the_mean_of_all_drowns_it() -> None:
    said, right = _said()
    asked, rights = _said(seed=2)
    learnt = attending(said, right, np.ones(SIZE), LABELS)
    mean = reading(said.texts, right, np.ones(SIZE), LABELS)
    assert (learnt.scores(asked).argmax(axis=1) == rights).mean() > 0.9
    assert (mean.scores(asked.texts).argmax(axis=1) == rights).mean() < 0.7


def test_steps_go_the_way_in_which_surprise_falls() -> None:
    said, right = _said(size=12)
    draw = np.random.default_rng(6)
    table = draw.normal(0, 0.05, (WIDTH, 2 * HEADS * LABELS)).astype(np.float32)
    bias, weights = draw.normal(0, 1, LABELS).astype(np.float32), draw.uniform(0.5, 2, 12).astype(np.float32)

    def surprise(numbers: npt.NDArray[np.float32]) -> float:
        scores = Attention(*np.hsplit(numbers, 2)).scores(said, LABELS) + bias
        chances = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
        return float(-(weights * np.log(chances[np.arange(12), right])).mean())

    slope, _ = _slopes(said, table, bias, right, weights)
    for at in zip(*np.unravel_index(np.argsort(-np.abs(slope), axis=None)[:3000:150], slope.shape), strict=True):
        ahead, behind = table.copy(), table.copy()
        ahead[at] += 0.01
        behind[at] -= 0.01
        assert (surprise(ahead) - surprise(behind)) / 0.02 == pytest.approx(slope[at], rel=0.05, abs=2e-4)


def test_the_same_examples_teach_the_same() -> None:
    said, right = _said()
    one, other = (attending(said, right, np.ones(SIZE), LABELS) for _ in range(2))
    assert np.array_equal(one.attention.keys, other.attention.keys)
    assert np.array_equal(one.attention.values, other.attention.values)
    assert np.array_equal(one.bias, other.bias)


def test_what_nobody_is_sure_of_teaches_less() -> None:
    said, right = _said()
    wrong = np.where(np.arange(SIZE) % 2, (right + 1) % LABELS, right)
    doubted = np.where(np.arange(SIZE) % 2, 0.05, 1.0)
    asked, rights = _said(seed=2)
    hit = [
        (attending(said, wrong, sure, LABELS).scores(asked).argmax(axis=1) == rights).mean()
        for sure in (doubted, np.ones(SIZE))
    ]
    assert hit[0] > 0.9 > hit[1]


def test_a_rare_label_is_found() -> None:
    said, right = _said(size=900)
    kept = np.flatnonzero((right != 0) | (np.arange(900) % 12 == 0))
    learnt = attending(said.only(kept), right[kept], np.ones(len(kept)), LABELS)
    asked, rights = _said(seed=2)
    told = learnt.scores(asked).argmax(axis=1)
    assert (told[rights == 0] == 0).mean() > 0.5


@pytest.mark.parametrize("labels", [[0] * 25, [0] * 24 + [2]])
def test_few_examples_and_labels_that_none_has_are_no_trouble(labels: list[int]) -> None:
    said, _ = _said(size=25)
    learnt = attending(said, np.array(labels), np.ones(25), LABELS)
    told = learnt.scores(said)
    assert np.isfinite(told).all()
    assert (told.argmax(axis=1)[:24] == 0).all()


def test_a_text_scores_alike_in_any_company() -> None:
    said, right = _said()
    learnt = attending(said, right, np.ones(SIZE), LABELS)
    together = learnt.scores(said)
    alone = np.concatenate([learnt.scores(said.only(np.array([at]))) for at in range(50)])
    assert together[:50] == pytest.approx(alone, abs=1e-4)


def test_no_texts_get_no_scores() -> None:
    said, right = _said()
    learnt = attending(said, right, np.ones(SIZE), LABELS)
    assert learnt.scores(said.only(np.array([], np.int64))).shape == (0, LABELS)


@pytest.mark.parametrize("columns", [1, 40, 3000, 300_000])
def test_a_product_in_portions_is_the_product(columns: int) -> None:
    draw = np.random.default_rng(3)
    rows, matrix = draw.integers(-127, 127, (23, 5)).astype(np.int8), draw.normal(0, 1, (5, columns))
    assert np.allclose(portioned(rows, matrix), rows @ matrix, rtol=1e-4, atol=1e-3)
    assert portioned(rows[:0], matrix).shape == (0, columns)


@pytest.mark.parametrize(
    ("keys", "values"), [((5, 6), (5, 5)), ((5, 4), (5, 4)), ((6,), (6,)), ((5, 0), (5, 0)), ((0, 6), (0, 6))]
)
def test_tables_that_do_not_fit_are_told(keys: tuple[int, ...], values: tuple[int, ...]) -> None:
    assert not Attention(np.zeros(keys, np.float32), np.zeros(values, np.float32)).fits(3)
    assert Attention(np.zeros((5, 6), np.float32), np.zeros((5, 6), np.float32)).fits(3)


class Marked:
    """Texts are numbers of what ``_said`` made."""

    def __init__(self) -> None:
        self.said, self.right = _said()

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        return self.read(texts).texts

    def read(self, texts: Sequence[str]) -> Meaning:
        return self.said.only(np.array([int(text.split()[-1]) for text in texts]))


@pytest.fixture(scope="module")
def examples() -> list[Example]:
    """Words that say nothing beside the number of a text."""
    draw = random.Random(4)
    return [
        Example(f"{draw.choice(('tram', 'noon', 'gate'))} {at}", f"label {label}", author=f"author {at}")
        for at, label in enumerate(Marked().right)
    ]


@pytest.fixture(scope="module")
def model(examples: list[Example]) -> Model:
    return train(examples[:400], encoder=Marked())


def test_a_model_hears_what_one_piece_says(model: Model, examples: list[Example]) -> None:
    told = predicted(model, examples[400:])
    assert sum(said.label == each.label for said, each in zip(told, examples[400:], strict=True)) > 170
    assert model.reader is not None
    deaf = replace(model, reader=replace(model.reader, attention=None))
    told = predicted(deaf, examples[400:])
    assert sum(said.label == each.label for said, each in zip(told, examples[400:], strict=True)) < 150


def test_it_comes_back_from_its_bytes_with_the_same_answers(model: Model) -> None:
    data = model.dump()
    again = Model.load(data, Marked)
    assert again.dump() == data
    texts = [f"gate {at}" for at in range(40)]
    assert again.predict(texts) == model.predict(texts)


class Whole(Marked):
    """Answers of whole texts alone."""

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        return super().read(texts).texts

    def read(self, texts: Sequence[str]) -> Meaning:
        pytest.fail(f"asked about the pieces of {len(texts)} texts")


def test_pieces_are_not_looked_at_where_labels_are_many(examples: list[Example]) -> None:
    many = [replace(each, label=f"label {at % 45}") for at, each in enumerate(examples[:400])]
    found = train(many, encoder=Whole())
    assert found.reader is not None
    assert found.reader.attention is None
    assert len(found.predict([each.text for each in examples[400:420]])) == 20
