"""Small dialogs of the card of statements: where it will stand before it is published, and why one is sent back."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from inbox.ui.widgets import Button, Dialog, Field, IconMark, Label, column, row

WIDTH = 400


class StatementDialog(Dialog):
    """Says what is about to happen, and asks for a reason where there is a ``field``. ``answered`` carries it."""

    answered = Signal(str)

    def __init__(
        self,
        title: str,
        lines: Sequence[tuple[str, str]],
        act: tuple[str, str],
        parent: QWidget,
        *,
        field: tuple[str, str] = ("", ""),
    ) -> None:
        """``lines`` are icon and words, ``act`` the button's words and icon, ``field`` a label and what is said when it
        is empty.
        """
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._missing = field[1]
        self.lines = [words for _, words in lines]
        self.field = Field(field[0]) if field[0] else None
        self.act = self.default = Button(act[0], act[1], "primary", tall=True)
        self.cancel = Button(self.tr("Cancel"), "", "ghost", tall=True)
        box = column(self, margins=(24, 24, 24, 16), gap=8)
        box.addWidget(Label(title, "pane"))
        for icon, words in lines:
            across = row(gap=8)
            across.addWidget(IconMark(icon, "soon" if icon == "triangle" else "text2", 16))
            said = Label(words, "base", wrap=True)
            said.setMinimumWidth(WIDTH)
            across.addWidget(said, 1)
            box.addLayout(across)
        if self.field is not None:
            self.field.setMinimumWidth(WIDTH)
            box.addWidget(self.field)
        feet = row(gap=8)
        feet.addStretch(1)
        feet.addWidget(self.cancel)
        feet.addWidget(self.act)
        box.addSpacing(8)
        box.addLayout(feet)
        self.cancel.clicked.connect(self.reject)
        self.act.clicked.connect(self._take)
        (self.act if self.field is None else self.field.edit).setFocus()

    @Slot()
    def _take(self) -> None:
        said = "" if self.field is None else self.field.text()
        if self.field is not None and not said:
            self.field.set_error(self._missing)
            self.field.edit.setFocus()
            return
        self.accept()
        self.answered.emit(said)
