"""What the editors of all entries share: a scrolling area, and a card that says what stood against saving."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from inbox.ui.widgets import Button, Card, Label, Pane, column, row

MARGIN = 20


class Trouble(QWidget):
    """A lost race, or whatever else stood against saving; with the ways on."""

    theirs = Signal()
    mine = Signal()

    def __init__(self) -> None:
        """Hidden until there is something to say."""
        super().__init__()
        self.card = Card("soon")
        self.words = Label("", "base", "text", wrap=True)
        self.take = Button(self.tr("Take theirs"), "refresh")
        self.keep = Button(self.tr("Keep mine"), "check")
        self.card.body.addWidget(self.words)
        buttons = row(gap=8)
        for button, signal in ((self.take, self.theirs), (self.keep, self.mine)):
            buttons.addWidget(button)
            button.clicked.connect(signal)
        buttons.addStretch(1)
        self.card.body.addLayout(buttons)
        column(self, margins=(0, 0, 0, 16)).addWidget(self.card)
        self.hide()

    def say(self, sentence: str, kind: str = "soon", *, race: bool = False) -> None:
        """``race`` offers both ways on; otherwise there is only the sentence. Empty: nothing stands against it."""
        self.card.set_kind(kind)
        self.words.setText(sentence)
        self.take.setVisible(race)
        self.keep.setVisible(race)
        self.setVisible(bool(sentence))


class Area(QScrollArea):
    """Scrolls by the bare arrows; an arrow with Alt is a command of the page."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Lets what is held with Alt pass."""
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)


class EntryEditor(Pane):
    """``changed`` comes with every change. ``inside`` is what scrolls; ``trouble`` is to stand on top of it."""

    changed = Signal()

    def __init__(self, name: str) -> None:
        """``name`` is what a screen reader calls the area."""
        super().__init__("surface")
        self.trouble = Trouble()
        self.inside = QWidget()
        self.inside.setProperty("ground", "surface")
        self.area = Area()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setAccessibleName(name)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column(self).addWidget(self.area)

    def draft(self, *, typed: bool = False) -> Any:  # noqa: ANN401 - each editor has drafts of its own
        """What stands here now; ``typed`` takes words that are being typed as given."""
        raise NotImplementedError

    def take(self, draft: Any) -> None:  # noqa: ANN401 - each editor has drafts of its own
        """What is known of the entry beside what stands here: its base, its place. Nothing is drawn anew."""
        self._draft = draft

    def finish(self) -> bool:
        """What is being typed is taken as given; False where it cannot be read."""
        return True

    def go_to(self, field: str) -> None:
        """The keyboard goes to a field. Each editor has fields of its own."""
        raise NotImplementedError
