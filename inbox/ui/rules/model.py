"""The rules as a list for a view, each with its switch and how often it matched."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject, Qt

from inbox.model.workspace import Rule
from inbox.ui.entries.book import Shown
from inbox.ui.entries.model import ENTRY_ROLE, EntriesModel, Index
from inbox.ui.rules.sentence import row_sentence

Entry = Shown[Rule]
COUNT_ROLE = ENTRY_ROLE + 1
_CHECK = int(Qt.ItemDataRole.CheckStateRole)


class RulesModel(EntriesModel[Rule]):
    """One row a rule."""

    def __init__(self, parent: QObject | None = None) -> None:
        """No rules yet."""
        super().__init__(parent)
        self.counts: Mapping[str, int] | None = None

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """How many threads each rule matched in the last seven days, by name."""
        if counts != self.counts:
            self.counts = counts
            self.show_anew()

    def count_of(self, entry: Entry) -> int | None:
        """How many threads matched; None while that is not known."""
        return None if self.counts is None or entry.new else self.counts.get(entry.key, 0)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Each can be chosen, and switched on and off."""
        held = super().flags(index)
        return held | Qt.ItemFlag.ItemIsUserCheckable if index.isValid() else held

    def sentence(self, place: int, entry: Entry) -> str:
        """Its place, what it does, how often it matched."""
        return row_sentence(place + 1, entry.entry, self.count_of(entry), state=self.state(entry))

    def told(self, entry: Entry, role: int) -> Any:  # noqa: ANN401 - Qt's variant
        """How often it matched, its switch."""
        if role == _CHECK:
            return Qt.CheckState.Checked if entry.entry.on else Qt.CheckState.Unchecked
        return self.count_of(entry) if role == COUNT_ROLE else None
