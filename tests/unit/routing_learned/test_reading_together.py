"""Words and what texts say as a whole, weighed together: what a model says is what was judged."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pytest

from inbox.routing.learned.earlier import joined
from inbox.routing.learned.model import softmax
from inbox.routing.meaning import Meaning
from inbox.routing.training.kinds import Floats, Ints
from inbox.routing.training.reading import Numbers, heard, reading

SIZE, LABELS, WIDTH = 300, 3, 5


class Rows:
    """Texts are numbers of rows; each has a few pieces, of which one is like the row."""

    def __init__(self, rows: npt.NDArray[np.float32]) -> None:
        self._rows = rows

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        return self._rows[[int(text) for text in texts]]

    def read(self, texts: Sequence[str]) -> Meaning:
        rows = self.encode(texts)
        counts = np.array([1 + int(text) % 4 for text in texts])
        pieces = np.zeros((counts.sum(), WIDTH), np.int8)
        pieces[np.cumsum(counts) - 1] = np.clip(10 * rows, -127, 127)
        return Meaning(rows, pieces, counts)


@pytest.fixture
def right() -> Ints:
    return np.random.default_rng(1).integers(0, LABELS, SIZE)


@pytest.fixture
def rows(right: Ints) -> npt.NDArray[np.float32]:
    """Numbers that tell the labels apart, more or less; the second half is of what was written before."""
    draw = np.random.default_rng(2)
    found = draw.normal(4, 1, (2 * SIZE, WIDTH)) + 1.2 * np.eye(LABELS, WIDTH)[np.tile(right, 2)]
    return found.astype(np.float32)


def _kind(right: Ints, seed: int, told: float) -> Floats:
    return np.random.default_rng(seed).normal(0, 1, (SIZE, LABELS)) + told * np.eye(LABELS)[right]


def test_a_model_says_of_a_text_what_was_judged_when_it_was_blended(right: Ints, rows: npt.NDArray[np.float32]) -> None:
    encoder = Rows(rows)
    texts = [str(place) for place in range(SIZE)]
    earlier = [joined([str(SIZE + place), str(place)][: place % 3]) for place in range(SIZE)]
    numbers = Numbers.of(texts, earlier, encoder, LABELS)
    places = np.arange(SIZE)
    learnt = numbers.learnt(places, right, np.ones(SIZE), LABELS)
    kinds, before = [_kind(right, 3, 2), _kind(right, 4, 1)], [_kind(right, 5, 1), np.zeros((SIZE, LABELS))]
    meant = [numbers.held_out(part, learnt) for part in np.array_split(places, 2)]
    blended, found, final = heard(kinds, before, meant, learnt, right)
    words = np.tensordot(blended.shares, np.stack(kinds) + blended.leaning * np.stack(before), 1) + blended.bias
    assert words == pytest.approx(blended.scores)
    asked = found.asked(softmax(words))
    assert 0 < len(asked) < SIZE
    assert found.leaning > 0
    assert found.attention is not None
    told = words.copy()
    told[asked] = found.heard(words[asked], [texts[at] for at in asked], [earlier[at] for at in asked], encoder)
    assert told == pytest.approx(final, abs=1e-4)


def test_where_numbers_begin_does_not_matter(right: Ints, rows: npt.NDArray[np.float32]) -> None:
    here = reading(rows[:SIZE], right, np.ones(SIZE), LABELS)
    there = reading(rows[:SIZE] + 7, right, np.ones(SIZE), LABELS)
    assert there.scores(rows[:SIZE] + 7) == pytest.approx(here.scores(rows[:SIZE]), abs=1e-3)
    assert (here.scores(rows[:SIZE]).argmax(axis=1) == right).mean() > 0.6


def test_what_was_not_written_before_says_nothing(right: Ints, rows: npt.NDArray[np.float32]) -> None:
    whole = reading(rows[:SIZE], right, np.ones(SIZE), LABELS)
    said = whole.scores_before(np.vstack([np.zeros((1, WIDTH), np.float32), rows[:1]]))
    assert not said[0].any()
    assert said[1].any()
