"""The rows of the live matches, and their sentences."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QCoreApplication, QModelIndex, QObject, Qt

from inbox.model.workspace import UNSORTED
from inbox.ui.entries.model import Index
from inbox.ui.thread.plain import clean, line
from inbox.ui.thread.words import network_title

if TYPE_CHECKING:
    from inbox.flow.matching import Match, Matches

ROW_ROLE = int(Qt.ItemDataRole.UserRole)
LEAD, LENGTH = 60, 240
_NO_PARENT = QModelIndex()
_WORDS = frozenset({int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole)})


@dataclass(frozen=True, slots=True)
class Row:
    """A match ready to be painted; ``spans`` count in ``text``. A heading has nothing but its ``text``."""

    text: str
    heading: bool = False
    thread_id: Any = None
    author: str = ""
    network: str = ""
    spans: tuple[tuple[int, int], ...] = ()
    why: str = ""
    tag: str = ""
    kind: str = ""


def rows_of(matches: "Matches", chip: str) -> list[Row]:
    """The rows of a chip: "moves", "all" (what just missed follows below a heading) or "missed"."""
    rows = [row_of(each) for each in matches.rows]
    if chip in {"moves", "missed"}:
        return [each for each in rows if each.kind == chip]
    found = [each for each in rows if each.kind != "missed"]
    missed = [each for each in rows if each.kind == "missed"]
    return [*found, *([Row(_tr("Just missed"), heading=True), *missed] if missed else [])]


def row_of(match: "Match") -> Row:
    """One match, its text cut to what is around the first marked words."""
    text, spans = around(match.text, match.spans)
    was, becomes = match.was_area or _tr(UNSORTED), match.becomes_area or _tr(UNSORTED)
    tags = {"moves": _tr("%1 to %2").replace("%1", was).replace("%2", becomes), "missed": ""}
    tag = tags.get(match.kind, _tr("Stays %1").replace("%1", was))
    author, network = line(match.author, 60), network_title(match.network)
    return Row(text, False, match.thread_id, author, network, spans, line(match.why, 200), tag, match.kind)


def around(text: str, spans: Sequence[tuple[int, int]]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """A piece of the text that holds the first span, on one line, and the spans in it."""
    first = spans[0][0] if spans else 0
    start = max(0, first - LEAD) if first > LENGTH // 2 else 0
    while start and start < first and not text[start - 1].isspace():
        start += 1
    piece = text[start : start + LENGTH]
    shown: list[str] = []
    found: list[tuple[int, int]] = []
    at, length = 0, 0
    if start:
        shown.append("… ")
        length = 2
    for low, high in spans:
        low, high = low - start, min(high - start, len(piece))  # noqa: PLW2901 - counted in the piece
        if low < at or high <= low:
            continue
        for part, marked in ((piece[at:low], False), (piece[low:high], True)):
            flat = _flat(part)
            if marked:
                found.append((length, length + len(flat)))
            shown.append(flat)
            length += len(flat)
        at = high
    shown.append(_flat(piece[at:]))
    more = "…" if start + LENGTH < len(text) else ""
    return "".join(shown).rstrip() + more, tuple(found)


def _flat(text: str) -> str:
    """Line breaks and tabs as blanks, nothing else moved: spans stay where they are."""
    return clean(text).replace("\n", " ").replace("\t", " ")


class MatchModel(QAbstractListModel):
    """The rows."""

    def __init__(self, parent: QObject | None = None) -> None:
        """No rows yet."""
        super().__init__(parent)
        self.rows: list[Row] = []

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Other rows."""
        if list(rows) != self.rows:
            self.beginResetModel()
            self.rows = list(rows)
            self.endResetModel()

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """How many."""
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A heading cannot be chosen."""
        if index.isValid() and self.rows[index.row()].heading:
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:  # noqa: ANN401 - Qt's variant
        """The row, or its sentence."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role in _WORDS:
            parts = (", ".join(each for each in (row.author, row.network) if each), row.tag, row.text, row.why)
            return ". ".join(each for each in parts if each)
        return None


def _tr(text: str) -> str:
    return QCoreApplication.translate("rules", text)
