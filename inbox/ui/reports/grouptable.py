"""A report's rows: sorted by any column, and the threads behind each figure one key away."""

from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from inbox.model.report import ColumnKind, ReportColumn, ReportTable
from inbox.ui.reports import words
from inbox.ui.theme import current
from inbox.ui.widgets import isolate

ROW: Final = 32
Value = str | int | float | None


class GroupTable(QTableWidget):
    """``opened`` carries a row's key and the key of the column; ``edited`` the same with what was typed.

    S or a click on a heading sorts by that column, again the other way round. Reading anew keeps place and order.
    """

    opened = Signal(str, str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """No rows yet."""
        super().__init__(parent)
        self._table: ReportTable | None = None
        self._columns: tuple[ReportColumn, ...] = ()
        self._rows: list[tuple[Value, ...]] = []
        self._order: tuple[str, bool] | None = None
        self._key_name = ""
        self.setAccessibleName(name)
        self.setAccessibleDescription(self.tr("S sorts by the column, Enter opens the threads behind a figure."))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setStyleSheet("QTableView::item { padding: 0 9px; }")  # under their headings
        self.verticalHeader().setVisible(False)
        self.verticalHeader().setMinimumSectionSize(1)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(True)
        head.setResizeContentsPrecision(200)
        head.setSortIndicatorShown(True)
        head.sectionClicked.connect(self.sort_by)
        self.cellActivated.connect(self._open)
        self.cellClicked.connect(self._open)

    def show_table(self, table: ReportTable, key_name: str) -> None:
        """Other rows, in the order chosen; ``key_name`` heads the first column."""
        if self._table is None or self._table.columns != table.columns:
            self._order = None
        # A word that all rows share, as the metric, is in the head of the page.
        shown = [at for at, each in enumerate(table.columns) if each.key != "metric"]
        self._table, self._key_name = table, key_name
        self._columns = tuple(table.columns[at] for at in shown)
        self._rows = [tuple(row[at] for at in shown) for row in table.rows]
        self._fill()

    @Slot(int)
    def sort_by(self, column: int) -> None:
        """Sorts by a column: figures largest first, words by the alphabet; again the other way round."""
        if not 0 <= column < len(self._columns):
            return
        key = self._columns[column].key
        down = self._columns[column].kind is not ColumnKind.TEXT
        self._order = (key, not self._order[1]) if self._order and self._order[0] == key else (key, down)
        self._fill()

    def rows(self) -> list[tuple[Value, ...]]:
        """The rows as they are shown."""
        found = list(self._rows)
        if self._order is None:
            return found
        at = next(place for place, column in enumerate(self._columns) if column.key == self._order[0])
        known = [row for row in found if row[at] is not None]
        known.sort(key=lambda row: _place(row[at]), reverse=self._order[1])
        return known + [row for row in found if row[at] is None]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """S sorts; at the ends the page scrolls on."""
        if event.key() == Qt.Key.Key_S and not event.modifiers():
            self.sort_by(max(0, self.currentColumn()))
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The figure that the keyboard is at is marked only while it is."""
        super().focusInEvent(event)
        if self.currentItem() is not None:
            self.currentItem().setSelected(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The mark goes; the place stays."""
        super().focusOutEvent(event)
        self.clearSelection()

    def _fill(self) -> None:
        column, key = self.currentColumn(), self._key_at(self.currentRow())
        rows = self.rows()
        # Measured once they are all there, not at each cell.
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.setRowCount(len(rows))
        self.setColumnCount(len(self._columns))
        for at, each in enumerate(self._columns):
            title = each.title if at else self._key_name
            item = QTableWidgetItem(title)
            item.setTextAlignment(_side(each))
            self.setHorizontalHeaderItem(at, item)
        for line, row in enumerate(rows):
            self.setRowHeight(line, current().px(ROW))
            for at, value in enumerate(row):
                self.setItem(line, at, self._item(row, at, value))
        self._show_order()
        self._size()
        names = [self._key_at(line) for line in range(len(rows))]
        if rows:
            self.setCurrentCell(names.index(key) if key in names else 0, min(max(0, column), len(self._columns) - 1))
            if not self.hasFocus():
                self.clearSelection()

    def _item(self, row: tuple[Value, ...], at: int, value: Value) -> QTableWidgetItem:
        column = self._columns[at]
        text = words.cell(column.kind, value)
        item = QTableWidgetItem(isolate(text))
        item.setTextAlignment(_side(column))
        item.setData(Qt.ItemDataRole.UserRole, row[0])
        said = f"{row[0]}, {column.title}: {text}" if at else text
        item.setData(Qt.ItemDataRole.AccessibleTextRole, said)
        return item

    def _size(self) -> None:
        head = self.horizontalHeader()
        head.setMinimumSectionSize(current().px(72))
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self._stretch()
        self.setFixedHeight(current().px(ROW) * (self.rowCount() + 1) + current().px(14))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The names take what room the figures leave, and never less than they need."""
        super().resizeEvent(event)
        self._stretch()

    def _stretch(self) -> None:
        if not self._columns:
            return
        head = self.horizontalHeader()
        needed = sum(max(self.sizeHintForColumn(at), head.sectionSizeHint(at)) for at in range(len(self._columns)))
        modes = QHeaderView.ResizeMode
        head.setSectionResizeMode(0, modes.Stretch if needed < self.viewport().width() else modes.ResizeToContents)

    def _show_order(self) -> None:
        head = self.horizontalHeader()
        head.setSortIndicatorShown(self._order is not None)
        if self._order is not None:
            at = next(place for place, column in enumerate(self._columns) if column.key == self._order[0])
            way = Qt.SortOrder.DescendingOrder if self._order[1] else Qt.SortOrder.AscendingOrder
            head.setSortIndicator(at, way)

    def _key_at(self, line: int) -> str:
        item = self.item(line, 0)
        return "" if item is None else str(item.data(Qt.ItemDataRole.UserRole))

    @Slot(int, int)
    def _open(self, line: int, column: int) -> None:
        self.opened.emit(self._key_at(line), self._columns[column].key if column else "")


def _place(value: Value) -> tuple[float, str]:
    return (0.0, value.casefold()) if isinstance(value, str) else (float(value or 0), "")


def _side(column: ReportColumn) -> Qt.AlignmentFlag:
    leading = column.kind is ColumnKind.TEXT
    side = Qt.AlignmentFlag.AlignLeading if leading else Qt.AlignmentFlag.AlignTrailing
    return side | Qt.AlignmentFlag.AlignVCenter
