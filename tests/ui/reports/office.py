"""The reports page over a store with eight answered threads, and what it asked of the window."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from inbox.flow.clocks import recompute
from inbox.model.ids import ThreadId
from inbox.store import config
from inbox.store.engine import Store
from inbox.ui.context import Context
from inbox.ui.reports import ReportsPage
from tests.support.desk import NOON, replied, staffed, waiting_thread

LATER = NOON + timedelta(days=3)
WAIT_MS = 10_000
BAGGAGE = (10, 20, 30, 40, 90)
BILLING = (5, 15, 70)
"""Minutes until the answer; the target is an hour. All of Baggage began on Monday at noon, of Billing a day later."""


def answered(store: Store, area: str, minutes: int, *, days: int, who: str) -> ThreadId:
    """A thread with its first answer."""
    at = NOON + timedelta(days=days)
    thread_id = waiting_thread(store, area, at=at, who=who)
    replied(store, thread_id, "ana", at=at + timedelta(minutes=minutes))
    with store.write() as s:
        recompute(s, thread_id, workspace=config.load(s), now=at + timedelta(minutes=minutes))
    return thread_id


def filled(store: Store) -> dict[str, list[ThreadId]]:
    """Five answered threads in Baggage, three in Billing; in each list the quickest first."""
    staffed(store)
    return {
        "Baggage": [answered(store, "Baggage", each, days=0, who=f"bag{each}") for each in BAGGAGE],
        "Billing": [answered(store, "Billing", each, days=1, who=f"bill{each}") for each in BILLING],
    }


class Office:
    """The page on screen."""

    def __init__(self, qtbot: QtBot, store: Store, size: tuple[int, int] = (1200, 900)) -> None:
        self.qtbot, self.store = qtbot, store
        self.context = Context(now=lambda: LATER)
        self.context.employee = "ana"
        with store.read() as s:
            self.context.workspace = config.load(s)
        self.toasts: list[str] = []
        self.context.toast_wanted.connect(self._toast)
        self.host = QWidget()
        qtbot.addWidget(self.host)
        self.page = ReportsPage(self.context, self.host)
        self.host.resize(*size)
        self.page.resize(*size)
        self.host.show()
        self.host.activateWindow()
        self.context.open(store, "workspace.inbox")
        self.rest()

    def _toast(self, text: str, _undo: object) -> None:
        self.toasts.append(text)

    def rest(self) -> None:
        """Nothing is being read any more."""
        for _ in range(3):
            self.qtbot.waitUntil(lambda: self.context.lanes.busy == 0, timeout=WAIT_MS)
            QApplication.processEvents()

    def listed(self) -> list[int]:
        """The threads at the side."""
        return [row.id for row in self.page.behind.list.rows.rows]

    def figures(self) -> list[str]:
        """What the strip says, for those who hear it."""
        return [figure.accessibleName() for figure in self.page.times.strip.figures]


@contextmanager
def office(qtbot: QtBot, store: Store, size: tuple[int, int] = (1200, 900)) -> Iterator[Office]:
    """A page that is closed when the test is over."""
    made = Office(qtbot, store, size)
    try:
        yield made
    finally:
        made.rest()
        made.context.lanes.close()
