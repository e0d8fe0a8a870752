"""Asks before the window closes over what is edited and not saved."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtWidgets import QDialog, QWidget

from inbox.ui.widgets import Button, Dialog, Label, column, row


class UnsavedDialog(Dialog):
    """Stay, or quit without saving."""

    def __init__(self, title: str, parent: QWidget) -> None:
        """``title`` says what is edited."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Social Inbox"))
        self.words = Label(self.tr("What you wrote is lost when the window closes."), wrap=True)
        self.words.setMinimumWidth(360)
        self.stay = self.default = Button(self.tr("Stay"), kind="primary", tall=True)
        self.quit = Button(self.tr("Quit without saving"), tall=True)
        box = column(self, margins=(24, 24, 24, 16), gap=8)
        box.addWidget(Label(title, "pane"))
        box.addWidget(self.words)
        box.addSpacing(12)
        feet = row(gap=8)
        feet.addStretch(1)
        for button in (self.quit, self.stay):
            feet.addWidget(button)
        box.addLayout(feet)
        self.stay.clicked.connect(self.reject)
        self.quit.clicked.connect(self.accept)
        self.stay.setFocus()


class Unsaved(QObject):
    """Stands before the window's own close. ``count`` tells how many are not saved, ``title`` says it."""

    def __init__(self, count: Callable[[], int], parent: QWidget, title: Callable[[int], str]) -> None:
        """Watches nothing until ``watch``."""
        super().__init__(parent)
        self._count, self._title = count, title
        self._window: QWidget | None = None
        self._free = False
        self.dialog: UnsavedDialog | None = None

    def watch(self, window: QWidget) -> None:
        """The window that the page is in."""
        if window is not self._window:
            if self._window is not None:
                self._window.removeEventFilter(self)
            self._window = window
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keeps the window open until somebody has said what is to become of the edits."""
        if event.type() is QEvent.Type.Close and watched is self._window and not self._free and self._count():
            event.ignore()
            self._ask()
            return True
        return super().eventFilter(watched, event)

    def _ask(self) -> None:
        if self._window is None or self.dialog is not None:
            return
        self.dialog = UnsavedDialog(self._title(self._count()), self._window)
        self.dialog.finished.connect(self._answered)
        self.dialog.open()

    @Slot(int)
    def _answered(self, result: int) -> None:
        self.dialog = None
        if result == QDialog.DialogCode.Accepted.value and self._window is not None:
            self._free = True
            self._window.close()
            self._free = False
