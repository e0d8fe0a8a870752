"""How far a published statement is on each account, and what can be done about it there."""

from datetime import datetime
from functools import partial

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from inbox.model.account import Account
from inbox.model.incident import StatementPost
from inbox.model.words import ReplyState
from inbox.ui.incidents import statementwords as words
from inbox.ui.widgets import Button, ElidedLabel, Label, Tag, column, isolate, row


class PostRow(QWidget):
    """One account. ``asked`` carries withdraw or send_again; ``tick`` lets the seconds run down."""

    asked = Signal(str)

    def __init__(self, post: StatementPost, account: Account | None, *, may: bool, now: datetime) -> None:
        """``may``: the incident allows that it is sent again."""
        super().__init__()
        self.post = post
        self.name = words.account(account) if account is not None else isolate(f"@{post.account.lstrip('@')}")
        self.tag = Tag("")
        self.brief = Label("", "meta", "text2")
        self.said = Label("", "meta", "text2", wrap=True)
        across = row(gap=8)
        across.addWidget(self.tag)
        across.addWidget(ElidedLabel(self.name, "base"), 1)
        across.addWidget(self.brief)
        self.buttons: dict[str, Button] = {}
        for name, text, icon in self._deeds(may=may):
            button = Button(text, icon, "ghost")
            button.setAccessibleName(f"{text}: {self.name}")
            button.clicked.connect(self._show if name == "open" else partial(self.asked.emit, name))
            self.buttons[name] = button
            across.addWidget(button)
        box = column(self, gap=0)
        box.addLayout(across)
        box.addWidget(self.said)
        self.tick(now)

    def _deeds(self, *, may: bool) -> list[tuple[str, str, str]]:
        found = []
        if self.post.state is ReplyState.SENT and self._url().scheme() in {"https", "http"}:
            found.append(("open", self.tr("Show"), "open"))
        if self.post.state is ReplyState.QUEUED:
            found.append(("withdraw", self.tr("Take back"), "undo"))
        if may and self.post.state in {ReplyState.FAILED, ReplyState.CANCELLED}:
            found.append(("send_again", self.tr("Send again"), "refresh"))
        return found

    def tick(self, now: datetime) -> None:
        """How it stands now, in words."""
        mark, said = words.post(self.post, now)
        if mark.words != self.tag.text:
            self.tag.set_tag(mark.words, mark.kind, mark.icon)
        # What waits says how long, beside its name: a line of its own only for what is longer.
        short = self.post.state is ReplyState.QUEUED and not self.post.error
        for label, text in ((self.brief, said if short else ""), (self.said, "" if short else said)):
            if text != label.text():
                label.setText(text)
                label.set_tone("late" if self.post.state is ReplyState.FAILED else "text2")
            label.setVisible(bool(text))
        self.setAccessibleName(f"{self.name}. {mark.words}. {said}")

    def _url(self) -> QUrl:
        return QUrl(self.post.remote_url)

    def _show(self) -> None:
        QDesktopServices.openUrl(self._url())
