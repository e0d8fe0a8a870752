"""The editor of one policy: its name, whom it is for, its hours, what it promises, and what it does about it."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from inbox.model.words import PolicyAction
from inbox.ui.entries.editing import MARGIN
from inbox.ui.entries.folding import FootedEditor
from inbox.ui.policies.deedboxes import ActionBoxes
from inbox.ui.policies.draft import FIELDS, Draft
from inbox.ui.policies.room import AFTER, beside, lay
from inbox.ui.policies.sentence import shown
from inbox.ui.policies.targets import HINT, ONE_WIDTH, TargetRow, explained
from inbox.ui.rules.kinds import CONDITIONS
from inbox.ui.rules.options import Known, Option
from inbox.ui.rules.part import KIND_WIDTH
from inbox.ui.rules.parts import PartList
from inbox.ui.rules.values import Combo
from inbox.ui.theme import current
from inbox.ui.widgets import Divider, Label, LineEdit, column, row

AREAS_HOURS = ""
"""Stands for no calendar of its own in the list of calendars."""


class Line(QWidget):
    """A label, a field beside it, and what is wrong below."""

    def __init__(self, words: str, field: QWidget, *, wide: bool = True) -> None:
        """``wide`` fields take the room there is."""
        super().__init__()
        self._label = Label(words, "meta_strong", "text2", wrap=True)
        self._label.setBuddy(field)
        self.error = Label("", "meta", "late", wrap=True)
        self.error.hide()
        self._body, self._below = row(gap=8), row()
        self._body.addWidget(self._label)
        self._body.addWidget(field, 1)
        if not wide:
            self._body.addStretch(2)
        self._below.addWidget(self.error)
        box = column(self, gap=4)
        box.addLayout(self._body)
        box.addLayout(self._below)
        self.set_narrow(narrow=False)

    def set_narrow(self, *, narrow: bool) -> None:
        """Less room for the label, and none behind."""
        lead, trail = beside(narrow=narrow)
        self._label.setFixedWidth(lead)
        lay(self._body, 0, trail)
        lay(self._below, lead + current().px(8), trail)

    def say(self, sentence: str) -> None:
        """What is wrong, or nothing."""
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))


class PolicyEditor(FootedEditor):
    """``changed`` comes with every letter; ``draft`` is what stands here; ``left`` names a field that was left."""

    def __init__(self) -> None:
        """Empty until a draft comes."""
        super().__init__(self.tr("Policy"))
        self._draft: Draft = Draft()
        self._showing = False
        self._narrow = False
        self.name = LineEdit(self.tr("Name"), self.tr("What the policy is called"))
        self.name.setMaxLength(120)
        self.whens = PartList(
            "when", self.tr("For mentions where all of these are true"), self.tr("Condition"), CONDITIONS
        )
        self.calendar = Combo(self.tr("Calendar"))
        self.targets = {metric: TargetRow(metric) for metric in FIELDS}
        self.warn = LineEdit(self.tr("Warn before the deadline"), shown(HINT))
        self.warn.setMaxLength(24)
        self.warn.setMaximumWidth(current().px(ONE_WIDTH))
        self.on_warning = ActionBoxes(self.tr("On the warning"))
        self.on_breach = ActionBoxes(self.tr("When it is late"))
        self.name_line = Line(self.tr("Name"), self.name)
        self.calendar_line = Line(self.tr("Hours"), self.calendar)
        self.warn_line = Line(self.tr("Warn before"), self.warn, wide=False)
        self.note = Label("", "meta", "soon", wrap=True)
        self.note.setContentsMargins(0, current().px(10), 0, 0)
        self.note.hide()
        self._hint = row()
        self._build()
        self._connect()

    def set_narrow(self, *, narrow: bool) -> None:
        """For little room or large letters."""
        if narrow == self._narrow:
            return
        self._narrow = narrow
        for line in (self.name_line, self.calendar_line, self.warn_line):
            line.set_narrow(narrow=narrow)
        for target in self.targets.values():
            target.set_narrow(narrow=narrow)
        for boxes in (self.on_warning, self.on_breach):
            boxes.set_narrow(narrow=narrow)
        lead, trail = beside(narrow=narrow)
        lay(self._hint, lead + current().px(8), trail)

    def _build(self) -> None:
        box = column(self.inside, margins=(MARGIN, 16, MARGIN, 24))
        box.addWidget(self.trouble)
        groups: tuple[tuple[QWidget, ...], ...] = (
            (self.name_line,),
            (self.whens, self.note),
            (Label(self.tr("What is promised"), "meta_strong", "text2"), self.calendar_line, *self.targets.values()),
            (self.warn_line, self.on_warning, self.on_breach),
        )
        for at, group in enumerate(groups):
            if at:
                box.addSpacing(current().px(16))
                box.addWidget(Divider())
                box.addSpacing(current().px(14))
            for number, part in enumerate(group):
                if number and part is not self.note:
                    box.addSpacing(current().px(10))
                box.addWidget(part)
            if self.calendar_line in group:
                self._hint.addWidget(Label(explained(), "meta", "text3", wrap=True))
                lay(self._hint, current().px(KIND_WIDTH + 8), current().px(AFTER))
                box.addSpacing(current().px(6))
                box.addLayout(self._hint)
        box.addLayout(self.foot)
        box.addStretch(1)
        self.area.setWidget(self.inside)
        self.setFocusProxy(self.name)

    def _connect(self) -> None:
        for edit, field in ((self.name, "name"), (self.warn, "warn_before")):
            edit.textEdited.connect(self._changed)
            edit.editingFinished.connect(lambda field=field: self.left.emit(field))
        self.calendar.currentIndexChanged.connect(self._changed)
        self.whens.changed.connect(self._changed)
        for boxes in (self.on_warning, self.on_breach):
            boxes.changed.connect(self._changed)
        for target in self.targets.values():
            target.changed.connect(self._changed)
            target.left.connect(self.left)

    def show_draft(self, draft: Draft, known: Known) -> None:
        """Another policy, silently."""
        self._showing = True
        self._draft = draft
        self.name.setText(draft.name)
        self.whens.show_parts(draft.conditions, known)
        self.calendar.fill(
            [Option(AREAS_HOURS, self.tr("The area's hours, else around the clock")), *known.of("hours")]
        )
        self.calendar.choose(draft.calendar or AREAS_HOURS)
        for metric, target in self.targets.items():
            target.set_value(draft.targets[metric])
        self.warn.setText(draft.warn)
        self.on_warning.set_value(draft.on_warning)
        self.on_breach.set_value(draft.on_breach)
        self.show_errors({})
        self.trouble.say("")
        self.area.verticalScrollBar().setValue(0)
        self._showing = False

    def draft(self, *, typed: bool = False) -> Draft:
        """What stands here now; ``typed`` takes words that are being typed as given."""
        return replace(
            self._draft,
            name=self.name.text(),
            conditions=self.whens.parts(typed=typed),
            calendar=self.calendar.chosen() or None,
            targets={metric: target.value() for metric, target in self.targets.items()},
            warn=self.warn.text(),
            on_warning=_kept(self._draft.on_warning, self.on_warning.value()),
            on_breach=_kept(self._draft.on_breach, self.on_breach.value()),
        )

    def say_note(self, sentence: str) -> None:
        """What is allowed and may surprise, or nothing."""
        self.note.setText(sentence)
        self.note.setVisible(bool(sentence))

    def finish(self) -> bool:
        """Words that are being typed are taken as given."""
        for each in self.whens.rows:
            each.editor.finish()
        return True

    def show_errors(self, errors: Mapping[str, str]) -> None:
        """What is wrong, each at its field; see ``draft.unfinished`` for the fields."""
        said = errors.get("name", "") or errors.get("policy", "")
        self.name.set_wrong(wrong=bool(said))
        self.name.setAccessibleDescription(said)
        self.name_line.say(said)
        self.whens.show_errors(errors)
        if not self.whens.rows and not errors.get("when"):
            self.whens.say(self.tr("Without a condition the policy takes every mention that none before it takes."))
        self.calendar_line.say(errors.get("calendar", ""))
        self.calendar.setAccessibleDescription(errors.get("calendar", ""))
        for target in self.targets.values():
            target.show_errors(errors)
        late = errors.get("warn_before", "")
        self.warn.set_wrong(wrong=bool(late))
        self.warn.setAccessibleDescription(late)
        self.warn_line.say(late)

    def go_to(self, field: str) -> None:
        """The keyboard goes to a field."""
        found = self._widget_of(field)
        found.setFocus(Qt.FocusReason.OtherFocusReason)
        self.area.ensureWidgetVisible(found)

    def _widget_of(self, field: str) -> QWidget:
        side, _, key = field.partition(".")
        if side == "when":
            found = self.whens.row_of(key)
            return self.whens.add if found is None else found.editor
        for target in self.targets.values():
            edit = target.edit_of(field)
            if edit is not None:
                return edit
        return {"calendar": self.calendar, "warn_before": self.warn}.get(side, self.name)

    @Slot()
    def _changed(self) -> None:
        if not self._showing:
            self.changed.emit()


def _kept(stored: tuple[PolicyAction, ...], ticked: tuple[PolicyAction, ...]) -> tuple[PolicyAction, ...]:
    """The order in which they were written, where the same ones are ticked."""
    return stored if set(stored) == set(ticked) else ticked
