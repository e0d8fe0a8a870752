"""The list of calendars: arrows choose, Enter opens, Delete removes."""

from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionViewItem

from inbox.ui.calendars.model import LINES_ROLE, STATE_ROLE, CalendarsModel
from inbox.ui.calendars.reading import State
from inbox.ui.entries.listing import EntriesDelegate, EntriesView, draw_unsaved
from inbox.ui.entries.model import ENTRY_ROLE, Index
from inbox.ui.theme import current
from inbox.ui.widgets.bidi import isolate
from inbox.ui.widgets.paint import LEADING

ROW: Final = 72
PAD: Final = 16
DOT: Final = 8


class CalendarsDelegate(EntriesDelegate):
    """Name, whether it is open, its zone and who uses it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """72 high."""
        del option, index
        return QSize(current().px(200), current().px(ROW))

    def draw(self, painter: QPainter, rect: QRect, index: Index, *, mirror: bool) -> None:
        """Three lines, and a dot where it is not saved."""
        entry, px = index.data(ENTRY_ROLE), current().px
        fresh = entry.edited or entry.new
        if fresh:
            draw_unsaved(painter, rect, rect.top() + px(13), mirror=mirror)
        self._words(painter, rect.adjusted(px(PAD), px(6), -px(PAD), 0), index, fresh=fresh, mirror=mirror)

    @staticmethod
    def _words(painter: QPainter, inner: QRect, index: Index, *, fresh: bool, mirror: bool) -> None:
        theme = current()
        px = theme.px
        found: State | None = index.data(STATE_ROLE)
        refused = found is not None and bool(found.refusal)
        looks = (("name", "text"), ("meta", "late" if refused else "text2"), ("meta", "accent" if fresh else "text3"))
        top = inner.top()
        for at, (words, (font, ink)) in enumerate(zip(index.data(LINES_ROLE), looks, strict=True)):
            if not words:
                continue
            box = QRect(inner.left(), top, inner.width(), px(20))
            top += px(20)
            if at == 1:
                draw_state(painter, box, found, mirror=mirror)
                room = px(DOT + 7)
                box = box.adjusted(0, 0, -room, 0) if mirror else box.adjusted(room, 0, 0, 0)
            painter.setFont(theme.font(font))
            painter.setPen(theme.color(ink))
            elided = QFontMetrics(theme.font(font)).elidedText(words, Qt.TextElideMode.ElideRight, box.width())
            painter.drawText(box, LEADING | Qt.TextFlag.TextDontClip, isolate(elided))


def draw_state(painter: QPainter, box: QRect, state: State | None, *, mirror: bool) -> None:
    """A full dot while it is open, a ring while it is closed, a cross where it cannot be used."""
    theme = current()
    side = theme.px(DOT)
    left = box.right() - side + 1 if mirror else box.left()
    mark = QRect(left, box.center().y() - side // 2 + 1, side, side)
    if state is not None and state.refusal:
        painter.setPen(QPen(theme.color("late"), 2))
        painter.drawLine(mark.topLeft() + QPoint(1, 1), mark.bottomRight() - QPoint(1, 1))
        painter.drawLine(mark.topRight() + QPoint(-1, 1), mark.bottomLeft() + QPoint(1, -1))
        return
    if state is not None and state.open:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("ok"))
        painter.drawEllipse(mark)
        return
    painter.setPen(QPen(theme.color("strong"), 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(mark.adjusted(1, 1, -1, -1))


class CalendarsView(EntriesView):
    """Nobody chooses their order."""

    def __init__(self) -> None:
        """Empty until calendars come."""
        super().__init__(self.tr("Calendars"))
        self.calendars = CalendarsModel(self)
        self.furnish(self.calendars, CalendarsDelegate(self))
        self.setUniformItemSizes(True)
