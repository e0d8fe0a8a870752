"""Lanes: threads that do one thing again and again, none of which waits for another."""

import logging
import threading
from collections.abc import Callable

from inbox.flow.sending import LeaseLost
from inbox.flow.steady import back_off
from inbox.store.errors import StoreError

log = logging.getLogger(__name__)


class Lane:
    """One thread. ``step`` says in how many seconds it wants to go again; trouble with the database is said
    once, waited out and said once more when it is over; a mistake of ours is logged and not the end of it.
    """

    def __init__(
        self,
        name: str,
        step: Callable[[], float],
        *,
        stop: threading.Event,
        close: Callable[[], None] = lambda: None,
        lost: Callable[[], None] = lambda: None,
    ) -> None:
        self.name = name
        self._step, self._stop, self._close, self._lost = step, stop, close, lost
        self._ended = threading.Event()
        self._wake = threading.Event()
        self._failures = 0
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def wake(self) -> None:
        """Go again now."""
        self._wake.set()

    def end(self) -> None:
        """Stop after the present step, without waiting for it."""
        self._ended.set()
        self._wake.set()

    def join(self, seconds: float) -> bool:
        """Wait for the end; False when it takes longer."""
        self._thread.join(max(0.0, seconds))
        return not self._thread.is_alive()

    @property
    def over(self) -> bool:
        """True once it was told to end, or all was."""
        return self._ended.is_set() or self._stop.is_set()

    def _run(self) -> None:
        try:
            while not self.over:
                self._wake.clear()
                wait = self._once()
                if not self.over:
                    self._wake.wait(wait)
        finally:
            self._close()

    def _once(self) -> float:
        try:
            wait = self._step()
        except LeaseLost:
            self._lost()
            return 0.0
        except StoreError as error:
            return self._trouble(str(error))
        except Exception:
            # A lane must outlive a mistake in it: the others' work, and its own next round, go on.
            self._failures += 1
            log.exception("Something unexpected happened in “%s”.", self.name)
            return back_off(self._failures, shortest=5.0, longest=60.0)
        if self._failures:
            log.info("“%s” goes on.", self.name)
            self._failures = 0
        return wait

    def _trouble(self, said: str) -> float:
        if not self._failures:
            log.warning("%s “%s” waits and tries again.", said, self.name)
        self._failures += 1
        return back_off(self._failures, shortest=1.0, longest=15.0)
