"""A list of rows that say a title and a line or two below it, with an icon before and a tag behind."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from inbox.ui.theme import current
from inbox.ui.widgets.bidi import isolate
from inbox.ui.widgets.paint import LEADING, TAG, draw_tag, tag_width

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_ROLE = int(Qt.ItemDataRole.UserRole) + 1
PAD, LINE, SIDE, ICON = 9, 20, 16, 16


@dataclass(frozen=True, slots=True)
class Row:
    """What a row says. ``key`` is whatever its list is about; ``tag`` is (words, kind of tag, icon); ``quiet`` rows
    are over, or off.
    """

    key: Any
    title: str
    below: tuple[str, ...] = ()
    icon: str = ""
    ink: str = "text3"
    tag: tuple[str, str, str] | None = None
    quiet: bool = False

    def sentence(self) -> str:
        """The row as a screen reader says it."""
        tag = self.tag[0] if self.tag else ""
        return " ".join(f"{each.rstrip('.')}." for each in (self.title, tag, *self.below) if each)


class Rows(QAbstractListModel):
    """The rows, in the order given."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Empty."""
        super().__init__(parent)
        self.rows: tuple[Row, ...] = ()

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Other rows."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """How many."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:  # noqa: ANN401 - Qt's variant
        """The row, or all that it says."""
        each = self.rows[index.row()]
        if role == _ROLE:
            return each
        if role in {int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole)}:
            return each.sentence()
        return None


class RowList(QListView):
    """Arrows choose, Enter and a double click open, Delete removes; each signal carries the row's key."""

    opened = Signal(object)
    removed = Signal(object)

    def __init__(self, name: str, lines: int = 1, parent: QWidget | None = None) -> None:
        """``name`` is what a screen reader says; ``lines`` stand below each title."""
        super().__init__(parent)
        self.lines = lines
        self.entries = Rows(self)
        self.setModel(self.entries)
        self.setItemDelegate(_Delegate(self))
        self.setAccessibleName(name)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.doubleClicked.connect(self._open)
        current().changed.connect(self._rescaled)

    @property
    def row_height(self) -> int:
        """In pixels."""
        return current().px(2 * PAD + LINE * (1 + self.lines))

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Other rows; what was current stays so where it still is there."""
        index = self.currentIndex()
        kept = self.entries.rows[index.row()].key if index.isValid() else None
        self.entries.show_rows(rows)
        if kept is not None:
            self.choose(kept)

    def choose(self, key: Any) -> None:  # noqa: ANN401 - whatever the list is about
        """Makes the row of a key current, where there is one."""
        at = next((at for at, each in enumerate(self.entries.rows) if each.key == key), None)
        if at is not None:
            self.setCurrentIndex(self.entries.index(at))

    def key(self) -> Any:  # noqa: ANN401 - whatever the list is about
        """Of the current row; None where none is."""
        index = self.currentIndex()
        return self.entries.rows[index.row()].key if index.isValid() else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Delete removes."""
        key = Qt.Key(event.key())
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self._open(self.currentIndex())
        elif key is Qt.Key.Key_Delete and self.currentIndex().isValid():
            self.removed.emit(self.key())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The first row is current where none is, so that the arrows begin somewhere."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.entries.rows:
            self.setCurrentIndex(self.entries.index(0))

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(self.entries.rows[index.row()].key)

    @Slot()
    def _rescaled(self) -> None:
        self.scheduleDelayedItemsLayout()


class _Delegate(QStyledItemDelegate):
    def __init__(self, view: RowList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Each row alike."""
        del option, index
        return QSize(current().px(200), self._view.row_height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Laid out from the left, and mirrored as a whole."""
        theme, rect, each = current(), option.rect, index.data(_ROLE)
        px = theme.px
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        mirror = option.direction is Qt.LayoutDirection.RightToLeft
        painter.setLayoutDirection(option.direction)
        self._ground(painter, rect, option.state, mirror=mirror)
        inner = rect.adjusted(px(SIDE), px(PAD), -px(SIDE), -px(PAD))
        left, end = inner.left(), inner.right() + 1
        if each.icon:
            spot = _placed(QRect(left, inner.top() + px(2), px(ICON), px(ICON)), rect, mirror=mirror)
            ratio = painter.device().devicePixelRatioF()
            painter.drawPixmap(spot.topLeft(), theme.pixmap(each.icon, each.ink, ICON, ratio))
            left += px(ICON + 10)
        if each.tag is not None:
            words, kind, icon = each.tag
            width = min(tag_width(words, icon=bool(icon)), inner.width() // 2)
            tag = QRect(end - width, inner.top() + 1, width, px(TAG))
            draw_tag(painter, _placed(tag, rect, mirror=mirror), words, kind, icon)
            end -= width + px(8)
        title = QRect(left, inner.top(), end - left, px(LINE))
        self._line(painter, _placed(title, rect, mirror=mirror), each.title, "name", "text3" if each.quiet else "text")
        for at, words in enumerate(each.below[: self._view.lines], start=1):
            box = QRect(left, inner.top() + at * px(LINE), inner.right() + 1 - left, px(LINE))
            font = "meta" if at == self._view.lines else "base"
            self._line(painter, _placed(box, rect, mirror=mirror), words, font, "text3" if each.quiet else "text2")
        painter.restore()

    @staticmethod
    def _line(painter: QPainter, box: QRect, words: str, font: str, ink: str) -> None:
        theme = current()
        painter.setFont(theme.font(font))
        painter.setPen(theme.color(ink))
        metrics = QFontMetrics(theme.font(font))
        painter.drawText(box, LEADING, metrics.elidedText(isolate(words), Qt.TextElideMode.ElideRight, box.width()))

    def _ground(self, painter: QPainter, rect: QRect, state: QStyle.StateFlag, *, mirror: bool) -> None:
        theme = current()
        selected = bool(state & QStyle.StateFlag.State_Selected)
        ground = "hover" if state & QStyle.StateFlag.State_MouseOver else "surface"
        if selected:
            ground = "select" if self._view.hasFocus() else "select_idle"
        painter.fillRect(rect, theme.color(ground))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.color("border"))
        if selected:
            bar = QRect(rect.left(), rect.top(), 3, rect.height())
            painter.fillRect(_placed(bar, rect, mirror=mirror), theme.color("accent"))


def _placed(box: QRect, inside: QRect, *, mirror: bool) -> QRect:
    if not mirror:
        return box
    return QRect(inside.left() + inside.right() - box.right(), box.top(), box.width(), box.height())
