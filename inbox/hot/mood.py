"""How much of what is said is displeased, against what is usual. It supports an alarm and never gives one."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from inbox.hot.window import Entry

_HALF_LIFE: Final = timedelta(days=7)
_LEAST_HEARD: Final = 50.0
_PRIOR: Final = 1.0
_CLEAR: Final = 0.01
"""The chance of so many displeased posts where the usual share of them is displeased must be under that."""
_CLEARLY: Final = 0.15
"""And their share must be so much above the usual."""


@dataclass(slots=True)
class Mood:
    """The decayed numbers of displeased posts and of all; copies of others left out."""

    negative: float = 0.0
    total: float = 0.0
    last_at: datetime | None = None

    def learn(self, entry: Entry) -> None:
        """Count a post that has left the window."""
        kept = 1.0
        if self.last_at is not None:
            kept = math.pow(0.5, max(entry.at - self.last_at, timedelta(0)) / _HALF_LIFE)
        self.negative = self.negative * kept + entry.negative
        self.total = self.total * kept + 1
        self.last_at = max(entry.at, self.last_at or entry.at)

    @property
    def usual(self) -> float | None:
        """The share that is usually displeased, from 0 to 1; None while too little was heard."""
        return (self.negative + _PRIOR) / (self.total + 2 * _PRIOR) if self.total >= _LEAST_HEARD else None

    def slide(self, voices: Sequence[Entry]) -> tuple[float, float] | None:
        """The share of these that is displeased, and the usual one, where it is clearly more; else None."""
        usual, displeased = self.usual, sum(entry.negative for entry in voices)
        if usual is None or not voices or displeased / len(voices) < usual + _CLEARLY:
            return None
        return (displeased / len(voices), usual) if _chance(displeased, len(voices), usual) < _CLEAR else None


def _chance(least: int, count: int, share: float) -> float:
    """Of ``least`` or more among ``count``, each with a chance of ``share``."""
    return sum(math.comb(count, n) * share**n * (1 - share) ** (count - n) for n in range(least, count + 1))
