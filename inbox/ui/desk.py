"""Who sits at the desk and which workspace it is: read when the store opens and when it changes."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, Signal, Slot

from inbox.model.change import Change
from inbox.model.people import Employee
from inbox.model.workspace import Workspace
from inbox.ui.context import Context
from inbox.ui.opening import key_of, likely

if TYPE_CHECKING:
    from inbox.store.engine import Session

TOPICS = frozenset({"config", "people"})
Read = tuple[Workspace, tuple[Employee, ...], int]


class Desk(QObject):
    """Keeps ``context.workspace``, ``employees`` and ``employee`` up to date. ``ready`` comes once, with how many
    accounts there are.
    """

    ready = Signal(int)

    def __init__(self, context: Context, settings: QSettings) -> None:
        """Reads as soon as the store is open."""
        super().__init__(context)
        self._context = context
        self._settings = settings
        self._told = False
        context.opened.connect(self.read)
        context.changed.connect(self._changed)

    @Slot()
    def read(self) -> None:
        """Reads workspace and people."""

        def work(session: "Session") -> Read:
            from inbox.store import accounts, config, people

            return config.load(session), people.employees(session), len(accounts.all(session))

        self._context.lanes.read(work, self.show, key="desk")

    def choose(self, name: str) -> None:
        """Somebody else sits down; remembered for this workspace."""
        self._settings.setValue(key_of(self._context.address), name)
        self._context.employee = name
        self._context.people_changed.emit()

    @Slot(Change)
    def _changed(self, change: Change) -> None:
        if change.topics & TOPICS:
            self.read()

    def show(self, found: Read) -> None:
        """Takes up what was read."""
        context = self._context
        context.workspace, context.employees, accounts = found
        names = [person.name for person in context.employees]
        if context.employee not in names:
            context.employee = likely(names, [str(self._settings.value(key_of(context.address), ""))])
        context.people_changed.emit()
        if not self._told:
            self._told = True
            self.ready.emit(accounts)
