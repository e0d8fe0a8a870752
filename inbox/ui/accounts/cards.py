"""The cards under the table: what could not be read, and the outbox."""

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from inbox.model.account import Quarantined
from inbox.model.outbox import Reply
from inbox.model.words import ReplyState
from inbox.ui.thread.plain import line
from inbox.ui.thread.words import network_title
from inbox.ui.widgets import Button, ElidedLabel, IconMark, Label, Pane, column, row
from inbox.ui.widgets.words import counted

LISTED = 20


class Notice(Pane):
    """Icon, title, a sentence, and buttons at the end, with a line below."""

    def __init__(self, icon: str, parent: QWidget | None = None) -> None:
        """Filled by ``say``."""
        super().__init__("surface", "bottom", parent)
        self._box = column(self, margins=(16, 14, 16, 14), gap=8)
        inside = row(gap=10)
        inside.addWidget(IconMark(icon, "text2", 16), 0, Qt.AlignmentFlag.AlignVCenter)
        words = column()
        self.title = Label("", "name")
        self.words = Label("", "meta", "text2", wrap=True)
        words.addWidget(self.title)
        words.addWidget(self.words)
        inside.addLayout(words, 1)
        self.buttons = row(gap=8)
        inside.addLayout(self.buttons)
        self._box.addLayout(inside)

    def say(self, title: str, words: str) -> None:
        """Shows both."""
        self.title.setText(title)
        self.words.setText(words)


class QuarantineCard(Notice):
    """How many mentions could not be read; Show lists them with their reasons, Try again asks the collector."""

    retry_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Hidden while everything could be read."""
        super().__init__("triangle", parent)
        self.show_button = Button(self.tr("Show"))
        self.retry = Button(self.tr("Try again"), "refresh")
        self.buttons.addWidget(self.show_button)
        self.buttons.addWidget(self.retry)
        self.list = QWidget()
        self._lines = column(self.list, margins=(26, 0, 0, 0), gap=4)
        self.list.hide()
        self._box.addWidget(self.list)
        self._payloads: Sequence[Quarantined] = ()
        self.show_button.clicked.connect(self._toggle)
        self.retry.clicked.connect(self.retry_wanted)
        self.hide()

    def show_bad(self, count: int, listed: Sequence[Quarantined]) -> None:
        """The payloads that wait, the oldest of them listed."""
        self.setVisible(count > 0)
        self._payloads = listed
        first = line(listed[0].error, 160) if listed else ""
        where = network_title(listed[0].network) if listed else ""
        words = self.tr("%1: %2 They are kept, and can be tried again after an update.")
        first = first if not first or first.endswith(".") else f"{first}."
        title = counted("%n mention(s) could not be read", count, "accounts")
        self.say(title, words.replace("%1", where).replace("%2", first))
        if self.list.isVisible():
            self._fill()

    @Slot()
    def _toggle(self) -> None:
        shown = self.list.isHidden()
        self.list.setVisible(shown)
        self.show_button.setText(self.tr("Hide") if shown else self.tr("Show"))
        self.show_button.setAccessibleName(self.show_button.text())
        if shown:
            self._fill()

    def _fill(self) -> None:
        while self._lines.count():
            item = self._lines.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for each in self._payloads[:LISTED]:
            holder = QWidget()
            inside = column(holder)
            inside.addWidget(Label(line(each.error, 200), "meta_control", "text", wrap=True))
            inside.addWidget(ElidedLabel(line(each.payload, 200), "meta", "text3"))
            self._lines.addWidget(holder)
        left = len(self._payloads) - LISTED
        if left > 0:
            self._lines.addWidget(Label(counted("and %n more", left), "meta", "text3"))


class OutboxCard(Notice):
    """How many replies are on their way, and how many need somebody."""

    show_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Filled by ``show_replies``."""
        super().__init__("outbox", parent)
        self.show_button = Button(self.tr("Show"))
        self.show_button.clicked.connect(self.show_wanted)
        self.buttons.addWidget(self.show_button)

    def show_replies(self, replies: Sequence[Reply]) -> None:
        """Counts by state, in words."""
        self.say(self.tr("Outbox"), self.sentence(replies))

    def sentence(self, replies: Sequence[Reply]) -> str:
        """What the outbox holds."""
        counts = Counter(reply.state for reply in replies)
        parts = []
        if counts[ReplyState.QUEUED]:
            parts.append(counted("%n queued.", counts[ReplyState.QUEUED], "accounts"))
        if counts[ReplyState.SENDING]:
            parts.append(counted("%n sending.", counts[ReplyState.SENDING], "accounts"))
        if counts[ReplyState.UNKNOWN]:
            parts.append(counted("%n unknown, being read back.", counts[ReplyState.UNKNOWN], "accounts"))
        if counts[ReplyState.FAILED]:
            parts.append(counted("%n failed: somebody has to look.", counts[ReplyState.FAILED], "accounts"))
        return " ".join(parts) or self.tr("No reply waits.")


__all__ = ["OutboxCard", "QuarantineCard"]
