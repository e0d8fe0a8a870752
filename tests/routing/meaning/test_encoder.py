"""The encoder: what it answers, that it answers alike in any company, and what it remembers."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from inbox.routing.meaning import PIECE_WIDTH, STEPS, WIDTH, Encoder
from inbox.routing.meaning.opening import folder, open_pieces, open_run

PROJECT = Path(__file__).parents[3]
SAID = [
    "My bag did not arrive, and nobody answers the phone.",
    "thanks for the upgrade, best crew ever!",
    "How do I change the PIN of my card?",
    "Où est mon colis ? 😡",
]
LOOKED_AT = [0, 5, 100, 200, 383, 384, 500, 600, 700, 767]
REFERENCE = [
    [0.21, -0.103, 0.073, 0.25, 0.236, -0.125, 0.093, 0.142, -0.106, -0.157],
    [-0.772, 0.197, 0.011, 0.335, 0.541, -0.476, -0.415, 0.021, -0.054, -0.092],
    [0.081, -0.186, 0.042, -0.124, 0.0, 0.157, -0.44, 0.511, 0.474, -0.247],
    [-0.504, 0.192, 0.229, 0.32, -0.436, -0.257, 0.583, 0.52, 0.121, -0.082],
]
"""Of the same layers reckoned in 32-bit floats by a program of its own, which shares no line with ours."""


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder.opened(remember=0)


class Counting:
    """Runs nothing: answers with the numbers of the pieces, and counts what it was asked."""

    def __init__(self) -> None:
        self.texts = 0

    def __call__(self, pieces: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.int8]]:
        self.texts += len(pieces)
        by_piece = np.repeat((pieces % 100).astype(np.int8)[:, :, None], PIECE_WIDTH, axis=2)
        return np.repeat(pieces[:, 1:2].astype(np.float32), WIDTH, axis=1), by_piece


def _near(one: npt.NDArray[np.float32], other: npt.NDArray[np.float32]) -> float:
    return float(one @ other / np.linalg.norm(one) / np.linalg.norm(other))


def test_answers_are_those_of_the_layers_in_floats(encoder: Encoder) -> None:
    found = encoder.encode(SAID)
    assert found.shape == (len(SAID), WIDTH)
    assert found.dtype == np.float32
    # Numbers of 0.31 on average, reckoned in eight bits: the usual error is 0.016, the largest of 3,072 was 0.12.
    assert np.abs(found[:, LOOKED_AT] - np.array(REFERENCE)).max() < 0.08


def test_what_says_the_same_lies_nearer_than_what_shares_words(encoder: Encoder) -> None:
    bag, same, other = encoder.encode(
        ["They lost my suitcase", "my luggage never showed up", "They lost my vote, my friend"]
    )
    assert _near(bag[384:], same[384:]) > _near(bag[384:], other[384:]) + 0.1


def test_a_text_is_answered_alike_in_any_company_and_in_any_place(encoder: Encoder) -> None:
    texts = [" ".join(SAID[at % 4].split()[: 1 + at % 11]) + f" {at}" for at in range(60)]
    together = encoder.encode(texts)
    alone = np.concatenate([encoder.encode([text]) for text in texts])
    assert np.array_equal(together, alone)
    assert np.array_equal(encoder.encode(texts[::-1])[::-1], together)


@pytest.mark.parametrize(
    "text",
    ["", "😡😡👍🏽", "lost bag " * 12_000, "मेरा बैग खो गया", "我的行李丢了", "half \ud83d of it", "a\0b", "[SEP]"],
)
def test_whatever_is_written_gets_numbers(encoder: Encoder, text: str) -> None:
    found = encoder.encode([text, "bag"])
    assert np.isfinite(found).all()
    assert 1 < np.linalg.norm(found[0]) < 50


def test_no_texts_get_no_rows(encoder: Encoder) -> None:
    assert encoder.encode([]).shape == (0, WIDTH)
    nothing = encoder.read([])
    assert (nothing.texts.shape, nothing.pieces.shape, nothing.counts.shape) == ((0, WIDTH), (0, PIECE_WIDTH), (0,))


def test_what_pieces_say_adds_up_to_what_their_text_says(encoder: Encoder) -> None:
    texts = [" ".join(said.split()[: 2 + at]) for said in SAID for at in range(6)]
    found = encoder.read(texts)
    assert np.array_equal(found.texts, encoder.encode(texts))
    begins = np.cumsum(found.counts) - found.counts
    means = np.add.reduceat(found.pieces.astype(np.float64), begins, axis=0) / found.counts[:, None] / STEPS
    # Each channel of the fourth layer is moved and stretched: so the two rise and fall together.
    alike = [np.corrcoef(means[:, at], found.texts[:, at])[0, 1] for at in range(PIECE_WIDTH)]
    assert min(alike) > 0.99
    assert 0.5 < (found.pieces / STEPS).std() < 2


def test_a_piece_is_answered_alike_in_any_company_and_in_any_place(encoder: Encoder) -> None:
    texts = [" ".join(SAID[at % 4].split()[: 1 + at % 11]) + f" {at}" for at in range(40)]
    together = encoder.read(texts)
    alone = [encoder.read([text]).pieces for text in texts]
    assert np.array_equal(together.pieces, np.concatenate(alone))
    chosen = together.only(np.array([7, 3, 3, 39]))
    assert np.array_equal(chosen.pieces, np.concatenate([alone[at] for at in (7, 3, 3, 39)]))
    assert np.array_equal(chosen.texts, together.texts[[7, 3, 3, 39]])
    assert chosen.counts.tolist() == [len(alone[at]) for at in (7, 3, 3, 39)]


def test_threads_share_one_encoder() -> None:
    shared = Encoder.opened(remember=20)
    texts = [f"{said} {at}" for at in range(10) for said in SAID]
    expected = shared.encode(texts)
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: shared.encode(texts), range(8)))
    assert all(np.array_equal(answer, expected) for answer in answers)


def test_what_is_remembered_is_not_reckoned_again_and_only_the_newest_are() -> None:
    run = Counting()
    kept = Encoder(open_pieces(folder()), run, remember=3)
    first = kept.encode(["one", "two", "one"])
    assert run.texts == 2
    assert np.array_equal(kept.encode(["one", "two", "one"]), first)
    assert run.texts == 2
    kept.encode(["three", "one"])
    kept.encode(["four"])
    assert run.texts == 4
    kept.encode(["one"])
    assert run.texts == 4
    kept.encode(["two"])
    assert run.texts == 5


def test_a_long_text_is_remembered_in_few_bytes() -> None:
    kept = Encoder(open_pieces(folder()), Counting(), remember=10)
    kept.encode([f"{at} " + "x" * 100_000 for at in range(100)])
    stored = [
        len(mark) + sum(each.nbytes + (0 if each.base is None else each.base.nbytes) for each in answer)
        for mark, answer in kept._known.items()
    ]
    assert len(stored) == 10
    assert sum(stored) < 10 * 20_100


def test_remembering_changes_no_answer() -> None:
    forgetting = Encoder(open_pieces(folder()), open_run(folder()), remember=0)
    keeping = Encoder.opened()
    keeping.encode(SAID)
    assert np.array_equal(keeping.encode(SAID), forgetting.encode(SAID))
    assert np.array_equal(keeping.read(SAID).pieces, forgetting.read(SAID).pieces)


def test_naming_the_encoder_reads_no_onnxruntime() -> None:
    code = "import sys, inbox.routing.meaning; print('onnxruntime' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
