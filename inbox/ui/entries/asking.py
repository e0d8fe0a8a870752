"""Asks on a lane, while somebody types."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from inbox.ui.context import Context

PATIENCE_MS = 300
Work = Callable[[Any, Callable[[], bool]], Any]


class Asker(QObject):
    """One question at a time: newer ones wait for the lane and replace each other, so that reading stays free.

    ``slow`` comes when an answer takes longer than people notice.
    """

    answered = Signal(object)
    failed = Signal(object)
    slow = Signal()

    def __init__(self, context: Context, work: Work, pause: int, parent: QObject) -> None:
        """``work`` runs on a read lane with the question and what tells it to stop; ``pause`` are milliseconds."""
        super().__init__(parent)
        self._context = context
        self._work = work
        self._next: Any = None
        self._asking: Any = None
        self._pause, self._patience = QTimer(self), QTimer(self)
        for timer, length, act in ((self._pause, pause, self._ask), (self._patience, PATIENCE_MS, self.slow.emit)):
            timer.setSingleShot(True)
            timer.setInterval(length)
            timer.timeout.connect(act)

    @property
    def busy(self) -> bool:
        """True while an answer is awaited."""
        return self._pause.isActive() or self._asking is not None

    def ask(self, question: object, *, at_once: bool = False) -> None:
        """Asks when the keys rest, or at once."""
        self._next = question
        if not self._patience.isActive():
            self._patience.start()
        if at_once:
            self._pause.stop()
            self._ask()
        else:
            self._pause.start()

    def forget(self) -> None:
        """No answer is wanted any more."""
        self._next = None
        self._pause.stop()
        self._patience.stop()

    @Slot()
    def _ask(self) -> None:
        question = self._next
        if question is None or self._asking is not None:
            return
        self._asking = question
        work = self._work
        self._context.lanes.run(lambda: work(question, lambda: self._next is not question), self._arrived, self._broken)

    def _arrived(self, answer: object) -> None:
        if self._is_stale():
            return
        self._next = None
        self._patience.stop()
        self.answered.emit(answer)

    def _broken(self, error: Exception) -> None:
        # Who types on stops the older question: that is no trouble.
        if self._is_stale():
            return
        self._next = None
        self._patience.stop()
        self.failed.emit(error)

    def _is_stale(self) -> bool:
        """Somebody typed on meanwhile: then what they typed is asked."""
        stale = self._next is not self._asking
        self._asking = None
        if stale and self._next is not None and not self._pause.isActive():
            self._ask()
        return stale
