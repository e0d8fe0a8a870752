"""When a surprise becomes an alarm: a threshold that keeps to the budget, one alarm for one matter, and pauses."""

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
class Budget:
    """How many alarms a day the workspace wants at most, of all kinds that chance can give, together."""

    per_day: float = 1.0
    peaks: dict[tuple[str, datetime], float] = field(default_factory=dict)
    first_at: datetime | None = None

    def note(self, matter: "Matter", score: float) -> None:
        """Remember how surprising the most surprising moment of a matter was."""
        at = matter.noticed_at
        self.first_at = self.first_at or at
        key = (matter.stream, at)
        self.peaks[key] = max(self.peaks.get(key, 0.0), score)
        if len(self.peaks) > 1 and next(iter(self.peaks))[1] < at - _REMEMBERED:
            self.peaks = {each: peak for each, peak in self.peaks.items() if each[1] >= at - _REMEMBERED}

    def least(self, now: datetime) -> float:
        """The surprise over which so many matters lay as are allowed."""
        if self.first_at is None:
            return 0.0
        days = min(now - self.first_at, _REMEMBERED) / timedelta(days=1)
        allowed = int(max(days, _LEAST_DAYS) * self.per_day)
        scores = sorted(self.peaks.values(), reverse=True)
        return scores[allowed] if len(scores) > allowed else 0.0


@dataclass(slots=True)
class Threshold:
    """From which surprise on an alarm of one kind is given. It rises where alarms come more often than the budget
    allows, and after each dismissal; it falls back with confirmations, never under ``base``.
    """

    base: float
    budget: Budget
    taught: float = 0.0

    def at(self, now: datetime) -> float:
        """The threshold that holds now."""
        return min(_HIGHEST, max(self.base + self.taught, self.budget.least(now)))

    def dismissed(self) -> None:
        """It was no alarm."""
        self.taught = min(self.taught + _STEP, _HIGHEST - self.base)

    def confirmed(self) -> None:
        """It was one."""
        self.taught = max(0.0, self.taught - _STEP)


def worth_remembering(score: float) -> bool:
    """Whether a surprise is near enough to an alarm to count for the budget."""
    return score >= _NEAR


@dataclass(slots=True)
class Matter:
    """Something that was noticed: what it is known by, and whether an alarm was given for it."""

    stream: str
    terms: set[str]
    last_at: datetime
    noticed_at: datetime
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

    def is_alarmed(self, stream: str, at: datetime) -> bool:
        """Whether an alarm was given of late for a stream as a whole."""
        return any(
            each.stream == stream and each.alarmed and not each.terms and at - each.last_at < COOL_DOWN
            for each in self.open
        )

    def of(self, stream: str, terms: frozenset[str], at: datetime) -> Matter:
        """The open matter of a stream that shares a term (or, without terms, of the stream at all), else a new one."""
        self.open = [each for each in self.open if at - each.last_at < COOL_DOWN]
        for each in self.open:
            if each.stream == stream and (not terms or not each.terms or not terms.isdisjoint(each.terms)):
                each.terms |= terms
                each.last_at = max(each.last_at, at)
                return each
        made = Matter(stream, set(terms), at, at)
        self.open.append(made)
        return made
