"""The page that lists replies, newest first, with what can be done about each."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from inbox.model.change import Change
from inbox.model.outbox import Reply
from inbox.model.words import ReplyState
from inbox.ui.context import Context
from inbox.ui.widgets import Button, ElidedLabel, EmptyState, Label, PageHead, Pane, Tag, column, isolate, row
from inbox.ui.widgets.words import counted

if TYPE_CHECKING:
    from inbox.store.engine import Session, Store

SHOWN = 100
# state: (words, kind of tag, icon)
STATES = {
    ReplyState.QUEUED: ("Queued", "", "clock"),
    ReplyState.SENDING: ("Sending", "accent", "send"),
    ReplyState.SENT: ("Sent", "ok", "check"),
    ReplyState.FAILED: ("Failed", "late", "triangle"),
    ReplyState.UNKNOWN: ("Unknown, being read back", "soon", "hourglass"),
    ReplyState.CANCELLED: ("Taken back", "", "undo"),
}
ON_THE_WAY = frozenset({ReplyState.QUEUED, ReplyState.SENDING, ReplyState.UNKNOWN})


class ReplyRow(Pane):
    """One reply: state, what it says, what went wrong, and buttons."""

    def __init__(self, reply: Reply, page: "OutboxPage") -> None:
        """Made anew when the reply changes."""
        super().__init__("surface", "bottom")
        words, kind, icon = STATES[reply.state]
        box = row(self, margins=(16, 10, 16, 10), gap=16)
        says = column(gap=2)
        head = row(gap=8)
        head.addWidget(Tag(page.tr(words), kind, icon))
        head.addWidget(Label(isolate(page.name_of(reply)), "name"))
        head.addWidget(Label(f"{reply.queued_at.astimezone():%H:%M}", "meta", "text3"))
        head.addStretch(1)
        says.addLayout(head)
        says.addWidget(ElidedLabel(" ".join(reply.text.split()), "base", "text2"))
        if reply.error:
            says.addWidget(
                Label(reply.error, "meta", "late" if reply.state is ReplyState.FAILED else "text3", wrap=True)
            )
        box.addLayout(says, 1)
        for text, icon_name, act in page.deeds(reply):
            button = Button(text, icon_name)
            button.clicked.connect(act)
            box.addWidget(button)


class OutboxPage(Pane):
    """Reads the newest replies when it is shown and whenever the outbox changes."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Empty until the first reading."""
        super().__init__("surface", "", parent)
        self._context = context
        self.rows: list[ReplyRow] = []
        box = column(self)
        self.head = PageHead(self.tr("Outbox"))
        self.empty = EmptyState(self.tr("No reply was sent from here yet."), icon="outbox")
        self._inside = QWidget()
        self._inside.setProperty("ground", "surface")
        self._list = column(self._inside)
        self._list.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidget(self._inside)
        for part in (self.head, self.empty):
            box.addWidget(part)
        box.addWidget(self._scroll, 1)
        context.changed.connect(self._changed)
        context.opened.connect(self.read)
        self.read()

    @Slot()
    def read(self) -> None:
        """Reads the newest replies."""

        def work(session: "Session") -> tuple[Reply, ...]:
            from inbox.store import outbox

            return outbox.newest(session, limit=SHOWN)

        if self._context.store is not None:
            self._context.lanes.read(work, self._show, key=(id(self), "outbox"))

    @Slot(Change)
    def _changed(self, change: Change) -> None:
        if "outbox" in change.topics:
            self.read()

    def _show(self, replies: tuple[Reply, ...]) -> None:
        for old in self.rows:
            self._list.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.rows = [ReplyRow(reply, self) for reply in sorted(replies, key=_rank)]
        for at, made in enumerate(self.rows):
            self._list.insertWidget(at, made)
        failed = sum(reply.state is ReplyState.FAILED for reply in replies)
        waiting = sum(reply.state in ON_THE_WAY for reply in replies)
        said = [counted("%n failed", failed, "outbox")] if failed else []
        said += [counted("%n on the way", waiting, "outbox")] if waiting else []
        self.head.beside.setText(", ".join(said))
        self.empty.setVisible(not replies)
        self._scroll.setVisible(bool(replies))

    def name_of(self, reply: Reply) -> str:
        """The full name of who wrote it, where the workspace knows one."""
        full = {person.name: person.full_name for person in self._context.employees}
        return full.get(reply.employee) or reply.employee

    def deeds(self, reply: Reply) -> list[tuple[str, str, Callable[[], None]]]:
        """What can be done about a reply: words, icon, act."""
        found: list[tuple[str, str, Callable[[], None]]] = []
        if reply.state is ReplyState.QUEUED:
            found.append((self.tr("Take back"), "undo", partial(self._do, "unsend", reply)))
        if reply.state is ReplyState.FAILED:
            found.append((self.tr("Send again"), "refresh", partial(self._do, "send_again", reply)))
        found.append((self.tr("Show"), "", partial(self._context.open_thread, reply.thread_id)))
        return found

    def _do(self, verb: str, reply: Reply) -> None:
        actor, now = self._context.employee or "command", self._context.now()

        def work(store: "Store") -> Reply:
            from inbox.flow import reply as flow

            act = flow.unsend if verb == "unsend" else flow.send_again
            return act(store, reply.id, actor=actor, now=now)

        self._context.lanes.write(work, self._done, self._context.tell)

    def _done(self, reply: Reply) -> None:
        words, _kind, _icon = STATES[reply.state]
        self._context.toast(self.tr(words))
        self.read()


def _rank(reply: Reply) -> int:
    """What needs a person first, then what is on its way, then the rest; newest first in each."""
    if reply.state is ReplyState.FAILED:
        return 0
    return 1 if reply.state in ON_THE_WAY else 2
