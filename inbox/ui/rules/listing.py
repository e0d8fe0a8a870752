"""The list of rules: space or a click switches, and what else a list does whose order people choose."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent

from inbox.ui.entries.moving import MovingView
from inbox.ui.rules.delegate import RulesDelegate
from inbox.ui.rules.model import RulesModel
from inbox.ui.theme import current


class RulesView(MovingView):
    """``switched`` carries the key of a rule, and whether it is to be on."""

    switched = Signal(str, bool)
    delegate: RulesDelegate

    def __init__(self) -> None:
        """Empty until rules come."""
        super().__init__(self.tr("Rules"))
        self.rules = RulesModel(self)
        self.delegate = RulesDelegate(self)
        self.furnish(self.rules, self.delegate)
        self.setUniformItemSizes(True)
        self._switching: QPoint | None = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space switches."""
        entry = self.entry()
        if entry is not None and Qt.Key(event.key()) is Qt.Key.Key_Space:
            self.switched.emit(entry.key, not entry.entry.on)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on the switch switches on release."""
        at = event.position().toPoint()
        if event.button() is Qt.MouseButton.LeftButton and self._switch_at(at):
            self._switching = at
        else:
            self._switching = None
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The switch is thrown, where it was pressed."""
        at, pressed = event.position().toPoint(), self._switching
        self._switching = None
        if pressed is None:
            super().mouseReleaseEvent(event)
        elif self._switch_at(at) and self.indexAt(at) == self.indexAt(pressed):
            entry = self.rules.entries[self.indexAt(at).row()]
            self.switched.emit(entry.key, not entry.entry.on)

    def _switch_at(self, at: QPoint) -> bool:
        index = self.indexAt(at)
        if not index.isValid():
            return False
        mirror = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        rect = self.delegate.switch_rect(self.visualRect(index), mirror=mirror)
        around = current().px(6)
        return rect.adjusted(-around, -around, around, around).contains(at)
