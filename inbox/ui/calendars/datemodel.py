"""Dates that differ from the week, as rows: what is next, our own, and those of iCal files."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from inbox.model.workspace import Calendar
from inbox.ui.calendars.reading import Day
from inbox.ui.calendars.says import day_words, hours_words, tr

Index = QModelIndex | QPersistentModelIndex
DATE_ROLE: Final = int(Qt.ItemDataRole.UserRole)
_NO_PARENT = QModelIndex()
_WORDS = frozenset({int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole)})
_CHECK = int(Qt.ItemDataRole.CheckStateRole)


class DateKind(StrEnum):
    """What makes a date differ."""

    HOLIDAY = "holiday"
    CLOSED = "closed"
    OPEN = "open"
    IMPORTED = "imported"


@dataclass(frozen=True, slots=True)
class DateRow:
    """One date. ``uid`` and ``on`` belong to imported ones, ``hours`` says when an open date is open."""

    day: date
    kind: DateKind
    name: str = ""
    hours: str = ""
    uid: str = ""
    on: bool = True

    @property
    def own(self) -> bool:
        """Whether it was entered by hand."""
        return self.kind in {DateKind.CLOSED, DateKind.OPEN}

    @property
    def title(self) -> str:
        """Its name, else what happens on it."""
        if self.kind is DateKind.OPEN:
            words = tr("Open %hours", hours=self.hours)
            return f"{words} · {self.name}" if self.name else words
        return self.name or tr("Closed")

    @property
    def below(self) -> str:
        """The date, and why it differs."""
        return f"{day_words(self.day)} · {kind_words(self)}"


def kind_words(row: DateRow) -> str:
    """Why a date differs."""
    if row.kind is DateKind.HOLIDAY:
        return tr("public holiday")
    if row.kind is DateKind.CLOSED:
        return tr("closed date")
    if row.kind is DateKind.OPEN:
        return tr("open date")
    return tr("imported") if row.on else tr("imported, switched off")


def coming(calendar: Calendar, days: Sequence[Day]) -> list[DateRow]:
    """The next dates, as the flow tells them."""
    uids = {(each.date, each.name): each.uid for each in reversed(calendar.imported) if each.on}
    first = {each.date: each.name for each in reversed(calendar.imported) if each.on}
    found = []
    for day, name, kind in days:
        shown = first.get(day, name) if kind == DateKind.IMPORTED else name
        hours = hours_words(calendar.open.get(day, ()))
        found.append(DateRow(day, DateKind(kind), shown, hours, uids.get((day, shown), "")))
    return found


def own(calendar: Calendar) -> list[DateRow]:
    """What was entered by hand, in order."""
    closed = [DateRow(day, DateKind.CLOSED) for day in calendar.closed if day not in calendar.open]
    opened = [DateRow(day, DateKind.OPEN, hours=hours_words(hours)) for day, hours in calendar.open.items()]
    return sorted((*closed, *opened), key=lambda each: each.day)


def imported(calendar: Calendar) -> list[DateRow]:
    """What iCal files brought, in order."""
    rows = (DateRow(each.date, DateKind.IMPORTED, each.name, uid=each.uid, on=each.on) for each in calendar.imported)
    return sorted(rows, key=lambda each: (each.day, each.name))


class DatesModel(QAbstractListModel):
    """One row a date."""

    def __init__(self, parent: QObject | None = None) -> None:
        """None yet."""
        super().__init__(parent)
        self.rows: list[DateRow] = []

    def show_rows(self, rows: list[DateRow]) -> None:
        """Other rows; where they are the same dates, they keep their places."""
        same = [(each.day, each.uid, each.name) for each in rows] == [
            (each.day, each.uid, each.name) for each in self.rows
        ]
        if not same:
            self.beginResetModel()
        self.rows = rows
        if not same:
            self.endResetModel()
        elif rows:
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """How many dates."""
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Imported ones can be switched."""
        held = super().flags(index)
        switch = index.isValid() and self.rows[index.row()].kind is DateKind.IMPORTED
        return held | Qt.ItemFlag.ItemIsUserCheckable if switch else held

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:  # noqa: ANN401 - Qt's variant
        """The row, its sentence, its switch."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == DATE_ROLE:
            return row
        if role == _CHECK and row.kind is DateKind.IMPORTED:
            return Qt.CheckState.Checked if row.on else Qt.CheckState.Unchecked
        return f"{row.title}. {row.below}" if role in _WORDS else None
