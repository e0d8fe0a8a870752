"""The rows of a view that are in memory, by place, and the marks from which others are read. No Qt."""

import bisect
from collections.abc import Iterable, Iterator

from inbox.model.ids import ThreadId
from inbox.model.thread import ThreadRow
from inbox.ui.queue.reader import Mark

KEEP = 6000
"""Rows kept in memory, some 15 MB; the farthest from the eye go first."""


class Shelf:
    """Sparse rows of a list of ``length``; places shift when a row is taken out."""

    def __init__(self) -> None:
        """An empty list."""
        self.length = 0
        self._rows: dict[int, ThreadRow] = {}
        self._places: dict[ThreadId, int] = {}
        self._marks: list[Mark] = [(0, None)]

    def row(self, place: int) -> ThreadRow | None:
        """The row at ``place``, None while it has not been read."""
        return self._rows.get(place)

    def place(self, thread_id: ThreadId) -> int | None:
        """Where a thread stands, None when it is not in memory."""
        return self._places.get(thread_id)

    def ids(self) -> frozenset[ThreadId]:
        """The threads in memory."""
        return frozenset(self._places)

    def loaded(self) -> Iterator[tuple[int, ThreadRow]]:
        """The rows in memory with their places."""
        return iter(sorted(self._rows.items()))

    def put(self, start: int, rows: Iterable[ThreadRow]) -> int:
        """Stores rows from ``start`` on and says how many there were."""
        count = 0
        for count, row in enumerate(rows, 1):
            place = start + count - 1
            old = self._rows.get(place)
            if old is not None and old.id != row.id and self._places.get(old.id) == place:
                del self._places[old.id]
            self._rows[place] = row
            self._places[row.id] = place
        return count

    def replace(self, row: ThreadRow) -> int | None:
        """A newer version of a row in memory; says where it stands."""
        place = self._places.get(row.id)
        if place is not None:
            self._rows[place] = row
        return place

    def take(self, place: int) -> None:
        """Takes out the row at ``place``; all behind it move up."""
        gone = self._rows.pop(place, None)
        if gone is not None:
            self._places.pop(gone.id, None)
        self._rows = {at - (at > place): row for at, row in self._rows.items()}
        self._places = {row.id: at for at, row in self._rows.items()}
        self._marks = [(at - (at > place), cursor) for at, cursor in self._marks]
        self.length -= 1

    def mark(self, place: int, cursor: str) -> None:
        """Remembers that ``cursor`` stands before ``place``."""
        at = bisect.bisect_left(self._marks, place, key=_place_of)
        if at == len(self._marks) or self._marks[at][0] != place:
            self._marks.insert(at, (place, cursor))

    def nearest(self, place: int) -> Mark:
        """The last mark at or before ``place``."""
        return self._marks[bisect.bisect_right(self._marks, place, key=_place_of) - 1]

    def last_mark(self) -> Mark:
        """The mark farthest down."""
        return self._marks[-1]

    def missing(self, first: int, last: int) -> tuple[int, int] | None:
        """The first stretch (from, until) between two places that is not in memory."""
        start = next((at for at in range(first, last) if at not in self._rows), None)
        if start is None:
            return None
        end = next((at for at in range(start, last) if at in self._rows), last)
        return start, end

    def forget_far(self, place: int) -> None:
        """Keeps memory bounded: drops the rows farthest from ``place``."""
        if len(self._rows) <= KEEP:
            return
        near = sorted(self._rows, key=lambda at: abs(at - place))[: KEEP // 2]
        self._rows = {at: self._rows[at] for at in near}
        self._places = {row.id: at for at, row in self._rows.items()}


def _place_of(mark: Mark) -> int:
    return mark[0]
