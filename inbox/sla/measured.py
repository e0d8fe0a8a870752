"""Business time of very many waits: the open time up to an instant by one look into a table for each calendar.

Between two instants at which a calendar opens or closes, its open time grows evenly. All such instants lie on a grid
(of minutes, mostly of a quarter of an hour), so that the cell of an instant tells the open time up to it.
"""

from functools import lru_cache
from math import gcd
from typing import Final

from inbox.model.workspace import Calendar
from inbox.sla.hours import CHUNK, DAY_MICROS, Hours, compiled

_MOST_CELLS: Final = 2_000_000


class Table:
    """A calendar from ``low`` to ``high`` as cells of even length: in each, open time is ``base + slope * instant``."""

    def __init__(self, hours: Hours, low: int, high: int) -> None:
        first, last = low // CHUNK, high // CHUNK
        chunks = [hours.chunk(number) for number in range(first, last + 1)]
        step = DAY_MICROS
        for chunk in chunks:
            step = gcd(step, *chunk.starts, *chunk.ends)
        self.step = step
        self.first = first * CHUNK // step
        self.cells = (last - first + 1) * CHUNK // step
        self._chunks = chunks

    @property
    def small(self) -> bool:
        """Whether it fits into memory without a thought."""
        return self.cells <= _MOST_CELLS

    def lines(self) -> tuple[list[int], list[int]]:
        """The base and the slope (0 closed, 1 open) of each cell."""
        slopes = [0] * self.cells
        for chunk in self._chunks:
            for start, end in zip(chunk.starts, chunk.ends, strict=True):
                begin, until = start // self.step - self.first, end // self.step - self.first
                slopes[begin:until] = [1] * (until - begin)
        bases, upto = [0] * self.cells, 0
        for cell, slope in enumerate(slopes):
            if slope:
                bases[cell] = upto - (self.first + cell) * self.step
                upto += self.step
            else:
                bases[cell] = upto
        return bases, slopes


@lru_cache(maxsize=8)
def _lines(hours: Hours, first: int, last: int) -> tuple[int, int, list[int], list[int]] | None:
    """The step, the first cell, bases and slopes of some stretches; None where they would fill the memory."""
    table = Table(hours, first * CHUNK, last * CHUNK)
    return (table.step, table.first, *table.lines()) if table.small else None


def differences(calendar: Calendar | None, pairs: list[tuple[int, int]]) -> list[int]:
    """The open microseconds of each (begin, end); None is round the clock. Raises ``CalendarRefused``."""
    hours = None if calendar is None else compiled(calendar)
    if hours is None or hours.always:
        return [end - begin if end > begin else 0 for begin, end in pairs]
    if not pairs:
        return []
    lines = _lines(hours, min(begin for begin, _ in pairs) // CHUNK, max(end for _, end in pairs) // CHUNK)
    if lines is None:
        return [_between(hours, begin, end) for begin, end in pairs]
    step, first, bases, slopes = lines
    found = []
    for begin, end in pairs:
        one, other = begin // step - first, end // step - first
        found.append(bases[other] + slopes[other] * end - bases[one] - slopes[one] * begin if end > begin else 0)
    return found


def _between(hours: Hours, begin: int, end: int) -> int:
    if end <= begin:
        return 0
    first, last = begin // CHUNK, end // CHUNK
    if first == last:
        chunk = hours.chunk(first)
        return chunk.until(end) - chunk.until(begin)
    opening = hours.chunk(first)
    whole = sum(hours.chunk(number).total for number in range(first + 1, last))
    return opening.total - opening.until(begin) + whole + hours.chunk(last).until(end)
