"""The gathered threads that were read, how they came in, and which of them are to be replied to."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from inbox.model.ids import ThreadId
from inbox.model.thread import ThreadRow
from inbox.ui.queue.sentence import sentence
from inbox.ui.theme import current

if TYPE_CHECKING:
    from inbox.store.gathered import Fit

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
ROW_ROLE = int(Qt.ItemDataRole.UserRole)
SPOKEN = frozenset({int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole)})
FIT_ROLE = ROW_ROLE + 1
CHECKED_ROLE = ROW_ROLE + 2
PAD, CHECK = 16, 16
AUTHOR, NARROW, NETWORK, PRESS, MATCH, DUE = 128, 104, 72, 54, 52, 112
WIDE, NETWORK_FROM, MATCH_FROM = 700, 640, 500


class ThreadsModel(QAbstractListModel):
    """Those that were read. ``wanted`` asks for the page that begins at a place, ``checks_changed`` that others are
    to be replied to: all but the ``excepted``, or (``everybody`` false) just those.
    """

    wanted = Signal(int)
    checks_changed = Signal()

    def __init__(self, now: Callable[[], datetime], parent: QObject | None = None) -> None:
        """Empty."""
        super().__init__(parent)
        self._now = now
        self._asked = False
        self.total = 0
        self.rows: list[ThreadRow] = []
        self.fits: dict[ThreadId, Fit] = {}
        self.checkable = True
        self.everybody = True
        self.excepted: set[ThreadId] = set()
        self._fitted = self._press = False

    def show_rows(self, rows: Sequence[ThreadRow], fits: "Mapping[ThreadId, Fit]", total: int) -> None:
        """Replaces what was read; there are ``total`` in all."""
        changed = list(rows) != self.rows or dict(fits) != self.fits
        self.total, self._asked = total, False
        if changed:
            self.beginResetModel()
            self.rows = list(rows)
            self._know(fits)
            self.endResetModel()
        self.checks_changed.emit()

    def add_rows(self, rows: Sequence[ThreadRow], fits: "Mapping[ThreadId, Fit]") -> None:
        """Another page; what is listed already is left out, and an empty page is the end."""
        known = {each.id for each in self.rows}
        new = [each for each in rows if each.id not in known]
        self._asked = not rows
        if new:
            self.beginInsertRows(ROOT, len(self.rows), len(self.rows) + len(new) - 1)
            self.rows += new
            self._know(self.fits | dict(fits))
            self.endInsertRows()

    def _know(self, fits: "Mapping[ThreadId, Fit]") -> None:
        self.fits = dict(fits)
        self._fitted = any(each.match is not None for each in self.fits.values())
        self._press = any(each.press for each in self.fits.values())

    @property
    def checked(self) -> int:
        """How many are to be replied to."""
        return max(0, self.total - len(self.excepted)) if self.everybody else len(self.excepted)

    def is_checked(self, thread: ThreadId) -> bool:
        """Whether one is to be replied to."""
        return self.everybody is not (thread in self.excepted)

    def check(self, ids: Iterable[ThreadId], *, on: bool) -> None:
        """These are to be replied to, or not."""
        if on is self.everybody:
            self.excepted.difference_update(ids)
        else:
            self.excepted.update(ids)
        self._checked()

    def check_all(self, *, on: bool) -> None:
        """All, also those that were not read yet, or none."""
        self.everybody = on
        self.excepted.clear()
        self._checked()

    def _checked(self) -> None:
        self.dataChanged.emit(self.index(0, 0), self.index(max(0, len(self.rows) - 1), 0))
        self.checks_changed.emit()

    def columns(self, width: int) -> dict[str, tuple[int, int]]:
        """Where each column begins and how wide it is; those that have nothing to show, or no room, are left out."""
        px = current().px
        pad = px(PAD)
        begin = pad + (px(CHECK + 12) if self.checkable else 0)
        found = {"check": (pad, px(CHECK))} if self.checkable else {}
        found["author"] = (begin, px(AUTHOR if width >= px(WIDE) else NARROW))
        at = sum(found["author"]) + px(12)
        if width >= px(NETWORK_FROM):
            found["network"] = (at, px(NETWORK))
            at += px(NETWORK + 12)
        end = width - pad - px(DUE)
        found["due"] = (end, px(DUE))
        for name, wide, shown in (("match", MATCH, self._fitted), ("press", PRESS, self._press)):
            if shown and width >= px(MATCH_FROM):
                end -= px(wide + 12)
                found[name] = (end, px(wide))
        found["said"] = (at, max(0, end - px(12) - at))
        return found

    def rowCount(self, parent: Index = ROOT) -> int:
        """How many were read."""
        return 0 if parent.isValid() else len(self.rows)

    def canFetchMore(self, parent: Index) -> bool:
        """Whether there are more, and they are not under way."""
        return not parent.isValid() and not self._asked and len(self.rows) < self.total

    def fetchMore(self, parent: Index) -> None:
        """Asks for the next page."""
        if self.canFetchMore(parent):
            self._asked = True
            self.wanted.emit(len(self.rows))

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:  # noqa: ANN401 - Qt's variant
        """The row, or the row as a sentence."""
        row = self.rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role == FIT_ROLE:
            return self.fits.get(row.id)
        if role == CHECKED_ROLE:
            return self.is_checked(row.id)
        return self._spoken(row) if role in SPOKEN else None

    def _spoken(self, row: ThreadRow) -> str:
        fit, parts = self.fits.get(row.id), [sentence(row, self._now())]
        if fit is not None and fit.press:
            parts.append(self.tr("Writes for the press"))
        if fit is not None and fit.match is not None:
            parts.append(self.tr("Match %1").replace("%1", f"{fit.match:.2f}"))
        if fit is not None and fit.by:
            parts.append(self.tr("Put in by hand"))
        if self.checkable and not self.is_checked(row.id):
            parts.append(self.tr("Not replied to"))
        return ". ".join(parts)
