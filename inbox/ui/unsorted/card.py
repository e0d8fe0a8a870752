"""The reading card: who wrote, what they said with the matched words marked, and what is known of it."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QCursor, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from inbox.model.mention import Mention
from inbox.model.thread import Thread, ThreadRow
from inbox.model.words import Direction
from inbox.ui.context import Context
from inbox.ui.details.facts_line import FactsLine
from inbox.ui.theme import current
from inbox.ui.thread.linkbox import LinkBox
from inbox.ui.thread.plain import initials, line, piece
from inbox.ui.thread.post import PostText
from inbox.ui.thread.times import since_words
from inbox.ui.unsorted import words
from inbox.ui.widgets import Button, Card, DeadlinePill, Disc, Divider, ElidedLabel, Label, column, row
from inbox.ui.widgets.deadline import row_deadline
from inbox.ui.widgets.words import counted

MARGIN = 24
MOST_LETTERS, MOST_LINES = 800, 14
BEFORE = 3


class ReadingCard(Card):
    """One thread to be sorted. ``correct_wanted`` asks to correct a hint of it."""

    correct_wanted = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Empty."""
        super().__init__("true", parent)
        px = current().px
        self.body.setContentsMargins(px(MARGIN), px(20), px(MARGIN), px(12))
        self.disc = Disc("", "", 40)
        self.name = ElidedLabel("", "pane")
        self.byline = Label("", "base", "text3", wrap=True)
        self.pill = DeadlinePill()
        self.before = column(gap=2)
        self.text = PostText("", role="reading")
        self.rest = Label("", "meta", "text3")
        self.facts = FactsLine(context)
        self.correct = Button(self.tr("Correct a hint"), "", "link", "H", font="base")
        self.correct.clicked.connect(self.correct_wanted)
        self.text.link_wanted.connect(self._ask_link)
        # What is selected in the text keeps its keys from nobody: digits go on sorting.
        self.text.installEventFilter(self)
        self._build()

    def _build(self) -> None:
        names = column(gap=0)
        names.addWidget(self.name)
        names.addWidget(self.byline)
        head = row(gap=12)
        head.addWidget(self.disc)
        head.addLayout(names, 1)
        head.addWidget(self.pill)
        foot = row(gap=8)
        foot.addWidget(self.facts, 1)
        foot.addWidget(self.correct)
        self.body.setSpacing(current().px(12))
        self.body.addLayout(head)
        self.body.addLayout(self.before)
        self.body.addWidget(self.text)
        self.body.addWidget(self.rest)
        self.body.addWidget(Divider())
        self.body.addLayout(foot)

    def show_row(self, shown: ThreadRow, thread: Thread | None, now: datetime) -> None:
        """What the list knows at once; with ``thread`` all there is."""
        name = line(shown.author_name or shown.author_handle)
        self.disc.set_person(initials(name), name)
        self.name.setText(name)
        self.byline.setText(words.byline(shown, thread))
        self.tick(shown, now)
        asked = words.asked(thread) if thread is not None else None
        whole = asked.text if asked is not None else shown.text
        cut = piece(whole, MOST_LETTERS, MOST_LINES)
        self.text.set_text(cut.text, words.matched_words(thread) if thread is not None else ())
        self.text.setAccessibleName(name)
        self.rest.setText(self.tr("The rest is in the thread: Enter opens it."))
        self.rest.setVisible(not cut.whole)
        self._show_before([each for each in thread.mentions if each is not asked] if thread is not None else [], now)
        self.facts.show_thread(thread)
        self.correct.setEnabled(asked is not None)

    def tick(self, shown: ThreadRow, now: datetime) -> None:
        """Time goes on."""
        self.pill.show_deadline(row_deadline(shown, now))

    def _show_before(self, mentions: Sequence[Mention], now: datetime) -> None:
        """The exchange so far, a line each."""
        while (item := self.before.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        left_out = len(mentions) - BEFORE
        if left_out > 0:
            self.before.addWidget(Label(counted("%n earlier mention(s)", left_out, "unsorted"), "meta", "text3"))
        for each in mentions[-BEFORE:]:
            said = self.tr("We") if each.direction is Direction.OUTBOUND else line(each.author.shown, 40)
            label = ElidedLabel(f"{said}, {since_words(each.created_at, now)}: {line(each.text, 200)}", "meta", "text2")
            self.before.addWidget(label)

    def _ask_link(self, address: str) -> None:
        box = LinkBox(self)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.ask(address, QCursor.pos())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Plain keys pass the text by; Tab, Enter on a link and copying stay with it."""
        if watched is self.text and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            plain = event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}
            if plain and event.text().isprintable() and event.text():
                QApplication.sendEvent(self, event)
                return True
        return super().eventFilter(watched, event)
