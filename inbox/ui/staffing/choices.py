"""What is asked of staffing: area, response, share to keep, time in hand, and a target to try."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from inbox.model.workspace import UNSORTED, Workspace
from inbox.ui.staffing.found import Asked
from inbox.ui.theme import current
from inbox.ui.widgets import Label, Pane, Segmented, column

SHARES = (50, 70, 80, 90, 95, 99, 100)
USUAL_SHARE = 90
HANDLING = (1, 2, 3, 4, 6, 8, 10, 15, 20, 30, 45, 60)
TARGETS = (15, 30, 60, 120, 240, 480, 1440)
HOUR = 60
PER_ROW = 5
LEAST = 150
LEAST_LETTERS = 4


class Choices(Pane):
    """A row of named choices, in as many lines as the width asks for. ``changed`` says that one was changed."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """The usual question, about all areas."""
        super().__init__("surface", "bottom", parent)
        self.area = QComboBox()
        self.response = Segmented(
            (("first", self.tr("First"), ""), ("next", self.tr("Next"), "")), self.tr("Response to keep in time")
        )
        self.share = QComboBox()
        self.handling = QComboBox()
        self.target = QComboBox()
        self._grid = QGridLayout()
        self._cells: list[QWidget] = []
        self._per_row = 0
        self._fill()
        box = column(self, margins=(16, 10, 16, 12))
        box.addLayout(self._grid)

    def asked(self, days: int) -> Asked:
        """What is chosen."""
        return Asked(
            self.area.currentData(),
            self.response.value(),
            days,
            self.share.currentData() / 100,
            self.handling.currentData(),
            self.target.currentData(),
        )

    def show_workspace(self, workspace: Workspace) -> None:
        """The areas there are; the chosen one stays where there still is one."""
        chosen = self.area.currentData()
        self.area.blockSignals(True)
        self.area.clear()
        self.area.addItem(self.tr("All as one team"), None)
        for name in (*(each.name for each in workspace.areas), UNSORTED):
            self.area.addItem(name, name)
        self.area.setCurrentIndex(max(0, self.area.findData(chosen)))
        self.area.blockSignals(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many in a line as fit."""
        super().resizeEvent(event)
        self._place()

    def _fill(self) -> None:
        self.area.addItem(self.tr("All as one team"), None)
        for share in SHARES:
            self.share.addItem(f"{share}%", share)
        self.share.setCurrentIndex(SHARES.index(USUAL_SHARE))
        self.handling.addItem(self.tr("As measured"), None)
        for minutes in HANDLING:
            self.handling.addItem(self.tr("%1 min").replace("%1", str(minutes)), minutes)
        self.target.addItem(self.tr("As promised"), None)
        for minutes in TARGETS:
            words = self.tr("%1 min") if minutes < HOUR else self.tr("%1 h")
            self.target.addItem(words.replace("%1", str(minutes if minutes < HOUR else minutes // HOUR)), minutes)
        named = (
            (self.tr("Area"), self.area),
            (self.tr("Response"), self.response),
            (self.tr("Share in time"), self.share),
            (self.tr("Time in hand"), self.handling),
            (self.tr("Target"), self.target),
        )
        for name, field in named:
            cell = QWidget()
            box = column(cell, gap=4)
            label = Label(name, "meta", "text2")
            label.setBuddy(field)
            box.addWidget(label)
            box.addWidget(field)
            self._cells.append(cell)
            if isinstance(field, QComboBox):
                field.setAccessibleName(name)
                field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
                field.setMinimumContentsLength(LEAST_LETTERS)
                field.currentIndexChanged.connect(self._tell)
        self.response.chosen.connect(self._tell)

    @Slot()
    def _tell(self) -> None:
        self.changed.emit()

    def _place(self) -> None:
        per_row = max(2, min(PER_ROW, self.width() // current().px(LEAST)))
        if per_row == self._per_row:
            return
        self._per_row = per_row
        self._grid.setHorizontalSpacing(current().px(16))
        self._grid.setVerticalSpacing(current().px(8))
        for at, cell in enumerate(self._cells):
            self._grid.addWidget(cell, at // per_row, at % per_row, Qt.AlignmentFlag.AlignTop)
        for place in range(PER_ROW):
            self._grid.setColumnStretch(place, 1 if place < per_row else 0)
