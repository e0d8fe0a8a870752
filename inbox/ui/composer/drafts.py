"""Keeps what is being written in the database: shortly after each pause, and at once on leaving."""

from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from inbox.model.ids import EmployeeId, MentionId, ThreadId
from inbox.model.outbox import Draft
from inbox.model.words import DraftKind, Visibility
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
        self._handed: dict[tuple[ThreadId, DraftKind], Draft] = {}
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
        kind: DraftKind = DraftKind.REPLY,
    ) -> None:
        """The composer holds this now; it is written after a pause."""
        if self._waiting is not None and (self._waiting.thread_id, self._waiting.kind) != (thread_id, kind):
            self.flush()
        self._waiting = Draft(thread_id, employee_id, text, visibility, answers, version, now, kind)
        self._timer.start()

    def newest(self, thread_id: ThreadId, kind: DraftKind, read: Draft | None) -> Draft | None:
        """The draft that counts: the one still being written, else the one ``read`` from the store."""
        handed = self._handed.get((thread_id, kind))
        if handed is None:
            return read
        return handed if handed.text.strip() else None

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
        self._handed[draft.thread_id, draft.kind] = draft
        self._context.lanes.write(
            deeds.SaveDraft(draft, self._context.employee), partial(self._done, draft), self._fail
        )

    def _done(self, draft: Draft, saved_at: datetime) -> None:
        if self._handed.get((draft.thread_id, draft.kind)) is draft:
            del self._handed[draft.thread_id, draft.kind]
        self.saved.emit(saved_at)

    def _fail(self, error: Exception) -> None:
        self.failed.emit(str(error).strip() or type(error).__name__)
