"""What is promised for one metric: one duration, or one for each priority."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QGridLayout, QStackedWidget, QWidget

from inbox.model.words import Metric
from inbox.ui.policies.draft import FIELDS, PRIORITIES, Target
from inbox.ui.policies.room import beside, lay
from inbox.ui.policies.sentence import METRICS, shown
from inbox.ui.theme import current
from inbox.ui.widgets import Label, LineEdit, column, row

HINT = "none"
NARROWEST, ONE_WIDTH = 40, 128


class TargetRow(QWidget):
    """``changed`` comes with every letter, ``left`` with the name of a field when the keyboard leaves it."""

    changed = Signal()
    left = Signal(str)

    def __init__(self, metric: Metric) -> None:
        """Promises nothing."""
        super().__init__()
        self._field = FIELDS[metric]
        words = shown(METRICS[metric])
        self.split = QCheckBox(self.tr("By priority"))
        self.split.setAccessibleName(self.tr("%1 by priority").replace("%1", words))
        self.one = self._edit(words, self._field)
        self.each = [self._edit(f"{words}, {shown(str(one))}", f"{self._field}.{one}") for one in PRIORITIES]
        self.error = Label("", "meta", "late", wrap=True)
        self._sides = QStackedWidget()
        self._head = QWidget()
        self._line, self._below = row(gap=8), row()
        self._build(words)
        self.split.toggled.connect(self._turned)

    def _edit(self, words: str, field: str) -> LineEdit:
        made = LineEdit(words, shown(HINT))
        made.setMaxLength(24)
        made.setMinimumWidth(current().px(NARROWEST))
        made.textEdited.connect(self._changed)
        made.editingFinished.connect(lambda: self.left.emit(field))
        return made

    def _build(self, words: str) -> None:
        label = Label(words, "meta_strong", "text2")
        box = column(self._head)
        box.addWidget(label)
        box.addWidget(self.split)
        single = QWidget()
        line = row(single, gap=8)
        self.one.setMaximumWidth(current().px(ONE_WIDTH))
        line.addWidget(self.one, 1)
        line.addWidget(Label(self.tr("for every priority"), "meta", "text3"), 1)
        several = QWidget()
        grid = QGridLayout(several)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(current().px(6))
        grid.setVerticalSpacing(current().px(2))
        for at, (priority, edit) in enumerate(zip(PRIORITIES, self.each, strict=True)):
            grid.addWidget(Label(shown(str(priority).capitalize()), "caption", "text3"), 0, at)
            grid.addWidget(edit, 1, at)
            grid.setColumnStretch(at, 1)
        for side in (single, several):
            self._sides.addWidget(side)
        self._line.addWidget(self._head, 0, Qt.AlignmentFlag.AlignTop)
        self._line.addWidget(self._sides, 1, Qt.AlignmentFlag.AlignVCenter)
        outer = column(self, gap=2)
        outer.addLayout(self._line)
        self._below.addWidget(self.error)
        self.error.hide()
        outer.addLayout(self._below)
        self.set_narrow(narrow=False)

    def set_narrow(self, *, narrow: bool) -> None:
        """Less room for the label, and none behind."""
        lead, trail = beside(narrow=narrow)
        self._head.setFixedWidth(lead)
        lay(self._line, 0, trail)
        lay(self._below, lead + current().px(8), trail)

    def value(self) -> Target:
        """What stands here."""
        return Target(self.split.isChecked(), self.one.text(), tuple(edit.text() for edit in self.each))

    def set_value(self, target: Target) -> None:
        """Fills the fields, silently."""
        held = self.split.blockSignals(True)
        self.split.setChecked(target.split)
        self.split.blockSignals(held)
        self.one.setText(target.one)
        for edit, text in zip(self.each, target.each, strict=True):
            edit.setText(text)
            edit.setCursorPosition(0)
        self._sides.setCurrentIndex(int(target.split))

    def show_errors(self, errors: Mapping[str, str]) -> None:
        """What is wrong, by field; one of the metric as a whole stands at all its fields."""
        whole = errors.get(self._field, "")
        self._mark(self.one, whole)
        said = [whole] if whole else []
        for priority, edit in zip(PRIORITIES, self.each, strict=True):
            own = errors.get(f"{self._field}.{priority}", "")
            self._mark(edit, own or whole)
            if own:
                said.append(f"{shown(str(priority).capitalize())}: {own}")
        self.error.setText("\n".join(said))
        self.error.setVisible(bool(said))

    def edit_of(self, field: str) -> LineEdit | None:
        """The edit of a field's name; None where it is another metric's."""
        name, _, priority = field.partition(".")
        if name != self._field:
            return None
        if not self.split.isChecked():
            return self.one
        found = [str(each) for each in PRIORITIES]
        return self.each[found.index(priority)] if priority in found else self.each[0]

    @staticmethod
    def _mark(edit: LineEdit, sentence: str) -> None:
        if edit.accessibleDescription() != sentence:
            edit.set_wrong(wrong=bool(sentence))
            edit.setAccessibleDescription(sentence)

    @Slot(bool)
    def _turned(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        """What was promised for all is promised for each at first, and the other way round where all are the same."""
        if on and not any(edit.text() for edit in self.each):
            for edit in self.each:
                edit.setText(self.one.text())
        elif not on and not self.one.text():
            same = {edit.text() for edit in self.each}
            self.one.setText(same.pop() if len(same) == 1 else "")
        self._sides.setCurrentIndex(int(on))
        self.changed.emit()

    @Slot()
    def _changed(self) -> None:
        self.changed.emit()


def explained() -> str:
    """How durations are written."""
    words = "Write times like 90s, 15m, 4h or 1d (24 open hours). Empty promises nothing."
    return QCoreApplication.translate("policies", words)
