"""Work off the GUI thread: lanes that read and write the store and deliver what came of it as Qt events.

Screens hand a lane a plain function; it runs on the lane's threads, and ``done`` or ``failed`` is called
on the GUI thread. A read with a ``key`` replaces an older one of that key: the older result is dropped.
"""

import itertools
import logging
import threading
from collections import deque
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

from inbox.model.change import Change

if TYPE_CHECKING:
    from inbox.store.engine import Session, Store

Result = TypeVar("Result")
log = logging.getLogger(__name__)
FEED_STEP = 0.1
"""Seconds between two signals of the feed, so that screens refresh at most ten times a second."""


@dataclass(slots=True, eq=False)
class Ticket:
    """One piece of work under way; ``cancel`` drops its result, and the work itself if it has not begun."""

    number: int
    done: Callable[[Any], None] | None
    failed: Callable[[Exception], None] | None
    cancelled: bool = False

    def cancel(self) -> None:
        """The result is no longer wanted."""
        self.cancelled = True


class Lanes(QObject):
    """A read lane of two threads and a write lane of one. ``trouble`` carries what nobody else handles."""

    trouble = Signal(object)
    _arrived = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Lanes without a store: reads and writes wait until ``open``."""
        super().__init__(parent)
        self.store: Store | None = None
        self._read = ThreadPoolExecutor(2, thread_name_prefix="read")
        self._write = ThreadPoolExecutor(1, thread_name_prefix="write")
        self._numbers = itertools.count(1)
        self._latest: dict[Hashable, Ticket] = {}
        self._results: deque[tuple[Ticket, Any, Exception | None]] = deque()
        self._early: list[Callable[[], None]] = []
        self._open = 0
        self._closed = False
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> int:
        """How many pieces of work have not been delivered yet."""
        return self._open + len(self._early)

    def open(self, store: "Store") -> None:
        """The store is there: what waited for it begins."""
        self.store = store
        early, self._early = self._early, []
        for begin in early:
            begin()

    def read(
        self,
        work: "Callable[[Session], Result]",
        done: Callable[[Result], None],
        failed: Callable[[Exception], None] | None = None,
        *,
        key: Hashable | None = None,
    ) -> Ticket:
        """Runs ``work`` in a read-only snapshot of the store."""
        ticket = self._ticket(done, failed, key)

        def inside() -> Result:
            with self._opened().read() as session:
                return work(session)

        self._when_open(lambda: self._submit(self._read, ticket, inside))
        return ticket

    def write(
        self,
        work: "Callable[[Store], Result]",
        done: Callable[[Result], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> Ticket:
        """Runs ``work``, usually a flow, one at a time and in the order given; never dropped."""
        ticket = self._ticket(done, failed, None)
        self._when_open(lambda: self._submit(self._write, ticket, lambda: work(self._opened())))
        return ticket

    def run(
        self,
        work: Callable[[], Result],
        done: Callable[[Result], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        *,
        key: Hashable | None = None,
    ) -> Ticket:
        """Runs ``work``, which needs no store, on the read lane at once."""
        ticket = self._ticket(done, failed, key)
        self._submit(self._read, ticket, work)
        return ticket

    def close(self) -> None:
        """Finishes what is being written, drops what is being read."""
        self._closed = True
        self._early.clear()
        for ticket in self._latest.values():
            ticket.cancel()
        self._read.shutdown(wait=True, cancel_futures=True)
        self._write.shutdown(wait=True)

    def _opened(self) -> "Store":
        if self.store is None:
            message = "the store is not open yet"
            raise RuntimeError(message)
        return self.store

    def _when_open(self, begin: Callable[[], None]) -> None:
        if self.store is None:
            self._early.append(begin)
        else:
            begin()

    def _ticket(
        self,
        done: Callable[[Any], None] | None,
        failed: Callable[[Exception], None] | None,
        key: Hashable | None,
    ) -> Ticket:
        ticket = Ticket(next(self._numbers), done, failed)
        if key is not None:
            older = self._latest.get(key)
            if older is not None:
                older.cancel()
            self._latest[key] = ticket
        return ticket

    def _submit(self, lane: ThreadPoolExecutor, ticket: Ticket, work: Callable[[], Any]) -> None:
        if self._closed:
            # The window is gone; what is asked for now comes from widgets that have not noticed yet.
            ticket.cancel()
            return
        self._open += 1
        lane.submit(self._carry, ticket, work)

    def _carry(self, ticket: Ticket, work: Callable[[], Any]) -> None:
        """On the lane's thread: do the work, put the outcome where the GUI thread finds it."""
        outcome: tuple[Ticket, Any, Exception | None]
        if ticket.cancelled:
            outcome = (ticket, None, None)
        else:
            try:
                outcome = (ticket, work(), None)
            except Exception as error:  # noqa: BLE001 - whatever went wrong is told on the GUI thread
                outcome = (ticket, None, error)
        self._results.append(outcome)
        self._arrived.emit()

    @Slot()
    def _deliver(self) -> None:
        """On the GUI thread: hand out what has arrived."""
        while self._results:
            ticket, result, error = self._results.popleft()
            self._open -= 1
            if ticket.cancelled or _is_gone(ticket.done):
                continue
            if error is None:
                if ticket.done is not None:
                    ticket.done(result)
            elif ticket.failed is not None:
                ticket.failed(error)
            else:
                log.error("work on a lane failed", exc_info=error)
                self.trouble.emit(error)


class FeedThread(QObject):
    """Watches the store's change feed on a thread of its own and signals, at most ten times a second."""

    changed = Signal(object)
    _arrived = Signal()

    def __init__(self, wait: Callable[[float], Change | None], parent: QObject | None = None) -> None:
        """``wait(seconds)`` gives the next change, or None when there was none."""
        super().__init__(parent)
        self._wait = wait
        self._stop = threading.Event()
        self._changes: deque[Change] = deque()
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._watch, name="feed", daemon=True)

    def start(self) -> None:
        """Begins to watch."""
        self._thread.start()

    def stop(self) -> None:
        """Ends the watch; waits for the thread."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(2)

    def _watch(self) -> None:
        while not self._stop.is_set():
            try:
                change = self._wait(0.5)
            except Exception:
                # The store may be away for a while (another writer, the server restarting): look again later.
                log.exception("the change feed could not be read")
                self._stop.wait(2)
                continue
            if change is not None:
                self._changes.append(change)
                self._arrived.emit()
                self._stop.wait(FEED_STEP)

    @Slot()
    def _deliver(self) -> None:
        total: Change | None = None
        while self._changes:
            change = self._changes.popleft()
            total = change if total is None else total | change
        if total is not None:
            self.changed.emit(total)


def _is_gone(done: object) -> bool:
    """True when the screen that asked was destroyed meanwhile."""
    asker = getattr(done, "__self__", None)
    return isinstance(asker, QObject) and not isValid(asker)
