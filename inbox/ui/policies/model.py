"""The policies as a list for a view: stored ones in their order, and new ones that are not saved yet."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from inbox.model.workspace import Policy
from inbox.ui.entries.book import Shown
from inbox.ui.policies.sentence import row_sentence

if TYPE_CHECKING:
    from inbox.store.policy_use import Use

Entry = Shown[Policy]
Index = QModelIndex | QPersistentModelIndex
ENTRY_ROLE = int(Qt.ItemDataRole.UserRole)
USE_ROLE = ENTRY_ROLE + 1
NOTES_ROLE = ENTRY_ROLE + 2
_NO_PARENT = QModelIndex()
_WORDS = frozenset({int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole)})


class PoliciesModel(QAbstractListModel):
    """One row a policy. ``show_entries`` keeps what can be kept."""

    def __init__(self, parent: QObject | None = None) -> None:
        """No policies yet."""
        super().__init__(parent)
        self.entries: list[Entry] = []
        self.uses: Mapping[str, Use] | None = None
        self.notes: Mapping[str, Sequence[str]] = {}

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Other rows, or the same anew."""
        if [each.key for each in entries] == [each.key for each in self.entries]:
            before, self.entries = self.entries, list(entries)
            for at, (old, new) in enumerate(zip(before, self.entries, strict=True)):
                if old != new:
                    self.dataChanged.emit(self.index(at), self.index(at))
            return
        self.beginResetModel()
        self.entries = list(entries)
        self.endResetModel()

    def show_entry(self, entry: Entry) -> None:
        """One row anew."""
        place = self.place_of(entry.key)
        if place >= 0 and self.entries[place] != entry:
            self.entries[place] = entry
            self.dataChanged.emit(self.index(place), self.index(place))

    def show_use(self, uses: "Mapping[str, Use]", notes: Mapping[str, Sequence[str]]) -> None:
        """The clocks under each policy, and what is noted of it, by name."""
        if (uses, notes) != (self.uses, self.notes):
            self.uses, self.notes = uses, notes
            if self.entries:
                self.dataChanged.emit(self.index(0), self.index(len(self.entries) - 1))

    def place_of(self, key: str) -> int:
        """The row of a policy, -1 where it is not listed."""
        return next((at for at, each in enumerate(self.entries) if each.key == key), -1)

    def use_of(self, entry: Entry) -> "tuple[int, int] | None":
        """Clocks that run, and breaches of seven days; None while that is not known, and for new policies."""
        if self.uses is None or entry.new:
            return None
        found = self.uses.get(entry.key)
        return (0, 0) if found is None else (found.running, found.breached)

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """How many policies."""
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:  # noqa: ANN401 - Qt's variant
        """The entry, its sentence, its use, its notes."""
        if not index.isValid():
            return None
        entry = self.entries[index.row()]
        if role == ENTRY_ROLE:
            return entry
        if role == USE_ROLE:
            return self.use_of(entry)
        if role == NOTES_ROLE:
            return self.notes.get(entry.key, ())
        if role in _WORDS:
            state = self.tr("Not saved") if entry.new else self.tr("Edited, not saved") if entry.edited else ""
            notes = self.notes.get(entry.key, ())
            return row_sentence(index.row() + 1, entry.entry, self.use_of(entry), [*([state] if state else []), *notes])
        return None
