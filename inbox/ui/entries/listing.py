"""The list of entries: arrows choose, Enter opens, Delete removes."""

from typing import Any

from PySide6.QtCore import QModelIndex, QRect, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from inbox.ui.entries.book import Shown
from inbox.ui.entries.model import ENTRY_ROLE, EntriesModel, Index
from inbox.ui.theme import current

DOT, FADED = 6, 0.55


def _draw_ground(painter: QPainter, option: QStyleOptionViewItem, *, mirror: bool) -> None:
    """A row's ground, the line below it, and a bar where it is current."""
    theme = current()
    rect: QRect = option.rect
    state: QStyle.StateFlag = option.state
    selected = bool(state & QStyle.StateFlag.State_Selected)
    focused = bool(state & QStyle.StateFlag.State_HasFocus)
    over = bool(state & QStyle.StateFlag.State_MouseOver)
    ground = ("select" if focused else "select_idle") if selected else "hover" if over else "surface"
    painter.fillRect(rect, theme.color(ground))
    painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.color("border"))
    if selected:
        left = rect.right() - 2 if mirror else rect.left()
        painter.fillRect(QRect(left, rect.top(), 3, rect.height()), theme.color("accent"))


def draw_unsaved(painter: QPainter, rect: QRect, top: int, *, mirror: bool) -> None:
    """A dot at the side of a row that is not saved; ``top`` is in pixels of the painter."""
    px = current().px
    left = rect.right() - px(7) - px(DOT) + 1 if mirror else rect.left() + px(7)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(current().color("accent"))
    painter.drawEllipse(QRect(left, top, px(DOT), px(DOT)))


class EntriesDelegate(QStyledItemDelegate):
    """``dragged`` is the key of the entry that is being dragged; its row is faded meanwhile."""

    dragged = ""

    def draw(self, painter: QPainter, rect: QRect, index: Index, *, mirror: bool) -> None:
        """What stands in a row. Each list has rows of its own."""
        raise NotImplementedError

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, and what stands on it."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        mirror = option.direction is Qt.LayoutDirection.RightToLeft
        painter.setLayoutDirection(option.direction)
        _draw_ground(painter, option, mirror=mirror)
        if index.data(ENTRY_ROLE).key == self.dragged:
            painter.setOpacity(FADED)
        self.draw(painter, option.rect, index, mirror=mirror)
        painter.restore()


class EntriesView(QListView):
    """Signals carry the key of an entry."""

    chosen = Signal(str)
    opened = Signal(str)
    removed = Signal(str)

    def __init__(self, name: str) -> None:
        """``name`` is what a screen reader says. Empty until it is furnished."""
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAccessibleName(name)
        self._silent = False
        current().changed.connect(self._relaid)

    def furnish(self, rows: EntriesModel[Any], delegate: QStyledItemDelegate) -> None:
        """What it shows, and who paints it."""
        self.rows = rows
        self.setModel(rows)
        self.setItemDelegate(delegate)

    def entry(self) -> Shown[Any] | None:
        """The current row."""
        index = self.currentIndex()
        return self.rows.entries[index.row()] if index.isValid() else None

    def select(self, key: str) -> None:
        """Makes an entry current without telling."""
        place = self.rows.place_of(key)
        self._silent = True
        try:
            self.setCurrentIndex(self.rows.index(place) if place >= 0 else QModelIndex())
        finally:
            self._silent = False

    def currentChanged(self, now: Index, before: Index) -> None:
        """Tells which entry was chosen."""
        super().currentChanged(now, before)
        if now.isValid() and not self._silent:
            self.chosen.emit(self.rows.entries[now.row()].key)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The first entry becomes current where there is none."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.rows.rowCount():
            self.setCurrentIndex(self.rows.index(0))
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The current row is drawn as idle."""
        super().focusOutEvent(event)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Delete removes."""
        key, entry = Qt.Key(event.key()), self.entry()
        if entry is not None and key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.opened.emit(entry.key)
        elif entry is not None and key is Qt.Key.Key_Delete:
            self.removed.emit(entry.key)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are commands here, not a search."""

    @Slot()
    def _relaid(self) -> None:
        """Letters have another size, or a row says more."""
        self.scheduleDelayedItemsLayout()
