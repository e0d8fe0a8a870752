"""An incident with threads in a real store, and the pages of incidents over it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TypeVar

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from inbox.flow.hot import by_hand
from inbox.model.ids import IncidentId, ThreadId
from inbox.model.incident import Incident, Task, TimelineEvent
from inbox.store import config, incident_tasks, incidents, people
from inbox.store.engine import Store
from inbox.ui.context import Context
from inbox.ui.incidents import IncidentsPage, RoomPage
from tests.support.desk import NOON, staffed, waiting_thread

Page = TypeVar("Page", bound=QWidget)
LATER = NOON + timedelta(minutes=20)
WAIT_MS = 10_000


def plain(text: str) -> str:
    """Without the marks that keep each text in its own direction."""
    return text.replace("\u2068", "").replace("\u2069", "")


class Office:
    """Ana's desk: a store with three threads, of which two are in the incident "Double charges"."""

    def __init__(self, qtbot: QtBot, store: Store, *, staff: bool = True) -> None:
        self.qtbot, self.store = qtbot, store
        staffed(store)
        self.threads: list[ThreadId] = []
        self.incident = IncidentId(0)
        if staff:
            self.threads = [waiting_thread(store, who=name) for name in ("kim", "lee", "max")]
            self.incident = self.opened("Double charges", self.threads[:2])
        self.context = Context(now=lambda: LATER)
        self.context.employee = "ana"
        self.toasts: list[str] = []
        self.undo: Callable[[], None] | None = None
        self.went: list[str] = []
        self.context.toast_wanted.connect(self._toast)
        self.context.view_wanted.connect(self.went.append)
        with store.read() as s:
            self.context.workspace, self.context.employees = config.load(s), people.employees(s)
        self.host = QWidget()
        qtbot.addWidget(self.host)

    def opened(self, title: str, threads: list[ThreadId]) -> IncidentId:
        """Another incident, opened by Ben."""
        return by_hand.open_incident(self.store, title, threads, actor="ben", now=NOON + timedelta(minutes=5))[0]

    def list_page(self) -> IncidentsPage:
        return self._on_screen(IncidentsPage(self.context, self.host), (1000, 700))

    def room(self, size: tuple[int, int] = (1200, 800), incident: IncidentId | None = None) -> RoomPage:
        """The room on screen and read."""
        page = self._on_screen(RoomPage(self.context, self.host), size)
        page.show_incident(incident or self.incident)
        self.rest()
        self.host.activateWindow()
        self.qtbot.waitUntil(self.host.isActiveWindow, timeout=WAIT_MS)
        return page

    def _on_screen(self, page: Page, size: tuple[int, int]) -> Page:
        self.host.resize(*size)
        page.resize(*size)
        self.host.show()
        page.show()
        self.host.activateWindow()
        self.context.open(self.store, "workspace.inbox")
        self.rest()
        return page

    def rest(self) -> None:
        """Nothing is being read or written any more, also not what is read in a moment."""
        for _ in range(2):
            self.qtbot.waitUntil(lambda: self.context.lanes.busy == 0, timeout=WAIT_MS)
            QApplication.processEvents()

    def now(self) -> Incident:
        with self.store.read() as s:
            found = incidents.get(s, self.incident)
        assert found is not None
        return found

    def held(self) -> list[ThreadId]:
        with self.store.read() as s:
            return sorted(incidents.threads(s, self.incident))

    def tasks(self) -> list[Task]:
        with self.store.read() as s:
            return incident_tasks.of(s, self.incident)

    def told(self) -> list[TimelineEvent]:
        with self.store.read() as s:
            return incidents.timeline(s, self.incident)

    def take_back(self) -> None:
        """Presses Undo in the toast."""
        assert self.undo is not None
        self.undo()
        self.rest()

    def _toast(self, text: str, undo: Callable[[], None] | None) -> None:
        self.toasts.append(plain(text))
        self.undo = undo


@contextmanager
def office(qtbot: QtBot, store: Store, *, staff: bool = True) -> Iterator[Office]:
    """An office that is closed at the end."""
    made = Office(qtbot, store, staff=staff)
    try:
        yield made
    finally:
        made.rest()
        made.context.lanes.close()
