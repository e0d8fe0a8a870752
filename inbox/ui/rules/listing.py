"""The list of rules: arrows choose, space switches, Alt with an arrow or a drag moves, Delete removes."""

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFrame, QListView, QWidget

from inbox.ui.rules.delegate import ROW, RulesDelegate
from inbox.ui.rules.model import Entry, Index, RulesModel
from inbox.ui.theme import current

EDGE, SCROLL_MS, LIFTED = 28, 30, 0.9
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class RulesView(QListView):
    """``chosen`` carries the key of a rule, ``moved`` its key and its new place from 0."""

    chosen = Signal(str)
    opened = Signal(str)
    switched = Signal(str, bool)
    moved = Signal(str, int)
    removed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until rules come."""
        super().__init__(parent)
        self.rules = RulesModel(self)
        self.delegate = RulesDelegate(self)
        self.setModel(self.rules)
        self.setItemDelegate(self.delegate)
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAccessibleName(self.tr("Rules"))
        self._silent = False
        self._pressed: QPoint | None = None
        self._on_switch = False
        self._at = QPoint()
        self._lifted: QPixmap | None = None
        self._scroll = QTimer(self)
        self._scroll.setInterval(SCROLL_MS)
        self._scroll.timeout.connect(self._creep)
        current().changed.connect(self._rescaled)

    # -- what is current

    def entry(self) -> Entry | None:
        """The current row."""
        index = self.currentIndex()
        return self.rules.entries[index.row()] if index.isValid() else None

    def select(self, key: str) -> None:
        """Makes a rule current without telling."""
        place = self.rules.place_of(key)
        self._silent = True
        try:
            self.setCurrentIndex(self.rules.index(place) if place >= 0 else QModelIndex())
        finally:
            self._silent = False

    def currentChanged(self, now: Index, before: Index) -> None:
        """Tells which rule was chosen."""
        super().currentChanged(now, before)
        if now.isValid() and not self._silent:
            self.chosen.emit(self.rules.entries[now.row()].key)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The first rule becomes current where there is none."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.rules.rowCount():
            self.setCurrentIndex(self.rules.index(0))
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The current row is drawn as idle."""
        super().focusOutEvent(event)
        self.viewport().update()

    # -- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space switches, Enter opens, Alt with an arrow moves, Delete removes."""
        entry = self.entry()
        key = Qt.Key(event.key())
        if self._lifted is not None and key is Qt.Key.Key_Escape:
            self._drop()
        elif entry is None:
            super().keyPressEvent(event)
        elif key is Qt.Key.Key_Space:
            self.switched.emit(entry.key, not entry.entry.on)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.opened.emit(entry.key)
        elif key is Qt.Key.Key_Delete:
            self.removed.emit(entry.key)
        elif key in _STEPS and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            place = self.currentIndex().row() + _STEPS[key]
            if 0 <= place < self.rules.rowCount():
                self.moved.emit(entry.key, place)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are commands here, not a search."""

    # -- mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on the switch switches on release; elsewhere it may become a drag."""
        self._on_switch = event.button() is Qt.MouseButton.LeftButton and self._switch_at(event.position().toPoint())
        if self._on_switch:
            self._pressed = event.position().toPoint()
            return
        super().mousePressEvent(event)
        if event.button() is Qt.MouseButton.LeftButton and self.indexAt(event.position().toPoint()).isValid():
            self._pressed = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Far enough, the row is lifted and goes with the pointer."""
        at = event.position().toPoint()
        if self._pressed is None or self._on_switch:
            super().mouseMoveEvent(event)
            return
        if self._lifted is None and (at - self._pressed).manhattanLength() >= QApplication.startDragDistance():
            self._lift()
        if self._lifted is not None:
            self._at = at
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The row lands, or the switch is thrown."""
        at, pressed = event.position().toPoint(), self._pressed
        self._pressed = None
        if self._on_switch:
            self._on_switch = False
            if pressed is not None and self._switch_at(at) and self.indexAt(at) == self.indexAt(pressed):
                entry = self.rules.entries[self.indexAt(at).row()]
                self.switched.emit(entry.key, not entry.entry.on)
            return
        if self._lifted is None:
            super().mouseReleaseEvent(event)
            return
        key, start, gap = self.delegate.dragged, self.rules.place_of(self.delegate.dragged), self._gap()
        self._drop()
        place = gap - 1 if gap > start else gap
        if start >= 0 and place != start:
            self.moved.emit(key, place)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A second click is a click."""
        self.mousePressEvent(event)

    def _switch_at(self, at: QPoint) -> bool:
        index = self.indexAt(at)
        if not index.isValid():
            return False
        rect = self.delegate.switch_rect(self.visualRect(index), mirror=self._mirror())
        around = current().px(6)
        return rect.adjusted(-around, -around, around, around).contains(at)

    def _mirror(self) -> bool:
        return self.layoutDirection() is Qt.LayoutDirection.RightToLeft

    # -- dragging

    def _lift(self) -> None:
        entry = self.entry()
        if entry is None:
            return
        rect = self.visualRect(self.currentIndex())
        self._lifted = self.viewport().grab(rect)
        self.delegate.dragged = entry.key
        self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        self._scroll.start()

    def _drop(self) -> None:
        self._lifted = None
        self._pressed = None
        self.delegate.dragged = ""
        self._scroll.stop()
        self.viewport().unsetCursor()
        self.viewport().update()

    def _gap(self) -> int:
        """Before which row it would land."""
        row = max(1, current().px(ROW))
        y = self._at.y() + self.verticalOffset()
        return max(0, min(self.rules.rowCount(), round(y / row)))

    @Slot()
    def _creep(self) -> None:
        """Near an edge the list scrolls by itself."""
        edge, bar = current().px(EDGE), self.verticalScrollBar()
        if self._at.y() < edge:
            bar.setValue(bar.value() - edge // 2)
        elif self._at.y() > self.viewport().height() - edge:
            bar.setValue(bar.value() + edge // 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Over the rows: the one that is dragged, and a bar where it would land."""
        super().paintEvent(event)
        if self._lifted is None:
            return
        theme = current()
        painter = QPainter(self.viewport())
        y = self._gap() * theme.px(ROW) - self.verticalOffset()
        painter.fillRect(QRect(0, y - 2, self.viewport().width(), 3), theme.color("accent"))
        card = QRect(theme.px(8), self._at.y() - theme.px(ROW) // 2, self.viewport().width(), theme.px(ROW))
        painter.setOpacity(LIFTED)
        painter.drawPixmap(card.topLeft(), self._lifted)
        painter.setOpacity(1)
        painter.setPen(theme.color("accent"))
        for inset in (0, 1):
            painter.drawRect(card.adjusted(inset, inset, -1 - inset, -1 - inset))
        painter.end()

    @Slot()
    def _rescaled(self) -> None:
        self.scheduleDelayedItemsLayout()

    def viewportEvent(self, event: QEvent) -> bool:
        """A drag that loses the pointer for good is given up."""
        if event.type() is QEvent.Type.Hide and self._lifted is not None:
            self._drop()
        return super().viewportEvent(event)
