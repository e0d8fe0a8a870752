"""Plays the queue of a whole workspace through, and counts the first responses that come too late."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Final

from inbox.flow.backtest.queue import NEVER, starts
from inbox.flow.backtest.staff import MICRO, NO_SLOTS, slots
from inbox.flow.backtest.tally import Arrivals, Tally
from inbox.model.workspace import UNSORTED, Workspace

ENOUGH: Final = 5
"""Answers of an area from which its own median is taken."""
USUAL_HANDLING: Final = timedelta(minutes=10)
USUAL_SORTING: Final = timedelta(minutes=30)
BEYOND: Final = timedelta(days=14)
"""Shifts are looked at this long after the period, for what is still waiting at its end."""
HOUR: Final = 60
DAY: Final = 24 * HOUR
"""In minutes, as what follows."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How long an answer takes by area, elsewhere, and sorting by hand; and what these rest on, in words."""

    areas: Mapping[str, timedelta]
    usual: timedelta
    sorting: timedelta
    notes: tuple[str, ...]

    def of(self, area: str) -> timedelta:
        """How long an area takes for a thread that it was given."""
        return self.areas.get(area, self.usual)


def pace(tally: Tally) -> Pace:
    """The history's own medians, the same for both plays."""
    source = tally.given if sum(map(len, tally.given.values())) >= ENOUGH else tally.asked
    everything = [seconds for taken in source.values() for seconds in taken]
    areas = {
        tally.names[number]: timedelta(seconds=median(taken))
        for number, taken in source.items()
        if len(taken) >= ENOUGH
    }
    sorting = timedelta(seconds=median(tally.sorting)) if tally.sorting else USUAL_SORTING
    usual = timedelta(seconds=median(everything)) if everything else USUAL_HANDLING
    return Pace(areas, usual, sorting, tuple(_sentences(tally, source is tally.given, len(everything), usual, sorting)))


class Play:
    """One period, to be played with different workspaces."""

    def __init__(self, tally: Tally, pace: Pace, since: datetime, until: datetime) -> None:
        self._names = tally.names
        self._pace = pace
        self._span = (since, until + BEYOND)
        self._order = sorted(range(len(tally.before.at)), key=tally.before.at.__getitem__)

    def missed(self, arrivals: Arrivals, workspace: Workspace) -> Counter[str]:
        """The late first responses by area.

        What is Unsorted is brought to its area by hand, or answered by whoever has Unsorted among their areas (without
        areas: everybody); where both can be, the better of the two counts, so that somebody more is never worse.
        """
        by_hand = self._missed(arrivals, workspace, by_hand=bool(workspace.areas))
        if not workspace.areas or not any(UNSORTED in (each.areas or (UNSORTED,)) for each in workspace.employees):
            return by_hand
        directly = self._missed(arrivals, workspace, by_hand=False)
        return min((by_hand, directly), key=Counter.total)

    def _missed(self, arrivals: Arrivals, workspace: Workspace, *, by_hand: bool) -> Counter[str]:
        queues = self._queues(arrivals, by_hand=by_hand)
        staffed = slots(workspace, {area: len(queue) for area, queue in queues.items()}, *self._span)
        late: Counter[str] = Counter()
        for area, queue in queues.items():
            queue.sort()
            handling = self._pace.of(area) // MICRO
            begun = starts([at for at, _ in queue], staffed.get(area, NO_SLOTS), handling)
            for begin, (_, place) in zip(begun, queue, strict=True):
                if arrivals.due[place] < begin + handling and arrivals.due[place] < NEVER:
                    late[self._names[arrivals.area[place]]] += 1
        return late

    def _queues(self, arrivals: Arrivals, *, by_hand: bool) -> dict[str, list[tuple[int, int]]]:
        """The threads that wait, by the area whose people answer them: (arrival there, place) each."""
        found: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        sorting = self._pace.sorting // MICRO
        for place in self._order:
            if not arrivals.waits[place]:
                continue
            area, at = self._names[arrivals.area[place]], arrivals.at[place]
            if by_hand and area == UNSORTED:
                target = arrivals.sorted_to[place]
                # One that nobody ever sorted is answered by nobody: it stays where no slots are.
                area, at = (self._names[target], at + sorting) if target >= 0 else (_NOWHERE, at)
            found[area].append((at, place))
        return found


_NOWHERE: Final = ""


def _sentences(tally: Tally, given: bool, n: int, usual: timedelta, sorting: timedelta) -> Sequence[str]:  # noqa: FBT001 - which of the two sources
    if n:
        what = "being given to being answered" if given else "being posted to being answered"
        said = f"Answers take as long as they took: {lasting(usual)} (median of {n:,}) from {what}, by area."
    else:
        said = f"No first answer is known of this time, so {lasting(usual)} are taken for each."
    found = [said, "In each area the oldest thread is taken up first, by whoever is on shift and has room."]
    unsorted = tally.number(UNSORTED)
    if any(counts[unsorted] for counts in tally.by_area):
        moves = len(tally.sorting)
        how = f"the median of {moves:,}" if moves else "as no such move is known of this time"
        found.append(f"What is Unsorted is taken to be sorted by hand after {lasting(sorting)} ({how}).")
    return found


def lasting(span: timedelta) -> str:
    """A length as people say it: "40 s", "30 min", "1 h 20 min", "3 d 9 h"."""
    minutes = round(span.total_seconds() / 60)
    if minutes < 1:
        return f"{span.total_seconds():.0f} s"
    if minutes < HOUR:
        return f"{minutes} min"
    if minutes < DAY:
        return f"{minutes // HOUR} h" + (f" {minutes % HOUR} min" if minutes % HOUR else "")
    hours = minutes % DAY // HOUR
    return f"{minutes // DAY} d" + (f" {hours} h" if hours else "")
