"""The list of calendars: arrows choose, Enter opens, Delete removes."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from inbox.ui.calendars.model import ENTRY_ROLE, LINES_ROLE, STATE_ROLE, CalendarsModel, Index
from inbox.ui.calendars.reading import State
from inbox.ui.theme import current
from inbox.ui.widgets.bidi import isolate
from inbox.ui.widgets.paint import LEADING

ROW: Final = 72
PAD: Final = 16
DOT: Final = 8


class CalendarsDelegate(QStyledItemDelegate):
    """Name, whether it is open, its zone and who uses it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """72 high."""
        del option, index
        return QSize(current().px(200), current().px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, three lines, and the line below."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        mirror = option.direction is Qt.LayoutDirection.RightToLeft
        painter.setLayoutDirection(option.direction)
        self._ground(painter, option, mirror=mirror)
        entry = index.data(ENTRY_ROLE)
        fresh = entry.edited or entry.new
        px = current().px
        if fresh:
            side = px(6)
            left = option.rect.right() - px(7) - side + 1 if mirror else option.rect.left() + px(7)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(current().color("accent"))
            painter.drawEllipse(QRect(left, option.rect.top() + px(13), side, side))
        self._words(painter, option.rect.adjusted(px(PAD), px(6), -px(PAD), 0), index, fresh=fresh, mirror=mirror)
        painter.restore()

    @staticmethod
    def _ground(painter: QPainter, option: QStyleOptionViewItem, *, mirror: bool) -> None:
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

    @staticmethod
    def _words(painter: QPainter, inner: QRect, index: Index, *, fresh: bool, mirror: bool) -> None:
        theme = current()
        px = theme.px
        found: State | None = index.data(STATE_ROLE)
        refused = found is not None and bool(found.refusal)
        looks = (("name", "text"), ("meta", "late" if refused else "text2"), ("meta", "accent" if fresh else "text3"))
        top = inner.top()
        for at, (words, (font, ink)) in enumerate(zip(index.data(LINES_ROLE), looks, strict=True)):
            if not words:
                continue
            box = QRect(inner.left(), top, inner.width(), px(20))
            top += px(20)
            if at == 1:
                draw_state(painter, box, found, mirror=mirror)
                room = px(DOT + 7)
                box = box.adjusted(0, 0, -room, 0) if mirror else box.adjusted(room, 0, 0, 0)
            painter.setFont(theme.font(font))
            painter.setPen(theme.color(ink))
            elided = QFontMetrics(theme.font(font)).elidedText(words, Qt.TextElideMode.ElideRight, box.width())
            painter.drawText(box, LEADING | Qt.TextFlag.TextDontClip, isolate(elided))


def draw_state(painter: QPainter, box: QRect, state: State | None, *, mirror: bool) -> None:
    """A full dot while it is open, a ring while it is closed, a cross where it cannot be used."""
    theme = current()
    side = theme.px(DOT)
    left = box.right() - side + 1 if mirror else box.left()
    mark = QRect(left, box.center().y() - side // 2 + 1, side, side)
    if state is not None and state.refusal:
        painter.setPen(QPen(theme.color("late"), 2))
        painter.drawLine(mark.topLeft() + QPoint(1, 1), mark.bottomRight() - QPoint(1, 1))
        painter.drawLine(mark.topRight() + QPoint(-1, 1), mark.bottomLeft() + QPoint(1, -1))
        return
    if state is not None and state.open:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("ok"))
        painter.drawEllipse(mark)
        return
    painter.setPen(QPen(theme.color("strong"), 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(mark.adjusted(1, 1, -1, -1))


class CalendarsView(QListView):
    """Signals carry the key of a calendar."""

    chosen = Signal(str)
    opened = Signal(str)
    removed = Signal(str)

    def __init__(self) -> None:
        """Empty until calendars come."""
        super().__init__()
        self.calendars = CalendarsModel(self)
        self.setModel(self.calendars)
        self.setItemDelegate(CalendarsDelegate(self))
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAccessibleName(self.tr("Calendars"))
        self._silent = False
        current().changed.connect(self._rescaled)

    def key(self) -> str:
        """The calendar that is current; empty where none is."""
        index = self.currentIndex()
        return self.calendars.entries[index.row()].key if index.isValid() else ""

    def select(self, key: str) -> None:
        """Makes a calendar current without telling."""
        place = self.calendars.place_of(key)
        self._silent = True
        try:
            self.setCurrentIndex(self.calendars.index(place) if place >= 0 else QModelIndex())
        finally:
            self._silent = False

    def currentChanged(self, now: Index, before: Index) -> None:
        """Tells which calendar was chosen."""
        super().currentChanged(now, before)
        if now.isValid() and not self._silent:
            self.chosen.emit(self.calendars.entries[now.row()].key)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The first calendar becomes current where there is none."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.calendars.rowCount():
            self.setCurrentIndex(self.calendars.index(0))
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The current row is drawn as idle."""
        super().focusOutEvent(event)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Delete removes."""
        key, found = Qt.Key(event.key()), self.key()
        if found and key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.opened.emit(found)
        elif found and key is Qt.Key.Key_Delete:
            self.removed.emit(found)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are commands here, not a search."""

    @Slot()
    def _rescaled(self) -> None:
        self.scheduleDelayedItemsLayout()
