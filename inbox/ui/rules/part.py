"""One condition or action in the editor: its kind, its value, a way to take it away, and what is wrong with it."""

from collections.abc import Collection

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from inbox.ui.rules.draft import Part
from inbox.ui.rules.kinds import Kind, Shape, shown
from inbox.ui.rules.options import Known, Option
from inbox.ui.rules.values import EDITORS, Combo, ValueEditor, WordsEditor
from inbox.ui.theme import current
from inbox.ui.widgets import IconButton, Label, column, row

KIND_WIDTH = 148


class PartRow(QWidget):
    """``changed`` comes with every letter; ``kinds`` are all there are, ``taken`` those that other rows hold."""

    changed = Signal()
    kind_changed = Signal()
    removed = Signal(object)

    def __init__(self, kinds: tuple[Kind, ...], part: Part, known: Known) -> None:
        """Shows ``part``."""
        super().__init__()
        self._kinds = {each.key: each for each in kinds}
        self._known = known
        self.combo = Combo(self.tr("Kind of line"))
        self.combo.setFixedWidth(current().px(KIND_WIDTH))
        self.remove = IconButton("close", self.tr("Take this line away"), kind="quiet")
        self.error = Label("", "meta", "late", wrap=True)
        self.error.hide()
        self._refusal = ""
        self._line = row(gap=8)
        self._line.addWidget(self.combo, 0, Qt.AlignmentFlag.AlignTop)
        self.editor: ValueEditor = self._make(part[0])
        self._line.addWidget(self.editor, 1, Qt.AlignmentFlag.AlignTop)
        self._line.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignTop)
        box = column(self, gap=4)
        box.addLayout(self._line)
        self._below = row(margins=(KIND_WIDTH + 8, 0, 36, 0))
        self._below.addWidget(self.error)
        box.addLayout(self._below)
        self.key = part[0]
        self.offer(())
        self.editor.set_value(part[1])
        self.combo.currentIndexChanged.connect(self._kind_chosen)
        self.remove.clicked.connect(self._remove)

    def part(self, *, typed: bool = False) -> Part:
        """Kind and value; ``typed`` takes what is being typed as given."""
        value, typing = self.editor.value(), " ".join(self.editor.typing().split())
        if typed and typing and isinstance(value, tuple):
            return self.key, (*(str(each) for each in value), typing)
        return self.key, value

    def typing(self) -> str:
        """What is being typed into it, where the keyboard is there."""
        return self.editor.typing()

    def offer(self, taken: Collection[str]) -> None:
        """The kinds to choose from: this one, and those that no other line holds."""
        kinds = [each for each in self._kinds.values() if each.key == self.key or each.key not in taken]
        self.combo.fill([Option(each.key, shown(each.words)) for each in kinds])
        self.combo.choose(self.key)
        words = shown(self._kinds[self.key].words)
        self.remove.setAccessibleName(self.tr("Take away: %1").replace("%1", words))

    def set_error(self, sentence: str) -> None:
        """Says what is wrong under the value, or nothing."""
        said = sentence or self._refusal
        if said and said != self.error.text():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said))
        self.editor.set_error(said)
        self.error.setText(said)
        self.error.setVisible(bool(said))

    def take_focus(self) -> None:
        """The keyboard goes to the value."""
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make(self, key: str) -> ValueEditor:
        kind = self._kinds[key]
        made = EDITORS[kind.shape](kind, self._known)
        made.changed.connect(self._changed)
        if isinstance(made, WordsEditor):
            made.refused.connect(self._refused)
        return made

    @Slot()
    def _changed(self) -> None:
        self._refusal = ""
        self.changed.emit()

    @Slot(str)
    def _refused(self, words: str) -> None:
        """Something that is none of the listed choices."""
        listed = ", ".join(each.words for each in self._known.of(self.key)[:8])
        said = self.tr("“%1” is none of these: %2.").replace("%1", words).replace("%2", listed)
        self._refusal = said
        self.set_error("")

    @Slot()
    def _kind_chosen(self) -> None:
        key = self.combo.chosen()
        if key is None or key == self.key:
            return
        kept = self.editor.value()
        same = {self._kinds[self.key].shape, self._kinds[key].shape} == {Shape.WORDS}
        self.key = key
        self._refusal = ""
        old = self.editor
        self.editor = self._make(key)
        self._line.replaceWidget(old, self.editor)
        self._line.setAlignment(self.editor, Qt.AlignmentFlag.AlignTop)
        self.editor.show()
        old.hide()
        old.deleteLater()
        if same:
            self.editor.set_value(kept)
        self.kind_changed.emit()

    @Slot()
    def _remove(self) -> None:
        self.removed.emit(self)
