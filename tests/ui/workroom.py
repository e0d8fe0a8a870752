"""A thread pane over a real store: what the screens that people work in are tested with."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from inbox.flow.decide import assign
from inbox.model.ids import ThreadId
from inbox.store import lease
from inbox.store.engine import Store
from inbox.ui.context import Context
from inbox.ui.thread import ThreadPane
from tests.support.desk import NOON, staffed, waiting_thread

LATER = NOON + timedelta(minutes=10)
WAIT_MS = 5_000


class Room:
    """A store with two employees and a thread of Kim's, and a context at Ana's desk."""

    def __init__(self, store: Store) -> None:
        self.store = store
        staffed(store)
        self.thread = waiting_thread(store)
        self.context = Context(now=self.now)
        self.context.employee = "ana"
        self.time = LATER
        self.toasts: list[tuple[str, Callable[[], None] | None]] = []
        self.context.toast_wanted.connect(lambda text, undo: self.toasts.append((text, undo)))

    def now(self) -> datetime:
        return self.time

    def open(self) -> None:
        """The store is there."""
        self.context.open(self.store, "workspace.inbox")

    def collector_runs(self) -> None:
        """A collector holds the lease: this very process."""
        with self.store.write() as s:
            lease.acquire(s, lease.this_process(), self.time)

    def ben_takes(self, thread_id: ThreadId) -> None:
        """Somebody else decides."""
        assign(self.store, [thread_id], "ben", actor="ben", now=self.time)


@contextmanager
def working(qtbot: QtBot, store: Store) -> Iterator[tuple[Room, ThreadPane]]:
    """The pane on screen with the thread in it, and a collector at work."""
    room = Room(store)
    room.collector_runs()
    pane = ThreadPane(room.context)
    host = QWidget()
    qtbot.addWidget(host)
    pane.setParent(host)
    host.resize(700, 800)
    pane.resize(700, 800)
    room.context.commands.make_shortcuts(host)
    host.show()
    host.activateWindow()
    room.open()
    room.context.set_thread(room.thread)
    qtbot.waitUntil(lambda: pane.scene is not None, timeout=WAIT_MS)
    try:
        yield room, pane
    finally:
        settle(qtbot, room)
        room.context.lanes.close()


def settle(qtbot: QtBot, room: Room) -> None:
    """Nothing is being read or written any more."""
    qtbot.waitUntil(lambda: room.context.lanes.busy == 0, timeout=WAIT_MS)
