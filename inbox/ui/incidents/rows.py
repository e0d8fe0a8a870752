"""The list of incidents: its model, the delegate that paints a row, and the view."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from inbox.model.incident import OPEN_STATES, Incident
from inbox.ui.incidents import words
from inbox.ui.theme import current
from inbox.ui.widgets import isolate
from inbox.ui.widgets.paint import LEADING, draw_tag, tag_width

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
ENTRY_ROLE = int(Qt.ItemDataRole.UserRole)
HEIGHT, PAD, ICON, TAG = 60, 24, 18, 18


@dataclass(frozen=True, slots=True)
class Entry:
    """An incident, how many people write in it, and its owner's full name."""

    incident: Incident
    people: int
    owner: str = ""


class IncidentsModel(QAbstractListModel):
    """Incidents in the order given."""

    def __init__(self, now: Callable[[], datetime], parent: QObject | None = None) -> None:
        """Empty."""
        super().__init__(parent)
        self._now = now
        self.rows: tuple[Entry, ...] = ()

    def show_rows(self, rows: Sequence[Entry]) -> None:
        """Replaces what is listed, if it is anything else."""
        if tuple(rows) != self.rows:
            self.beginResetModel()
            self.rows = tuple(rows)
            self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:
        """How many are listed."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:  # noqa: ANN401 - Qt's variant
        """The entry, or the row as a sentence."""
        entry = self.rows[index.row()]
        if role == ENTRY_ROLE:
            return entry
        if role in {int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole)}:
            return words.sentence(entry.incident, entry.people, entry.owner, self._now())
        return None


class IncidentsDelegate(QStyledItemDelegate):
    """Mark, title and tags over one line of facts."""

    def __init__(self, view: QAbstractItemView, now: Callable[[], datetime]) -> None:
        """Paints in ``view``."""
        super().__init__(view)
        self._view = view
        self._now = now

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """60 high."""
        del index
        return QSize(option.rect.width(), current().px(HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One row, laid out from the left and mirrored as a whole."""
        theme, rect, entry = current(), option.rect, index.data(ENTRY_ROLE)
        px, found = theme.px, entry.incident
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        mirror = painter.layoutDirection() is Qt.LayoutDirection.RightToLeft

        def place(left: int, top: int, width: int, height: int) -> QRect:
            at = rect.left() + rect.right() + 1 - left - width if mirror else left
            return QRect(at, top, width, height)

        self._ground(painter, rect, option.state, mirror=mirror)
        is_open = found.state in OPEN_STATES
        _, icon, _ = words.STATES[found.state]
        mark = place(rect.left() + px(PAD), rect.top() + px(11), px(ICON), px(ICON))
        painter.drawPixmap(mark.topLeft(), theme.pixmap(icon, "hot" if is_open else "text3", ICON))
        left, end = rect.left() + px(PAD + ICON + 10), rect.right() + 1 - px(PAD)
        for text, (_, shape, kind) in self._tags(entry):
            width = tag_width(text, icon=True)
            end -= width
            draw_tag(painter, place(end, rect.top() + px(11), width, px(TAG)), text, kind, shape)
            end -= px(6)
        room = max(0, end - left - px(8))
        self._text(painter, place(left, rect.top() + px(9), room, px(22)), found.title, "name", "text")
        below = words.summary(found, entry.people, entry.owner, self._now())
        wide = rect.right() + 1 - px(PAD) - left
        self._text(painter, place(left, rect.top() + px(31), wide, px(20)), below, "meta", "text2")
        painter.restore()

    @staticmethod
    def _tags(entry: Entry) -> list[tuple[str, tuple[str, str, str]]]:
        """From the end: the state, then how bad it is."""
        found = entry.incident
        return [
            (words.state(found.state), words.STATES[found.state]),
            (words.severity(found.severity), words.SEVERITIES[found.severity]),
        ]

    def _ground(self, painter: QPainter, rect: QRect, state: QStyle.StateFlag, *, mirror: bool) -> None:
        theme = current()
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        ground = "hover" if state & QStyle.StateFlag.State_MouseOver else "surface"
        if chosen:
            ground = "select" if self._view.hasFocus() else "select_idle"
        painter.fillRect(rect, theme.color(ground))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.color("border"))
        if chosen:
            bar = theme.px(3)
            left = rect.right() - bar + 1 if mirror else rect.left()
            painter.fillRect(QRect(left, rect.top(), bar, rect.height()), theme.color("accent"))

    @staticmethod
    def _text(painter: QPainter, box: QRect, text: str, font: str, tone: str) -> None:
        theme = current()
        painter.setFont(theme.font(font))
        painter.setPen(theme.color(tone))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, LEADING, isolate(shown))


class IncidentsList(QListView):
    """Arrows choose, Enter and a click open. ``opened`` carries the incident's number."""

    opened = Signal(object)

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        """Empty until incidents come."""
        super().__init__(parent)
        self.entries = IncidentsModel(now, self)
        self.setModel(self.entries)
        self.setItemDelegate(IncidentsDelegate(self, now))
        self.setAccessibleName(self.tr("Incidents"))
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(self._open)

    def show_rows(self, rows: Sequence[Entry]) -> None:
        """What is listed now; the current incident stays current."""
        at = self.currentIndex().row()
        kept = self.entries.rows[at].incident.id if 0 <= at < len(self.entries.rows) else None
        self.entries.show_rows(rows)
        for place, each in enumerate(rows):
            if each.incident.id == kept:
                self.setCurrentIndex(self.entries.index(place, 0))
        if self.hasFocus():
            self.begin()

    def begin(self) -> None:
        """Selects the current incident, or the first if none is."""
        if self.entries.rows and not self.selectionModel().hasSelection():
            self.setCurrentIndex(self.entries.index(max(0, self.currentIndex().row()), 0))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The arrows begin somewhere."""
        super().focusInEvent(event)
        self.begin()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens."""
        self.begin()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _open(self, index: Index) -> None:
        if index.isValid():
            self.opened.emit(self.entries.rows[index.row()].incident.id)
