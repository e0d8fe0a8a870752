"""One bar of the strip: an icon, a sentence, what can be done, and a question before what cannot be taken back."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from inbox.ui.theme import current
from inbox.ui.widgets import Button, IconMark, Label, Pane, row
from inbox.ui.widgets.focus import RING_ROLE

LEAST = 40


class AlarmRow(Pane):
    """``buttons`` are those that stand at its end now."""

    def __init__(self, icon: str, text: str, parent: QWidget | None = None) -> None:
        """``icon`` and ``text`` stand in the colours of a filled hot bar; the text is never cut."""
        super().__init__("hot_fill", "", parent)
        self.setMinimumHeight(current().px(LEAST))
        self._said = text
        self.text = Label(text, "name", "on_hot", wrap=True)
        self.buttons: list[Button] = []
        self._usual: list[Button] = []
        self._line = row(self, margins=(16, 5, 12, 5), gap=8)
        self._line.addWidget(IconMark(icon, "on_hot", 18))
        self._line.addWidget(self.text, 1)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def add(self, words: str, act: Callable[[], object]) -> Button:
        """A button at the end."""
        button = Button(words)
        button.setProperty(RING_ROLE, "on_hot")
        button.clicked.connect(partial(_press, act))
        self.buttons.append(button)
        self._line.addWidget(button)
        button.show()  # at once, so that it can be given the keyboard
        return button

    def ask(self, question: str, yes: str, no: str, act: Callable[[], object]) -> None:
        """Asks first; the keyboard is on ``no``, and Escape means it."""
        self._usual, self.buttons = self.buttons, []
        for button in self._usual:
            button.hide()
        self.text.setText(question)
        self.add(yes, act)
        self.add(no, self.keep).setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def keep(self) -> None:
        """Nothing was meant: as it was before the question."""
        asked, self.buttons, self._usual = self.buttons, self._usual, []
        self.text.setText(self._said)
        for button in self.buttons:
            button.show()
        self.buttons[-1].setFocus(Qt.FocusReason.OtherFocusReason)
        for button in asked:
            self._line.removeWidget(button)
            button.hide()
            button.deleteLater()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape takes a question back."""
        if self._usual and event.key() == Qt.Key.Key_Escape:
            self.keep()
        else:
            super().keyPressEvent(event)


def _press(act: Callable[[], object], _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's signal
    act()
