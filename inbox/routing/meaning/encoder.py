"""Texts to numbers, a few at a time, on one thread; the newest are remembered."""

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from threading import Lock
from typing import Final, Self

import numpy as np
import numpy.typing as npt

from inbox.routing.meaning.answer import Bytes, Meaning, Row, rows_of
from inbox.routing.meaning.opening import Run, folder, open_pieces, open_run

_TOGETHER: Final = 16
"""Texts of a batch: more are no faster on one thread."""

_Answer = tuple[Row, Bytes]


class Encoder:
    """What texts mean. Threads may share one.

    ``remember`` answers are kept, so that several models that ask about the same texts pay once: some 11 kB
    each, 20 at most.
    """

    def __init__(self, cut: Callable[[str], list[int]], run: Run, *, remember: int = 2_000) -> None:
        self._cut = cut
        self._run = run
        self._most = remember
        self._known: OrderedDict[bytes, _Answer] = OrderedDict()
        self._lock = Lock()

    @classmethod
    def opened(cls, *, remember: int = 2_000, where: Path | None = None) -> Self:
        """The product's own encoder, or the one in ``where``. Raises ``NoEncoder``; takes about a tenth of a second."""
        place = where or folder()
        return cls(open_pieces(place), open_run(place), remember=remember)

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """A row of ``WIDTH`` numbers for each text, in its place; the same in any company and on any day.

        They are rounded to 16 bits, so that what is remembered is what was answered.
        """
        return rows_of(self._answers(texts))

    def read(self, texts: Sequence[str]) -> Meaning:
        """The same, and what each piece of the texts means where it stands."""
        return Meaning.of(self._answers(texts))

    def _answers(self, texts: Sequence[str]) -> list[_Answer]:
        marks = [_mark(text) for text in texts]
        found = self._remembered(marks)
        new = {mark: text for mark, text in zip(marks, texts, strict=True) if mark not in found}
        for named, batch in self._batches(new):
            rows, pieces = self._run(batch)
            # Copies of their own: a view would keep the whole batch.
            each = ((row.astype(np.float16), of_text.copy()) for row, of_text in zip(rows, pieces, strict=True))
            answered = dict(zip(named, each, strict=True))
            self._remember(answered)
            found |= answered
        return [found[mark] for mark in marks]

    def _batches(self, texts: dict[bytes, str]) -> Iterator[tuple[list[bytes], npt.NDArray[np.int64]]]:
        """Texts of one length together: so none is filled up, and the answer for one rests on it alone."""
        lengths: dict[int, list[tuple[bytes, list[int]]]] = {}
        for mark, text in texts.items():
            pieces = self._cut(text)
            lengths.setdefault(len(pieces), []).append((mark, pieces))
        for _, alike in sorted(lengths.items()):
            for at in range(0, len(alike), _TOGETHER):
                batch = alike[at : at + _TOGETHER]
                yield [mark for mark, _ in batch], np.array([pieces for _, pieces in batch], np.int64)

    def _remembered(self, marks: Sequence[bytes]) -> dict[bytes, _Answer]:
        with self._lock:
            known = {mark: self._known[mark] for mark in marks if mark in self._known}
            for mark in known:
                self._known.move_to_end(mark)
        return known

    def _remember(self, answered: dict[bytes, _Answer]) -> None:
        with self._lock:
            for mark, answer in answered.items():
                self._known[mark] = answer
                self._known.move_to_end(mark)
            while len(self._known) > self._most:
                self._known.popitem(last=False)


def _mark(text: str) -> bytes:
    """Stands for a text: 16 bytes, however long it is."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
