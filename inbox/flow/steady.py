"""Time that no one can set: how long ago something was, whatever happens to the wall clock, sleep included."""

import random
import time
from datetime import datetime, timedelta
from typing import Final

_CLOCK: Final = getattr(time, "CLOCK_BOOTTIME", None)
BACK: Final = timedelta(seconds=5)
"""A stored time further ahead than this was written before the clock was set back."""


def seconds() -> float:
    """A clock that only goes forward and goes on while the machine sleeps, where the system has one."""
    return time.monotonic() if _CLOCK is None else time.clock_gettime(_CLOCK)


def back_off(failures: int, *, shortest: float = 2.0, longest: float = 300.0) -> float:
    """Seconds to wait after so many failures in a row: doubling, with jitter, so that many do not knock at once."""
    full = min(longest, shortest * 2.0 ** min(max(failures, 1) - 1, 20))
    return full * random.uniform(0.5, 1.0)  # noqa: S311 - jitter, not a secret


class Waits:
    """How long is left to times that were stored by the wall clock; a clock set back does not make them longer."""

    def __init__(self) -> None:
        self._seen: dict[tuple[int, datetime], float] = {}

    def left(self, key: int, *, set_at: datetime, until: datetime, now: datetime) -> float:
        """Seconds until ``until``, which was set at ``set_at``."""
        if until <= now:
            self._seen.pop((key, until), None)
            return 0.0
        if set_at <= now + BACK or until < set_at:
            return (until - now).total_seconds()
        # The clock was set back since: what counts is how long we have watched it.
        first = self._seen.setdefault((key, until), seconds())
        return max(0.0, (until - set_at).total_seconds() - (seconds() - first))
