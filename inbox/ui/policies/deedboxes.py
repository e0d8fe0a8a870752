"""What a policy does when a warning or a deadline comes, as boxes to tick."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from inbox.model.words import PolicyAction
from inbox.ui.policies.sentence import ACTIONS, shown
from inbox.ui.rules.part import KIND_WIDTH
from inbox.ui.theme import current
from inbox.ui.widgets import Label


class ActionBoxes(QWidget):
    """Four boxes beside a label, two in a row."""

    changed = Signal()

    def __init__(self, title: str) -> None:
        """``title`` says when they are done."""
        super().__init__()
        self.boxes = {action: QCheckBox(shown(words)) for action, words in ACTIONS.items()}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(current().px(8))
        grid.setVerticalSpacing(0)
        label = Label(title, "meta_strong", "text2", wrap=True)
        label.setFixedWidth(current().px(KIND_WIDTH))
        label.setMinimumHeight(current().px(28))
        grid.addWidget(label, 0, 0)
        for at, box in enumerate(self.boxes.values()):
            box.setAccessibleName(f"{title}: {box.text()}")
            box.toggled.connect(self._changed)
            grid.addWidget(box, at // 2, 1 + at % 2)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)

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
