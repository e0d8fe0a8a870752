"""Leaving with replies on their way: they are sent first, or the person says that they may wait."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QDialog, QWidget

from inbox.model.change import Change
from inbox.ui.context import Context
from inbox.ui.widgets import Button, Label, column, row
from inbox.ui.widgets.words import counted

if TYPE_CHECKING:
    from collections.abc import Callable

    from inbox.store.engine import Session, Store

PATIENCE_MS = 30_000


class LeavingDialog(QDialog):
    """Send and quit, quit, or stay."""

    def __init__(self, replies: int, parent: QWidget) -> None:
        """``replies`` are on their way."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Social Inbox"))
        box = column(self, margins=(24, 24, 24, 16), gap=8)
        words = self.tr("1 reply is on its way")
        if replies != 1:
            words = counted("%n replies are on their way", replies, "leaving")
        self.title = Label(words, "pane")
        self.words = Label(self.tr("Without a collector they wait in the outbox until the next start."), wrap=True)
        self.words.setMinimumWidth(360)
        self.send = Button(self.tr("Send and quit"), "send", "primary", tall=True)
        self.quit = Button(self.tr("Quit, they wait"), tall=True)
        self.stay = Button(self.tr("Stay"), "", "ghost", tall=True)
        feet = row(gap=8)
        feet.addStretch(1)
        for button in (self.stay, self.quit, self.send):
            feet.addWidget(button)
        box.addWidget(self.title)
        box.addWidget(self.words)
        box.addSpacing(12)
        box.addLayout(feet)
        self.stay.clicked.connect(self.reject)
        self.send.setFocus()


class Leaving(QObject):
    """Stands between the window and its end. ``may_close`` answers the window."""

    def __init__(self, context: Context, window: QWidget, ours: "Callable[[], bool]") -> None:
        """``ours`` says whether the collector would go with us."""
        super().__init__(window)
        self._context = context
        self._window = window
        self._ours = ours
        self._free = False
        self.on_their_way = 0
        self.dialog: LeavingDialog | None = None
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(self._too_long)
        context.opened.connect(self.read)
        context.changed.connect(self._changed)

    def may_close(self) -> bool:
        """True when nothing is on its way, another machine's collector sends it, or the person said so."""
        if self._free or not self.on_their_way or not self._ours():
            return True
        self._ask()
        return False

    @Slot()
    def read(self) -> None:
        """Counts what is on its way."""

        def work(session: "Session") -> int:
            from inbox.store import outbox

            return len(outbox.on_their_way(session))

        self._context.lanes.read(work, self._counted, key="leaving")

    @Slot(Change)
    def _changed(self, change: Change) -> None:
        if "outbox" in change.topics:
            self.read()

    def _counted(self, n: int) -> None:
        self.on_their_way = n
        if n == 0 and self.dialog is not None and self._patience.isActive():
            self._go()

    def _ask(self) -> None:
        if self.dialog is not None:
            self.dialog.raise_()
            return
        self.dialog = LeavingDialog(self.on_their_way, self._window)
        self.dialog.send.clicked.connect(self._send)
        self.dialog.quit.clicked.connect(self._go)
        self.dialog.finished.connect(self._answered)
        self.dialog.open()

    @Slot()
    def _send(self) -> None:
        """The undo time ends now; we leave when all are out."""
        if self.dialog is None:
            return
        self.dialog.send.setEnabled(False)
        self.dialog.words.setText(self.tr("Sending. The window closes when they are out."))
        now = self._context.now()
        self._patience.start()

        def work(store: "Store") -> None:
            from inbox.flow import reply
            from inbox.model.words import ReplyState
            from inbox.store import outbox

            with store.read() as session:
                waiting = [found.id for found in outbox.on_their_way(session) if found.state is ReplyState.QUEUED]
            for number in waiting:
                reply.send_now(store, number, now=now)

        self._context.lanes.write(work, lambda _done: self.read())

    @Slot()
    def _too_long(self) -> None:
        if self.dialog is not None:
            self.dialog.words.setText(self.tr("They are not out yet. Wait, or quit: they stay in the outbox."))
            self._patience.start()

    @Slot()
    def _go(self) -> None:
        self._free = True
        if self.dialog is not None:
            self.dialog.done(0)
        self._window.close()

    @Slot(int)
    def _answered(self, _result: int) -> None:
        self._patience.stop()
        self.dialog = None
