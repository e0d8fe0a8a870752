"""The threads that would differ: who wrote what, from where to where, and why. Enter opens one."""

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from inbox.ui.backtest.outcome import Differing
from inbox.ui.theme import current
from inbox.ui.widgets import isolate
from inbox.ui.widgets.paint import LEADING, TAG, draw_tag, tag_width

Index = QModelIndex | QPersistentModelIndex
ROLE = int(Qt.ItemDataRole.UserRole) + 1
ROW, PAD, SIDE, LINE = 78, 9, 16, 20
SHOWN_ROWS = 6
_NO_PARENT = QModelIndex()


class DifferingModel(QAbstractListModel):
    """One row for each thread."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty."""
        super().__init__(parent)
        self.rows: tuple[Differing, ...] = ()

    def show_rows(self, rows: tuple[Differing, ...]) -> None:
        """Other threads."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """How many threads."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:  # noqa: ANN401 - Qt's variant
        """The thread, or all that its row says."""
        each = self.rows[index.row()]
        if role == ROLE:
            return each
        if role in {int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole)}:
            return f"{each.author}. {self.way(each)}. {each.text} {each.why}"
        return None

    def way(self, each: Differing) -> str:
        """From where to where."""
        return self.tr("%1 to %2").replace("%1", each.before).replace("%2", each.after)


class DifferingList(QListView):
    """Arrows choose, Enter and a double click open. ``opened`` carries the thread's number."""

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until a run is done."""
        super().__init__(parent)
        self.threads = DifferingModel(self)
        self.setModel(self.threads)
        self.setItemDelegate(_Delegate(self))
        self.setAccessibleName(self.tr("Threads that would differ"))
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.doubleClicked.connect(self._open)

    def show_rows(self, rows: tuple[Differing, ...]) -> None:
        """Other threads; as high as a few of them."""
        self.threads.show_rows(rows)
        self.setFixedHeight(current().px(ROW) * min(SHOWN_ROWS, len(rows)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The first thread is current where none is, so that the arrows begin somewhere."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.threads.rows:
            self.setCurrentIndex(self.threads.index(0, 0))

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(self.threads.rows[index.row()].thread)


class _Delegate(QStyledItemDelegate):
    """Three lines: author and way, what was written, and why."""

    def __init__(self, view: DifferingList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Each row alike."""
        del option, index
        return QSize(current().px(200), current().px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, then the lines."""
        theme, rect = current(), option.rect
        each: Differing = index.data(ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        mirror = option.direction is Qt.LayoutDirection.RightToLeft
        painter.setLayoutDirection(option.direction)
        self._ground(painter, rect, option.state, mirror=mirror)
        inner = rect.adjusted(theme.px(SIDE), theme.px(PAD), -theme.px(SIDE), -theme.px(PAD))
        way = self._view.threads.way(each)
        width = min(tag_width(way, icon=True), inner.width() * 2 // 3)
        tag = QRect(inner.right() - width + 1, inner.top() + 1, width, theme.px(TAG))
        draw_tag(painter, _mirrored(tag, inner) if mirror else tag, way, "soon", "move")
        first = QRect(inner.left(), inner.top(), inner.width() - width - theme.px(8), theme.px(LINE))
        second = QRect(inner.left(), inner.top() + theme.px(LINE), inner.width(), theme.px(LINE))
        lines = (
            (each.author, "name", "text", _mirrored(first, inner) if mirror else first),
            (each.text, "base", "text2", second),
            (each.why, "meta", "text3", second.translated(0, theme.px(LINE))),
        )
        for text, font, role, box in lines:
            painter.setFont(theme.font(font))
            painter.setPen(theme.color(role))
            words = QFontMetrics(theme.font(font)).elidedText(isolate(text), Qt.TextElideMode.ElideRight, box.width())
            painter.drawText(box, LEADING, words)
        painter.restore()

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
            painter.fillRect(_mirrored(bar, rect) if mirror else bar, theme.color("accent"))


def _mirrored(box: QRect, inside: QRect) -> QRect:
    return QRect(inside.left() + inside.right() - box.right(), box.top(), box.width(), box.height())
