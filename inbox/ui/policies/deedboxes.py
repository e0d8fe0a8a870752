"""What a policy does when a warning or a deadline comes, as boxes to tick."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from inbox.model.words import PolicyAction
from inbox.ui.policies.room import beside
from inbox.ui.policies.sentence import ACTIONS, shown
from inbox.ui.theme import current
from inbox.ui.widgets import Label


class ActionBoxes(QWidget):
    """Four boxes beside a label, two in a row."""

    changed = Signal()

    def __init__(self, title: str) -> None:
        """``title`` says when they are done."""
        super().__init__()
        self.boxes = {action: QCheckBox(shown(words)) for action, words in ACTIONS.items()}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(current().px(8))
        self._grid.setVerticalSpacing(0)
        self._label = Label(title, "meta_strong", "text2", wrap=True)
        self._label.setMinimumHeight(current().px(28))
        for box in self.boxes.values():
            box.setAccessibleName(f"{title}: {box.text()}")
            box.toggled.connect(self._changed)
        self._grid.addWidget(self._label, 0, 0)
        self.set_narrow(narrow=False)

    def set_narrow(self, *, narrow: bool) -> None:
        """Two in a row, or one below the other."""
        self._label.setFixedWidth(beside(narrow=narrow)[0])
        across = 1 if narrow else 2
        for at, box in enumerate(self.boxes.values()):
            self._grid.addWidget(box, at // across, 1 + at % across)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, across - 1)

    def value(self) -> tuple[PolicyAction, ...]:
        """What is ticked, in the order of the boxes."""
        return tuple(action for action, box in self.boxes.items() if box.isChecked())

    def set_value(self, actions: tuple[PolicyAction, ...]) -> None:
        """Ticks, silently."""
        for action, box in self.boxes.items():
            held = box.blockSignals(True)
            box.setChecked(action in actions)
            box.blockSignals(held)

    @Slot()
    def _changed(self) -> None:
        self.changed.emit()
