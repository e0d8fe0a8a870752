"""Slow rises: more over hours or a day than the hours of the days before explain, though no single hour stands out.

The mentions of the last 3, 6, 12 and 24 hours are compared with what was expected, on the scale of square roots, in
standard deviations of just that difference on other days: what scatters there is chance and how much one day differs
from another, which is learnt for each length.
"""

import math
from collections import deque
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

LENGTHS: Final = (3, 6, 12, 24)
"""In hours."""
COLD_START: Final = timedelta(days=7)
"""Before a stream was heard for a week, a Monday after a Sunday looks like a rise."""
BINS: Final = 12
"""Of a baseline in an hour."""
_LONGEST: Final = LENGTHS[-1]
_HALF_LIFE: Final = 7 * 24
_KEPT: Final = math.pow(0.5, 1 / _HALF_LIFE)
_CHANCE: Final = 0.25
"""The variance of the square root of a Poisson count."""
_DAYS_DIFFER: Final = 0.15
"""By so much of its level, until more is known."""
_PRIOR_HOURS: Final = 48.0
_OUTLIER: Final = 3.0
_CLEARLY: Final = 1.4
_ANSCOMBE: Final = 0.375
_LEAST_BIAS, _MOST_BIAS = 0.5, 3.0
_FAR: Final = 35.0


@dataclass(frozen=True, slots=True)
class Climb:
    """``observed`` mentions came within ``length``, though ``expected`` is usual."""

    score: float
    observed: int
    expected: float
    length: timedelta


@dataclass(slots=True)
class Scatter:
    """Decayed sums over the hours: how far the square roots lay apart beyond chance, and the counts they were of."""

    beyond: float = 0.0
    expected: float = 0.0

    def variance(self, expected: float) -> float:
        """Of the difference of the square roots where so many are expected."""
        prior = _PRIOR_HOURS * expected
        share = (self.beyond + prior * _DAYS_DIFFER**2 / 4) / (self.expected + prior) if expected > 0 else 0.0
        return _CHANCE + max(share, 0.0) * expected

    def learn(self, apart: float, expected: float) -> None:
        """One hour's difference; what lies far out counts as three standard deviations."""
        squared = min(apart * apart, _OUTLIER**2 * self.variance(expected))
        self.beyond = self.beyond * _KEPT + squared - _CHANCE
        self.expected = self.expected * _KEPT + expected


def _scatters() -> list[Scatter]:
    return [Scatter() for _ in LENGTHS]


@dataclass(slots=True)
class Day:
    """The last day by hours: what was counted and what was expected; 48 numbers, and what is learnt of them."""

    hours: deque[tuple[int, float]] = field(default_factory=lambda: deque(maxlen=_LONGEST))
    hour: int | None = None
    count: int = 0
    expected: float = 0.0
    counted_ever: float = 0.0
    expected_ever: float = 0.0
    scatters: list[Scatter] = field(default_factory=_scatters)

    def add(self, hour: int, count: int, expected: float) -> None:
        """A bin of an hour (counted since the epoch) is over."""
        if hour != self.hour:
            self._close()
            self.hour, self.count, self.expected = hour, 0, 0.0
        self.count += count
        self.expected += expected

    def climb(self, count: int, expected: float) -> Climb | None:
        """The most surprising of some lengths, or None. ``count`` and ``expected`` are of the last hour, which is not
        among the hours yet; with the begun one before it no length is longer than it says.
        """
        count, expected = count + self.count, expected + self.expected
        found = None
        for length, scatter in zip(LENGTHS, self.scatters, strict=True):
            seen, usual = self._sums(length - 2, count, expected)
            if usual <= 0 or seen < _CLEARLY * usual:
                continue
            score = _improbable(_apart(seen, usual) / math.sqrt(scatter.variance(usual)))
            if found is None or score > found.score:
                found = Climb(score, seen, usual, timedelta(hours=length))
        return found

    def _sums(self, hours: int, count: int, expected: float) -> tuple[int, float]:
        if len(self.hours) < hours:
            return 0, 0.0
        last = list(self.hours)[len(self.hours) - hours :]
        return count + sum(n for n, _ in last), self._bias * (expected + sum(usual for _, usual in last))

    @property
    def _bias(self) -> float:
        """How much more comes in the long run than the square roots of small counts have it."""
        found = (self.counted_ever + 1) / (self.expected_ever + 1)
        return min(max(found, _LEAST_BIAS), _MOST_BIAS)

    def _close(self) -> None:
        if self.hour is None:
            return
        self.hours.append((self.count, self.expected))
        self.counted_ever = self.counted_ever * _KEPT + self.count
        self.expected_ever = self.expected_ever * _KEPT + self.expected
        for length, scatter in zip(LENGTHS, self.scatters, strict=True):
            seen, usual = self._sums(length, 0, 0.0)
            if usual > 0:
                scatter.learn(_apart(seen, usual), usual)


def _apart(seen: float, usual: float) -> float:
    return math.sqrt(seen + _ANSCOMBE) - math.sqrt(usual + _ANSCOMBE)


def _improbable(deviations: float) -> float:
    """Minus the decimal logarithm of the chance to lie so many standard deviations over the mean."""
    if deviations <= 0:
        return 0.0
    if deviations > _FAR:
        return deviations * deviations / 2 * math.log10(math.e)
    return -math.log10(math.erfc(deviations / math.sqrt(2)) / 2)
