"""Batches of rows of pieces: short texts are joined and long ones begun late, so that rows are full and differ."""

from collections.abc import Iterator

import numpy as np

LONGEST = 32
"""Pieces of a row; places behind it are left as the whole encoder has them."""
_ROWS = 64
_SORTED = 32
"""Batches whose rows are sorted by length together, so that little is filled in."""
_STEP = 8
"""Lengths are rounded up to it: each new one is compiled anew."""
_BEGIN, _END = 101, 102
_LEAST_CUT = 6
_HALF = 0.5
"""Of the long texts are begun late; of the rows are ended before they are full."""

Batch = tuple[np.ndarray, np.ndarray]
"""Pieces, and 1 where there is one."""


def batches(texts: list[list[int]], seed: int) -> Iterator[Batch]:
    """Batches without end. ``texts`` are pieces with their two marks."""
    chance = np.random.default_rng(seed)
    waiting: list[list[int]] = []
    while True:
        for row in _rows(texts, chance):
            waiting.append(row)
            if len(waiting) == _ROWS * _SORTED:
                waiting.sort(key=len)
                for at in chance.permutation(_SORTED):
                    yield _filled(waiting[at * _ROWS : (at + 1) * _ROWS])
                waiting = []


def _rows(texts: list[list[int]], chance: np.random.Generator) -> Iterator[list[int]]:
    joined: list[int] = []
    for at in chance.permutation(len(texts)):
        inner = texts[at][1:-1]
        if len(inner) > _LEAST_CUT and chance.random() < _HALF:
            inner = inner[chance.integers(0, len(inner) // 2) :]
        if joined and (len(joined) + len(inner) > LONGEST - 2 or chance.random() < _HALF):
            yield [_BEGIN, *joined[: LONGEST - 2], _END]
            joined = []
        joined = joined + inner


def _filled(rows: list[list[int]]) -> Batch:
    length = min(LONGEST, -(-max(map(len, rows)) // _STEP) * _STEP)
    pieces = np.zeros((len(rows), length), np.int32)
    mask = np.zeros((len(rows), length), np.float32)
    for at, row in enumerate(rows):
        pieces[at, : len(row)] = row
        mask[at, : len(row)] = 1
    return pieces, mask
