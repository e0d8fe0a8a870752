"""The page that lists replies, newest first, with what can be done about each."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget

from inbox.model.change import Change
from inbox.model.ids import ReplyId, ThreadId
from inbox.model.outbox import Reply
from inbox.model.words import ReplyState
from inbox.ui.context import Context
from inbox.ui.thread.plain import line
from inbox.ui.thread.state import reply_state
from inbox.ui.thread.times import clock_time
from inbox.ui.widgets import Button, ElidedLabel, EmptyState, Label, PageHead, Pane, Tag, column, isolate, row
from inbox.ui.widgets.words import counted

if TYPE_CHECKING:
    from inbox.store.engine import Session, Store

SHOWN = 100
TICK_MS = 1_000
# state: (words, kind of tag, icon)
STATES = {
    ReplyState.QUEUED: ("Queued", "", "clock"),
    ReplyState.SENDING: ("Sending", "accent", "send"),
    ReplyState.SENT: ("Sent", "ok", "check"),
    ReplyState.FAILED: ("Failed", "late", "triangle"),
    ReplyState.UNKNOWN: ("Unknown", "soon", "hourglass"),
    ReplyState.CANCELLED: ("Taken back", "", "undo"),
}
ON_THE_WAY = frozenset({ReplyState.QUEUED, ReplyState.SENDING, ReplyState.UNKNOWN})
STANDING = frozenset({ReplyState.QUEUED, ReplyState.UNKNOWN, ReplyState.FAILED})
"""Where the tag alone does not say all."""


@dataclass(frozen=True, slots=True)
class Listed:
    """The replies to show, and the authors they answer by thread."""

    replies: tuple[Reply, ...]
    authors: dict[ThreadId, str] = field(default_factory=dict)


class ReplyRow(Pane):
    """One reply: its state, to whom, what it says, how it stands, and buttons. ``tick`` lets the seconds run down."""

    def __init__(self, reply: Reply, author: str, page: "OutboxPage") -> None:
        """Made anew when the reply changes."""
        super().__init__("surface", "bottom")
        self.reply = reply
        words, kind, icon = STATES[reply.state]
        box = row(self, margins=(16, 10, 16, 10), gap=8)
        says = column(gap=2)
        head = row(gap=8)
        head.addWidget(Tag(page.tr(words), kind, icon))
        title = page.tr("To %1").replace("%1", isolate(author)) if author else isolate(page.name_of(reply))
        head.addWidget(ElidedLabel(title, "name"))
        at = clock_time(reply.queued_at)
        about = f"{isolate(page.name_of(reply))}, {at}" if author else at
        head.addWidget(ElidedLabel(about, "meta", "text3"), 1)
        says.addLayout(head)
        says.addWidget(ElidedLabel(" ".join(reply.text.split()), "base", "text2"))
        self.stands = Label("", "meta", "text3", wrap=True)
        says.addWidget(self.stands)
        box.addLayout(says, 1)
        box.addSpacing(page.gap)
        for text, icon_name, act in page.deeds(reply):
            button = Button(text, icon_name)
            button.clicked.connect(act)
            box.addWidget(button)

    def tick(self, now: datetime) -> None:
        """How it stands ``now`` (aware), in words."""
        shown = reply_state(self.reply, now)
        said = shown.words if self.reply.state in STANDING else ""
        if said != self.stands.text():
            self.stands.setText(said)
            self.stands.set_tone(shown.role if shown.role in {"late", "soon"} else "text3")
        self.stands.setVisible(bool(said))


class OutboxPage(Pane):
    """Reads the newest replies when it is shown and whenever the outbox changes."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Empty until the first reading."""
        super().__init__("surface", "", parent)
        self._context = context
        self.rows: list[ReplyRow] = []
        box = column(self)
        self.setAccessibleName(self.tr("Outbox"))
        self.head = PageHead(self.tr("Outbox"), page=True)
        words = self.tr("No reply was sent from here yet. What you send waits here until it is out.")
        self.empty = EmptyState(words, icon="outbox")
        self.gap = context.theme.px(8)
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
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self._second)
        self._tick.start()
        context.changed.connect(self._changed)
        context.opened.connect(self.read)
        self.read()

    @Slot()
    def read(self) -> None:
        """Reads the newest replies."""

        def work(session: "Session") -> Listed:
            from inbox.store import outbox, threads

            found = outbox.newest(session, limit=SHOWN)
            rows = threads.rows(session, {reply.thread_id for reply in found})
            return Listed(found, {each.id: line(each.author_name or each.author_handle, 40) for each in rows})

        if self._context.store is not None:
            self._context.lanes.read(work, self._show, key=(id(self), "outbox"))

    @Slot(Change)
    def _changed(self, change: Change) -> None:
        if "outbox" in change.topics:
            self.read()

    @Slot()
    def _second(self) -> None:
        """What runs down is told each second while it can be seen."""
        if self.isVisible():
            now = self._context.now()
            for each in self.rows:
                each.tick(now)

    def _show(self, listed: Listed) -> None:
        replies, kept = listed.replies, self._focused()
        for old in self.rows:
            self._list.removeWidget(old)
            old.hide()
            old.deleteLater()
        of = listed.authors
        self.rows = [ReplyRow(reply, of.get(reply.thread_id, ""), self) for reply in sorted(replies, key=_rank)]
        now = self._context.now()
        for at, made in enumerate(self.rows):
            made.tick(now)
            self._list.insertWidget(at, made)
            if made.reply.id == kept:
                made.findChildren(Button)[0].setFocus()
        failed = sum(reply.state is ReplyState.FAILED for reply in replies)
        waiting = sum(reply.state in ON_THE_WAY for reply in replies)
        said = [counted("%n failed", failed, "outbox")] if failed else []
        said += [counted("%n on the way", waiting, "outbox")] if waiting else []
        self.head.beside.setText(", ".join(said))
        self.empty.setVisible(not replies)
        self._scroll.setVisible(bool(replies))

    def _focused(self) -> ReplyId | None:
        """The reply whose button has the focus, so that reading anew does not lose it."""
        focus = QApplication.focusWidget()
        found = (each.reply.id for each in self.rows if focus is not None and each.isAncestorOf(focus))
        return next(found, None)

    def name_of(self, reply: Reply) -> str:
        """The full name of who wrote it, where the workspace knows one."""
        full = {person.name: person.full_name for person in self._context.employees}
        return full.get(reply.employee) or reply.employee

    def deeds(self, reply: Reply) -> list[tuple[str, str, Callable[[], None]]]:
        """What can be done about a reply: words, icon, act."""
        found: list[tuple[str, str, Callable[[], None]]] = []
        if reply.state is ReplyState.QUEUED:
            found.append((self.tr("Undo"), "undo", partial(self._do, "unsend", reply)))
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
    order = (ReplyState.FAILED, ReplyState.UNKNOWN, ReplyState.SENDING, ReplyState.QUEUED)
    return order.index(reply.state) if reply.state in order else len(order)
