"""One sitting of sorting: what is left, what was done, and how fast it goes. No widgets."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import median
from typing import TYPE_CHECKING

from inbox.model.ids import ThreadId
from inbox.model.placement import Placement
from inbox.model.thread import ThreadRow

if TYPE_CHECKING:
    from inbox.flow.deciding import Undo
    from inbox.flow.unsorted import Queue

LONGEST = timedelta(minutes=5)
"""Who took longer was away: such a span says nothing of how fast they sort."""


@dataclass(slots=True, eq=False)
class Entry:
    """One thread that was sorted: ``what`` became of it in words. ``undo`` comes once it is stored."""

    row: ThreadRow
    what: str
    undo: "Undo | None" = None
    stored: bool = False


@dataclass(slots=True)
class Sitting:
    """The threads on the list, in an order that only the person changes. ``gone`` says that somebody else sorted
    the one on screen; ``arrived`` wait until they are asked for.
    """

    rows: list[ThreadRow] = field(default_factory=list)
    placed: dict[ThreadId, Placement] = field(default_factory=dict)
    arrived: list[ThreadRow] = field(default_factory=list)
    done: list[Entry] = field(default_factory=list)
    left: int = 0
    current: ThreadId | None = None
    gone: bool = False
    ready: bool = False
    _order: list[ThreadId] = field(default_factory=list)
    _spans: list[float] = field(default_factory=list)
    _since: datetime | None = None

    @property
    def row(self) -> ThreadRow | None:
        """The thread on screen."""
        return next((each for each in self.rows if each.id == self.current), None)

    @property
    def next(self) -> ThreadRow | None:
        """The thread that follows the one on screen."""
        others = [*self.rows[self._at() + 1 :], *self.rows[: self._at()]]
        return others[0] if others else None

    @property
    def total(self) -> int:
        """How many threads this sitting has to do with: sorted and left."""
        return len(self.done) + self.left

    def take(self, queue: "Queue", now: datetime) -> None:
        """What was read: threads that others sorted go, except the one on screen; new ones wait."""
        known = {each.id: each for each in (*queue.rows, *queue.held)}
        old = {each.row.id: each.row.version for each in self.done}
        self.placed |= queue.ranked
        self._order = [each.id for each in queue.rows]
        self.left = max(0, queue.left - sum(not each.stored for each in self.done))
        self.gone = self.current is not None and self.current not in known
        self.rows = [known.get(each.id, each) for each in self.rows if each.id in known or each.id == self.current]
        held = {each.id for each in self.rows}
        # A reading that began before a decision was stored still holds its thread, at the version it had.
        self.arrived = [each for each in queue.rows if each.id not in held and each.version > old.get(each.id, 0)]
        self.ready = True
        if not self.rows:
            self.take_arrivals(now)

    def take_arrivals(self, now: datetime) -> None:
        """The new ones join the list, which is put in order anew; the one on screen stays there."""
        place = {each: at for at, each in enumerate(self._order)}
        mine = self.row
        others = [each for each in (*self.rows, *self.arrived) if each.id != self.current]
        others.sort(key=lambda each: place.get(each.id, len(place)))
        self.rows = [*([mine] if mine is not None else []), *others]
        self.arrived = []
        if mine is None:
            self._show(self.rows[0].id if self.rows else None, now)

    def decide(self, what: str, now: datetime) -> Entry | None:
        """The thread on screen is sorted, the next one takes its place."""
        row = self.row
        if row is None or self.gone:
            return None
        entry = Entry(row, what)
        if self._since is not None and timedelta(0) < now - self._since < LONGEST:
            self._spans.append((now - self._since).total_seconds())
        self._drop(now)
        self.done.append(entry)
        self.left = max(0, self.left - 1)
        return entry

    def skip(self, now: datetime) -> None:
        """The thread on screen goes to the end; one that somebody else sorted goes."""
        if self.gone:
            self._drop(now)
            return
        row = self.row
        if row is not None and len(self.rows) > 1:
            self._drop(now)
            self.rows.append(row)

    def undo(self, now: datetime) -> Entry | None:
        """The last sorted thread comes back on screen."""
        if not self.done:
            return None
        entry = self.done.pop()
        self.rows.insert(self._at(), entry.row)
        self.left += 1
        self._show(entry.row.id, now)
        return entry

    def bring_back(self, entry: Entry, now: datetime) -> None:
        """It could not be sorted: it comes next, so that what is on screen does not move."""
        if entry in self.done:
            self.done.remove(entry)
            self.rows.insert(self._at() + 1 if self.current is not None else 0, entry.row)
            self.left += 1
        if self.current is None:
            self._show(entry.row.id, now)

    def leave_out(self, thread_id: ThreadId, now: datetime) -> None:
        """It is not to be sorted after all."""
        if thread_id == self.current:
            self._drop(now)
        else:
            self.rows = [each for each in self.rows if each.id != thread_id]
        self.left = max(0, self.left - 1)

    def go_to(self, thread_id: ThreadId, now: datetime) -> None:
        """Another thread of the list is on screen."""
        if any(each.id == thread_id for each in self.rows):
            if self.gone and thread_id != self.current:
                self._drop(now)
            self._show(thread_id, now)

    def step(self, by: int, now: datetime) -> None:
        """The thread so many places further down the list, without leaving it."""
        if self.rows:
            self.go_to(self.rows[min(len(self.rows) - 1, max(0, self._at() + by))].id, now)

    def pace(self) -> float | None:
        """Seconds that a thread takes in this sitting (the median); None before the first."""
        return median(self._spans) if self._spans else None

    def _drop(self, now: datetime) -> None:
        at = self._at()
        self.rows.pop(at)
        following = self.rows[at] if at < len(self.rows) else self.rows[0] if self.rows else None
        self._show(following.id if following is not None else None, now)
        if not self.rows and self.arrived:
            self.take_arrivals(now)

    def _show(self, thread_id: ThreadId | None, now: datetime) -> None:
        self.current, self._since, self.gone = thread_id, now, False

    def _at(self) -> int:
        return next((at for at, each in enumerate(self.rows) if each.id == self.current), 0)
