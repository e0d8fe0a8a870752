"""Where the next token is typed."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

LONGEST = 200


class TokenEdit(QLineEdit):
    """Where the next token is typed; keys that mean the tokens go to their field."""

    pasted = Signal(str)
    left = Signal()
    entered = Signal()

    def __init__(self, field: QWidget, takes: Callable[[QKeyEvent], bool], name: str) -> None:
        """``takes`` says whether a key meant the tokens of ``field`` and was acted on."""
        super().__init__(field)
        self._takes = takes
        self.setProperty("bare", "true")
        self.setAccessibleName(name)
        self.setMaxLength(LONGEST)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The field first."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste_text()
        elif not self._takes(event):
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The usual menu, whose Paste knows tokens."""
        menu = self.createStandardContextMenu()
        for action in menu.actions():
            if action.objectName() == "edit-paste":
                action.triggered.disconnect()
                action.triggered.connect(self.paste_text)
        menu.exec(event.globalPos())

    @Slot()
    def paste_text(self) -> None:
        """What the clipboard holds."""
        self.pasted.emit(QGuiApplication.clipboard().text())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The field is drawn focused."""
        super().focusInEvent(event)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What was typed becomes a token, unless only a list of choices came up."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.left.emit()
