"""The rules that corrections ask for, in one card: the first three, and the rest when asked."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from inbox.ui.quality import words
from inbox.ui.theme import current
from inbox.ui.widgets import Button, Card, Divider, IconButton, IconMark, Label, column, row
from inbox.ui.widgets.words import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inbox.flow.quality.suggest import Suggestion

FIRST = 3
BESIDE_FROM = 760


class SuggestionRow(QWidget):
    """A rule that corrections ask for. It can be taken up, looked into, or put away."""

    rule_wanted = Signal(object)
    threads_wanted = Signal(object)
    dismissed = Signal(object)

    def __init__(self, suggestion: "Suggestion", parent: QWidget | None = None) -> None:
        """Made anew for each suggestion."""
        super().__init__(parent)
        self.suggestion = suggestion
        about = suggestion.words
        self.asks = Label(words.asks(suggestion), "name", wrap=True)
        self.make = Button(self.tr("Make it a rule"), "rule")
        self.show_threads = Button(self.tr("Threads"), "", "ghost")
        self.put_away = IconButton("close", self.tr("Do not suggest “%1” again").replace("%1", about))
        self.make.setAccessibleName(self.tr("Make “%1” a rule").replace("%1", about))
        self.show_threads.setAccessibleName(self.tr("Threads with “%1”").replace("%1", about))
        self.make.clicked.connect(self._make)
        self.show_threads.clicked.connect(self._show)
        self.put_away.clicked.connect(self._dismiss)
        says = column(gap=0)
        says.addWidget(self.asks)
        says.addWidget(Label(words.why(suggestion), "meta", "text2", wrap=True))
        deeds = row(gap=4)
        for button in (self.make, self.show_threads, self.put_away):
            deeds.addWidget(button)
        self._box = row(self, gap=12)
        self._box.addLayout(says, 1)
        self._box.addLayout(deeds)
        self._box.setAlignment(deeds, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room the buttons go below the words."""
        super().resizeEvent(event)
        beside = event.size().width() >= current().px(BESIDE_FROM)
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._box.direction() != way:
            self._box.setDirection(way)
            self._box.setSpacing(current().px(12 if beside else 4))

    def _make(self) -> None:
        self.rule_wanted.emit(self.suggestion)

    def _show(self) -> None:
        self.threads_wanted.emit(self.suggestion)

    def _dismiss(self) -> None:
        self.dismissed.emit(self.suggestion)


class Suggested(Card):
    """Hidden while there is nothing to suggest."""

    rule_wanted = Signal(object)
    threads_wanted = Signal(object)
    dismissed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty."""
        super().__init__("accent", parent)
        self.rows: list[SuggestionRow] = []
        self._found: tuple[Suggestion, ...] = ()
        self._all = False
        self.more = Button("", "chevron-down", "link")
        self.more.clicked.connect(self._show_all)
        head = row(gap=8)
        head.addWidget(IconMark("rule", "accent"))
        head.addWidget(Label(self.tr("Rules that corrections ask for"), "name", "accent"), 1)
        self._list = column(gap=10)
        self.body.setSpacing(current().px(10))
        self.body.addLayout(head)
        self.body.addLayout(self._list)
        self.body.addWidget(self.more)
        self.hide()

    def show_suggestions(self, found: "Sequence[Suggestion]") -> None:
        """Other suggestions; the same ones stay as they are, with the keyboard on them."""
        if tuple(found) != self._found:
            self._found = tuple(found)
            self._draw()

    def _show_all(self) -> None:
        self._all = True
        self._draw()
        self.rows[FIRST].make.setFocus(Qt.FocusReason.OtherFocusReason)

    def _draw(self) -> None:
        while (item := self._list.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        shown = self._found if self._all else self._found[:FIRST]
        self.rows = [SuggestionRow(each) for each in shown]
        for at, each in enumerate(self.rows):
            if at:
                self._list.addWidget(Divider())
            each.rule_wanted.connect(self.rule_wanted)
            each.threads_wanted.connect(self.threads_wanted)
            each.dismissed.connect(self.dismissed)
            self._list.addWidget(each)
        left = len(self._found) - len(shown)
        said = counted("%n more", left, "quality")
        self.more.setText(said)
        self.more.setAccessibleName(said)
        self.more.updateGeometry()
        self.more.setVisible(left > 0)
        self.setVisible(bool(self._found))
