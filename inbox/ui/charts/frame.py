"""What every chart has around its picture: title, what it shows, legend, the Table switch, and the empty state."""

from PySide6.QtCore import QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QScrollArea,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from inbox.ui.charts.data import Sheet
from inbox.ui.charts.legend import Legend
from inbox.ui.charts.plot import LEAST, Plot
from inbox.ui.theme import current
from inbox.ui.widgets import Button, ElidedLabel, EmptyState, Label, column, row
from inbox.ui.widgets.bidi import isolate

ROW = 28
ABOUT = 60
"""Room for a word of what is shown, beside title, legend and switch."""


class Chart(QWidget):
    """A picture and a table of the same figures. ``picked`` is a place (series or row, place) that was chosen."""

    picked = Signal(int, int)

    def __init__(self, title: str, plot: Plot, empty: str, parent: QWidget | None = None) -> None:
        """``empty`` is said while there is nothing to show."""
        super().__init__(parent)
        self.plot = plot
        self._title = title
        self._across = False
        self.title = Label(title, "name")
        self.about = ElidedLabel("", "meta", "text3")
        self.legend = Legend()
        self.switch = Button(self.tr("Table"), "", "ghost")
        self.switch.setCheckable(True)
        self.switch.setAccessibleName(self.tr("Table of %1").replace("%1", title))
        self.switch.toggled.connect(self._turn)
        self.table = _Table(title)
        self.empty = EmptyState(empty, icon="chart")
        self._scroll = _Held(plot)
        self._stack = QStackedWidget()
        for part in (self._scroll, self.table, self.empty):
            self._stack.addWidget(part)
        box = column(self, gap=8)
        self._head = row(gap=8)
        # As high as with the switch: titles of charts side by side stand on one line, also where one is empty.
        self._head.addStrut(self.switch.sizeHint().height())
        self._head.addWidget(self.title)
        self._head.addWidget(self.about, 1)
        self._head.addWidget(self.legend)
        self._head.addWidget(self.switch)
        self._below = row(gap=8)
        self._below.addStretch(1)
        box.addLayout(self._head)
        box.addLayout(self._below)
        box.addWidget(self._stack, 1)
        plot.picked.connect(self.picked)
        plot.moved.connect(self._follow)
        self.table.activated_at.connect(self._picked_in_table)
        self._say("", "", filled=False)

    @property
    def sentence(self) -> str:
        """The chart in one sentence, as it is spoken."""
        return self.plot.accessibleDescription()

    def set_title(self, title: str) -> None:
        """Another name for the same chart."""
        self._title = title
        self.title.setText(title)
        self.plot.setAccessibleName(title)
        self.table.setAccessibleName(title)
        self.switch.setAccessibleName(self.tr("Table of %1").replace("%1", title))

    def show_table(self, *, on: bool) -> None:
        """Turns to the table, or back to the picture."""
        self.switch.setChecked(on)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where head and legend do not fit beside each other, the legend goes below."""
        super().resizeEvent(event)
        self._place_legend()

    def _place_legend(self) -> None:
        wanted = self.title.sizeHint().width() + self.legend.sizeHint().width() + self.switch.sizeHint().width()
        beside = wanted + current().px(ABOUT) <= self.width()
        if beside is not (self._head.indexOf(self.legend) >= 0):
            (self._below if beside else self._head).removeWidget(self.legend)
            if beside:
                self._head.insertWidget(self._head.indexOf(self.switch), self.legend)
            else:
                self._below.insertWidget(0, self.legend)

    def _say(self, about: str, summary: str, *, filled: bool) -> None:
        """Puts words around the new data; without any, the empty state."""
        self.about.setText(about)
        self.plot.setAccessibleDescription(summary)
        self.table.setAccessibleDescription(summary)
        self.switch.setVisible(filled)
        self.legend.setVisible(filled and self.legend.entries != ())
        self._stack.setCurrentWidget(self._shown() if filled else self.empty)
        self._place_legend()
        self.plot.refresh()
        self._scroll.updateGeometry()

    def _fill_table(self, sheet: Sheet, *, across: bool = False) -> None:
        """``across``: the table's rows are places and its columns series, as they are not in the picture."""
        self._across = across
        self.table.fill(sheet)

    def _shown(self) -> QWidget:
        return self.table if self.switch.isChecked() else self._scroll

    @Slot(bool)
    def _turn(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        had_focus = self.isAncestorOf(self.focusWidget()) if self.focusWidget() is not None else False
        self._stack.setCurrentWidget(self.table if on else self._scroll)
        if had_focus and not self.switch.hasFocus():
            (self.table if on else self.plot).setFocus()

    @Slot(int, int)
    def _picked_in_table(self, row_at: int, column_at: int) -> None:
        if column_at > 0:
            cell = (column_at - 1, row_at) if self._across else (row_at, column_at - 1)
            self.picked.emit(*cell)

    @Slot(QRect)
    def _follow(self, box: QRect) -> None:
        """What is read lies in sight."""
        self._scroll.ensureVisible(box.center().x(), box.center().y(), box.width() + self.plot.lead, box.height())


class _Table(QTableWidget):
    """Cells that arrows reach; Enter or a double click on one is told. The first column names the rows."""

    activated_at = Signal(int, int)

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setAccessibleName(title)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setStyleSheet("QTableView::item { padding: 0 9px; }")  # under their headings
        self.verticalHeader().setVisible(False)
        self.horizontalHeader().setHighlightSections(False)
        self.cellActivated.connect(self.activated_at)

    def fill(self, sheet: Sheet) -> None:
        """New figures; the place is kept where there is still one."""
        at = (self.currentRow(), self.currentColumn())
        # Measured once they are all there, not at each cell.
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.clear()
        self.setRowCount(len(sheet.names))
        self.setColumnCount(len(sheet.headings))
        for place, heading in enumerate(sheet.headings):
            item = QTableWidgetItem(heading)
            item.setTextAlignment(_side(place))
            self.setHorizontalHeaderItem(place, item)
        for line, name in enumerate(sheet.names):
            for place, words in enumerate((name, *sheet.cells[line])):
                item = QTableWidgetItem(words)
                item.setTextAlignment(_side(place))
                item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{name}, {sheet.headings[place]}: {words}")
                self.setItem(line, place, item)
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            self._isolate()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.verticalHeader().setDefaultSectionSize(current().px(ROW))
        if self.rowCount():
            self.setCurrentCell(*(at if self.item(*at) is not None else (0, 0)))

    def _isolate(self) -> None:
        """A figure with its unit keeps its own direction."""
        for line in range(self.rowCount()):
            for place in range(self.columnCount()):
                item = self.item(line, place)
                if item is not None:
                    item.setText(isolate(item.text()))


def _side(place: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignLeading if place == 0 else Qt.AlignmentFlag.AlignTrailing
    return side | Qt.AlignmentFlag.AlignVCenter


class _Held(QScrollArea):
    """The picture; it scrolls sideways where its places need more room than there is, and is never cut in height."""

    def __init__(self, plot: Plot) -> None:
        super().__init__()
        self._plot = plot
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(plot)
        # Names that stay in sight, and the read-out, stand elsewhere in the picture then.
        self.horizontalScrollBar().valueChanged.connect(plot.update)

    def minimumSizeHint(self) -> QSize:
        """As high as the picture must be, with a bar below."""
        least = self._plot.minimumSizeHint()
        return QSize(current().px(LEAST.width()), least.height() + self.horizontalScrollBar().sizeHint().height())

    def sizeHint(self) -> QSize:
        """The same: it takes what it is given."""
        return self.minimumSizeHint()
