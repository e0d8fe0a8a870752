"""The card of the threads that an incident holds."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from inbox.model.incident import OPEN_STATES, IncidentState
from inbox.ui.incidents.threadart import ThreadsHead
from inbox.ui.incidents.threadrows import ThreadsList
from inbox.ui.theme import current
from inbox.ui.widgets import Button, Card, EmptyState, Label, row
from inbox.ui.widgets.words import counted, number

if TYPE_CHECKING:
    from inbox.flow.hot.room import Room

WORDS_FROM = 560


class ThreadsCard(Card):
    """``taken`` carries the threads that are to go out of the incident, ``reply_wanted`` says that those
    that are checked are to be answered, ``add_wanted`` that others are to be put in.
    """

    taken = Signal(object)
    reply_wanted = Signal()
    add_wanted = Signal()

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        """Empty until ``show_room``."""
        super().__init__("true", parent)
        self.title = Label(self.tr("Gathered threads"), "name")
        self.about = Label("", "meta", "text3")
        self.open = Button(self.tr("Open"), "open", key="↵")
        self.out = Button(self.tr("Take out"), "close", key="Del")
        self.add = Button(self.tr("Add by hand"), "plus")
        self.reply = Button(self.tr("Reply to all"), "reply")
        self.list = ThreadsList(now)
        self.names = ThreadsHead(self.list.threads, self.list)
        self.empty = EmptyState(icon="inbox")
        head = row(margins=(16, 0, 16, 0), gap=8)
        head.addStrut(self.out.sizeHint().height())
        for part in (self.title, self.about):
            head.addWidget(part)
        head.addStretch(1)
        for button in (self.open, self.out, self.add, self.reply):
            head.addWidget(button)
        self.body.setContentsMargins(0, self.body.contentsMargins().top(), 0, 1)
        self.body.setSpacing(0)
        self.body.addLayout(head)
        self.body.addWidget(self.names)
        self.body.addWidget(self.list, 1)
        self.body.addWidget(self.empty, 1)
        self.list.taken.connect(self._take)
        self.out.clicked.connect(self._take)
        self.add.clicked.connect(self.add_wanted)
        self.reply.clicked.connect(self.reply_wanted)
        self.open.clicked.connect(self._open)
        self.names.all_wanted.connect(self._check_all)
        self.list.selectionModel().selectionChanged.connect(self._chosen)
        self.list.threads.checks_changed.connect(self._chosen)
        self._may = self._sure = False
        self._chosen()

    def show_room(self, room: "Room") -> None:
        """Other threads, or the same as they are now."""
        found = room.figures
        self._may = room.incident.state in OPEN_STATES
        self._sure = self._may and room.incident.state is not IncidentState.SUSPECTED and bool(room.threads)
        of = self.tr("%1, of which %2").replace("%1", number(found.threads))
        unanswered = counted("%n unanswered", found.unanswered, "incidents")
        self.about.setText(of.replace("%2", unanswered) if found.unanswered else number(found.threads))
        self.about.setVisible(bool(found.threads))
        self.add.setVisible(self._may)
        self.list.threads.checkable = self._sure
        self.list.show_rows(room.threads, room.fits, found.threads)
        for each in (self.list, self.names):
            each.setVisible(bool(room.threads))
        self.empty.setVisible(not room.threads)
        self.empty.say(self.tr("No thread is in it. Those that match come by themselves."), icon="inbox")
        self._chosen()

    def forget(self) -> None:
        """Another incident: all of its threads are to be replied to."""
        self.list.threads.check_all(on=True)

    @Slot()
    def _chosen(self) -> None:
        chosen = bool(self.list.chosen())
        self.out.setVisible(chosen and self._may)
        self.open.setVisible(chosen)
        left = self.list.threads.checked
        self.reply.setVisible(self._sure)
        self.reply.setEnabled(left > 0)
        words = self.tr("Reply to %1").replace("%1", number(left))
        self.reply.setText(words)
        self.reply.setAccessibleName(words)
        self.reply.updateGeometry()
        self._narrow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room the buttons show their icons alone."""
        super().resizeEvent(event)
        self._narrow()

    def _narrow(self) -> None:
        wide = self.width() >= current().px(WORDS_FROM + (200 if self.open.isVisible() else 0))
        for each in (self.open, self.out, self.add):
            each.set_words(shown=wide)

    @Slot(bool)
    def _check_all(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        self.list.threads.check_all(on=on)

    @Slot()
    def _take(self) -> None:
        chosen = self.list.chosen()
        if chosen and self._may:
            self.taken.emit(chosen)

    @Slot()
    def _open(self) -> None:
        index = self.list.currentIndex()
        if index.isValid():
            self.list.opened.emit(self.list.threads.rows[index.row()].id)
