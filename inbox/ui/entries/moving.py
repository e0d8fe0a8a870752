"""A list whose order people choose: Alt with an arrow or a drag moves an entry."""

from bisect import bisect_right

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QApplication

from inbox.ui.entries.listing import EntriesDelegate, EntriesView
from inbox.ui.theme import current

EDGE, SCROLL_MS, LIFTED = 28, 30, 0.9
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class MovingView(EntriesView):
    """``moved`` carries the key of an entry and its new place from 0."""

    moved = Signal(str, int)
    delegate: EntriesDelegate

    def __init__(self, name: str) -> None:
        """``name`` is what a screen reader says."""
        super().__init__(name)
        self._pressed: QPoint | None = None
        self._at = QPoint()
        self._lifted: QPixmap | None = None
        self._scroll = QTimer(self)
        self._scroll.setInterval(SCROLL_MS)
        self._scroll.timeout.connect(self._creep)

    # -- keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt with an arrow moves, Escape gives a drag up."""
        entry, key = self.entry(), Qt.Key(event.key())
        if self._lifted is not None and key is Qt.Key.Key_Escape:
            self._drop()
        elif entry is not None and key in _STEPS and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            place = self.currentIndex().row() + _STEPS[key]
            if 0 <= place < self.rows.rowCount():
                self.moved.emit(entry.key, place)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press may become a drag."""
        super().mousePressEvent(event)
        if event.button() is Qt.MouseButton.LeftButton and self.indexAt(event.position().toPoint()).isValid():
            self._pressed = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Far enough, the row is lifted and goes with the pointer."""
        at = event.position().toPoint()
        if self._pressed is None:
            super().mouseMoveEvent(event)
            return
        if self._lifted is None and (at - self._pressed).manhattanLength() >= QApplication.startDragDistance():
            self._lift()
        if self._lifted is not None:
            self._at = at
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The row lands."""
        self._pressed = None
        if self._lifted is None:
            super().mouseReleaseEvent(event)
            return
        key, start, gap = self.delegate.dragged, self.rows.place_of(self.delegate.dragged), self._gap()
        self._drop()
        place = gap - 1 if gap > start else gap
        if start >= 0 and place != start:
            self.moved.emit(key, place)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A second click is a click."""
        self.mousePressEvent(event)

    # -- dragging

    def _lift(self) -> None:
        entry = self.entry()
        if entry is None:
            return
        self._lifted = self.viewport().grab(self.visualRect(self.currentIndex()))
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
        """Before which row it would land: rows may differ in height."""
        places = range(self.rows.rowCount())
        return bisect_right(places, self._at.y(), key=lambda at: self.visualRect(self.rows.index(at)).center().y())

    def _edge(self, gap: int) -> int:
        """Where a gap lies in the viewport."""
        if gap < self.rows.rowCount():
            return self.visualRect(self.rows.index(gap)).top()
        return self.visualRect(self.rows.index(gap - 1)).bottom() + 1

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
        lifted = self._lifted
        if lifted is None:
            return
        theme = current()
        painter = QPainter(self.viewport())
        y = self._edge(self._gap())
        painter.fillRect(QRect(0, y - 2, self.viewport().width(), 3), theme.color("accent"))
        height = round(lifted.height() / lifted.devicePixelRatio())
        card = QRect(theme.px(8), self._at.y() - height // 2, self.viewport().width(), height)
        painter.setOpacity(LIFTED)
        painter.drawPixmap(card.topLeft(), lifted)
        painter.setOpacity(1)
        painter.setPen(theme.color("accent"))
        for inset in (0, 1):
            painter.drawRect(card.adjusted(inset, inset, -1 - inset, -1 - inset))
        painter.end()

    def viewportEvent(self, event: QEvent) -> bool:
        """A drag that loses the pointer for good is given up."""
        if event.type() is QEvent.Type.Hide and self._lifted is not None:
            self._drop()
        return super().viewportEvent(event)
