"""Parts of the quality page: a figure that opens the threads behind it, and a table that does."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QHeaderView,
    QSizePolicy,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from inbox.ui.quality import words
from inbox.ui.theme import current
from inbox.ui.widgets import isolate
from inbox.ui.widgets.paint import LEADING, rounded

FIGURE_HEIGHT, PAD, ROW = 96, 16, 32
LINES = ((12, 18, "meta_control", "text2"), (32, 30, "figure", "text"), (64, 18, "meta", "text3"))


class Figure(QAbstractButton):
    """A figure with its name over it and what it is made of under it; pressing it opens the threads behind."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """A dash until ``say``."""
        super().__init__(parent)
        self._texts = (name, words.NONE, "")
        self.setText(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def say(self, figure: str, about: str) -> None:
        """Another figure."""
        self._texts = (self.text(), figure, about)
        self.setAccessibleName(f"{self.text()}: {figure}. {about}")
        self.setToolTip(about)
        self.update()

    def sizeHint(self) -> QSize:
        """96 high."""
        return QSize(current().px(180), current().px(FIGURE_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """May be squeezed; what it is made of is elided then."""
        return QSize(current().px(132), current().px(FIGURE_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Three lines in a card."""
        del event
        theme = current()
        px = theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(self.layoutDirection())
        fill = "select_idle" if self.isDown() else "hover" if self.underMouse() else "surface"
        rounded(painter, self.rect(), px(8), theme.color(fill), QPen(theme.color("border"), 1))
        for (top, height, font, tone), text in zip(LINES, self._texts, strict=True):
            box = QRect(px(PAD), px(top), self.width() - 2 * px(PAD), px(height))
            painter.setFont(theme.font(font))
            painter.setPen(theme.color(tone))
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
            painter.drawText(box, LEADING, isolate(shown))
        painter.end()


class FigureTable(QTableWidget):
    """Rows of figures; Enter or a click on one opens the threads behind it. As high as its rows."""

    opened = Signal(int)

    def __init__(self, name: str, headings: Sequence[str], parent: QWidget | None = None, *, named: int = 1) -> None:
        """The first ``named`` columns hold names and the first of them takes the room; the others hold figures."""
        super().__init__(0, len(headings), parent)
        self._headings = tuple(headings)
        self._named = named
        self.setAccessibleName(name)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setStyleSheet("QTableView::item { padding: 0 9px; }")
        self.verticalHeader().setVisible(False)
        self.verticalHeader().setMinimumSectionSize(1)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for at, words_ in enumerate(headings):
            item = QTableWidgetItem(words_)
            item.setTextAlignment(self._side(at))
            self.setHorizontalHeaderItem(at, item)
        self.cellActivated.connect(self._open)
        self.cellClicked.connect(self._open)

    def fill(self, rows: Sequence[Sequence[str]]) -> None:
        """Other figures."""
        self.setRowCount(len(rows))
        for line, cells in enumerate(rows):
            self.setRowHeight(line, current().px(ROW))
            for at, text in enumerate(cells):
                item = QTableWidgetItem(isolate(text))
                item.setTextAlignment(self._side(at))
                item.setToolTip(text if at < self._named else "")
                said = f"{cells[0]}, {self._headings[at]}: {text}" if at else text
                item.setData(Qt.ItemDataRole.AccessibleTextRole, said)
                self.setItem(line, at, item)
        self.setFixedHeight(current().px(ROW) * (len(rows) + 1) + current().px(2))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The row that the keyboard is at is marked only while it is."""
        super().focusInEvent(event)
        if self.currentItem() is not None:
            self.selectRow(self.currentRow())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The mark goes; the place stays."""
        super().focusOutEvent(event)
        self.clearSelection()

    def _side(self, at: int) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignLeading if at < self._named else Qt.AlignmentFlag.AlignTrailing
        return side | Qt.AlignmentFlag.AlignVCenter

    def _open(self, line: int, _column: int) -> None:
        self.opened.emit(line)
