"""How much one write transaction takes on, so that whoever else wants to write does not wait for long."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

AIM: Final = 0.02
"""Seconds of the processor that a transaction should take; the goal is under 0.03. Waiting is not counted: neither
for another's lock nor for a server does it help to take on less.
"""


@dataclass(slots=True)
class Pace:
    """``size`` things go into the next transaction, never more than ``most``."""

    size: int
    most: int

    @contextmanager
    def measured(self, count: int) -> Iterator[None]:
        """Time the work on ``count`` things, and take on as many next as fit, at most twice as many as before.

        Where another was quicker and nothing was left to do, nothing is learnt of it.
        """
        began = time.thread_time()
        yield
        took = max(time.thread_time() - began, 1e-6)
        if count:
            self.size = max(1, min(int(count * AIM / took), 2 * self.size, self.most))
