"""Keeps what is being written in a room in the database: shortly after each pause, and at once on leaving."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Slot

from inbox.model.ids import EmployeeId, IncidentId
from inbox.ui.context import Context

if TYPE_CHECKING:
    from inbox.store.engine import Store
    from inbox.store.incident_drafts import RoomDraft, RoomDraftKind

PAUSE_MS = 600
Key = tuple[IncidentId, str]


@dataclass(frozen=True, slots=True)
class _Save:
    """Keeps one; on the write lane."""

    incident: IncidentId
    employee: EmployeeId
    kind: str
    text: str
    at: datetime

    def __call__(self, store: "Store") -> None:
        from inbox.store import incident_drafts
        from inbox.store.incident_drafts import RoomDraft, RoomDraftKind

        with store.write() as s:
            new = RoomDraft(self.incident, self.employee, RoomDraftKind(self.kind), self.text, self.at)
            incident_drafts.save(s, new)


class RoomDrafts(QObject):
    """``keep`` notes what stands in a field, by incident and kind of draft; ``drop`` that it became what it was."""

    def __init__(self, context: Context, parent: QObject) -> None:
        """Writes through the context's write lane, in order, for whoever is at the desk."""
        super().__init__(parent)
        self._context = context
        self._waiting: dict[Key, str] = {}
        self._handed: dict[Key, _Save] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self.flush)
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.flush)

    @property
    def pending(self) -> bool:
        """True while something was written and not yet handed to the lane."""
        return bool(self._waiting)

    def keep(self, incident: IncidentId, kind: str, text: str) -> None:
        """A field holds this now; it is written after a pause."""
        self._waiting[incident, kind] = text
        self._timer.start()

    def drop(self, incident: IncidentId, kind: str) -> None:
        """It is on the timeline, or sent."""
        self.keep(incident, kind, "")
        self.flush()

    def newest(self, incident: IncidentId, kind: str, read: "Mapping[RoomDraftKind, RoomDraft]") -> str:
        """The words that count: those still being written, else those ``read`` from the store."""
        key = (incident, kind)
        if key in self._waiting:
            return self._waiting[key]
        if key in self._handed:
            return self._handed[key].text
        return next((each.text for name, each in read.items() if name == kind), "")

    @Slot()
    def flush(self) -> None:
        """Writes now what waits."""
        self._timer.stop()
        waiting, self._waiting = self._waiting, {}
        me, now = self._context.me(), self._context.now()
        if me is None:
            return
        for (incident, kind), text in waiting.items():
            save = _Save(incident, me.id, kind, text, now)
            self._handed[incident, kind] = save
            self._context.lanes.write(save, partial(self._done, save), partial(self._lost, save))

    def _done(self, save: _Save, _nothing: None) -> None:
        if self._handed.get((save.incident, save.kind)) is save:
            del self._handed[save.incident, save.kind]

    def _lost(self, save: _Save, error: Exception) -> None:
        """The words stay in their field and are tried again with the next pause."""
        self._done(save, None)
        self._context.tell(error)
