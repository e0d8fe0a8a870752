"""What is counted while the period is read, and the arrivals kept for playing the queue: few bytes for each thread."""

from array import array
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Final
from zoneinfo import ZoneInfo

from inbox.flow.backtest.judging import Judged
from inbox.flow.backtest.queue import NEVER
from inbox.flow.backtest.staff import micros
from inbox.model.workspace import UNSORTED
from inbox.store.history import Past

STEPS: Final = 20
"""Steps of the threshold, from 0 to 1, for which the coverage is told."""


@dataclass(slots=True)
class Arrivals:
    """Threads that came in, one place for each in all lists: times in microseconds, areas by their number."""

    at: "array[int]" = field(default_factory=lambda: array("q"))
    area: "array[int]" = field(default_factory=lambda: array("l"))
    sorted_to: "array[int]" = field(default_factory=lambda: array("l"))
    due: "array[int]" = field(default_factory=lambda: array("q"))
    waits: bytearray = field(default_factory=bytearray)


class Tally:
    """Counts of both workspaces. ``names`` are the areas, a number each; ``given`` and ``asked`` how long answers took
    from being given and from being asked, by area; ``sorting`` how long threads stood in Unsorted.
    ``most`` are the deadlines that the threads put into an area by the change can miss at all.
    """

    def __init__(self, zone: str) -> None:
        self._zone = ZoneInfo(zone)
        self._numbers: dict[str, int] = {}
        self.names: list[str] = []
        self.threads = self.moved = 0
        self.corrected = self.right_before = self.right_after = 0
        self.promised = 0
        self.missed: Counter[int] = Counter()
        self.most: Counter[int] = Counter()
        self.by_area: tuple[Counter[int], Counter[int]] = (Counter(), Counter())
        self.by_hour: tuple[Counter[tuple[int, int]], Counter[tuple[int, int]]] = (Counter(), Counter())
        self.before, self.after = Arrivals(), Arrivals()
        self.given: defaultdict[int, array[float]] = defaultdict(lambda: array("d"))
        self.asked: defaultdict[int, array[float]] = defaultdict(lambda: array("d"))
        self.sorting = array("d")
        self._by_rule = 0
        self._surest = [0] * (STEPS + 1)

    def number(self, area: str) -> int:
        """The number of an area."""
        found = self._numbers.get(area)
        if found is None:
            found = self._numbers[area] = len(self.names)
            self.names.append(area)
        return found

    def add(self, past: Past, before: Judged, after: Judged) -> None:
        """Count one thread."""
        was, becomes = self.number(before.area), self.number(after.area)
        self.threads += 1
        self.moved += was != becomes
        hour = past.posted_at.astimezone(self._zone).hour
        for side, area in enumerate((was, becomes)):
            self.by_area[side][area] += 1
            self.by_hour[side][area, hour] += 1
        truth = self._truth(past, before, after)
        self._arrive(self.before, past, before, truth)
        self._arrive(self.after, past, after, truth)
        self._deadlines(past, was)
        if after.waits or not before.waits:
            self.most[becomes] += max(past.deadlines.breached, self.after.due[-1] < NEVER)
        if after.by_rule:
            self._by_rule += 1
        elif after.surest is not None:
            self._surest[min(STEPS, int(after.surest * STEPS + 1e-9))] += 1

    def coverage(self) -> tuple[tuple[float, float], ...]:
        """The share of threads that get an area at each threshold, as the changed workspace decides otherwise."""
        if not self.threads:
            return ()
        sure = self._by_rule
        found = []
        for step in range(STEPS, -1, -1):
            sure += self._surest[step]
            found.append((step / STEPS, round(sure / self.threads, 4)))
        return tuple(reversed(found))

    def _truth(self, past: Past, before: Judged, after: Judged) -> int:
        """Where a person moved it; -1 where nobody did."""
        if past.move is None:
            return -1
        self.corrected += 1
        self.right_before += before.area == past.move.area
        self.right_after += after.area == past.move.area
        if past.move.sorted_at is not None:
            self.sorting.append((past.move.sorted_at - past.posted_at).total_seconds())
        return -1 if past.move.area == UNSORTED else self.number(past.move.area)

    def _arrive(self, arrivals: Arrivals, past: Past, judged: Judged, truth: int) -> None:
        arrivals.at.append(micros(past.posted_at))
        arrivals.area.append(self.number(judged.area))
        arrivals.sorted_to.append(truth)
        arrivals.due.append(judged.due if judged.waits else NEVER)
        arrivals.waits.append(judged.waits)

    def _deadlines(self, past: Past, area: int) -> None:
        known = past.deadlines
        self.promised += known.promised
        if known.breached:
            self.missed[area] += known.breached
        if known.answered_at is None or known.asked_at is None:
            return
        self.asked[area].append((known.answered_at - known.asked_at).total_seconds())
        if known.assigned_at is not None:
            begun = max(known.assigned_at, known.asked_at)
            self.given[area].append((known.answered_at - begun).total_seconds())
