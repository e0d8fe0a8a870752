"""The list of dates: arrows choose, Space switches imported ones, Enter edits, Delete removes."""

from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from inbox.ui.calendars.datemodel import DATE_ROLE, DateKind, DateRow, DatesModel, Index
from inbox.ui.theme import current
from inbox.ui.widgets import Label
from inbox.ui.widgets.bidi import isolate
from inbox.ui.widgets.paint import LEADING
from inbox.ui.widgets.switch import HEIGHT, WIDTH, draw_switch

ROW: Final = 48
PAD, GUTTER, BUTTON = 12, 36, 28
ICONS: Final = {
    DateKind.HOLIDAY: "globe",
    DateKind.CLOSED: "lock",
    DateKind.OPEN: "open",
    DateKind.IMPORTED: "download",
}


class DatesDelegate(QStyledItemDelegate):
    """What kind it is, its name, its date; a switch for imported ones, a way to change the others."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """48 high."""
        del option, index
        return QSize(current().px(200), current().px(ROW))

    def control(self, rect: QRect, *, mirror: bool) -> QRect:
        """Where the switch or button of a row lies."""
        px = current().px
        width = px(BUTTON)
        left = rect.left() + px(PAD) if mirror else rect.right() - px(PAD) - width + 1
        return QRect(left, rect.top(), width, rect.height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, icon, words, control."""
        theme, row, rect = current(), index.data(DATE_ROLE), option.rect
        px = theme.px
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        mirror = option.direction is Qt.LayoutDirection.RightToLeft
        painter.setLayoutDirection(option.direction)
        state: QStyle.StateFlag = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        over = bool(state & QStyle.StateFlag.State_MouseOver)
        ground = ("select" if focused else "select_idle") if selected else "hover" if over else "surface"
        painter.fillRect(rect, theme.color(ground))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.color("border"))
        self._control(painter, rect, row, mirror=mirror)
        left = rect.right() - px(PAD + 16) + 1 if mirror else rect.left() + px(PAD)
        ratio = painter.device().devicePixelRatioF()
        painter.drawPixmap(
            left, rect.top() + px(8), theme.pixmap(ICONS[row.kind], "text2" if row.on else "text3", 16, ratio)
        )
        lead, trail = px(GUTTER), px(PAD + BUTTON + 8)
        inner = rect.adjusted(trail, 0, -lead, 0) if mirror else rect.adjusted(lead, 0, -trail, 0)
        title_ink = "text" if row.on else "text3"
        for at, (words, font, ink) in enumerate(((row.title, "base", title_ink), (row.below, "meta", "text3"))):
            box = QRect(inner.left(), inner.top() + px(5) + at * px(19), inner.width(), px(20))
            painter.setFont(theme.font(font))
            painter.setPen(theme.color(ink))
            elided = QFontMetrics(theme.font(font)).elidedText(words, Qt.TextElideMode.ElideRight, box.width())
            painter.drawText(box, LEADING | Qt.TextFlag.TextDontClip, isolate(elided))
        painter.restore()

    def _control(self, painter: QPainter, rect: QRect, row: DateRow, *, mirror: bool) -> None:
        theme, box = current(), self.control(rect, mirror=mirror)
        px = theme.px
        if row.kind is DateKind.IMPORTED:
            width, height = px(WIDTH), px(HEIGHT)
            track = QRect(box.center().x() - width // 2, box.center().y() - height // 2, width, height)
            draw_switch(painter, track, on=row.on, mirror=mirror)
            return
        icon = "trash" if row.own else "pencil"
        ratio = painter.device().devicePixelRatioF()
        spot = QPoint(box.center().x() - px(8), box.center().y() - px(8))
        painter.drawPixmap(spot, theme.pixmap(icon, "text3", 16, ratio))


class DatesView(QListView):
    """Signals carry the row: ``switched`` of an imported one, ``edited`` of any other, ``removed`` of our own."""

    switched = Signal(object)
    edited = Signal(object)
    removed = Signal(object)

    def __init__(self) -> None:
        """Empty until dates come."""
        super().__init__()
        self.dates = DatesModel(self)
        self._words = Label("", "base", "text3", self.viewport(), wrap=True)
        held = self._words.alignment() & Qt.AlignmentFlag.AlignHorizontal_Mask
        self._words.setAlignment(Qt.AlignmentFlag.AlignTop | held | Qt.AlignmentFlag.AlignAbsolute)
        self._delegate = DatesDelegate(self)
        self.setModel(self.dates)
        self.setItemDelegate(self._delegate)
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAccessibleName(self.tr("Dates"))
        current().changed.connect(self._rescaled)

    def show_rows(self, rows: list[DateRow], empty: str) -> None:
        """Other dates; ``empty`` is said where there are none."""
        self._words.setText(empty)
        self._words.setVisible(not rows)
        self.dates.show_rows(rows)
        self.setAccessibleDescription("" if rows else empty)
        self.viewport().update()

    def row(self) -> DateRow | None:
        """The one that is current."""
        index = self.currentIndex()
        return self.dates.rows[index.row()] if index.isValid() else None

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The first date becomes current where there is none."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.dates.rowCount():
            self.setCurrentIndex(self.dates.index(0))
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space switches, Enter edits, Delete removes."""
        key, row = Qt.Key(event.key()), self.row()
        if row is None:
            super().keyPressEvent(event)
        elif key is Qt.Key.Key_Space and row.kind is DateKind.IMPORTED:
            self.switched.emit(row)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            (self.switched if row.kind is DateKind.IMPORTED else self.edited).emit(row)
        elif key is Qt.Key.Key_Delete and row.own:
            self.removed.emit(row)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are commands here, not a search."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on the control of a row does what it says."""
        super().mouseReleaseEvent(event)
        at = event.position().toPoint()
        index = self.indexAt(at)
        if event.button() is not Qt.MouseButton.LeftButton or not index.isValid():
            return
        mirror = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        if not self._delegate.control(self.visualRect(index), mirror=mirror).contains(at):
            return
        row = self.dates.rows[index.row()]
        if row.kind is DateKind.IMPORTED:
            self.switched.emit(row)
        else:
            (self.removed if row.own else self.edited).emit(row)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A date of our own, or a holiday, is edited."""
        row = self.row()
        if row is not None and row.kind is not DateKind.IMPORTED:
            self.edited.emit(row)
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is said of an empty list stands at its top."""
        super().resizeEvent(event)
        px = current().px
        self._words.setGeometry(self.viewport().rect().adjusted(px(16), px(12), -px(16), -px(12)))

    @Slot()
    def _rescaled(self) -> None:
        self.scheduleDelayedItemsLayout()
