"""Leaving with replies on their way: they are sent first, or the person says that they may wait."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QWidget

from inbox.model.change import Change
from inbox.ui.context import Context
from inbox.ui.widgets import Button, Dialog, Label, column, row
from inbox.ui.widgets.words import counted, number

if TYPE_CHECKING:
    from collections.abc import Callable

    from inbox.store.engine import Session, Store
    from inbox.store.unsent import Unsent

PATIENCE_MS = 30_000


class LeavingDialog(Dialog):
    """Send and quit, quit, or stay. Answers of an incident keep their pace: nobody can send them all at once."""

    def __init__(self, waiting: "Unsent", parent: QWidget) -> None:
        """``waiting`` says what is on its way."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Social Inbox"))
        box = column(self, margins=(24, 24, 24, 16), gap=8)
        self.title = Label(self._title(waiting), "pane")
        self.words = Label(self._words(waiting), wrap=True)
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
        self.send.setVisible(waiting.soon > 0)
        self.default = self.send if waiting.soon else self.stay
        self.default.setFocus()

    def _title(self, waiting: "Unsent") -> str:
        if not waiting.soon:
            one = self.tr("1 answer of an incident waits for its turn")
            return one if waiting.paced == 1 else counted("%n answers of an incident wait", waiting.paced, "leaving")
        one = self.tr("1 post is on its way")
        return one if waiting.soon == 1 else counted("%n posts are on their way", waiting.soon, "leaving")

    def _words(self, waiting: "Unsent") -> str:
        said = self.tr("Without a collector they wait in the outbox until the next start.")
        if waiting.soon and waiting.paced:
            more = self.tr("%1 answers of an incident go out one by one and wait as well.")
            said = f"{said} {more.replace('%1', number(waiting.paced))}"
        return said


class Leaving(QObject):
    """Stands between the window and its end. ``may_close`` answers the window."""

    def __init__(self, context: Context, window: QWidget, ours: "Callable[[], bool]") -> None:
        """``ours`` says whether the collector would go with us."""
        super().__init__(window)
        self._context = context
        self._window = window
        self._ours = ours
        self._free = False
        self.waiting: Unsent | None = None
        self.dialog: LeavingDialog | None = None
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(self._too_long)
        context.opened.connect(self.read)
        context.changed.connect(self._changed)

    def may_close(self) -> bool:
        """True when nothing is on its way, another machine's collector sends it, or the person said so."""
        waiting = self.waiting
        if self._free or waiting is None or not (waiting.soon or waiting.paced) or not self._ours():
            return True
        self._ask(waiting)
        return False

    @Slot()
    def read(self) -> None:
        """Counts what is on its way."""

        def work(session: "Session") -> "Unsent":
            from inbox.store.unsent import unsent

            return unsent(session)

        self._context.lanes.read(work, self._counted, key="leaving")

    @Slot(Change)
    def _changed(self, change: Change) -> None:
        if "outbox" in change.topics:
            self.read()

    def _counted(self, waiting: "Unsent") -> None:
        self.waiting = waiting
        if waiting.soon == 0 and self.dialog is not None and self._patience.isActive():
            self._go()

    def _ask(self, waiting: "Unsent") -> None:
        if self.dialog is not None:
            self.dialog.raise_()
            return
        self.dialog = LeavingDialog(waiting, self._window)
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
            from inbox.store import outbox

            with store.read() as session:
                queued = [found.id for found in outbox.undoable(session)]
            for each in queued:
                reply.send_now(store, each, now=now)

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
