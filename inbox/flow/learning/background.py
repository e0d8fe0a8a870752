"""The collector's part in learning: it notices when enough is new, and lets a process of its own learn.

The process runs at the lowest priority and takes scikit-learn's memory with it when it ends; the collector itself
only counts.
"""

import logging
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import IO, Final, Protocol

from inbox.flow.learning.known import ENOUGH
from inbox.flow.learning.thresholds import CORRECTED, GROWN
from inbox.flow.steady import back_off, seconds
from inbox.model.placement import Corrected, LearnedModel, ModelState
from inbox.store import examples, learned
from inbox.store.engine import Store
from inbox.store.examples import Marks

log = logging.getLogger(__name__)

APART: Final = timedelta(minutes=30)
"""Learning begins no more often than this."""
_FIRST: Final = 5.0
_IDLE: Final = 30.0
_RUNNING: Final = 1.0
_END_SECONDS: Final = 1.0
_AGAIN: Final = (60.0, 3600.0)
_ONE_CORE: Final = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


class Child(Protocol):
    """A process that learns."""

    def ended(self) -> int | None:
        """Its exit code, None while it runs."""

    def last_words(self) -> str:
        """What it said last, once it has ended."""

    def end(self) -> None:
        """End it now."""


class Process:
    """``inbox route train --background`` as a process; it ends by itself when ours does."""

    def __init__(self, address: str) -> None:
        self._said: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed when it has ended
        self._process = subprocess.Popen(
            [sys.executable, "-m", "inbox", "-w", address, "route", "train", "--background"],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=self._said,
            env={**os.environ, **_ONE_CORE},
        )

    def ended(self) -> int | None:
        """Its exit code, None while it runs."""
        return self._process.poll()

    def last_words(self) -> str:
        """The last line that it said, as a sentence."""
        self._said.seek(0)
        lines = self._said.read().decode(errors="replace").strip().splitlines()
        self._tidy()
        return lines[-1] if lines else f"it ended with {self._process.returncode} without a word."

    def end(self) -> None:
        """End it now: what it has not committed is as if it had never been."""
        self._process.kill()
        self._process.wait(_END_SECONDS)
        self._tidy()

    def _tidy(self) -> None:
        self._said.close()
        if self._process.stdin is not None:
            self._process.stdin.close()


@dataclass(slots=True)
class Learner:
    """The step of a lane: starts the process when it is time, and looks after it. It never waits for it."""

    store: Store
    now: Callable[[], datetime]
    start: Callable[[str], Child] = Process
    _child: Child | None = None
    _failures: int = 0
    _hold_until: float = field(default_factory=lambda: seconds() + _FIRST)
    _looked: Marks | None = None

    def step(self) -> float:
        """Look once; in how many seconds again. Raises ``StoreError``."""
        if self._child is not None and not self._over(self._child):
            return _RUNNING
        if (left := self._hold_until - seconds()) > 0:
            return min(left, _IDLE)
        with self.store.read() as s:
            marks = examples.marks(s)
            last = next(iter(learned.history(s, Corrected.AREA, limit=1)), None)
        if due(marks, last, self._looked, self.now()):
            self._begin(marks)
            return _RUNNING
        return _IDLE

    def close(self) -> None:
        """Let nothing run on."""
        if self._child is not None:
            self._child.end()
            self._child = None

    def _begin(self, marks: Marks) -> None:
        self._hold_until = seconds() + APART.total_seconds()
        try:
            self._child = self.start(self.store.address)
        except OSError as error:
            self._failed(f"{error.strerror}.")
        else:
            self._looked = marks

    def _over(self, child: Child) -> bool:
        code = child.ended()
        if code is None:
            return False
        self._child = None
        if code == 0:
            child.last_words()
            if self._failures:
                log.info("Learning goes on.")
            self._failures = 0
        else:
            self._failed(child.last_words())
        return True

    def _failed(self, said: str) -> None:
        self._failures += 1
        self._looked = None
        wait = back_off(self._failures, shortest=_AGAIN[0], longest=_AGAIN[1])
        self._hold_until = seconds() + wait
        again = f"The last good model stays in use; trying again in {max(1, round(wait / 60))} min."
        log.warning("Learning did not end well: %s %s", said, again)


def due(marks: Marks, last: LearnedModel | None, looked: Marks | None, now: datetime) -> bool:
    """Whether it is time: by what has come since it was learnt last, or since this process looked.

    Only the process can tell how much of that is labelled; it does nothing where that is too little.
    """
    if marks == looked or marks.mentions < ENOUGH:
        return False
    if last is None or last.state is ModelState.DAMAGED:
        return True
    if last.made_at + APART > now:
        return False
    corrected = marks.corrections - int(last.figures.get("corrections", 0))
    grown = marks.mentions >= int(last.figures.get("mentions", 0)) * (1 + GROWN)
    return corrected >= CORRECTED or grown
