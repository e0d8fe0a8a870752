"""How many people usually write in a stream, for any stretch of time: a baseline fed with counts of five minutes."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

from inbox.hot.climbing import BINS, COLD_START, Climb, Day
from inbox.hot.expecting import Plan, ordinary
from inbox.hot.series import Baseline

BIN: Final = timedelta(minutes=5)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_LONGEST_GAP: Final = timedelta(days=14)
_LEAST_SIZE: Final = 1.0
_MOST_SIZE: Final = 12.0
_POISSON: Final = 0.25
"""The variance of the square root of a Poisson count."""


@dataclass(slots=True)
class Rates:
    """Counts of people per five minutes. A bin is learnt an hour after it has ended, so that a burst does not become
    its own baseline, and late posts still find their place.
    """

    baseline: Baseline = field(default_factory=Baseline)
    open_bins: dict[int, int] = field(default_factory=dict)
    learnt_to: int | None = None
    day: Day = field(default_factory=Day)

    def count(self, at: datetime) -> None:
        """One more person wrote at that time."""
        place = (at - _EPOCH) // BIN
        if self.learnt_to is None:
            self.learnt_to = place - 1
        self.open_bins[place] = self.open_bins.get(place, 0) + 1

    def learn_to(self, before: datetime, plan: Plan = ordinary) -> bool:
        """Learn every bin that ended before then, empty ones too; whether there was one."""
        end = (before - _EPOCH) // BIN
        if self.learnt_to is None or end <= self.learnt_to + 1:
            return False
        for place in range(max(self.learnt_to + 1, end - _LONGEST_GAP // BIN), end):
            self._learn(place, plan)
        self.open_bins = {place: n for place, n in self.open_bins.items() if place >= end}
        self.learnt_to = end - 1
        return True

    def expected(self, until: datetime, length: timedelta, plan: Plan = ordinary) -> float:
        """How many people usually write in the time of that length that ends then."""
        bins = max(1, round(length / BIN))
        times = (until - BIN * place for place in range(bins))
        return sum(self.baseline.expected(at) * plan(at)[0] for at in times)

    def counted(self, until: datetime, length: timedelta) -> int:
        """How many wrote in the five-minute bins that began within that time before ``until``, an hour at most."""
        last, first = (until - _EPOCH) // BIN, -(-(until - length - _EPOCH) // BIN)
        return sum(self.open_bins.get(place, 0) for place in range(first, last + 1))

    def climb(self, until: datetime, plan: Plan = ordinary) -> Climb | None:
        """A slow rise that ends then, or None. An hour in which something is begun counts with what it has."""
        first = self.baseline.first_at
        if self.learnt_to is None or first is None or until - first < COLD_START:
            return None
        last = (until - _EPOCH) // BIN
        places = range(self.learnt_to + 1, last + 1)
        count = sum(self.open_bins.get(place, 0) for place in places)
        expected = sum(self._usual(place, plan) for place in places[:-1])
        begun = (until - _EPOCH) % BIN / BIN
        return self.day.climb(count, expected + (begun * self._usual(last, plan) if places else 0.0))

    def size(self, expected: float) -> float:
        """How far counts around ``expected`` scatter, as ``surprise`` wants it: from the spread of the square roots."""
        beyond = self.baseline.variance / _POISSON - 1
        if beyond <= 0:
            return _MOST_SIZE
        return min(max(expected / beyond, _LEAST_SIZE), _MOST_SIZE)

    def knows(self, at: datetime) -> bool:
        """Whether the stream has been seen for long enough to be judged."""
        return self.baseline.knows(at)

    def _usual(self, place: int, plan: Plan) -> float:
        at = _EPOCH + place * BIN
        return self.baseline.expected(at, whole=True) * plan(at)[0]

    def _learn(self, place: int, plan: Plan) -> None:
        at, count = _EPOCH + place * BIN, self.open_bins.get(place, 0)
        times, teaches = plan(at)
        if self.knows(at):
            self.day.add(place // BINS, count, self._usual(place, plan))
        if teaches or not self.knows(at):
            self.baseline.push(at, count / times)
