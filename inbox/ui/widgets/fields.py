"""Fields: a line of text, with its label, hint and what is wrong with it."""

from PySide6.QtWidgets import QLineEdit, QWidget

from inbox.ui.widgets.boxes import column
from inbox.ui.widgets.labels import Label


class LineEdit(QLineEdit):
    """A line edit 30 high with an accessible name; ``bare`` has neither ground nor outline."""

    def __init__(self, name: str, placeholder: str = "", parent: QWidget | None = None, *, bare: bool = False) -> None:
        """``name`` is what a screen reader says."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        if bare:
            self.setProperty("bare", "true")

    def set_wrong(self, *, wrong: bool) -> None:
        """Outlines the field in the late colour."""
        self.setProperty("wrong", "true" if wrong else "false")
        self.style().unpolish(self)
        self.style().polish(self)


class Field(QWidget):
    """A label over an edit, with a hint below that gives way to an error."""

    def __init__(
        self, label: str, hint: str = "", placeholder: str = "", parent: QWidget | None = None, *, secret: bool = False
    ) -> None:
        """``secret`` hides what is typed."""
        super().__init__(parent)
        self._hint = hint
        self.edit = LineEdit(label, placeholder)
        if secret:
            self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.label = Label(label, "control")
        self.label.setBuddy(self.edit)
        self.below = Label(hint, "meta", "text3", wrap=True)
        box = column(self, gap=4)
        for part in (self.label, self.edit, self.below):
            box.addWidget(part)
        self.below.setVisible(bool(hint))

    def text(self) -> str:
        """What was typed, without the spaces around it."""
        return self.edit.text().strip()

    def set_text(self, text: str) -> None:
        """Fills the field."""
        self.edit.setText(text)

    def set_error(self, sentence: str) -> None:
        """Says what is wrong, or nothing for an empty ``sentence``."""
        self.edit.set_wrong(wrong=bool(sentence))
        self.below.setText(sentence or self._hint)
        self.below.set_tone("late" if sentence else "text3")
        self.below.setVisible(bool(sentence or self._hint))
        self.edit.setAccessibleDescription(sentence or self._hint)
