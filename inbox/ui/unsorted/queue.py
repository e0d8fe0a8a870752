"""The list beside the card: what is left to sort."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from inbox.model.ids import ThreadId
from inbox.model.thread import ThreadRow
from inbox.ui.queue.art import runs_rtl
from inbox.ui.queue.sentence import sentence
from inbox.ui.theme import current
from inbox.ui.thread.plain import line
from inbox.ui.unsorted.words import where
from inbox.ui.widgets import isolate
from inbox.ui.widgets.deadline import DeadlineState, row_deadline, span
from inbox.ui.widgets.paint import LEADING, draw_pill, pill_width

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
ROW_ROLE = int(Qt.ItemDataRole.UserRole)
SPOKEN = frozenset({int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole)})
HEIGHT, PAD, END, PITCH = 52, 16, 12, 20
LIST_KEYS = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End})
TRAILING = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter


class LeftModel(QAbstractListModel):
    """The rows of a sitting."""

    def __init__(self, now: Callable[[], datetime], parent: QObject | None = None) -> None:
        """Empty."""
        super().__init__(parent)
        self._now = now
        self.rows: list[ThreadRow] = []

    def show_rows(self, rows: Sequence[ThreadRow]) -> None:
        """Replaces what is listed, if it is anything else."""
        if list(rows) != self.rows:
            self.beginResetModel()
            self.rows = list(rows)
            self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:
        """How many are listed."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:  # noqa: ANN401 - Qt's variant
        """The row, or the row as a sentence."""
        row = self.rows[index.row()]
        if role == ROW_ROLE:
            return row
        return sentence(row, self._now()) if role in SPOKEN else None


class LeftDelegate(QStyledItemDelegate):
    """Name, network and age over one line of text; the age gives way to a deadline that presses."""

    def __init__(self, now: Callable[[], datetime], parent: QObject | None = None) -> None:
        """``now`` is the clock of the ages."""
        super().__init__(parent)
        self._now = now

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
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        painter.fillRect(rect, theme.color("select" if chosen else "hover" if hovered else "surface"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.color("border"))
        if chosen:
            bar = QRect(rect.right() - px(3) + 1 if mirror else rect.left(), rect.top(), px(3), rect.height())
            painter.fillRect(bar, theme.color("accent"))
        ends = (px(END), px(PAD)) if mirror else (px(PAD), px(END))
        inner = rect.adjusted(ends[0], px(5), -ends[1], 0)
        top = QRect(inner.left(), inner.top(), inner.width(), px(PITCH))
        self._head(painter, top, row, chosen=chosen, mirror=mirror)
        painter.setFont(theme.font("base"))
        painter.setPen(theme.color("text2"))
        under = top.translated(0, px(PITCH))
        said = line(row.text, 200)
        words = painter.fontMetrics().elidedText(said, Qt.TextElideMode.ElideRight, under.width())
        # In its own direction, as in the queue: Arabic begins at the right also where the window runs to the right.
        painter.drawText(under, LEADING if runs_rtl(said) is mirror else TRAILING, isolate(words))
        painter.restore()

    def _head(self, painter: QPainter, box: QRect, row: ThreadRow, *, chosen: bool, mirror: bool) -> None:
        theme, gap = current(), current().px(6)
        box = self._time(painter, box, row, mirror=mirror)
        font = theme.font("name" if chosen else "control")
        metrics = QFontMetrics(font)
        name = metrics.elidedText(line(row.author_name or row.author_handle), Qt.TextElideMode.ElideRight, box.width())
        painter.setFont(font)
        painter.setPen(theme.color("text"))
        painter.drawText(box, LEADING, isolate(name))
        taken = metrics.horizontalAdvance(name) + gap
        rest = box.adjusted(0, 0, -taken, 0) if mirror else box.adjusted(taken, 0, 0, 0)
        painter.setFont(theme.font("meta"))
        painter.setPen(theme.color("text3"))
        network = where(row)
        if painter.fontMetrics().horizontalAdvance(network) <= rest.width():
            painter.drawText(rest, LEADING, network)

    def _time(self, painter: QPainter, box: QRect, row: ThreadRow, *, mirror: bool) -> QRect:
        """Draws the age or the deadline at the end; gives the room that is left."""
        theme, now = current(), self._now()
        shown = row_deadline(row, now)
        pressing = shown.state in {DeadlineState.SOON, DeadlineState.LATE}
        if pressing:
            width = pill_width(shown)
            left = box.left() if mirror else box.right() + 1 - width
            draw_pill(painter, QRect(left, box.top(), width, box.height()), shown)
        else:
            painter.setFont(theme.font("meta"))
            painter.setPen(theme.color("text3"))
            words = span(now - row.last_mention_at)
            width = painter.fontMetrics().horizontalAdvance(words)
            painter.drawText(box, TRAILING, isolate(words))
        room = width + theme.px(8)
        return box.adjusted(room, 0, 0, 0) if mirror else box.adjusted(0, 0, -room, 0)


class LeftList(QListView):
    """The list. Arrows walk through it; every other key is the page's. ``walked`` carries a thread's number."""

    walked = Signal(object)

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        """Empty."""
        super().__init__(parent)
        self.rows = LeftModel(now, self)
        self.setModel(self.rows)
        self.setItemDelegate(LeftDelegate(now, self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Threads to sort"))
        self.selectionModel().currentChanged.connect(self._walked)
        self.clicked.connect(self._walked)
        self._quiet = False

    def show_rows(self, rows: Sequence[ThreadRow], chosen: ThreadId | None) -> None:
        """What is left, and which of it is on screen."""
        self._quiet = True
        place = self.verticalScrollBar().value()
        self.rows.show_rows(rows)
        at = next((at for at, each in enumerate(self.rows.rows) if each.id == chosen), -1)
        self.verticalScrollBar().setValue(place)
        if at >= 0:
            self.setCurrentIndex(self.rows.index(at, 0))
        self.updateGeometry()
        self._quiet = False

    def sizeHint(self) -> QSize:
        """As high as its rows; what follows stands right under them."""
        return QSize(current().px(280), current().px(HEIGHT) * self.rows.rowCount())

    def minimumSizeHint(self) -> QSize:
        """May be squeezed to two rows."""
        rows = min(2, self.rows.rowCount())
        return QSize(current().px(120), current().px(HEIGHT) * rows)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters and digits sort; they do not search."""
        if Qt.Key(event.key()) in LIST_KEYS:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def _walked(self, index: Index) -> None:
        if not self._quiet and index.isValid():
            self.walked.emit(self.rows.rows[index.row()].id)
