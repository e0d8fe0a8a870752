"""When a surprise becomes an alarm: a threshold that keeps to the budget, one alarm for one matter, and pauses."""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

COOL_DOWN: Final = timedelta(hours=6)
"""For so long after its last sign a matter stays the same one."""
MUTED: Final = timedelta(days=7)
_REMEMBERED: Final = timedelta(days=14)
_LEAST_DAYS: Final = 2.0
_STEP: Final = 0.25
_HIGHEST: Final = 9.0
_NEAR: Final = 3.0
"""Surprises from there on are remembered, so that the budget can be kept."""


@dataclass(slots=True)
class Threshold:
    """From which surprise on an alarm is given. It rises where alarms come more often than the budget allows, and
    after each dismissal; it falls back with confirmations, never under ``base``.
    """

    base: float
    budget_per_day: float = 1.0
    taught: float = 0.0
    peaks: deque[tuple[datetime, float]] = field(default_factory=deque)
    first_at: datetime | None = None

    def at(self, now: datetime) -> float:
        """The threshold that holds now."""
        return min(_HIGHEST, max(self.base + self.taught, self._for_budget(now)))

    def peak(self, at: datetime, score: float) -> None:
        """Remember how surprising the most surprising moment of one matter was."""
        self.first_at = self.first_at or at
        self.peaks.append((at, score))
        while self.peaks and self.peaks[0][0] < at - _REMEMBERED:
            self.peaks.popleft()

    def dismissed(self) -> None:
        """It was no alarm."""
        self.taught = min(self.taught + _STEP, _HIGHEST - self.base)

    def confirmed(self) -> None:
        """It was one."""
        self.taught = max(0.0, self.taught - _STEP)

    def _for_budget(self, now: datetime) -> float:
        if self.first_at is None:
            return 0.0
        days = min(now - self.first_at, _REMEMBERED) / timedelta(days=1)
        allowed = int(max(days, _LEAST_DAYS) * self.budget_per_day)
        scores = sorted((score for _, score in self.peaks), reverse=True)
        return scores[allowed] if len(scores) > allowed else 0.0


def worth_remembering(score: float) -> bool:
    """Whether a surprise is near enough to an alarm to count for the budget."""
    return score >= _NEAR


@dataclass(slots=True)
class Matter:
    """Something that was noticed: what it is known by, and whether an alarm was given for it."""

    stream: str
    terms: set[str]
    last_at: datetime
    peak: float = 0.0
    alarmed: bool = False


@dataclass(slots=True)
class Matters:
    """The matters that are open, the newest last."""

    open: list[Matter] = field(default_factory=list)

    def mute(self, stream: str, terms: frozenset[str], at: datetime) -> None:
        """Say no more of a matter for a week."""
        matter = self.of(stream, terms, at)
        matter.alarmed = True
        matter.last_at = max(matter.last_at, at + MUTED - COOL_DOWN)

    def of(self, stream: str, terms: frozenset[str], at: datetime) -> Matter:
        """The open matter of a stream that shares a term (or, without terms, of the stream at all), else a new one."""
        self.open = [each for each in self.open if at - each.last_at < COOL_DOWN]
        for each in self.open:
            if each.stream == stream and (not terms or not each.terms or not terms.isdisjoint(each.terms)):
                each.terms |= terms
                each.last_at = max(each.last_at, at)
                return each
        made = Matter(stream, set(terms), at)
        self.open.append(made)
        return made
