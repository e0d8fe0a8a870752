"""The gathered threads as a list: read a page at a time; arrows walk, Space says who is to be replied to."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QListView, QWidget

from inbox.model.ids import ThreadId
from inbox.model.thread import ThreadRow
from inbox.ui.incidents.threadart import ThreadsDelegate
from inbox.ui.incidents.threadmodel import Index, ThreadsModel
from inbox.ui.theme import current

if TYPE_CHECKING:
    from inbox.store.gathered import Fit


class ThreadsList(QListView):
    """Arrows walk, Shift and Ctrl choose several, Space checks them. ``opened`` carries a thread, ``taken`` that Delete
    was pressed.
    """

    opened = Signal(object)
    taken = Signal()

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        """Empty."""
        super().__init__(parent)
        self.threads = ThreadsModel(now, self)
        self.setModel(self.threads)
        self.setItemDelegate(ThreadsDelegate(now, self))
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Gathered threads"))
        self.doubleClicked.connect(self._open)

    def chosen(self) -> list[ThreadId]:
        """The threads that are selected."""
        return [self.threads.rows[each.row()].id for each in self.selectionModel().selectedRows()]

    def show_rows(self, rows: Sequence[ThreadRow], fits: "Mapping[ThreadId, Fit]", total: int) -> None:
        """What it holds now; the current thread and the place stay."""
        at, place = self.currentIndex().row(), self.verticalScrollBar().value()
        kept = self.threads.rows[at].id if 0 <= at < len(self.threads.rows) else None
        same = list(rows) == self.threads.rows
        self.threads.show_rows(rows, fits, total)
        if same:
            return
        again = next((number for number, each in enumerate(rows) if each.id == kept), -1)
        if again < 0 and at >= 0 and rows:
            again = min(at, len(rows) - 1)
        if again >= 0:
            self.setCurrentIndex(self.threads.index(again, 0))
        self.verticalScrollBar().setValue(place)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The arrows begin somewhere."""
        super().focusInEvent(event)
        self.begin()

    def begin(self) -> None:
        """Selects the current thread, or the first: Qt makes a row current without selecting it."""
        if self.threads.rows and not self.selectionModel().hasSelection():
            self.setCurrentIndex(self.threads.index(max(0, self.currentIndex().row()), 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Delete takes out; letters are the window's."""
        self.begin()
        key = event.key()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open(self.currentIndex())
        elif key == Qt.Key.Key_Delete:
            self.taken.emit()
        elif key == Qt.Key.Key_Space:
            self.turn(self.chosen())
        elif event.text().strip() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def turn(self, ids: Sequence[ThreadId]) -> None:
        """Checks these; where all are, unchecks them."""
        if ids and self.threads.checkable:
            self.threads.check(ids, on=not all(self.threads.is_checked(each) for each in ids))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a box turns it, and selects nothing."""
        place = event.position().toPoint()
        index = self.indexAt(place)
        left, width = self.threads.columns(self.viewport().width()).get("check", (-current().px(99), 0))
        mirror = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        across = self.viewport().width() - place.x() if mirror else place.x()
        if index.isValid() and across <= left + width + current().px(6):
            self.turn([self.threads.rows[index.row()].id])
            event.accept()
        else:
            super().mousePressEvent(event)

    def _open(self, index: Index) -> None:
        if index.isValid():
            self.opened.emit(self.threads.rows[index.row()].id)
