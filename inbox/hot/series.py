"""A series of counts judged as it comes: whether it is more than the days before and the hour of the day explain.

Counts are compared on the scale of their square roots, where their spread hardly depends on their level (Anscombe,
"The transformation of Poisson, binomial and negative-binomial data", Biometrika 1948), so that one setting serves
quiet and busy streams. A slow mean, a profile of the hours, what is known of the week (see ``weekly``) and a slow
variance make the baseline; the excess over it is smoothed over three quarters of an hour, so that one odd count says
little and a slow rise much.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

from inbox.hot.weekly import Week

COOL_DOWN: Final = timedelta(days=1)
"""One alert says it for so long."""
COLD_START: Final = timedelta(days=2)
"""Before a stream has been seen for so long nothing is said of it."""
_HOURS: Final = 24
_SEASON_SHARE: Final = 0.5
_SEASON_PER_HOUR: Final = 0.215
_FLOOR: Final = 0.1
_ANSCOMBE: Final = 0.375
_LONGEST_STEP: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Tuning:
    """After ``half_life`` a count weighs half as much in the baseline, after ``smoothing`` an excess; ``threshold`` is
    of the smoothed excess, in standard deviations of single counts.
    """

    half_life: timedelta = timedelta(days=3)
    smoothing: timedelta = timedelta(minutes=45)
    threshold: float = 1.8


USUAL: Final = Tuning()


@dataclass(slots=True)
class Baseline:
    """What is usual for a stream; small enough to be stored with it. All values are square roots of counts."""

    tuning: Tuning = USUAL
    first_at: datetime | None = None
    last_at: datetime | None = None
    level: float = 0.0
    variance: float = 1.0
    excess: float = 0.0
    hours: list[float] = field(default_factory=lambda: [0.0] * _HOURS)
    week: Week = field(default_factory=Week)

    def push(self, at: datetime, count: float) -> float:
        """Learn one count, and say by how many standard deviations the stream stands above its baseline.

        Only what came before ``at`` is used. A count from before the last one is learnt as if it had come now.
        """
        root = math.sqrt(max(count, 0.0) + _ANSCOMBE)
        if self.last_at is None or self.first_at is None:
            self.first_at = self.last_at = at
            self.level = root
            return 0.0
        step = min(max(at - self.last_at, timedelta(0)), _LONGEST_STEP)
        self.last_at = max(at, self.last_at)
        hour = at.astimezone(UTC).hour
        weekday = self.week.deviation(at)
        over = root - self.level - _SEASON_SHARE * self.hours[hour] - weekday
        self.excess += _weight(step, self.tuning.smoothing) * (over - self.excess)
        score = self.excess / math.sqrt(self.variance + _FLOOR)
        self._learn(step, hour, root - weekday, over)
        self.week.learn(at, over + weekday)
        return score

    def expected(self, at: datetime, *, whole: bool = False) -> float:
        """The count that is usual at that time; with the ``whole`` profile of the hours, which long sums want."""
        share = 1.0 if whole else _SEASON_SHARE
        root = self.level + share * self.hours[at.astimezone(UTC).hour] + self.week.deviation(at)
        return max(0.0, max(root, 0.0) ** 2 - _ANSCOMBE)

    def knows(self, at: datetime) -> bool:
        """Whether the stream has been seen for long enough to be judged."""
        return self.first_at is not None and at - self.first_at >= COLD_START

    def _learn(self, step: timedelta, hour: int, root: float, over: float) -> None:
        weight = _weight(step, self.tuning.half_life)
        error = root - self.level
        self.level += weight * error
        self.variance += weight * (over * over - self.variance)
        season = 1 - (1 - _SEASON_PER_HOUR) ** (step / timedelta(hours=1))
        self.hours[hour] += season * (error - self.hours[hour])


@dataclass(frozen=True, slots=True)
class Judged:
    """One row of a series. ``score`` is 0.5 and more just where there is an ``alert``; ``expected`` is a count."""

    at: datetime
    count: float
    expected: float
    score: float
    alert: bool


def judge(rows: Iterable[tuple[datetime, float]], tuning: Tuning = USUAL) -> Iterator[Judged]:
    """Judge a series in its order, each row by what came before it alone. Times are aware."""
    baseline, alerted = Baseline(tuning), None
    for at, count in rows:
        expected, known = baseline.expected(at), baseline.knows(at)
        excess = baseline.push(at, count)
        quiet = alerted is None or at - alerted >= COOL_DOWN
        alert = known and quiet and excess > tuning.threshold
        alerted = at if alert else alerted
        yield Judged(at, count, expected, _score(excess / tuning.threshold, alert=alert, judged=known and quiet), alert)


def _score(excess: float, *, alert: bool, judged: bool) -> float:
    """From 0 to 1, ``excess`` being in thresholds, where half is one; 0 for what is not judged, or was said already."""
    if not judged or excess <= 0:
        return 0.0
    share = excess / (excess + 1)
    return max(share, 0.5) if alert else min(share, 0.5 - 1e-9)


def _weight(step: timedelta, half_life: timedelta) -> float:
    return 1 - math.pow(0.5, step / half_life)
