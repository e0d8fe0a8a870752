"""Looks for the heads that each hour of the week needs. Pure, exact for the queue it plays, the same every time.

More heads never make an answer later (``flow.backtest.queue``), so the share answered in time only grows with them:
heads are added where most late answers could have been taken up, until the share is reached; then each hour is asked
whether it can spare one. What it cannot spare now it cannot spare later, with fewer around: so at the end nobody can
be spared in any hour.
"""

import heapq
import math
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from inbox.flow.backtest.queue import NEVER, starts
from inbox.flow.backtest.staff import Slots
from inbox.flow.staffing.week import HOURS, Weeks

Progress = Callable[[int, int], None]
STEPS: Final = 1000
"""What progress is told in."""

ROUNDING: Final = 1e-9
"""What floats add: 0.9 of 10 is 9."""

_QUARTER: Final = 4
"""Many heads are added and spared by quarters first."""
_NEAR: Final = 3
"""Hours to each side that tell a quiet time from a quiet hour, so that nights are spared before hours of the day."""
_FAR: Final = 0.05
"""Further from the goal than this, several hours get a head at once."""


class Stopped(Exception):
    """It was asked to stop."""


@dataclass(frozen=True, slots=True)
class Demand:
    """Answers asked for, in order of time. ``due`` is ``NEVER`` for one that counts as work but not for the share;
    both in microseconds, and so is ``handling``.
    """

    at: Sequence[int]
    due: Sequence[int]
    handling: int

    @property
    def counted(self) -> int:
        """How many have a deadline to keep."""
        return sum(due < NEVER for due in self.due)


@dataclass(frozen=True, slots=True)
class Need:
    """``heads`` for each hour of the week; ``met`` of ``reachable`` answers are in time with them.

    ``reachable`` is what any number of people could answer in time, ``counted`` all that have a deadline.
    """

    heads: tuple[int, ...]
    met: int
    reachable: int
    counted: int


def in_time(demand: Demand, slots: Slots) -> int:
    """How many answers are in time with these slots."""
    return sum(late is False for late in _late(demand, slots))


def needed(
    demand: Demand,
    weeks: Weeks,
    share: float,
    allowed: Sequence[bool],
    *,
    progress: Progress | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> Need:
    """Heads by the hour of the week with which ``share`` of the answers with a deadline are in time, or all that can
    be. Only hours that are ``allowed`` get any. Raises ``Stopped``.
    """
    told = progress or (lambda _done, _of: None)
    search = _Search(demand, weeks, allowed, stop)
    counted, reachable = demand.counted, search.reachable()
    goal = min(reachable, math.ceil(share * counted - ROUNDING))
    search.grow(goal, counted, told)
    search.spare(goal, told)
    return Need(tuple(search.heads), search.met(), reachable, counted)


class _Search:
    def __init__(self, demand: Demand, weeks: Weeks, allowed: Sequence[bool], stop: Callable[[], bool]) -> None:
        self.heads = [0] * HOURS
        self._demand, self._weeks, self._allowed, self._stop = demand, weeks, allowed, stop
        self._came = [0] * HOURS
        for at in demand.at:
            self._came[weeks.hours[max(0, bisect_right(weeks.starts, at) - 1)]] += 1

    def met(self) -> int:
        """How many answers are in time as it stands. Raises ``Stopped``."""
        return in_time(self._demand, self._slots())

    def reachable(self) -> int:
        """How many would be in time with a person for each of them, in every hour that is allowed."""
        crowd = [len(self._demand.at) if allowed else 0 for allowed in self._allowed]
        return in_time(self._demand, self._weeks.slots(crowd))

    def grow(self, goal: int, counted: int, told: Progress) -> None:
        """Add heads until ``goal`` answers are in time."""
        while True:
            late = _late(self._demand, self._slots())
            met = sum(each is False for each in late)
            told(STEPS // 2 * min(met, goal) // max(1, goal), STEPS)
            if met >= goal:
                return
            votes = self._votes([number for number, each in enumerate(late) if each])
            most = max(votes)
            least = most / 2 if goal - met > _FAR * counted else most
            chosen = [hour for hour, vote in enumerate(votes) if vote >= least and vote]
            far = least < most
            for hour in chosen if far else [min(chosen, key=lambda hour: (self.heads[hour], hour))]:
                self.heads[hour] += max(1, self.heads[hour] // _QUARTER) if far else 1

    def spare(self, goal: int, told: Progress) -> None:
        """Take away everybody without whom the goal is still reached: first where most stand by for least work, so
        that quiet nights empty before busy days, and peaks are levelled before hours beside them.
        """
        near = [sum(self._came[(hour + step) % HOURS] for step in range(-_NEAR, _NEAR + 1)) for hour in range(HOURS)]
        asked = [(-self.heads[hour] / (near[hour] + 1), -hour) for hour in range(HOURS) if self.heads[hour]]
        steps = [max(1, heads // _QUARTER) for heads in self.heads]
        heapq.heapify(asked)
        of, settled = len(asked), 0
        while asked:
            told(STEPS // 2 + STEPS // 2 * settled // of, STEPS)
            hour = -heapq.heappop(asked)[1]
            step = min(steps[hour], self.heads[hour])
            self.heads[hour] -= step
            again = self.heads[hour] > 0
            if self.met() < goal:
                self.heads[hour] += step
                steps[hour], again = step // 2, step > 1
            if again:
                heapq.heappush(asked, (-self.heads[hour] / (near[hour] + 1), -hour))
            else:
                settled += 1
        told(STEPS, STEPS)

    def _slots(self) -> Slots:
        if self._stop():
            raise Stopped
        return self._weeks.slots(self.heads)

    def _votes(self, late: Sequence[int]) -> list[int]:
        """For each hour of the week, how many late answers could have been taken up in it, and still in time."""
        demand, weeks = self._demand, self._weeks
        changes = [0] * (len(weeks.starts) + 1)
        for number in late:
            at, latest = demand.at[number], demand.due[number] - demand.handling
            if at <= latest:
                changes[max(0, bisect_right(weeks.starts, at) - 1)] += 1
                changes[bisect_right(weeks.starts, latest)] -= 1
        votes = [0] * HOURS
        for hour, count in zip(weeks.hours, accumulate(changes), strict=False):  # nothing is after the last hour
            votes[hour] += count if self._allowed[hour] else 0
        return votes


def _late(demand: Demand, slots: Slots) -> list[bool | None]:
    """Whether each answer is late; None for one that does not count."""
    begun = starts(demand.at, slots, demand.handling)
    pairs = zip(begun, demand.due, strict=True)
    return [None if due >= NEVER else begin + demand.handling > due for begin, due in pairs]
