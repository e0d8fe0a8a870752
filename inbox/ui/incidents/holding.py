"""The card of the threads that an incident holds."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from inbox.model.incident import OPEN_STATES, IncidentState
from inbox.ui.incidents.threadrows import ThreadsList
from inbox.ui.widgets import Button, Card, EmptyState, Label, row
from inbox.ui.widgets.words import counted, number

if TYPE_CHECKING:
    from inbox.flow.hot.room import Room


class ThreadsCard(Card):
    """``taken`` carries the threads that are to go out of the incident, ``reply_wanted`` those that are to be answered,
    none for all.
    """

    taken = Signal(object)
    reply_wanted = Signal(object)

    def __init__(
        self, now: Callable[[], datetime], initials: Callable[[str], str], parent: QWidget | None = None
    ) -> None:
        """Empty until ``show_room``."""
        super().__init__("true", parent)
        self.title = Label(self.tr("Gathered threads"), "name")
        self.about = Label("", "meta", "text3")
        self.open = Button(self.tr("Open"), "open", key="↵")
        self.out = Button(self.tr("Take out"), "close", key="Del")
        self.reply = Button(self.tr("Reply to all"), "reply")
        self.list = ThreadsList(now, initials)
        self.empty = EmptyState(icon="inbox")
        head = row(margins=(16, 0, 16, 0), gap=8)
        head.addStrut(self.out.sizeHint().height())
        head.addWidget(self.title)
        head.addWidget(self.about, 1)
        head.addWidget(self.open)
        head.addWidget(self.out)
        head.addWidget(self.reply)
        self.body.setContentsMargins(0, self.body.contentsMargins().top(), 0, 1)
        self.body.addLayout(head)
        self.body.addWidget(self.list, 1)
        self.body.addWidget(self.empty, 1)
        self.list.taken.connect(self._take)
        self.out.clicked.connect(self._take)
        self.reply.clicked.connect(self._reply)
        self.open.clicked.connect(self._open)
        self.list.selectionModel().selectionChanged.connect(self._chosen)
        self._may = False
        self.reply.hide()
        self._chosen()

    def show_room(self, room: "Room") -> None:
        """Other threads, or the same as they are now."""
        found = room.figures
        self._may = room.incident.state in OPEN_STATES
        sure = self._may and room.incident.state is not IncidentState.SUSPECTED
        self.reply.setVisible(sure and bool(room.threads))
        parts = [number(found.threads)] if found.threads else []
        if found.unanswered:
            parts.append(counted("%n unanswered", found.unanswered, "incidents"))
        self.about.setText(", ".join(parts))
        self.list.show_rows(room.threads, found.threads)
        self.list.setVisible(bool(room.threads))
        self.empty.setVisible(not room.threads)
        self.empty.say(
            self.tr("No thread is in it. Put one in with “Add to incident...” where you read it."), icon="inbox"
        )
        self._chosen()

    @Slot()
    def _chosen(self) -> None:
        chosen = bool(self.list.chosen())
        self.out.setVisible(chosen and self._may)
        self.open.setVisible(chosen)
        n = len(self.list.chosen())
        words = self.tr("Reply to %1").replace("%1", number(n)) if n > 1 else self.tr("Reply to all")
        self.reply.setText(words)
        self.reply.setAccessibleName(words)
        self.reply.updateGeometry()

    @Slot()
    def _take(self) -> None:
        chosen = self.list.chosen()
        if chosen and self._may:
            self.taken.emit(chosen)

    @Slot()
    def _reply(self) -> None:
        """In those that are selected, where somebody selected several."""
        chosen = self.list.chosen()
        self.reply_wanted.emit(chosen if len(chosen) > 1 else [])

    @Slot()
    def _open(self) -> None:
        index = self.list.currentIndex()
        if index.isValid():
            self.list.opened.emit(self.list.threads.rows[index.row()].id)
