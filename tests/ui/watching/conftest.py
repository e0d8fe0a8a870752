"""The page of what is watched, over a real store at Ana's desk."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from inbox.model.campaign import Campaign
from inbox.store import campaigns, lease
from inbox.store.engine import Store
from inbox.ui.context import Context
from inbox.ui.theme import Theme
from inbox.ui.watching import WatchingPage
from inbox.ui.watching.run import TryRun
from tests.support.desk import NOON, staffed

WAIT_MS = 10_000
NOW = NOON + timedelta(minutes=10)


class Room:
    """The page in a host, its context, and what was said."""

    def __init__(self, qtbot: QtBot, store: Store) -> None:
        staffed(store)
        self.qtbot, self.store = qtbot, store
        self.context = Context(now=self.now)
        self.context.employee = "ana"
        self.toasts: list[tuple[str, Callable[[], None] | None]] = []
        self.context.toast_wanted.connect(lambda text, undo: self.toasts.append((text, undo)))
        self.child = TryRun(self.context)
        self.host = QWidget()
        qtbot.addWidget(self.host)
        self.page = WatchingPage(self.context, self.host, self.child)
        self.host.resize(1200, 900)
        self.page.resize(1200, 900)

    def now(self) -> datetime:
        return NOW

    def open(self, side: str = "settings") -> WatchingPage:
        """On screen, with everything read."""
        with self.store.write() as s:
            lease.acquire(s, lease.this_process(), NOW)
        self.host.show()
        self.host.activateWindow()
        self.context.open(self.store, "workspace.inbox")
        if side == "campaigns":
            self.page.show_side(side)
        else:
            self.page.settings.begin()
        self.settle()
        return self.page

    def settle(self) -> None:
        """Nothing is being read or written any more."""
        self.qtbot.waitUntil(lambda: self.context.lanes.busy == 0, timeout=WAIT_MS)

    def standing(self) -> tuple[Campaign, ...]:
        """The campaigns that are stored."""
        with self.store.read() as s:
            return campaigns.standing(s)

    def undo(self) -> None:
        """Takes back what was done last."""
        back = self.toasts[-1][1]
        if back is None:
            raise AssertionError(f"“{self.toasts[-1][0]}” cannot be taken back")
        back()
        self.settle()


@pytest.fixture
def room(qtbot: QtBot, theme: Theme, store: Store) -> Iterator[Room]:
    """With two employees and no campaign."""
    del theme
    made = Room(qtbot, store)
    yield made
    made.child.end()
    made.context.lanes.close()
