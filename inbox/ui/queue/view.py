"""The list itself: one column of fixed rows, the pointer, the ticks, and deadlines that count down."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from inbox.model.ids import ThreadId
from inbox.model.thread import ThreadRow
from inbox.ui.context import Context
from inbox.ui.queue.art import Density
from inbox.ui.queue.delegate import QueueDelegate
from inbox.ui.queue.model import QueueModel
from inbox.ui.queue.sentence import sentence
from inbox.ui.theme import current
from inbox.ui.widgets.deadline import Deadline, DeadlineState, row_deadline

Index = QModelIndex | QPersistentModelIndex
TICK_MS = 1000
MOVING = frozenset({Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageDown})
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


class QueueView(QTableView):
    """Shows a ``QueueModel``. ``chosen`` carries the current thread, ``opened`` one that was asked for."""

    chosen = Signal(object)
    opened = Signal(object)
    ticked = Signal()
    menu_wanted = Signal(object)
    left = Signal()

    def __init__(self, context: Context, model: QueueModel, parent: QWidget | None = None) -> None:
        """A view with its own delegate."""
        super().__init__(parent)
        self._context = context
        self._model = model
        self._anchor = 0
        self.delegate = QueueDelegate(context, model, self)
        self.delegate.has_focus = self.hasFocus
        self.setModel(model)
        self.setItemDelegate(self.delegate)
        self.setAccessibleName(self.tr("Threads"))
        self._set_up()
        self._seen: dict[ThreadId, Deadline] = {}
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._count_down)
        self._timer.start()
        model.modelReset.connect(self._after_reset)
        model.rowsRemoved.connect(self._after_removal)
        model.rowsAboutToBeRemoved.connect(self._before_removal)
        context.theme.changed.connect(self._restyle)

    def _set_up(self) -> None:
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setAutoScroll(False)
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.hide()
        across.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        down.hide()
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.set_density(self.delegate.book.density)

    def set_density(self, density: Density) -> None:
        """Another row height; the row at the top stays at the top."""
        top = self.rowAt(0)
        self.delegate.set_density(density)
        self._restyle()
        if top > 0:
            self.scrollTo(self._model.index(top, 0), QAbstractItemView.ScrollHint.PositionAtTop)

    @Slot()
    def _restyle(self) -> None:
        height = self.delegate.row_height
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().setDefaultSectionSize(height)
        self.verticalScrollBar().setSingleStep(height // 2)
        self.delegate.book.clear()
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The scroll bar lies in the rows' end padding."""
        super().resizeEvent(event)
        self.delegate.book.bar = self.width() - self.viewport().width()

    # -- the current thread

    def current_row(self) -> ThreadRow | None:
        """The current thread's row."""
        index = self.currentIndex()
        return self._model.peek(index.row()) if index.isValid() else None

    def go_to(self, place: int) -> None:
        """Makes the row at ``place`` current and brings it into sight."""
        if 0 <= place < self._model.rowCount():
            index = self._model.index(place, 0)
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.scrollTo(index)

    def step(self, by: int) -> None:
        """One thread down or up."""
        index = self.currentIndex()
        self.go_to(index.row() + by if index.isValid() else 0)

    def currentChanged(self, current_index: Index, previous: Index) -> None:
        """The delegate and the window learn of it."""
        super().currentChanged(current_index, previous)
        row = self._model.row_at(current_index.row()) if current_index.isValid() else None
        self.delegate.current = row.id if row else None
        self._anchor = max(0, current_index.row())
        self.viewport().update()
        if row is not None:
            self.chosen.emit(row.id)

    def select_thread(self, thread_id: ThreadId | None) -> None:
        """Makes a thread current if it is in memory, without telling."""
        place = self._model.place_of(thread_id) if thread_id is not None else None
        if place is None or place == self.currentIndex().row():
            return
        self.blockSignals(True)
        self.go_to(place)
        self.blockSignals(False)
        self.delegate.current = thread_id
        self.viewport().update()

    # -- ticks

    def tick(self, place: int) -> None:
        """Ticks a row, or takes the tick away."""
        row = self._model.peek(place)
        if row is None:
            return
        self.delegate.checked ^= {row.id}
        self._anchor = place
        self.viewport().update()
        self.ticked.emit()

    def tick_range(self, place: int) -> None:
        """Ticks everything from the last ticked row to ``place``."""
        first, last = sorted((self._anchor, place))
        rows = (self._model.peek(at) for at in range(first, last + 1))
        self.delegate.checked |= {row.id for row in rows if row is not None}
        self.viewport().update()
        self.ticked.emit()

    def set_ticks(self, ids: frozenset[ThreadId]) -> None:
        """Ticks exactly these."""
        if ids != self.delegate.checked:
            self.delegate.checked = set(ids)
            self.viewport().update()
            self.ticked.emit()

    # -- pointer and keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The gutter ticks; Control and Shift tick one and many; else the row becomes current."""
        place = self.rowAt(round(event.position().y()))
        if event.button() is not Qt.MouseButton.LeftButton or place < 0:
            if place >= 0 and event.button() is Qt.MouseButton.RightButton:
                self.go_to(place)
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        held = event.modifiers()
        if held & SHIFT:
            self.tick_range(place)
        elif held & CTRL or self._gutter().contains(event.position().toPoint()):
            self.tick(place)
        else:
            self.go_to(place)
            row = self._model.peek(place)
            if row is not None:
                self.opened.emit(row.id)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A second click is a click."""
        self.mousePressEvent(event)

    def _gutter(self) -> QRect:
        width = current().px(40 if self.delegate.book.density is Density.COMPACT else 26)
        left = self.viewport().width() - width if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else 0
        return QRect(left, 0, width, self.viewport().height())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The decisions on this thread."""
        if self.current_row() is not None:
            self.menu_wanted.emit(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; without a current row the arrows begin at the top, End at the bottom."""
        key = Qt.Key(event.key())
        found = self.current_row()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and found is not None:
            self.opened.emit(found.id)
        elif key in MOVING and not self.currentIndex().isValid():
            self.go_to(self._model.rowCount() - 1 if key is Qt.Key.Key_End else 0)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are commands here, not a search."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The current row is drawn as active; the first is chosen when none is. Qt makes it current, but no more."""
        super().focusInEvent(event)
        if self._model.rowCount() and not self.selectionModel().hasSelection():
            self.go_to(max(0, self.currentIndex().row()))
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The current row is drawn as idle."""
        super().focusOutEvent(event)
        self.viewport().update()

    def leaveEvent(self, event: object) -> None:
        """Nothing is under the pointer any more: rows may move."""
        super().leaveEvent(event)  # type: ignore[arg-type]
        self.left.emit()

    # -- rows that come and go

    @Slot()
    def _after_reset(self) -> None:
        wanted = self.delegate.current
        self._seen.clear()
        place = self._model.place_of(wanted) if wanted is not None else None
        if place is not None:
            self.select_thread(wanted)
        else:
            self.delegate.current = None
            self.scrollToTop()
        held = {thread_id for thread_id in self.delegate.checked if self._model.place_of(thread_id) is not None}
        self.set_ticks(frozenset(held))

    @Slot(QModelIndex, int, int)
    def _before_removal(self, _parent: QModelIndex, first: int, last: int) -> None:
        for place in range(first, last + 1):
            row = self._model.peek(place)
            if row is not None and row.id in self.delegate.checked:
                self.delegate.checked.discard(row.id)
                self.ticked.emit()

    @Slot(QModelIndex, int, int)
    def _after_removal(self, _parent: QModelIndex, first: int, _last: int) -> None:
        """The thread that takes the place of a current one that left becomes current."""
        if self.delegate.current is not None and self._model.place_of(self.delegate.current) is None:
            self.delegate.current = None
            count = self._model.rowCount()
            if count:
                place = min(first, count - 1)
                self.setCurrentIndex(QModelIndex())
                self.go_to(place)
            else:
                self.chosen.emit(None)
        self.viewport().update()

    # -- time

    def visible_places(self) -> range:
        """The places in sight."""
        first, last = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        end = self._model.rowCount() if last < 0 else last + 1
        return range(max(0, first), end)

    @Slot()
    def _count_down(self) -> None:
        """Repaints the rows in sight whose deadline says something new; crossing to soon or late is spoken."""
        if not self.isVisible():
            return
        now = self._context.now()
        seen: dict[ThreadId, Deadline] = {}
        for place in self.visible_places():
            row = self._model.peek(place)
            if row is None:
                continue
            shown = seen[row.id] = row_deadline(row, now)
            before = self._seen.get(row.id)
            if before is not None and before != shown:
                self.viewport().update(self.visualRect(self._model.index(place, 0)))
                if before.state is not shown.state and shown.state in {DeadlineState.SOON, DeadlineState.LATE}:
                    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, sentence(row, now)))
        self._seen = seen
