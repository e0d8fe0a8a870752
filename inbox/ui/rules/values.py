"""The editors of single values. Each has ``value``, ``set_value`` (silent), ``typing``, ``set_error``, ``changed``."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon, QPainter, QPixmap, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from inbox.ui.rules.draft import Value
from inbox.ui.rules.kinds import STRICT, Kind, Shape, shown
from inbox.ui.rules.options import Known, Option
from inbox.ui.rules.tokens import TokenField
from inbox.ui.theme import current
from inbox.ui.widgets import LineEdit, row
from inbox.ui.widgets.paint import rounded

MOST_DIGITS, LEAST = 12, 72


class Combo(QComboBox):
    """A list that the wheel does not change while the page scrolls under the pointer."""

    def __init__(
        self, name: str, options: Sequence[Option] = (), hint: str = "", parent: QWidget | None = None
    ) -> None:
        """``hint`` stands there while nothing is chosen."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setPlaceholderText(hint)
        self.fill(options)

    def fill(self, options: Sequence[Option]) -> None:
        """Other choices, silently; none is chosen."""
        held = self.blockSignals(True)
        self.clear()
        for each in options:
            if each.square >= 0:
                self.addItem(_square(each.square), each.words, each.value)
            else:
                self.addItem(each.words, each.value)
        self.setCurrentIndex(-1)
        self.blockSignals(held)

    def chosen(self) -> str | None:
        """The value that is chosen."""
        found = self.currentData()
        return None if found is None else str(found)

    def choose(self, value: str | None) -> None:
        """Chooses silently; a value that is not listed is added, so that what is stored can be seen."""
        held = self.blockSignals(True)
        place = -1 if value is None else self.findData(value)
        if value is not None and place < 0:
            self.addItem(value, value)
            place = self.count() - 1
        self.setCurrentIndex(place)
        self.blockSignals(held)

    def minimumSizeHint(self) -> QSize:
        """May be squeezed: long words end in an ellipsis."""
        return QSize(current().px(LEAST), super().minimumSizeHint().height())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The page scrolls."""
        event.ignore()


class ValueEditor(QWidget):
    """What all editors of values share."""

    changed = Signal()

    def value(self) -> Value:
        """What is given; empty where nothing is."""
        raise NotImplementedError

    def set_value(self, value: Value) -> None:
        """Fills the editor, silently."""
        raise NotImplementedError

    def typing(self) -> str:
        """Words that are being typed and are no part of the value yet."""
        return ""

    def finish(self) -> None:
        """What is being typed is taken as given."""

    def set_error(self, sentence: str) -> None:
        """Marks the editor; the sentence itself stands below it."""
        del sentence


class WordsEditor(ValueEditor):
    """Tokens."""

    refused = Signal(str)

    def __init__(self, kind: Kind, known: Known) -> None:
        """Suggests what is known; takes nothing else for strict kinds."""
        super().__init__()
        options = {each.value: each.words for each in known.of(kind.key)}
        self.field = TokenField(shown(kind.words), shown(kind.hint), options, strict=kind.key in STRICT)
        row(self).addWidget(self.field)
        self.setFocusProxy(self.field)
        self.field.changed.connect(self.changed)
        self.field.refused.connect(self.refused)

    def value(self) -> Value:
        """The tokens."""
        return self.field.value()

    def set_value(self, value: Value) -> None:
        """Other tokens."""
        self.field.set_value([str(each) for each in value] if isinstance(value, tuple) else [])

    def typing(self) -> str:
        """The next token as far as it was typed."""
        return self.field.typing()

    def finish(self) -> None:
        """The next token ends here."""
        self.field.finish()

    def set_error(self, sentence: str) -> None:
        """Outlines the field."""
        self.field.set_wrong(sentence)


class ChoiceEditor(ValueEditor):
    """One of a list."""

    def __init__(self, kind: Kind, known: Known) -> None:
        """Areas have their squares."""
        super().__init__()
        self.combo = Combo(shown(kind.words), known.of(kind.key), shown(kind.hint))
        row(self).addWidget(self.combo)
        self.setFocusProxy(self.combo)
        self.combo.currentIndexChanged.connect(self._changed)

    def value(self) -> Value:
        """What is chosen."""
        return self.combo.chosen()

    def set_value(self, value: Value) -> None:
        """Chooses."""
        self.combo.choose(str(value) if value else None)

    def set_error(self, sentence: str) -> None:
        """Says it to screen readers."""
        self.combo.setAccessibleDescription(sentence)

    @Slot()
    def _changed(self) -> None:
        self.changed.emit()


class FlagEditor(ChoiceEditor):
    """Yes or no, in the words of the kind."""

    def __init__(self, kind: Kind, known: Known) -> None:
        """Yes at first."""
        super().__init__(kind, known)
        self.combo.fill((Option("yes", shown(kind.yes)), Option("no", shown(kind.no))))
        self.combo.choose("yes")

    def value(self) -> Value:
        """True or false."""
        return self.combo.chosen() == "yes"

    def set_value(self, value: Value) -> None:
        """Chooses; what was not given yet is yes."""
        self.combo.choose("no" if value is False else "yes")


class LineEditor(ValueEditor):
    """A pattern, or a whole number."""

    def __init__(self, kind: Kind, known: Known) -> None:
        """A number takes nothing but digits."""
        super().__init__()
        del known
        self._digits = kind.shape is Shape.NUMBER
        self.edit = LineEdit(shown(kind.words), shown(kind.hint))
        row(self).addWidget(self.edit)
        self.setFocusProxy(self.edit)
        self.edit.textEdited.connect(self._typed)

    def value(self) -> Value:
        """The pattern or number; empty where nothing is typed."""
        text = self.edit.text()
        if not self._digits:
            return text or None
        return int(text) if text else None

    def set_value(self, value: Value) -> None:
        """Fills the line."""
        self.edit.setText("" if value is None or value == () else str(value))

    def set_error(self, sentence: str) -> None:
        """Outlines the line."""
        self.edit.set_wrong(wrong=bool(sentence))
        self.edit.setAccessibleDescription(sentence)

    @Slot()
    def _typed(self) -> None:
        if self._digits:
            kept = "".join(each for each in self.edit.text() if each.isdecimal())[:MOST_DIGITS]
            if kept != self.edit.text():
                self.edit.setText(kept)
        self.changed.emit()


class HoursEditor(ValueEditor):
    """Inside or outside of a calendar's hours."""

    def __init__(self, kind: Kind, known: Known) -> None:
        """Outside at first."""
        super().__init__()
        sides = (Option("outside", shown("outside")), Option("inside", shown("inside")))
        self.side = Combo(shown(kind.words), sides)
        self.side.choose("outside")
        self.calendar = Combo(shown("Calendar"), known.of("hours"), shown("Choose a calendar"))
        box = row(self, gap=8)
        box.addWidget(self.side, 1)
        box.addWidget(self.calendar, 1)
        self.setFocusProxy(self.side)
        for combo in (self.side, self.calendar):
            combo.currentIndexChanged.connect(self._changed)

    def value(self) -> Value:
        """(inside?, calendar); None until a calendar is chosen."""
        calendar = self.calendar.chosen()
        return None if calendar is None else (self.side.chosen() == "inside", calendar)

    def set_value(self, value: Value) -> None:
        """Chooses both."""
        if isinstance(value, tuple) and len(value) == 2:  # noqa: PLR2004 - a side and a calendar
            self.side.choose("inside" if value[0] is True else "outside")
            self.calendar.choose(str(value[1]))

    def set_error(self, sentence: str) -> None:
        """Says it to screen readers."""
        self.calendar.setAccessibleDescription(sentence)

    @Slot()
    def _changed(self) -> None:
        self.changed.emit()


EDITORS: dict[Shape, type[WordsEditor | ChoiceEditor | LineEditor | HoursEditor]] = {
    Shape.WORDS: WordsEditor,
    Shape.CHOICES: WordsEditor,
    Shape.CHOICE: ChoiceEditor,
    Shape.FLAG: FlagEditor,
    Shape.NUMBER: LineEditor,
    Shape.PATTERN: LineEditor,
    Shape.HOURS: HoursEditor,
}


def _square(color: int) -> QIcon:
    """An area's square."""
    side = current().px(16)
    made = QPixmap(side, side)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    inset = current().px(4)
    rounded(painter, QRect(inset, inset, side - 2 * inset, side - 2 * inset), 2, current().area_color(color), None)
    painter.end()
    return QIcon(made)
