"""What every screen is given: store, lanes, theme, commands, who is at the desk, and ways to the window."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from inbox.model.change import Change
from inbox.model.ids import ThreadId
from inbox.model.people import Employee
from inbox.model.view import View
from inbox.model.workspace import Workspace
from inbox.ui.bridge import Lanes
from inbox.ui.commands import Commands
from inbox.ui.opening import Found, Opening
from inbox.ui.theme import Theme, current

if TYPE_CHECKING:
    from inbox.store.engine import Store


def now_utc() -> datetime:
    """The time, aware UTC."""
    return datetime.now(UTC)


class Context(QObject):
    """Shared by all screens of one window.

    ``employee`` is the current user's name ("" while unknown), ``workspace`` the workspace file as last
    read, ``thread_id`` the thread on screen. ``act`` runs a decision and offers its undo.
    """

    opened = Signal()
    changed = Signal(Change)
    people_changed = Signal()
    thread_changed = Signal()
    toast_wanted = Signal(str, object)
    thread_wanted = Signal(object)
    view_wanted = Signal(str)
    author_wanted = Signal(object)
    page_wanted = Signal(str)
    rule_wanted = Signal(object)

    def __init__(self, parent: QObject | None = None, *, now: Callable[[], datetime] = now_utc) -> None:
        """A context without a store; ``open`` brings it."""
        super().__init__(parent)
        self.store: Store | None = None
        self.address = ""
        self.lanes = Lanes(self)
        self.commands = Commands(self)
        self.theme: Theme = current()
        self.employee = ""
        self.workspace = Workspace()
        self.employees: tuple[Employee, ...] = ()
        self.thread_id: ThreadId | None = None
        self.opening: Opening | None = None
        self.now = now
        self.lanes.trouble.connect(self.tell)

    def open(self, store: "Store", address: str) -> None:
        """The store is open: screens may read."""
        self.store = store
        self.address = address
        self.opening = None
        self.lanes.open(store)
        self.opened.emit()

    def page_ahead(self, view: View) -> Found | None:
        """The first page of ``view`` that was read before the store is open; None once it is, or for another view."""
        return self.opening.page_of(view) if self.opening is not None else None

    def me(self) -> Employee | None:
        """The current user as the workspace knows them."""
        return next((person for person in self.employees if person.name == self.employee), None)

    def toast(self, text: str, undo: Callable[[], None] | None = None) -> None:
        """Says ``text`` in the undo bar."""
        self.toast_wanted.emit(text, undo)

    def open_thread(self, thread_id: ThreadId | None) -> None:
        """Shows a thread; None shows none."""
        self.thread_wanted.emit(thread_id)

    def go(self, view_key: str) -> None:
        """Shows a view ("mine", "area:3" ...) or a page ("accounts", "settings", "first-run", "outbox")."""
        self.view_wanted.emit(view_key)

    def set_thread(self, thread_id: ThreadId | None) -> None:
        """The window says which thread is on screen."""
        if thread_id != self.thread_id:
            self.thread_id = thread_id
            self.thread_changed.emit()

    @Slot(object)
    def tell(self, error: Exception) -> None:
        """Says what went wrong in the plain sentence that store and flows give."""
        sentence = str(error).strip() or type(error).__name__
        self.toast(sentence)
