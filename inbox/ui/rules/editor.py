"""The editor of one rule: its name, when it applies, and what it does then."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from inbox.ui.entries.editing import MARGIN, EntryEditor
from inbox.ui.rules.draft import Draft
from inbox.ui.rules.kinds import ACTIONS, CONDITIONS
from inbox.ui.rules.options import Known
from inbox.ui.rules.part import KIND_WIDTH
from inbox.ui.rules.parts import PartList
from inbox.ui.theme import current
from inbox.ui.widgets import Divider, Label, LineEdit, column, row

TYPED = frozenset({"text_any", "text_all", "text_none"})
"""Conditions whose half-typed token is taken as given by the live matches."""


class RuleEditor(EntryEditor):
    """``changed`` comes with every letter; ``draft`` is what stands here."""

    def __init__(self) -> None:
        """Empty until a draft comes."""
        super().__init__(self.tr("Rule"))
        self._draft: Draft = Draft()
        self._showing = False
        self.name = LineEdit(self.tr("Name"), self.tr("What the rule is called"))
        self.name.setMaxLength(120)
        self.name_error = Label("", "meta", "late", wrap=True)
        self.whens = PartList("when", self.tr("When all of these are true"), self.tr("Condition"), CONDITIONS)
        self.thens = PartList("then", self.tr("Then"), self.tr("Action"), ACTIONS)
        self._foot: QVBoxLayout = column()
        self._build()
        self.name.textEdited.connect(self._changed)
        for each in (self.whens, self.thens):
            each.changed.connect(self._changed)

    def _build(self) -> None:
        box = column(self.inside, margins=(MARGIN, 16, MARGIN, 24), gap=0)
        box.addWidget(self.trouble)
        box.addSpacing(4)
        line = row(gap=8)
        label = Label(self.tr("Name"), "meta_strong", "text2")
        label.setBuddy(self.name)
        label.setFixedWidth(current().px(KIND_WIDTH))
        line.addWidget(label)
        line.addWidget(self.name, 1)
        line.addSpacing(36)
        box.addLayout(line)
        self.name_error.hide()
        below = row(margins=(KIND_WIDTH + 8, 4, 36, 0))
        below.addWidget(self.name_error)
        box.addLayout(below)
        for part in (Divider(), self.whens, Divider(), self.thens):
            box.addSpacing(20 if isinstance(part, Divider) else 18)
            box.addWidget(part)
        box.addLayout(self._foot)
        box.addStretch(1)
        self.area.setWidget(self.inside)
        self.setFocusProxy(self.name)

    def add_below(self, summary: QWidget, link: QWidget) -> None:
        """What the rule would have done, and the way to all of it."""
        self._foot.addSpacing(current().px(20))
        self._foot.addWidget(Divider())
        self._foot.addSpacing(current().px(16))
        self._foot.addWidget(summary)
        self._foot.addSpacing(current().px(12))
        self._foot.addWidget(link, 0, Qt.AlignmentFlag.AlignLeading)

    def show_draft(self, draft: Draft, known: Known) -> None:
        """Another rule, silently."""
        self._showing = True
        self._draft = draft
        self.name.setText(draft.name)
        self.whens.show_parts(draft.conditions, known)
        self.thens.show_parts(draft.actions, known)
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
            actions=self.thens.parts(typed=typed),
        )

    def typing(self) -> tuple[str, str]:
        """The condition that a word is being typed into, and the word; empty where none is."""
        for each in self.whens.rows:
            if each.key in TYPED and each.typing():
                return each.key, each.typing()
        return "", ""

    def finish(self) -> bool:
        """Words that are being typed are taken as given."""
        for each in (*self.whens.rows, *self.thens.rows):
            each.editor.finish()
        return True

    def show_errors(self, errors: Mapping[str, str]) -> None:
        """What is wrong, each at its field; see ``draft.unfinished`` for the fields."""
        said = errors.get("name", "")
        self.name.set_wrong(wrong=bool(said))
        self.name.setAccessibleDescription(said)
        self.name_error.setText(said)
        self.name_error.setVisible(bool(said))
        self.whens.show_errors(errors)
        self.thens.show_errors(errors)
        if not self.whens.rows and not errors.get("when"):
            self.whens.say(self.tr("Without a condition the rule takes every mention."))

    def go_to(self, field: str) -> None:
        """The keyboard goes to a field."""
        side, _, key = field.partition(".")
        part = self.whens if side == "when" else self.thens
        found = part.row_of(key)
        if side == "name":
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        elif found is not None:
            found.take_focus()
            self.area.ensureWidgetVisible(found)
        else:
            part.add.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _changed(self) -> None:
        if not self._showing:
            self.changed.emit()
