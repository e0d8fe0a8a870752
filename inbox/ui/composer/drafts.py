"""Keeps what is being written in the database: shortly after each pause, and at once on leaving."""

from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from inbox.model.ids import EmployeeId, MentionId, ThreadId
from inbox.model.outbox import Draft
from inbox.model.words import Visibility
from inbox.ui.composer import deeds
from inbox.ui.context import Context

PAUSE_MS = 600


class DraftKeeper(QObject):
    """``keep`` notes what stands in the composer, ``flush`` writes it. ``saved`` carries the time."""

    saved = Signal(object)
    failed = Signal(str)

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        """Writes through the context's write lane, in order."""
        super().__init__(parent)
        self._context = context
        self._waiting: Draft | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self.flush)

    @property
    def pending(self) -> bool:
        """True while something was written and not yet handed to the lane."""
        return self._waiting is not None

    def keep(
        self,
        thread_id: ThreadId,
        employee_id: EmployeeId,
        text: str,
        *,
        visibility: Visibility,
        answers: MentionId | None,
        version: int,
        now: datetime,
    ) -> None:
        """The composer holds this now; it is written after a pause."""
        if self._waiting is not None and self._waiting.thread_id != thread_id:
            self.flush()
        self._waiting = Draft(thread_id, employee_id, text, visibility, answers, version, now)
        self._timer.start()

    def forget(self) -> None:
        """What waits is no longer wanted: it was sent."""
        self._timer.stop()
        self._waiting = None

    @Slot()
    def flush(self) -> None:
        """Writes now what waits."""
        self._timer.stop()
        draft, self._waiting = self._waiting, None
        if draft is None:
            return
        self._context.lanes.write(deeds.SaveDraft(draft, self._context.employee), self._done, self._fail)

    def _done(self, saved_at: datetime) -> None:
        self.saved.emit(saved_at)

    def _fail(self, error: Exception) -> None:
        self.failed.emit(str(error).strip() or type(error).__name__)
