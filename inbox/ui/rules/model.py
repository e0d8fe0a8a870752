"""The rules as a list for a view: stored ones in their order, and new ones that are not saved yet."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from inbox.model.workspace import Rule
from inbox.ui.entries.book import Shown
from inbox.ui.rules.sentence import row_sentence

Entry = Shown[Rule]
Index = QModelIndex | QPersistentModelIndex
ENTRY_ROLE = int(Qt.ItemDataRole.UserRole)
COUNT_ROLE = ENTRY_ROLE + 1
_NO_PARENT = QModelIndex()
_WORDS = frozenset({int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole)})
_CHECK = int(Qt.ItemDataRole.CheckStateRole)


class RulesModel(QAbstractListModel):
    """One row a rule. ``show_entries`` keeps what can be kept."""

    def __init__(self, parent: QObject | None = None) -> None:
        """No rules yet."""
        super().__init__(parent)
        self.entries: list[Entry] = []
        self.counts: Mapping[str, int] | None = None

    def show_entries(self, entries: Sequence[Entry]) -> bool:
        """Other rows, or the same anew; True when rows came, went or moved."""
        if [each.key for each in entries] == [each.key for each in self.entries]:
            before, self.entries = self.entries, list(entries)
            for at, (old, new) in enumerate(zip(before, self.entries, strict=True)):
                if old != new:
                    self.dataChanged.emit(self.index(at), self.index(at))
            return False
        self.beginResetModel()
        self.entries = list(entries)
        self.endResetModel()
        return True

    def show_entry(self, entry: Entry) -> None:
        """One row anew, so that a key press costs the same however many rules there are."""
        place = self.place_of(entry.key)
        if place >= 0 and self.entries[place] != entry:
            self.entries[place] = entry
            self.dataChanged.emit(self.index(place), self.index(place))

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """How many threads each rule matched in the last seven days, by name."""
        if counts != self.counts:
            self.counts = counts
            if self.entries:
                self.dataChanged.emit(self.index(0), self.index(len(self.entries) - 1))

    def place_of(self, key: str) -> int:
        """The row of a rule, -1 where it is not listed."""
        return next((at for at, each in enumerate(self.entries) if each.key == key), -1)

    def count_of(self, entry: Entry) -> int | None:
        """How many threads matched; None while that is not known."""
        return None if self.counts is None or entry.new else self.counts.get(entry.key, 0)

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """How many rules."""
        return 0 if parent.isValid() else len(self.entries)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Each can be chosen, and switched on and off."""
        held = super().flags(index)
        return held | Qt.ItemFlag.ItemIsUserCheckable if index.isValid() else held

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:  # noqa: ANN401 - Qt's variant
        """The entry, its sentence, its switch."""
        if not index.isValid():
            return None
        entry = self.entries[index.row()]
        if role == ENTRY_ROLE:
            return entry
        if role == COUNT_ROLE:
            return self.count_of(entry)
        if role == _CHECK:
            return Qt.CheckState.Checked if entry.entry.on else Qt.CheckState.Unchecked
        if role in _WORDS:
            state = self.tr("Not saved") if entry.new else self.tr("Edited, not saved") if entry.edited else ""
            return row_sentence(index.row() + 1, entry.entry, self.count_of(entry), state=state)
        return None
