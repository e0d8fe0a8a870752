"""The settings of the detector as fields: how many people, how many false alarms, how much alike, and phrases."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from inbox.ui.rules.tokens import TokenField
from inbox.ui.theme import current
from inbox.ui.watching.wanted import NAMES, Wanted
from inbox.ui.widgets import Card, ElidedLabel, Field, Label, column, row

PER_ROW = 5
LEAST = 176


class SettingsForm(Card):
    """``changed`` comes with every letter."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until ``show_wanted``."""
        super().__init__()
        if parent is not None:
            self.setParent(parent)
        self._edits = {
            "min_authors": Field(self.tr("People it takes"), self.tr("who say the same, or write more than usual")),
            "false_alarms_per_day": Field(self.tr("False alarms a day"), self.tr("at most; limits rise to keep to it")),
            "similarity": Field(self.tr("Alike, in percent"), self.tr("posts must be, to count as one complaint")),
            "reach": Field(self.tr("High reach from"), self.tr("followers; also every press author")),
            "growth": Field(self.tr("Fast growth from"), self.tr("likes, shares and replies to one post")),
        }
        self.watch = TokenField(self.tr("Watched phrases"), self.tr("Type a phrase and Enter"))
        self.wrong = Label("", "meta", "late", wrap=True)
        self._grid = QGridLayout()
        self._per_row = 0
        self._build()

    def value(self) -> Wanted:
        """What stands in the fields; a phrase that is being typed counts."""
        typing = self.watch.typing().strip()
        phrases = self.watch.value() + ((typing,) if typing and typing not in self.watch.value() else ())
        return Wanted({name: self._edits[name].text() for name in NAMES}, phrases)

    def show_wanted(self, wanted: Wanted) -> None:
        """Fills the fields, silently."""
        for name in NAMES:
            self._edits[name].set_text(wanted.texts[name])
        self.watch.set_value(wanted.watch)
        self.show_errors({})

    def show_errors(self, errors: dict[str, str]) -> None:
        """What is wrong, by field."""
        for name in NAMES:
            self._edits[name].set_error(errors.get(name, ""))
        wrong = errors.get("watch", "")
        self.watch.set_wrong(wrong)
        self.wrong.setText(wrong)
        self.wrong.setVisible(bool(wrong))

    def field(self, name: str) -> Field:
        """One of the fields."""
        return self._edits[name]

    @Slot()
    def finish(self) -> None:
        """What is being typed becomes a phrase."""
        self.watch.finish()

    def _build(self) -> None:
        self._grid.setHorizontalSpacing(current().px(16))
        self._grid.setVerticalSpacing(current().px(10))
        self.body.addLayout(self._grid)
        self.body.addSpacing(current().px(6))
        phrases = QWidget()
        box = column(phrases, gap=4)
        line = row(gap=8)
        label = Label(self.tr("Watched phrases"), "control")
        label.setBuddy(self.watch)
        line.addWidget(label)
        line.addWidget(ElidedLabel(self.tr("each opens an incident when it is said once"), "meta", "text3"), 1)
        box.addLayout(line)
        box.addWidget(self.watch)
        box.addWidget(self.wrong)
        self.wrong.hide()
        self.body.addWidget(phrases)
        for edit in self._edits.values():
            edit.edit.textEdited.connect(self._tell)
        self.watch.changed.connect(self._tell)

    @Slot()
    def _tell(self) -> None:
        self.changed.emit()

    def fit(self, width: int) -> None:
        """As many fields in a line as fit into what is seen; the form itself never gets narrower than its fields."""
        per_row = max(1, min(PER_ROW, width // current().px(LEAST)))
        if per_row == self._per_row:
            return
        self._per_row = per_row
        for at, edit in enumerate(self._edits.values()):
            self._grid.addWidget(edit, at // per_row, at % per_row, Qt.AlignmentFlag.AlignTop)
        for place in range(PER_ROW):
            self._grid.setColumnStretch(place, 1 if place < per_row else 0)
