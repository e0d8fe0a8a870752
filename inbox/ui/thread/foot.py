"""What stands under a text: counts and the way to the network, edits and deletions, a reply's progress."""

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from inbox.model.mention import Mention
from inbox.model.outbox import Reply
from inbox.ui.thread.state import after_words, reply_state
from inbox.ui.thread.times import moment
from inbox.ui.thread.words import network_title
from inbox.ui.widgets import Button, IconMark, Label, row
from inbox.ui.widgets.words import counted, number


class MentionFoot(QWidget):
    """Likes, shares, replies, and Open on the network."""

    open_wanted = Signal(str)

    def __init__(self, mention: Mention) -> None:
        """Shows the counts that the network gave."""
        super().__init__()
        self._address = mention.url
        box = row(self, margins=(0, 2, 0, 0), gap=6)
        counts = (
            ("heart", mention.likes, counted("%n like(s)", mention.likes or 0)),
            ("repeat", mention.shares, counted("%n share(s)", mention.shares or 0)),
            ("reply", mention.replies, counted("%n answer(s)", mention.replies or 0)),
        )
        for icon, count, words in counts:
            if count is None:
                continue
            label = Label(number(count), "meta", "text3")
            label.setAccessibleName(words)
            box.addWidget(IconMark(icon, "text3", 14))
            box.addWidget(label)
            box.addSpacing(12)
        box.addStretch(1)
        if mention.url:
            words = self.tr("Open on %1").replace("%1", network_title(mention.network))
            self.open_button = Button(words, "open", "quiet", font="meta")
            self.open_button.clicked.connect(self._open)
            box.addWidget(self.open_button)

    def _open(self) -> None:
        self.open_wanted.emit(self._address)


class Facts(QWidget):
    """Says that a mention was edited or deleted on its network."""

    earlier_wanted = Signal()

    def __init__(self, mention: Mention, now: datetime) -> None:
        """In words; the earlier text on demand."""
        super().__init__()
        box = row(self, gap=6)
        deleted = mention.deleted_at is not None
        if mention.deleted_at is not None:
            words = self.tr("Deleted on the network %1. It is kept here.")
            words = words.replace("%1", moment(mention.deleted_at, now))
        else:
            at = mention.edited_at
            words = self.tr("Edited %1.").replace("%1", moment(at, now)) if at is not None else ""
        box.addWidget(IconMark("trash" if deleted else "pencil", "text3", 14))
        box.addWidget(Label(words, "meta", "text3"))
        if mention.earlier_texts:
            self.button = Button(self.tr("Show the earlier text"), "", "link", font="meta_control")
            self.button.clicked.connect(self.earlier_wanted)
            box.addWidget(self.button)
        box.addStretch(1)


class ReplyFoot(QWidget):
    """How far a reply in the outbox is, with Undo or Try again."""

    undo_wanted = Signal(object)
    retry_wanted = Signal(object)

    def __init__(self, reply: Reply, now: datetime) -> None:
        """The state of ``reply`` at ``now``."""
        super().__init__()
        self._reply = reply
        box = row(self, margins=(0, 4, 0, 0), gap=6)
        self.mark = IconMark("clock", "text2", 14)
        self.words = Label("", "meta", "text2", wrap=True)
        self.button = Button("", "", "plain", font="meta_control")
        self.button.clicked.connect(self._act)
        box.addWidget(self.mark)
        box.addWidget(self.words, 1)
        box.addWidget(self.button)
        self.tick(now)

    def tick(self, now: datetime) -> None:
        """Shows the state anew."""
        shown = reply_state(self._reply, now)
        self.mark.set_icon(shown.icon, shown.role)
        words = shown.words
        if shown.action == "undo":
            words = f"{words}, {after_words(self._reply.after_send)}"
        if self.words.text() != words:
            self.words.setText(words)
            self.words.set_tone(shown.role)
        self._action = shown.action
        button = {"undo": self.tr("Undo"), "retry": self.tr("Try again")}.get(shown.action, "")
        self.button.setVisible(bool(button))
        if self.button.text() != button:
            self.button.setText(button)
            self.button.setAccessibleName(button)
            self.button.updateGeometry()

    def _act(self) -> None:
        if self._action == "undo":
            self.undo_wanted.emit(self._reply)
        elif self._action == "retry":
            self.retry_wanted.emit(self._reply)
