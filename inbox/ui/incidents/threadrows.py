"""The gathered threads as a list: read a page at a time, painted in two lines."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from inbox.model.ids import ThreadId
from inbox.model.thread import ThreadRow
from inbox.model.words import Status
from inbox.ui.queue.art import runs_rtl
from inbox.ui.queue.sentence import sentence
from inbox.ui.theme import current
from inbox.ui.thread.plain import line
from inbox.ui.unsorted.words import where
from inbox.ui.widgets import isolate
from inbox.ui.widgets.deadline import DeadlineState, row_deadline
from inbox.ui.widgets.paint import LEADING, draw_disc, draw_pill, draw_tag, pill_width, tag_width

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
ROW_ROLE = int(Qt.ItemDataRole.UserRole)
SPOKEN = frozenset({int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole)})
HEIGHT, PAD, PITCH, TAG, DISC = 52, 16, 20, 18, 18
AREA_FROM, NETWORK_FROM = 460, 380
TRAILING = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter


class ThreadsModel(QAbstractListModel):
    """Those that were read. ``wanted`` asks for the page that begins at a place."""

    wanted = Signal(int)

    def __init__(self, now: Callable[[], datetime], parent: QObject | None = None) -> None:
        """Empty."""
        super().__init__(parent)
        self._now = now
        self._asked = False
        self.total = 0
        self.rows: list[ThreadRow] = []

    def show_rows(self, rows: Sequence[ThreadRow], total: int) -> None:
        """Replaces what was read; there are ``total`` in all."""
        self.total, self._asked = total, False
        if list(rows) != self.rows:
            self.beginResetModel()
            self.rows = list(rows)
            self.endResetModel()

    def add_rows(self, rows: Sequence[ThreadRow]) -> None:
        """Another page; what is listed already is left out, and an empty page is the end."""
        known = {each.id for each in self.rows}
        new = [each for each in rows if each.id not in known]
        self._asked = not rows
        if new:
            self.beginInsertRows(ROOT, len(self.rows), len(self.rows) + len(new) - 1)
            self.rows += new
            self.endInsertRows()

    def rowCount(self, parent: Index = ROOT) -> int:
        """How many were read."""
        return 0 if parent.isValid() else len(self.rows)

    def canFetchMore(self, parent: Index) -> bool:
        """Whether there are more, and they are not under way."""
        return not parent.isValid() and not self._asked and len(self.rows) < self.total

    def fetchMore(self, parent: Index) -> None:
        """Asks for the next page."""
        if self.canFetchMore(parent):
            self._asked = True
            self.wanted.emit(len(self.rows))

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:  # noqa: ANN401 - Qt's variant
        """The row, or the row as a sentence."""
        row = self.rows[index.row()]
        if role == ROW_ROLE:
            return row
        return sentence(row, self._now()) if role in SPOKEN else None


class ThreadsDelegate(QStyledItemDelegate):
    """Author, network, area, assignee and deadline over what was said."""

    def __init__(self, now: Callable[[], datetime], initials: Callable[[str], str], parent: QListView) -> None:
        """``initials`` gives those of an employee by name."""
        super().__init__(parent)
        self._now = now
        self._initials = initials
        self._view = parent

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """52 high."""
        del index
        return QSize(option.rect.width(), current().px(HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One row."""
        theme, rect, row = current(), option.rect, index.data(ROW_ROLE)
        px, state = theme.px, option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        mirror = painter.layoutDirection() is Qt.LayoutDirection.RightToLeft
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        ground = "hover" if state & QStyle.StateFlag.State_MouseOver else "surface"
        if chosen:
            ground = "select" if self._view.hasFocus() else "select_idle"
        painter.fillRect(rect, theme.color(ground))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.color("border"))
        if chosen:
            bar = QRect(rect.right() - px(3) + 1 if mirror else rect.left(), rect.top(), px(3), rect.height())
            painter.fillRect(bar, theme.color("accent"))
        inner = rect.adjusted(px(PAD), px(5), -px(PAD), 0)
        top = QRect(inner.left(), inner.top(), inner.width(), px(PITCH))
        self._head(painter, top, row, mirror=mirror)
        painter.setFont(theme.font("base"))
        painter.setPen(theme.color("text2"))
        under = top.translated(0, px(PITCH))
        said = line(row.text, 300)
        words = painter.fontMetrics().elidedText(said, Qt.TextElideMode.ElideRight, under.width())
        painter.drawText(under, LEADING if runs_rtl(said) is mirror else TRAILING, isolate(words))
        painter.restore()

    def _head(self, painter: QPainter, box: QRect, row: ThreadRow, *, mirror: bool) -> None:
        theme, px = current(), current().px
        wide = box.width()
        shown, end = row_deadline(row, self._now()), 0

        def place(width: int, height: int) -> QRect:
            left = box.left() + end if mirror else box.right() + 1 - end - width
            return QRect(left, box.top() + (box.height() - height) // 2, width, height)

        if shown.state is not DeadlineState.NONE:
            width = pill_width(shown)
            draw_pill(painter, place(width, px(PITCH)), shown)
            end += width + px(10)
        elif row.status is Status.CLOSED:
            painter.setFont(theme.font("meta"))
            painter.setPen(theme.color("text3"))
            width = painter.fontMetrics().horizontalAdvance(self.tr("Closed")) + 2
            painter.drawText(place(width, px(PITCH)), TRAILING, self.tr("Closed"))
            end += width + px(10)
        draw_disc(painter, place(px(DISC), px(DISC)), self._initials(row.assignee or ""), row.assignee or "")
        end += px(DISC + 10)
        if wide >= px(AREA_FROM) and row.area:
            width = min(tag_width(row.area, icon=False), px(140))
            draw_tag(painter, place(width, px(TAG)), row.area)
            end += width + px(10)
        self._who(painter, box.adjusted(end, 0, 0, 0) if mirror else box.adjusted(0, 0, -end, 0), row, mirror=mirror)

    @staticmethod
    def _who(painter: QPainter, box: QRect, row: ThreadRow, *, mirror: bool) -> None:
        theme = current()
        font = theme.font("name" if row.unread else "control")
        painter.setFont(font)
        painter.setPen(theme.color("text"))
        metrics = painter.fontMetrics()
        name = metrics.elidedText(line(row.author_name or row.author_handle), Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, LEADING, isolate(name))
        taken = metrics.horizontalAdvance(name) + theme.px(6)
        rest = box.adjusted(0, 0, -taken, 0) if mirror else box.adjusted(taken, 0, 0, 0)
        painter.setFont(theme.font("meta"))
        painter.setPen(theme.color("text3"))
        network = where(row)
        if painter.fontMetrics().horizontalAdvance(network) <= rest.width():
            painter.drawText(rest, LEADING, isolate(network))


class ThreadsList(QListView):
    """Arrows walk, Shift and Ctrl choose several. ``opened`` carries a thread, ``taken`` that Delete was pressed."""

    opened = Signal(object)
    taken = Signal()

    def __init__(
        self, now: Callable[[], datetime], initials: Callable[[str], str], parent: QWidget | None = None
    ) -> None:
        """Empty."""
        super().__init__(parent)
        self.threads = ThreadsModel(now, self)
        self.setModel(self.threads)
        self.setItemDelegate(ThreadsDelegate(now, initials, self))
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

    def show_rows(self, rows: Sequence[ThreadRow], total: int) -> None:
        """What it holds now; the current thread and the place stay."""
        at, place = self.currentIndex().row(), self.verticalScrollBar().value()
        kept = self.threads.rows[at].id if 0 <= at < len(self.threads.rows) else None
        same = list(rows) == self.threads.rows
        self.threads.show_rows(rows, total)
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
        elif event.text().strip() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _open(self, index: Index) -> None:
        if index.isValid():
            self.opened.emit(self.threads.rows[index.row()].id)
