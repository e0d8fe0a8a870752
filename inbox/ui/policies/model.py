"""The policies as a list for a view, each with its clocks and with what is noted of it."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from inbox.model.workspace import Policy
from inbox.ui.entries.book import Shown
from inbox.ui.entries.model import ENTRY_ROLE, EntriesModel
from inbox.ui.policies.sentence import row_sentence

if TYPE_CHECKING:
    from inbox.store.policy_use import Use

Entry = Shown[Policy]
USE_ROLE = ENTRY_ROLE + 1
NOTES_ROLE = ENTRY_ROLE + 2


class PoliciesModel(EntriesModel[Policy]):
    """One row a policy."""

    def __init__(self, parent: QObject | None = None) -> None:
        """No policies yet."""
        super().__init__(parent)
        self.uses: Mapping[str, Use] | None = None
        self.notes: Mapping[str, Sequence[str]] = {}

    def show_use(self, uses: "Mapping[str, Use]", notes: Mapping[str, Sequence[str]]) -> None:
        """The clocks under each policy, and what is noted of it, by name."""
        if (uses, notes) != (self.uses, self.notes):
            self.uses, self.notes = uses, notes
            self.show_anew()

    def use_of(self, entry: Entry) -> "tuple[int, int] | None":
        """Clocks that run, and breaches of seven days; None while that is not known, and for new policies."""
        if self.uses is None or entry.new:
            return None
        found = self.uses.get(entry.key)
        return (0, 0) if found is None else (found.running, found.breached)

    def sentence(self, place: int, entry: Entry) -> str:
        """Its place, what it promises, its clocks and notes."""
        state, notes = self.state(entry), self.notes.get(entry.key, ())
        return row_sentence(place + 1, entry.entry, self.use_of(entry), [*([state] if state else []), *notes])

    def told(self, entry: Entry, role: int) -> Any:  # noqa: ANN401 - Qt's variant
        """Its clocks, its notes."""
        if role == USE_ROLE:
            return self.use_of(entry)
        return self.notes.get(entry.key, ()) if role == NOTES_ROLE else None
