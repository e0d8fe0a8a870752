"""The calendars as a list for a view, each with its state and with who uses it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from PySide6.QtCore import QObject

from inbox.model.workspace import Calendar, Workspace
from inbox.ui.calendars.reading import State, uses
from inbox.ui.calendars.says import state_words, tr, used_words
from inbox.ui.entries.book import Shown
from inbox.ui.entries.model import ENTRY_ROLE, EntriesModel

Entry = Shown[Calendar]
LINES_ROLE: Final = ENTRY_ROLE + 1
STATE_ROLE: Final = ENTRY_ROLE + 2


class CalendarsModel(EntriesModel[Calendar]):
    """One row a calendar."""

    def __init__(self, parent: QObject | None = None) -> None:
        """No calendars yet."""
        super().__init__(parent)
        self.workspace = Workspace()
        self.states: Mapping[str, State] = {}
        self.now: datetime | None = None

    def show_workspace(self, entries: Sequence[Entry], workspace: Workspace) -> None:
        """Other rows, or the same anew; what stands on each is in the workspace."""
        anew, self.workspace = workspace != self.workspace, workspace
        self.show_entries(entries)
        if anew:
            self.show_anew()

    def show_states(self, states: Mapping[str, State], now: datetime) -> None:
        """What is open and what is closed, by the stored name."""
        self.states, self.now = states, now
        self.show_anew()

    def state_of(self, entry: Entry) -> State | None:
        """The state of what is stored; None while it is not known."""
        return None if entry.new else self.states.get(entry.key)

    def lines(self, entry: Entry) -> tuple[str, str, str]:
        """Name, state, and zone with who uses it, or that it is not saved."""
        state = self.state_of(entry)
        words = state_words(state, self.now) if self.now is not None else ""
        if entry.new or entry.edited:
            name = entry.entry.name.strip() or (tr("New calendar") if entry.new else entry.key)
            return name, words, self.state(entry)
        found = uses(self.workspace, entry.key)
        used = used_words(len(found.areas), len(found.policies), len(found.rules))
        return entry.entry.name, words, f"{entry.entry.time_zone} · {used}"

    def sentence(self, place: int, entry: Entry) -> str:
        """Its three lines."""
        del place
        return ". ".join(part for part in self.lines(entry) if part)

    def told(self, entry: Entry, role: int) -> Any:  # noqa: ANN401 - Qt's variant
        """Its three lines, its state."""
        if role == LINES_ROLE:
            return self.lines(entry)
        return self.state_of(entry) if role == STATE_ROLE else None
