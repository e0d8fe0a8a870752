"""A list of conditions or of actions, with a button that adds one."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from inbox.ui.rules.draft import Part
from inbox.ui.rules.kinds import Kind
from inbox.ui.rules.options import Known
from inbox.ui.rules.part import PartRow
from inbox.ui.widgets import Button, Label, column


class PartList(QWidget):
    """``side`` is "when" or "then"; each kind can stand here once."""

    changed = Signal()

    def __init__(self, side: str, title: str, adds: str, kinds: tuple[Kind, ...]) -> None:
        """``adds`` are the words of the button."""
        super().__init__()
        self._side, self._kinds = side, kinds
        self._known: Known | None = None
        self.rows: list[PartRow] = []
        self.add = Button(adds, "plus", "link")
        self.note = Label("", "meta", "text3", wrap=True)
        self.note.hide()
        box = column(self, gap=8)
        box.addWidget(Label(title, "meta_strong", "text2"))
        self._holder = column(gap=8)
        box.addLayout(self._holder)
        box.addWidget(self.note)
        box.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeading)
        self.add.clicked.connect(self._add)

    def show_parts(self, parts: Sequence[Part], known: Known) -> None:
        """Other lines."""
        self._known = known
        for old in self.rows:
            self._drop(old)
        self.rows = []
        for part in parts:
            self._put(part)
        self._offer()

    def parts(self, *, typed: bool = False) -> tuple[Part, ...]:
        """The lines as they stand; ``typed`` takes what is being typed as given."""
        return tuple(each.part(typed=typed) for each in self.rows)

    def show_errors(self, errors: Mapping[str, str]) -> None:
        """What is wrong, by field: "when.text_any", or "then" for the whole list."""
        for each in self.rows:
            each.set_error(errors.get(f"{self._side}.{each.key}", ""))
        self.say(errors.get(self._side, ""), late=True)

    def say(self, sentence: str, *, late: bool = False) -> None:
        """A word on the whole list, or none."""
        self.note.setText(sentence)
        self.note.set_tone("late" if late else "text3")
        self.note.setVisible(bool(sentence))

    def focused(self) -> PartRow | None:
        """The line that has the keyboard."""
        focus = QApplication.focusWidget()
        return next((each for each in self.rows if focus is not None and each.isAncestorOf(focus)), None)

    def row_of(self, key: str) -> PartRow | None:
        """The line of a kind."""
        return next((each for each in self.rows if each.key == key), None)

    def _put(self, part: Part) -> PartRow | None:
        if self._known is None:
            return None
        made = PartRow(self._kinds, part, self._known)
        made.changed.connect(self.changed)
        made.kind_changed.connect(self._kind_changed)
        made.removed.connect(self._remove)
        self.rows.append(made)
        self._holder.addWidget(made)
        return made

    def _drop(self, row: PartRow) -> None:
        self._holder.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _offer(self) -> None:
        taken = {each.key for each in self.rows}
        for each in self.rows:
            each.offer(taken)
        self.add.setEnabled(len(taken) < len(self._kinds))

    @Slot()
    def _add(self) -> None:
        taken = {each.key for each in self.rows}
        free = next((each for each in self._kinds if each.key not in taken), None)
        made = self._put((free.key, None)) if free is not None else None
        if made is not None:
            self._offer()
            made.combo.setFocus(Qt.FocusReason.OtherFocusReason)
            self.changed.emit()

    @Slot()
    def _kind_changed(self) -> None:
        self._offer()
        self.changed.emit()

    @Slot(object)
    def _remove(self, row: PartRow) -> None:
        at = self.rows.index(row)
        self.rows.remove(row)
        self._drop(row)
        self._offer()
        if self.rows:
            self.rows[min(at, len(self.rows) - 1)].take_focus()
        else:
            self.add.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()
