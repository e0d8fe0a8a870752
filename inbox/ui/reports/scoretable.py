"""One side of the scorecard: its lines against their targets; what is entered by hand is typed in place."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QAbstractItemModel, QLocale, QModelIndex, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from inbox.ui.reports import words
from inbox.ui.theme import current
from inbox.ui.widgets import isolate

ROW: Final = 36
VALUE: Final = 1
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """A line as it stands: ``met`` None without a value or a target; ``by_hand`` may be typed."""

    name: str
    value: float | None
    unit: str
    target: float | None
    met: bool | None
    by_hand: bool
    as_of: str | None = None

    @property
    def shown(self) -> str:
        """The value with its unit; a length in minutes as lengths are."""
        if self.value is None:
            return words.NONE
        return amount(self.value, self.unit)


def amount(value: float, unit: str) -> str:
    """A value or a target with its unit."""
    if unit == "min":
        return words.length(value)
    if unit == "%":
        return f"{words.plain(round(value, 1))}%"
    return f"{words.plain(round(value, 2))} {unit}".strip()


class ScoreTable(QTableWidget):
    """``opened`` carries the name of a computed line, ``entered`` one's name and what was typed."""

    opened = Signal(str)
    entered = Signal(str, float)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """No lines yet."""
        super().__init__(0, 4, parent)
        self.lines: tuple[ScoreRow, ...] = ()
        self.setAccessibleName(name)
        self.setAccessibleDescription(
            self.tr("Enter opens the threads behind a figure; what is entered by hand it lets you type.")
        )
        headings = (self.tr("Line"), self.tr("Value"), self.tr("Target"), self.tr("State"))
        for at, heading in enumerate(headings):
            item = QTableWidgetItem(heading)
            item.setTextAlignment(_side(at))
            self.setHorizontalHeaderItem(at, item)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setStyleSheet("QTableView::item { padding: 0 9px; }")
        self.verticalHeader().setVisible(False)
        self.verticalHeader().setMinimumSectionSize(1)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._typing = _Typing(self)
        self.setItemDelegateForColumn(VALUE, self._typing)
        self._typing.typed.connect(self._typed)
        self.cellClicked.connect(self._choose)
        self.cellActivated.connect(self._choose)

    def show_lines(self, lines: Sequence[ScoreRow]) -> None:
        """Other figures, in their order; while something is typed they wait."""
        if self.state() is QAbstractItemView.State.EditingState:
            return
        self.lines = tuple(lines)
        at = self.currentRow()
        self.setRowCount(len(lines))
        for line, row in enumerate(lines):
            self.setRowHeight(line, current().px(ROW))
            for place, item in enumerate(self._items(row)):
                item.setTextAlignment(_side(place))
                self.setItem(line, place, item)
        self.setFixedHeight(current().px(ROW) * len(lines) + current().px(34))
        if lines:
            self.setCurrentCell(min(max(0, at), len(lines) - 1), VALUE)
        if not self.hasFocus():
            self.clearSelection()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter or F2 opens or types; a digit begins to type at once."""
        line = self.currentRow()
        typed = event.text()
        if 0 <= line < len(self.lines) and self.lines[line].by_hand and (typed.isdigit() or typed == "-"):
            self._type(line)
            editor = self.focusWidget()
            if isinstance(editor, QLineEdit):
                editor.setText(typed)
        elif event.key() in {Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._choose(line, VALUE)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The line that the keyboard is at is marked only while it is."""
        super().focusInEvent(event)
        self.selectRow(self.currentRow())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The mark goes; the place stays."""
        super().focusOutEvent(event)
        if self.state() is not QAbstractItemView.State.EditingState:
            self.clearSelection()

    def _items(self, row: ScoreRow) -> tuple[QTableWidgetItem, ...]:
        state, icon, tone = _state(row)
        target = "" if row.target is None else amount(row.target, row.unit)
        shown = row.shown if row.value is not None or not row.by_hand else self.tr("Enter …")
        items = tuple(QTableWidgetItem(isolate(text)) for text in (row.name, shown, target, state))
        said = self.tr("%1: %2, target %3, %4").replace("%1", row.name).replace("%2", shown)
        said = said.replace("%3", target or self.tr("none")).replace("%4", state)
        if row.by_hand:
            said = self.tr("%1, entered by hand").replace("%1", said)
        for item in items:
            item.setData(Qt.ItemDataRole.AccessibleTextRole, said)
        if row.by_hand:
            items[VALUE].setForeground(current().color("accent"))
            day = self.tr("entered by hand, as of %1").replace("%1", row.as_of or words.NONE)
            items[VALUE].setToolTip(day)
            items[VALUE].setIcon(current().icon("pencil", "accent", 14))
        items[2].setForeground(current().color("text3"))
        if icon:
            items[3].setIcon(current().icon(icon, tone, 14))
            items[3].setForeground(current().color(tone))
        else:
            items[3].setForeground(current().color("text3"))
        return items

    @Slot(int, int)
    def _choose(self, line: int, _column: int) -> None:
        if not 0 <= line < len(self.lines):
            return
        if self.lines[line].by_hand:
            self._type(line)
        else:
            self.opened.emit(self.lines[line].name)

    def _type(self, line: int) -> None:
        item = self.item(line, VALUE)
        # The Enter that ends typing reaches the table as well.
        if item is not None and self.state() is not QAbstractItemView.State.EditingState:
            self.edit(self.indexFromItem(item))

    @Slot(int, str)
    def _typed(self, line: int, text: str) -> None:
        value, known = QLocale().toDouble(text.strip())
        if not known:
            value, known = QLocale.c().toDouble(text.strip().replace(",", "."))
        if known and value != self.lines[line].value:
            self.entered.emit(self.lines[line].name, value)


class _Typing(QStyledItemDelegate):
    """The field in which a value is typed."""

    typed = Signal(int, str)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: ARG002 - Qt passes them
        """An empty field over the cell."""
        field = QLineEdit(parent)
        field.setAccessibleName(self.tr("New value"))
        return field

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """The figure without its unit."""
        table = self.parent()
        if isinstance(table, ScoreTable) and isinstance(editor, QLineEdit):
            value = table.lines[index.row()].value
            editor.setText("" if value is None else words.plain(value))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:  # noqa: ARG002 - Qt passes it
        """Told; the table shows it once it is stored."""
        if isinstance(editor, QLineEdit):
            self.typed.emit(index.row(), editor.text())


def _state(row: ScoreRow) -> tuple[str, str, str]:
    """Words, icon and colour role of how a line stands."""
    if row.met is None:
        return (words.untold(has_target=row.target is not None), "", "text3")
    return (words.on_target(met=True), "check", "ok") if row.met else (words.on_target(met=False), "triangle", "late")


def _side(place: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignLeading if place in {0, 3} else Qt.AlignmentFlag.AlignTrailing
    return side | Qt.AlignmentFlag.AlignVCenter
