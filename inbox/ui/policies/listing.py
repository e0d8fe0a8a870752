"""The list of policies: arrows choose, Alt with an arrow or a drag moves, Delete removes, Ctrl+D makes a copy."""

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFrame, QListView, QWidget

from inbox.ui.policies.delegate import PoliciesDelegate
from inbox.ui.policies.model import Entry, Index, PoliciesModel
from inbox.ui.theme import current

EDGE, SCROLL_MS, LIFTED = 28, 30, 0.9
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class PoliciesView(QListView):
    """``chosen`` carries the key of a policy, ``moved`` its key and its new place from 0."""

    chosen = Signal(str)
    opened = Signal(str)
    moved = Signal(str, int)
    removed = Signal(str)
    copied = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until policies come."""
        super().__init__(parent)
        self.policies = PoliciesModel(self)
        self.delegate = PoliciesDelegate(self)
        self.setModel(self.policies)
        self.setItemDelegate(self.delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAccessibleName(self.tr("Policies"))
        self._silent = False
        self._pressed: QPoint | None = None
        self._at = QPoint()
        self._lifted: QPixmap | None = None
        self._scroll = QTimer(self)
        self._scroll.setInterval(SCROLL_MS)
        self._scroll.timeout.connect(self._creep)
        self.policies.dataChanged.connect(self._relaid)
        current().changed.connect(self._relaid)

    # -- what is current

    def entry(self) -> Entry | None:
        """The current row."""
        index = self.currentIndex()
        return self.policies.entries[index.row()] if index.isValid() else None

    def select(self, key: str) -> None:
        """Makes a policy current without telling."""
        place = self.policies.place_of(key)
        self._silent = True
        try:
            self.setCurrentIndex(self.policies.index(place) if place >= 0 else QModelIndex())
        finally:
            self._silent = False

    def currentChanged(self, now: Index, before: Index) -> None:
        """Tells which policy was chosen."""
        super().currentChanged(now, before)
        if now.isValid() and not self._silent:
            self.chosen.emit(self.policies.entries[now.row()].key)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The first policy becomes current where there is none."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.policies.rowCount():
            self.setCurrentIndex(self.policies.index(0))
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The current row is drawn as idle."""
        super().focusOutEvent(event)
        self.viewport().update()

    # -- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Alt with an arrow moves, Delete removes, Ctrl+D makes a copy."""
        entry, key, held = self.entry(), Qt.Key(event.key()), event.modifiers()
        if self._lifted is not None and key is Qt.Key.Key_Escape:
            self._drop()
        elif entry is None:
            super().keyPressEvent(event)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.opened.emit(entry.key)
        elif key is Qt.Key.Key_Delete:
            self.removed.emit(entry.key)
        elif key is Qt.Key.Key_D and held & Qt.KeyboardModifier.ControlModifier:
            self.copied.emit(entry.key)
        elif key in _STEPS and held & Qt.KeyboardModifier.AltModifier:
            place = self.currentIndex().row() + _STEPS[key]
            if 0 <= place < self.policies.rowCount():
                self.moved.emit(entry.key, place)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are commands here, not a search."""

    # -- mouse

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
        key, start, gap = self.delegate.dragged, self.policies.place_of(self.delegate.dragged), self._gap()
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
        """Before which row it would land: rows differ in height."""
        for place in range(self.policies.rowCount()):
            if self._at.y() < self.visualRect(self.policies.index(place)).center().y():
                return place
        return self.policies.rowCount()

    def _edge(self, gap: int) -> int:
        """Where a gap lies in the viewport."""
        if gap < self.policies.rowCount():
            return self.visualRect(self.policies.index(gap)).top()
        return self.visualRect(self.policies.index(gap - 1)).bottom() + 1

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

    @Slot()
    def _relaid(self) -> None:
        """A row that says more is taller."""
        self.scheduleDelayedItemsLayout()

    def viewportEvent(self, event: QEvent) -> bool:
        """A drag that loses the pointer for good is given up."""
        if event.type() is QEvent.Type.Hide and self._lifted is not None:
            self._drop()
        return super().viewportEvent(event)
