"""The time zone: IANA names, found by any part of them, each with how far it is from UTC now."""

from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCompleter, QWidget

from inbox.ui.calendars.says import offset, tr
from inbox.ui.context import Context
from inbox.ui.widgets import Label, LineEdit, column

NAME_ROLE: Final = int(Qt.ItemDataRole.UserRole)
_NO_PARENT = QModelIndex()
_WORDS = frozenset({int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole)})
SHOWN: Final = 10
Zone = tuple[str, str]
"""A name, and its offset in words."""


def known_zones(now: datetime) -> list[Zone]:
    """Every place of the system's database, else of tzdata, in order. Not for the GUI thread: it reads many files."""
    from zoneinfo import available_timezones

    names = sorted(each for each in available_timezones() if "/" in each and not each.startswith(("Etc/", "posix/")))
    return [(name, offset(now.astimezone(ZoneInfo(name)))) for name in ("UTC", *names)]


def local_time(zone: str, now: datetime) -> datetime | None:
    """The time there; None where there is no such zone."""
    from inbox.sla.hours import CalendarRefused
    from inbox.sla.hours import zone as named

    try:
        return now.astimezone(named(zone))
    except CalendarRefused:
        return None


class Zones(QAbstractListModel):
    """The names, as a completer reads them."""

    def __init__(self) -> None:
        """None known yet."""
        super().__init__()
        self.zones: list[Zone] = []

    def fill(self, zones: list[Zone]) -> None:
        """What there is to choose from."""
        self.beginResetModel()
        self.zones = zones
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_PARENT) -> int:
        """How many."""
        return 0 if parent.isValid() else len(self.zones)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:  # noqa: ANN401 - Qt's variant
        """The name with its offset; the name alone for completing."""
        if not index.isValid():
            return None
        name, away = self.zones[index.row()]
        return name if role == NAME_ROLE else f"{name}   {away}" if role in _WORDS else None


class _Finder(QCompleter):
    """Finds America/New_York by "new york"."""

    def splitPath(self, path: str) -> list[str]:
        """Blanks stand for the names' underscores."""
        return [path.strip().replace(" ", "_")]


class _ZoneEdit(LineEdit):
    """Down opens the whole list; ``left`` comes when the keyboard has gone on."""

    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """To the list of names is not on."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down where nothing is listed yet."""
        if Qt.Key(event.key()) is Qt.Key.Key_Down:
            self.completer().setCompletionPrefix("")
            self.completer().complete()
        else:
            super().keyPressEvent(event)


class ZoneField(QWidget):
    """``changed`` comes with every letter and choice."""

    changed = Signal()

    def __init__(self, context: Context) -> None:
        """Reads the names once they are needed."""
        super().__init__()
        self._context = context
        self.zones = Zones()
        self.edit = _ZoneEdit(self.tr("Time zone"), self.tr("Type a city"))
        self.edit.setMaxLength(64)
        self.label = Label(self.tr("Time zone"), "control")
        self.label.setBuddy(self.edit)
        self.below = Label("", "meta", "text3", wrap=True)
        finder = _Finder(self.zones, self.edit)
        finder.setCompletionRole(NAME_ROLE)
        finder.setFilterMode(Qt.MatchFlag.MatchContains)
        finder.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        finder.setMaxVisibleItems(SHOWN)
        self.edit.setCompleter(finder)
        finder.activated.connect(self._chosen)
        self.edit.textEdited.connect(self._typed)
        self._error = ""
        box = column(self, gap=4)
        for part in (self.label, self.edit, self.below):
            box.addWidget(part)
        self.setFocusProxy(self.edit)

    def load(self) -> None:
        """The names, unless they are known."""
        if not self.zones.zones:
            now = self._context.now()
            self._context.lanes.run(lambda: known_zones(now), self.zones.fill, key=("zones", id(self)))

    def text(self) -> str:
        """What stands there."""
        return self.edit.text().strip()

    def show_zone(self, name: str) -> None:
        """Another zone, silently."""
        if name != self.text():
            self.edit.setText(name)
        self.set_error("")

    def set_error(self, sentence: str) -> None:
        """What is wrong with it, or its time now."""
        self._error = sentence
        self.edit.set_wrong(wrong=bool(sentence))
        self.tick()

    def tick(self) -> None:
        """Says what time it is there."""
        local = local_time(self.text(), self._context.now()) if self.text() else None
        words = self._error
        if not words and local is not None:
            words = tr("%offset, now %time", offset=offset(local), time=f"{local:%H:%M}")
        self.below.setText(words)
        self.below.set_tone("late" if self._error else "text3")
        self.edit.setAccessibleDescription(words)

    @Slot()
    def _typed(self) -> None:
        self.set_error("")
        self.changed.emit()

    @Slot(str)
    def _chosen(self, name: str) -> None:
        self.edit.setText(name)
        self._typed()
