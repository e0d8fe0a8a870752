"""The figures that say most, side by side, each with what it is above and what it means below."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from inbox.ui.theme import current
from inbox.ui.widgets.boxes import column
from inbox.ui.widgets.labels import Label


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure; ``tone`` is the colour role of what it means."""

    name: str
    figure: str
    about: str
    tone: str = "text3"


class Figures(QWidget):
    """In as many rows as the width asks for."""

    def __init__(self, per_row: int, least: int, parent: QWidget | None = None) -> None:
        """``per_row`` at most stand beside each other, each at least ``least`` pixels (at 100%) wide."""
        super().__init__(parent)
        self._most, self._least = per_row, least
        self._per_row = per_row
        self._cells: list[QWidget] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(current().px(24))
        self._grid.setVerticalSpacing(current().px(12))

    def show_cells(self, cells: Sequence[Cell]) -> None:
        """Other figures."""
        for old in self._cells:
            self._grid.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._cells = [_drawn(cell) for cell in cells]
        self._place()

    def fit(self, width: int) -> None:
        """As many in a row as have room in ``width`` pixels."""
        per_row = min(self._most, max(1, width // current().px(self._least)))
        if per_row != self._per_row:
            self._per_row = per_row
            self._place()

    def _place(self) -> None:
        """Rows of about the same length: four figures stand two by two rather than three and one."""
        rows = max(1, -(-len(self._cells) // self._per_row))
        columns = max(1, -(-len(self._cells) // rows))
        for at, cell in enumerate(self._cells):
            self._grid.addWidget(cell, at // columns, at % columns, Qt.AlignmentFlag.AlignTop)
        for at in range(self._most):
            self._grid.setColumnStretch(at, 1 if at < columns else 0)


def _drawn(cell: Cell) -> QWidget:
    made = QWidget()
    box = column(made, gap=2)
    box.addWidget(Label(cell.name, "meta", "text2", wrap=True))
    box.addWidget(Label(cell.figure, "figure"))
    box.addWidget(Label(cell.about, "meta", cell.tone, wrap=True))
    return made
