"""The calendars as a list for a view, each with its state and with who uses it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from inbox.model.workspace import Calendar, Workspace
from inbox.ui.calendars.reading import State, uses
from inbox.ui.calendars.says import state_words, tr, used_words
from inbox.ui.entries.book import Shown

Entry = Shown[Calendar]
Index = QModelIndex | QPersistentModelIndex
ENTRY_ROLE: Final = int(Qt.ItemDataRole.UserRole)
LINES_ROLE: Final = ENTRY_ROLE + 1
STATE_ROLE: Final = ENTRY_ROLE + 2
_NO_PARENT = QModelIndex()
_WORDS = frozenset({int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole)})


class CalendarsModel(QAbstractListModel):
    """One row a calendar. ``show_entries`` keeps what can be kept."""

    def __init__(self, parent: QObject | None = None) -> None:
        """No calendars yet."""
        super().__init__(parent)
        self.entries: list[Entry] = []
        self.workspace = Workspace()
        self.states: Mapping[str, State] = {}
        self.now: datetime | None = None

    def show_entries(self, entries: Sequence[Entry], workspace: Workspace) -> None:
        """Other rows, or the same anew."""
        self.workspace = workspace
        same = [each.key for each in entries] == [each.key for each in self.entries]
        if not same:
            self.beginResetModel()
        self.entries = list(entries)
        if not same:
            self.endResetModel()
        elif self.entries:
            self.dataChanged.emit(self.index(0), self.index(len(self.entries) - 1))

    def show_states(self, states: Mapping[str, State], now: datetime) -> None:
        """What is open and what is closed, by the stored name."""
        self.states, self.now = states, now
        if self.entries:
            self.dataChanged.emit(self.index(0), self.index(len(self.entries) - 1))

    def place_of(self, key: str) -> int:
        """The row of a calendar, -1 where it is not listed."""
        return next((at for at, each in enumerate(self.entries) if each.key == key), -1)

    def state_of(self, entry: Entry) -> State | None:
        """The state of what is stored; None while it is not known."""
        return None if entry.new else self.states.get(entry.key)

    def lines(self, entry: Entry) -> tuple[str, str, str]:
        """Name, state, and zone with who uses it, or that it is not saved."""
        state = self.state_of(entry)
        words = state_words(state, self.now) if self.now is not None else ""
        if entry.new:
            return entry.entry.name.strip() or tr("New calendar"), words, tr("Not saved")
        if entry.edited:
            return entry.entry.name.strip() or entry.key, words, tr("Edited, not saved")
        found = uses(self.workspace, entry.key)
        used = used_words(len(found.areas), len(found.policies), len(found.rules))
        return entry.entry.name, words, f"{entry.entry.time_zone} · {used}"

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """How many calendars."""
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:  # noqa: ANN401 - Qt's variant
        """The entry, its three lines, its sentence."""
        if not index.isValid():
            return None
        entry = self.entries[index.row()]
        if role == ENTRY_ROLE:
            return entry
        if role == LINES_ROLE:
            return self.lines(entry)
        if role == STATE_ROLE:
            return self.state_of(entry)
        if role in _WORDS:
            return ". ".join(part for part in self.lines(entry) if part)
        return None
