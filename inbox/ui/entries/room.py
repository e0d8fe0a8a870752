"""The room and the keys of a page with a list beside an editor."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from inbox.ui.entries.columns import EntryColumns
from inbox.ui.widgets import Pane


class RoomPage(Pane):
    """Where only one column has room, Alt+Left goes back to the list; Escape always does."""

    def __init__(self, parent: QWidget | None, columns: EntryColumns) -> None:
        """``columns`` are the page's own."""
        super().__init__("surface", "", parent)
        self.columns = columns

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns come and go."""
        super().resizeEvent(event)
        self.columns.arrange(event.size().width())

    def event(self, event: QEvent) -> bool:
        """Alt+Left goes from the entry to the list where only one has room; before the window hears of it."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._is_back(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Back, and Escape from the entry to the list."""
        escape = Qt.Key(event.key()) is Qt.Key.Key_Escape
        if self._is_back(event) or (escape and not self.columns.list.hasFocus()):
            self.columns.back()
        else:
            super().keyPressEvent(event)

    def _is_back(self, event: QKeyEvent) -> bool:
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        return alt and Qt.Key(event.key()) is Qt.Key.Key_Left and self.columns.can_go_back
