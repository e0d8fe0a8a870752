"""Reads what is left to sort, and the thread on screen with the one after it, so that it is there at once."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from inbox.model.change import Change
from inbox.model.ids import ThreadId
from inbox.ui.context import Context

if TYPE_CHECKING:
    from inbox.flow.unsorted import Queue, Reading
    from inbox.store.engine import Session


class Reader(QObject):
    """``readings`` are the threads at hand; ``at_hand`` and ``missing`` carry a thread's number."""

    queued = Signal(object)
    unreadable = Signal(object)
    at_hand = Signal(object)
    missing = Signal(object, object)

    def __init__(self, context: Context, parent: QObject) -> None:
        """Nothing is read yet."""
        super().__init__(parent)
        self._context = context
        self.readings: dict[ThreadId, Reading] = {}

    def read(self, held: Sequence[ThreadId]) -> None:
        """The threads to sort; ``held`` are those on the list."""
        workspace, now, ids = self._context.workspace, self._context.now(), tuple(held)

        def work(session: "Session") -> "Queue":
            from inbox.flow import unsorted

            return unsorted.queue(session, workspace, now=now, held=ids)

        if self._context.store is not None:
            key = (id(self), "queue")
            self._context.lanes.read(work, self.queued.emit, self.unreadable.emit, key=key)

    def keep(self, wanted: Sequence[ThreadId]) -> None:
        """Reads those that are not at hand, and drops all others."""
        self.readings = {key: kept for key, kept in self.readings.items() if key in wanted}
        for thread_id in wanted:
            if thread_id not in self.readings:
                self._read(thread_id)

    def changed(self, change: Change) -> None:
        """Reads anew what is at hand and was changed."""
        for thread_id in list(self.readings):
            if change.many or thread_id in change.threads:
                self._read(thread_id)

    def _read(self, thread_id: ThreadId) -> None:
        def work(session: "Session") -> "Reading":
            from inbox.flow import unsorted

            return unsorted.reading(session, thread_id)

        failed = partial(self.missing.emit, thread_id)
        self._context.lanes.read(work, self._take, failed, key=(id(self), thread_id))

    def _take(self, reading: "Reading") -> None:
        number = reading.thread.row.id
        self.readings[number] = reading
        self.at_hand.emit(number)
