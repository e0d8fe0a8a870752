"""The list of escalation policies: arrows choose, Alt with an arrow moves, Delete removes, Ctrl+D makes a copy."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from inbox.ui.ladders.words import tr
from inbox.ui.widgets.rowlist import RowList

_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
Index = QModelIndex | QPersistentModelIndex


class LaddersList(RowList):
    """``chosen`` carries the key of a policy, ``moved`` its key and its new place from 0."""

    chosen = Signal(str)
    moved = Signal(str, int)
    copied = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until policies come."""
        super().__init__(tr("Escalation policies"), 2, parent)
        self._silent = False

    def select(self, key: str) -> None:
        """Makes a policy current without telling."""
        self._silent = True
        try:
            self.choose(key)
        finally:
            self._silent = False

    def currentChanged(self, now: Index, before: Index) -> None:
        """Tells which policy was chosen."""
        super().currentChanged(now, before)
        if now.isValid() and not self._silent:
            self.chosen.emit(self.entries.rows[now.row()].key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt with an arrow moves, Ctrl+D makes a copy."""
        key, held, found = Qt.Key(event.key()), event.modifiers(), self.key()
        if found is not None and key is Qt.Key.Key_D and held & Qt.KeyboardModifier.ControlModifier:
            self.copied.emit(found)
        elif found is not None and key in _STEPS and held & Qt.KeyboardModifier.AltModifier:
            place = self.currentIndex().row() + _STEPS[key]
            if 0 <= place < len(self.entries.rows):
                self.moved.emit(found, place)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are commands here, not a search."""
