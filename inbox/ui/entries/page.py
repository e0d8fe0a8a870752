"""The room and the keys of a page with a list beside an editor."""

from typing import Protocol

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from inbox.ui.widgets import Pane


class Beside(Protocol):
    """The columns of such a page."""

    @property
    def list(self) -> QWidget:
        """The list of entries."""

    @property
    def can_go_back(self) -> bool:
        """Whether only the editor has room now."""

    def arrange(self, width: int) -> None:
        """Lets columns come and go; ``width`` is in pixels."""

    def back(self) -> None:
        """From the editor to the list."""


class EntriesPage(Pane):
    """Where only one column has room, Alt+Left goes back to the list; Escape always does."""

    def __init__(self, parent: QWidget | None, columns: Beside) -> None:
        """``columns`` are the page's own."""
        super().__init__("surface", "", parent)
        self._beside = columns

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns come and go."""
        super().resizeEvent(event)
        self._beside.arrange(event.size().width())

    def event(self, event: QEvent) -> bool:
        """Alt+Left goes from the entry to the list where only one has room; before the window hears of it."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._is_back(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Back, and Escape from the entry to the list."""
        escape = Qt.Key(event.key()) is Qt.Key.Key_Escape
        if self._is_back(event) or (escape and not self._beside.list.hasFocus()):
            self._beside.back()
        else:
            super().keyPressEvent(event)

    def _is_back(self, event: QKeyEvent) -> bool:
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        return alt and Qt.Key(event.key()) is Qt.Key.Key_Left and self._beside.can_go_back
