"""What a weekday does to an hour: how far each hour of the week lies beside what level and hour of day explain.

A deviation counts once weeks agree on it: from two weeks on the nearer to nothing of the last two, where both lie on
the same side, from three on the middle one of the last three, so that neither one crisis nor one holiday is taken for a
habit. It is shrunk toward nothing, thus toward the hour of the day, by as much as hours change from week to week: the
positive-part rule of James and Stein ("Estimation with quadratic loss", 1961), with nothing left of what lies within
a standard deviation of that change.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from statistics import median
from typing import Final

HOURS: Final = 168
KEPT: Final = 3
_A_DAY: Final = 24
_BELIEVED: Final = 1.0
"""From so many standard deviations on."""
_NOISE_SHARE: Final = 1 / (2 * HOURS)
"""The spread between weeks is a mean over about two of them."""

Past = list[float | None]


def _nothing() -> list[Past]:
    return [[None] * HOURS for _ in range(KEPT)]


@dataclass(slots=True)
class Week:
    """The hours of the week by the clock of ``zone``, Monday's first; ``weeks`` the newest first. In square roots."""

    zone: tzinfo = UTC
    weeks: list[Past] = field(default_factory=_nothing)
    noise: float = 0.0
    compared: int = 0
    hour: int | None = None
    total: float = 0.0
    counts: int = 0

    def deviation(self, at: datetime) -> float:
        """How far the hour of the week lies from the hour of the day; 0 while that is not known."""
        if not self.compared:
            return 0.0
        return self._known(self._hour(at))

    def learn(self, at: datetime, beside: float) -> None:
        """Learn how far a count lay beside level and hour of day; it counts when its hour is over."""
        hour = self._hour(at)
        if hour != self.hour:
            self._close()
            self.hour, self.total, self.counts = hour, 0.0, 0
        self.total += beside
        self.counts += 1

    def use(self, zone: tzinfo) -> None:
        """Go by another clock; what was learnt by the former is of no use."""
        if str(zone) != str(self.zone):
            self.zone, self.weeks, self.hour = zone, _nothing(), None
            self.noise, self.compared, self.total, self.counts = 0.0, 0, 0.0, 0

    def _hour(self, at: datetime) -> int:
        local = at.astimezone(self.zone)
        return local.weekday() * _A_DAY + local.hour

    def _known(self, hour: int) -> float:
        newest, older, oldest = (week[hour] for week in self.weeks)
        if newest is None or older is None:
            return 0.0
        found = _agreed(newest, older) if oldest is None else median((newest, older, oldest))
        signal, doubt = found * found, _BELIEVED**2 * self.noise
        return found * (1 - doubt / signal) if signal > doubt else 0.0

    def _close(self) -> None:
        if self.hour is None or not self.counts:
            return
        found, before = self.total / self.counts, self.weeks[0][self.hour]
        if before is not None:
            self.compared += 1
            change = (found - before) ** 2
            self.noise += max(1 / self.compared, _NOISE_SHARE) * (change - self.noise)
        for newer, older in ((1, 2), (0, 1)):
            self.weeks[older][self.hour] = self.weeks[newer][self.hour]
        self.weeks[0][self.hour] = found


def _agreed(one: float, other: float) -> float:
    return min(one, other, key=abs) if one * other > 0 else 0.0
