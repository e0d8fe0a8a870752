"""The collector's part in scheduled reports: it looks what is due, and lets a process of its own make it.

That process may load what prints PDF and takes its memory with it; the collector itself only looks.
"""

import logging
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO, Final, Protocol

from inbox.flow.schedule.due import Wanted, wanted
from inbox.flow.steady import back_off, seconds
from inbox.store.engine import Store

log = logging.getLogger(__name__)

_IDLE: Final = 20.0
_RUNNING: Final = 1.0
_END_SECONDS: Final = 1.0
_LONGEST: Final = 900.0
"""Seconds that a report may take; then it is ended, and tried again later."""
_AGAIN: Final = (30.0, 1800.0)


class Child(Protocol):
    """A process that makes a report."""

    def ended(self) -> int | None:
        """Its exit code, None while it runs."""

    def last_words(self) -> str:
        """What it said last, once it has ended."""

    def end(self) -> None:
        """End it now."""


class Process:
    """``inbox schedule run NAME --for DAY --background`` as a process."""

    def __init__(self, address: str, which: Wanted) -> None:
        self._said: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed when it has ended
        words = ["--for", str(which.due.first), "--background", *(["--late"] if which.late else [])]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "inbox", "-w", address, "schedule", "run", *words, "--", which.report.name],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=self._said,
        )

    def ended(self) -> int | None:
        """Its exit code, None while it runs."""
        return self._process.poll()

    def last_words(self) -> str:
        """The last line that it said, as a sentence."""
        self._said.seek(0)
        lines = self._said.read().decode(errors="replace").strip().splitlines()
        self._said.close()
        return lines[-1] if lines else f"it ended with {self._process.returncode} without a word."

    def end(self) -> None:
        """End it now; a run that is cut off is taken up again by its row."""
        self._process.kill()
        self._process.wait(_END_SECONDS)
        self._said.close()


@dataclass(slots=True)
class Scheduler:
    """The step of a lane: starts one process after the other and looks after it. It never waits for one."""

    store: Store
    now: Callable[[], datetime]
    start: Callable[[str, Wanted], Child] = Process
    _child: Child | None = None
    _making: Wanted | None = None
    _begun: float = 0.0
    _failures: int = 0
    _hold_until: float = field(default=0.0)

    def step(self) -> float:
        """Look once; in how many seconds again. Raises ``StoreError``."""
        if self._child is not None and not self._over(self._child):
            return _RUNNING
        if (left := self._hold_until - seconds()) > 0:
            return min(left, _IDLE)
        with self.store.read() as s:
            found = wanted(s, self.now())
        if not found:
            return _IDLE
        self._begin(found[0])
        return _RUNNING

    def close(self) -> None:
        """Let nothing run on."""
        if self._child is not None:
            self._child.end()
            self._child = None

    def _begin(self, which: Wanted) -> None:
        try:
            self._child = self.start(self.store.address, which)
        except OSError as error:
            self._failed(which, f"{error.strerror}.")
        else:
            self._making, self._begun = which, seconds()

    def _over(self, child: Child) -> bool:
        code = child.ended()
        if code is None:
            if seconds() - self._begun <= _LONGEST:
                return False
            child.end()
            self._ended_with(f"it took longer than {_LONGEST / 60:.0f} minutes.")
            return True
        said = child.last_words()
        if code == 0:
            self._child, self._failures = None, 0
        else:
            self._ended_with(said)
        return True

    def _ended_with(self, said: str) -> None:
        which, self._child = self._making, None
        if which is not None:
            self._failed(which, said)

    def _failed(self, which: Wanted, said: str) -> None:
        self._failures += 1
        self._hold_until = seconds() + back_off(self._failures, shortest=_AGAIN[0], longest=_AGAIN[1])
        log.warning("The report “%s” could not be made: %s It is tried again.", which.report.name, said)
