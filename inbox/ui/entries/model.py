"""The entries as a list for a view: stored ones in their order, and new ones that are not saved yet."""

from collections.abc import Sequence
from typing import Any, Final, Generic

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from inbox.ui.entries.book import E, Shown

Index = QModelIndex | QPersistentModelIndex
ENTRY_ROLE: Final = int(Qt.ItemDataRole.UserRole)
_NO_PARENT = QModelIndex()
_WORDS = frozenset({int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole)})


class EntriesModel(QAbstractListModel, Generic[E]):
    """One row an entry. ``show_entries`` keeps what can be kept."""

    def __init__(self, parent: QObject | None = None) -> None:
        """No entries yet."""
        super().__init__(parent)
        self.entries: list[Shown[E]] = []

    def show_entries(self, entries: Sequence[Shown[E]]) -> None:
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

    def show_entry(self, entry: Shown[E]) -> None:
        """One row anew, so that a key press costs the same however many entries there are."""
        place = self.place_of(entry.key)
        if place >= 0 and self.entries[place] != entry:
            self.entries[place] = entry
            self.dataChanged.emit(self.index(place), self.index(place))

    def show_anew(self) -> None:
        """Something else is known of all rows."""
        if self.entries:
            self.dataChanged.emit(self.index(0), self.index(len(self.entries) - 1))

    def place_of(self, key: str) -> int:
        """The row of an entry, -1 where it is not listed."""
        return next((at for at, each in enumerate(self.entries) if each.key == key), -1)

    def sentence(self, place: int, entry: Shown[E]) -> str:
        """A row as a screen reader says it. Each list has words of its own."""
        raise NotImplementedError

    def told(self, entry: Shown[E], role: int) -> Any:  # noqa: ANN401 - Qt's variant
        """What else the list knows of an entry, by roles of its own."""
        del entry, role

    def state(self, entry: Shown[E]) -> str:
        """Whether it is saved; empty where it is."""
        return self.tr("Not saved") if entry.new else self.tr("Edited, not saved") if entry.edited else ""

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """How many entries."""
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:  # noqa: ANN401 - Qt's variant
        """The entry, its sentence, and what else is known of it."""
        if not index.isValid():
            return None
        entry = self.entries[index.row()]
        if role == ENTRY_ROLE:
            return entry
        return self.sentence(index.row(), entry) if role in _WORDS else self.told(entry, role)
