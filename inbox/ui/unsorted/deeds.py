"""Decisions of a sitting, carried out on the write lane one after the other while the person reads on."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from inbox.model.ids import ThreadId
from inbox.model.thread import ThreadRow
from inbox.model.words import CloseReason
from inbox.ui.context import Context
from inbox.ui.unsorted.sitting import Entry

if TYPE_CHECKING:
    from inbox.flow.deciding import Decided
    from inbox.store.engine import Store


class Deeds(QObject):
    """``failed`` carries (entry, error); ``undone`` the thread's row as it stands after it was taken back."""

    stored = Signal(object)
    failed = Signal(object, object)
    undone = Signal(object)

    def __init__(self, context: Context, parent: QObject) -> None:
        """Nothing is under way."""
        super().__init__(parent)
        self._context = context
        # Our own undo gives a thread a new version, which a decision right after it must expect. Both run on the
        # one write lane, in the order in which they were asked for.
        self._versions: dict[ThreadId, int] = {}

    def move(self, entry: Entry, area: str) -> None:
        """Moves the thread to an area, which teaches the learned area."""
        actor, now = self._actor(), self._context.now()

        def work(store: "Store") -> "Decided":
            from inbox.flow import decide

            ids, expect = [entry.row.id], self._expected(entry.row)
            return self._kept(entry, decide.move(store, ids, area, actor=actor, now=now, expect=expect))

        self._write(entry, work)

    def close(self, entry: Entry, reason: CloseReason) -> None:
        """Closes the thread: no reply is needed, or it is spam."""
        actor, now = self._actor(), self._context.now()

        def work(store: "Store") -> "Decided":
            from inbox.flow import decide

            ids, expect = [entry.row.id], self._expected(entry.row)
            return self._kept(entry, decide.close(store, ids, reason, actor=actor, now=now, expect=expect))

        self._write(entry, work)

    def undo(self, entry: Entry) -> None:
        """Takes a decision back; one that was never stored needs nothing."""
        actor, now = self._actor(), self._context.now()

        def work(store: "Store") -> "tuple[Decided, ThreadRow] | None":
            from inbox.flow import decide
            from inbox.store import threads

            if entry.undo is None:
                return None
            decided = decide.undo(store, entry.undo, actor=actor, now=now)
            with store.read() as session:
                row = threads.row(session, entry.row.id)
            self._versions[row.id] = row.version
            return decided, row

        def done(found: "tuple[Decided, ThreadRow] | None") -> None:
            if found is not None:
                self._context.changed.emit(found[0].change)
                self.undone.emit(found[1])

        self._context.lanes.write(work, done, lambda error: self.failed.emit(entry, error))

    def _write(self, entry: Entry, work: "Callable[[Store], Decided]") -> None:
        def done(decided: "Decided") -> None:
            entry.stored = True
            self.stored.emit(entry)
            self._context.changed.emit(decided.change)

        self._context.lanes.write(work, done, lambda error: self.failed.emit(entry, error))

    def _expected(self, row: ThreadRow) -> int:
        return max(row.version, self._versions.get(row.id, 0))

    @staticmethod
    def _kept(entry: Entry, decided: "Decided") -> "Decided":
        """On the lane, so that an undo that waits behind this decision finds the way back."""
        entry.undo = decided.undo
        return decided

    def _actor(self) -> str:
        return self._context.employee or "command"
