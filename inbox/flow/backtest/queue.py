"""Plays an area's queue through: when each thread is taken up, by how many can be in work at once. Pure, exact.

The oldest thread is taken up first, as soon as there is a free slot, and holds it for the area's handling time; a
thread taken up before the end of a shift is finished after it. Thread k starts at the earliest time t, not before
thread k-1, at which the area has c(t) > 0 slots and thread k-c(t) is finished. With more slots at every instant
each thread therefore starts no later (by induction over k): more staff never misses more.
"""

from collections.abc import Sequence
from typing import Final

from inbox.flow.backtest.staff import Slots

NEVER: Final = 2**62
"""The start of a thread that nobody takes up."""


def starts(arrivals: Sequence[int], slots: Slots, handling: int) -> list[int]:
    """When each arrival is taken up. All in microseconds; arrivals in order of time."""
    found: list[int] = []
    at, step, last = 0, 0, len(slots.starts)
    for number, arrival in enumerate(arrivals):
        at = max(at, arrival)
        while step < last:
            end = slots.starts[step + 1] if step + 1 < last else NEVER
            count = slots.counts[step]
            if count and at < end:
                begin = max(at, slots.starts[step])
                if count <= number:
                    begin = max(begin, found[number - count] + handling)
                if begin < end:
                    at = begin
                    break
            step += 1
        else:
            at = NEVER
        found.append(at)
    return found


def missed(arrivals: Sequence[int], due: Sequence[int], slots: Slots, handling: int) -> int:
    """How many are answered after they are due; one without a deadline is due at ``NEVER``."""
    begun = starts(arrivals, slots, handling)
    return sum(begin + handling > limit for begin, limit in zip(begun, due, strict=True) if limit < NEVER)
