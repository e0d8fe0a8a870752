"""The editor of one escalation policy: its name, its steps in order, and how often all of it is repeated."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from inbox.ui.entries.editing import MARGIN
from inbox.ui.entries.folding import FootedEditor
from inbox.ui.ladders.draft import Draft, StepDraft
from inbox.ui.ladders.steprow import StepRow
from inbox.ui.ladders.words import times_words, tr
from inbox.ui.policies.editor import Line
from inbox.ui.rules.options import Option
from inbox.ui.rules.values import Combo
from inbox.ui.theme import current
from inbox.ui.widgets import Button, Divider, Label, LineEdit, column, row

REPEATS = range(11)


class LadderEditor(FootedEditor):
    """``changed`` comes with every letter; ``draft`` is what stands here; ``left`` names a field that was left."""

    def __init__(self) -> None:
        """Empty until a draft comes."""
        super().__init__(tr("Escalation policy"))
        self._draft: Draft = Draft()
        self._options: Mapping[str, str] = {}
        self._showing = False
        self.name = LineEdit(tr("Name"), tr("What the policy is called, such as “safety”"))
        self.name.setMaxLength(120)
        self.name_line = Line(tr("Name"), self.name)
        self.steps: list[StepRow] = []
        self.add = Button(tr("Step"), "plus", "link")
        self.add.setAccessibleName(tr("Add a step"))
        self.steps_error = Label("", "meta", "late", wrap=True)
        self.steps_error.hide()
        self.repeat = Combo(tr("How often all of it is repeated"))
        self.repeat_line = Line(tr("All of it again"), self.repeat)
        self._rows: QVBoxLayout = column(gap=14)
        self._build()
        self.name.textEdited.connect(self._changed)
        self.name.editingFinished.connect(lambda: self.left.emit("name"))
        self.repeat.currentIndexChanged.connect(self._changed)
        self.add.clicked.connect(self._add)

    def _build(self) -> None:
        box = column(self.inside, margins=(MARGIN, 16, MARGIN, 24))
        box.addWidget(self.trouble)
        box.addWidget(self.name_line)
        self._rule(box)
        box.addWidget(Label(tr("Who is called, in this order"), "meta_strong", "text2"))
        box.addSpacing(current().px(10))
        box.addLayout(self._rows)
        box.addSpacing(current().px(10))
        line = row()
        line.addWidget(self.add)
        line.addStretch(1)
        box.addLayout(line)
        box.addWidget(self.steps_error)
        hint = tr("Where nobody of a step is there, the next one comes at once. Whoever answers first stops all of it.")
        box.addSpacing(current().px(6))
        box.addWidget(Label(hint, "meta", "text3", wrap=True))
        self._rule(box)
        box.addWidget(self.repeat_line)
        box.addLayout(self.foot)
        box.addStretch(1)
        self.area.setWidget(self.inside)
        self.setFocusProxy(self.name)

    @staticmethod
    def _rule(box: QVBoxLayout) -> None:
        box.addSpacing(current().px(16))
        box.addWidget(Divider())
        box.addSpacing(current().px(14))

    def set_narrow(self, *, narrow: bool) -> None:
        """For little room or large letters."""
        for line in (self.name_line, self.repeat_line):
            line.set_narrow(narrow=narrow)

    def show_draft(self, draft: Draft, options: Mapping[str, str]) -> None:
        """Another policy, silently."""
        self._showing = True
        self._draft, self._options = draft, options
        self.name.setText(draft.name)
        self.repeat.fill([Option(str(each), times_words(each)) for each in REPEATS])
        self.repeat.choose(str(draft.repeat))
        self._show_steps(draft.steps)
        self.show_errors({})
        self.trouble.say("")
        self.area.verticalScrollBar().setValue(0)
        self._showing = False

    def draft(self, *, typed: bool = False) -> Draft:
        """What stands here now; ``typed`` takes words that are being typed as given."""
        steps = tuple(each.step(typed=typed) for each in self.steps)
        return replace(self._draft, name=self.name.text(), steps=steps, repeat=int(self.repeat.chosen() or 0))

    def finish(self) -> bool:
        """Words that are being typed are taken as given."""
        for each in self.steps:
            each.whom.finish()
        return True

    def show_errors(self, errors: Mapping[str, str]) -> None:
        """What is wrong, each at its field; see ``draft.unfinished`` for the fields."""
        name = errors.get("name", "")
        self.name.set_wrong(wrong=bool(name))
        self.name.setAccessibleDescription(name)
        self.name_line.say(name)
        self.steps_error.setText(errors.get("steps", ""))
        self.steps_error.setVisible(bool(errors.get("steps")))
        self.repeat_line.say(errors.get("repeat", ""))
        self.repeat.setAccessibleDescription(errors.get("repeat", ""))
        for at, each in enumerate(self.steps):
            each.show_errors(errors.get(f"steps.{at}.to", ""), errors.get(f"steps.{at}.wait", ""))

    def go_to(self, field: str) -> None:
        """The keyboard goes to a field."""
        found = self._widget_of(field)
        found.setFocus(Qt.FocusReason.OtherFocusReason)
        self.area.ensureWidgetVisible(found)

    def _widget_of(self, field: str) -> QWidget:
        part, _, rest = field.partition(".")
        at, _, side = rest.partition(".")
        if part == "steps" and at.isdecimal() and int(at) < len(self.steps):
            row_ = self.steps[int(at)]
            return row_.wait if side == "wait" else row_.whom.edit
        return {"steps": self.add, "repeat": self.repeat}.get(part, self.name)

    def _show_steps(self, steps: tuple[StepDraft, ...]) -> None:
        for old in self.steps:
            self._rows.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.steps = []
        for each in steps:
            self._put(each)
        self._number()

    def _put(self, step: StepDraft) -> StepRow:
        made = StepRow(step, self._options)
        made.changed.connect(self._changed)
        made.moved.connect(self._move)
        made.removed.connect(self._remove)
        made.left.connect(self._leave)
        self.steps.append(made)
        self._rows.addWidget(made)
        return made

    def _number(self) -> None:
        for at, each in enumerate(self.steps):
            each.stand(at, len(self.steps))

    @Slot()
    def _add(self) -> None:
        made = self._put(StepDraft())
        self._number()
        self._changed()
        made.show()
        self.go_to(f"steps.{len(self.steps) - 1}.to")

    @Slot(object, int)
    def _move(self, which: StepRow, by: int) -> None:
        at = self.steps.index(which)
        to = at + by
        if not 0 <= to < len(self.steps):
            return
        self.steps.insert(to, self.steps.pop(at))
        self._rows.removeWidget(which)
        self._rows.insertWidget(to, which)
        self._number()
        button = which.up if by < 0 else which.down
        (button if button.isEnabled() else which.down if by < 0 else which.up).setFocus()
        self._changed()

    @Slot(object)
    def _remove(self, which: StepRow) -> None:
        at = self.steps.index(which)
        self.steps.remove(which)
        self._rows.removeWidget(which)
        which.hide()
        which.deleteLater()
        self._number()
        self.go_to(f"steps.{min(at, len(self.steps) - 1)}.to" if self.steps else "steps")
        self._changed()

    @Slot(object, str)
    def _leave(self, which: StepRow, side: str) -> None:
        if which in self.steps:
            self.left.emit(f"steps.{self.steps.index(which)}.{side}")

    @Slot()
    def _changed(self) -> None:
        if not self._showing:
            self.changed.emit()
