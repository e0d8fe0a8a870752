"""One step in the editor: whom it calls, how long it waits, its place, and what is wrong with it."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from inbox.ui.ladders.draft import StepDraft
from inbox.ui.ladders.words import tr
from inbox.ui.policies.room import lay
from inbox.ui.rules.tokens import TokenField
from inbox.ui.theme import current
from inbox.ui.widgets import IconButton, Label, LineEdit, column, row

NUMBER, WAIT = 20, 76


class StepRow(QWidget):
    """``changed`` comes with every letter; ``moved`` with -1 or 1; ``left`` names a field that was left."""

    changed = Signal()
    moved = Signal(object, int)
    removed = Signal(object)
    left = Signal(object, str)

    def __init__(self, step: StepDraft, options: Mapping[str, str]) -> None:
        """``options`` are whom it may call; services are typed."""
        super().__init__()
        self.number = Label("", "meta_strong", "text3")
        self.number.setFixedWidth(current().px(NUMBER))
        self.whom = TokenField("", tr("A person, a role, apprise:slack …"), options)
        self.whom.set_value(step.to)
        self.wait = LineEdit("", "5m")
        self.wait.setMaxLength(16)
        self.wait.setFixedWidth(current().px(WAIT))
        self.wait.setText(step.wait)
        self.up, self.down = IconButton("chevron-up", "", kind="quiet"), IconButton("chevron-down", "", kind="quiet")
        self.remove = IconButton("close", "", kind="quiet")
        self.error = Label("", "meta", "late", wrap=True)
        self.error.hide()
        self._build()
        self.whom.changed.connect(self.changed)
        self.wait.textEdited.connect(self.changed)
        self.wait.editingFinished.connect(lambda: self.left.emit(self, "wait"))
        self.up.clicked.connect(lambda: self.moved.emit(self, -1))
        self.down.clicked.connect(lambda: self.moved.emit(self, 1))
        self.remove.clicked.connect(self._remove)

    def _build(self) -> None:
        top = Qt.AlignmentFlag.AlignTop
        line = row(gap=8)
        line.addWidget(self.number, 0, top)
        line.addWidget(self.whom, 1, top)
        below = row(gap=8)
        below.addSpacing(current().px(NUMBER + 8))
        below.addWidget(Label(tr("then waits"), "meta", "text2"))
        below.addWidget(self.wait)
        below.addWidget(Label(tr("for an answer"), "meta", "text2"))
        below.addStretch(1)
        for button in (self.up, self.down, self.remove):
            below.addWidget(button)
        said = row()
        lay(said, current().px(NUMBER + 8), 0)
        said.addWidget(self.error)
        box = column(self, gap=4)
        for part in (line, below, said):
            box.addLayout(part)
        self.number.setMinimumHeight(current().px(30))

    def step(self, *, typed: bool = False) -> StepDraft:
        """What stands here; ``typed`` takes words that are being typed as given."""
        to, typing = self.whom.value(), " ".join(self.whom.typing().split())
        return StepDraft((*to, typing) if typed and typing else to, self.wait.text())

    def stand(self, at: int, of: int) -> None:
        """Its place from 0, which its parts are named by."""
        self.number.setText(str(at + 1))
        names = {
            self.whom.edit: tr("Step %1: whom it calls"),
            self.wait: tr("Step %1: how long it waits"),
            self.up: tr("Step %1: earlier"),
            self.down: tr("Step %1: later"),
            self.remove: tr("Step %1: take it away"),
        }
        for widget, words in names.items():
            widget.setAccessibleName(words.replace("%1", str(at + 1)))
            if isinstance(widget, IconButton):
                widget.setToolTip(widget.accessibleName())
        self.up.setEnabled(at > 0)
        self.down.setEnabled(at < of - 1)

    def show_errors(self, whom: str, wait: str) -> None:
        """What is wrong with each field."""
        self.whom.set_wrong(whom)
        self.wait.set_wrong(wrong=bool(wait))
        self.wait.setAccessibleDescription(wait)
        self.error.setText("\n".join(each for each in (whom, wait) if each))
        self.error.setVisible(bool(whom or wait))

    @Slot()
    def _remove(self) -> None:
        self.removed.emit(self)
