"""Small dialogs: a name or a reason, and a choice beside it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from inbox.ui.widgets import Button, Dialog, Field, Label, column, row


class AskDialog(Dialog):
    """Asks for a line of words and for one of ``options`` (value, words). ``answered`` carries the words and the value
    chosen; without words the button does nothing but say what is missing.
    """

    answered = Signal(str, object)

    def __init__(
        self,
        title: str,
        field: tuple[str, str],
        choice: tuple[str, Sequence[tuple[object, str]]],
        act: str,
        parent: QWidget,
    ) -> None:
        """``field`` is the label of the line and what is said when it is empty, ``choice`` the label and the options,
        ``act`` the button's words.
        """
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._missing = field[1]
        self._values = [value for value, _ in choice[1]]
        self.field = Field(field[0])
        self.field.setMinimumWidth(360)
        self.choice = QComboBox()
        self.choice.setAccessibleName(choice[0])
        self.choice.addItems([words for _, words in choice[1]])
        named = Label(choice[0], "control")
        named.setBuddy(self.choice)
        self.act = self.default = Button(act, "", "primary", tall=True)
        self.cancel = Button(self.tr("Cancel"), "", "ghost", tall=True)
        feet = row(gap=8)
        feet.addStretch(1)
        feet.addWidget(self.cancel)
        feet.addWidget(self.act)
        box = column(self, margins=(24, 24, 24, 16), gap=12)
        box.addWidget(Label(title, "pane"))
        box.addWidget(self.field)
        beside = column(gap=4)
        beside.addWidget(named)
        beside.addWidget(self.choice)
        box.addLayout(beside)
        box.addSpacing(8)
        box.addLayout(feet)
        self.cancel.clicked.connect(self.reject)
        self.act.clicked.connect(self._take)
        self.field.edit.setFocus()

    def choose(self, value: object) -> None:
        """What is chosen at first."""
        self.choice.setCurrentIndex(self._values.index(value))

    def _take(self) -> None:
        if not self.field.text():
            self.field.set_error(self._missing)
            self.field.edit.setFocus()
            return
        self.accept()
        self.answered.emit(self.field.text(), self._values[self.choice.currentIndex()])
