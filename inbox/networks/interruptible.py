"""Run a blocking call so that it can be given up at once: a clean stop must not wait for a slow network."""

import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class _Run(Generic[T]):
    def __init__(self, work: Callable[[], T]) -> None:
        self._work = work
        self.done = threading.Event()
        self.value: T | None = None
        self.error: Exception | None = None

    def __call__(self) -> None:
        try:
            self.value = self._work()
        except Exception as error:  # noqa: BLE001 - handed whole to the caller, in its own thread
            self.error = error
        finally:
            self.done.set()


def call(work: Callable[[], T], *, stop: Callable[[], bool], seconds: float) -> T | None:
    """What ``work`` returns or raises; None when ``stop`` said so or ``seconds`` passed first. The work then
    ends by itself on its thread, which does not keep the process alive.
    """
    run = _Run(work)
    threading.Thread(target=run, name="request", daemon=True).start()
    end = time.monotonic() + seconds
    while not run.done.wait(0.1):
        if stop() or time.monotonic() > end:
            return None
    if run.error is not None:
        raise run.error
    return run.value
