"""Paints a policy's row: number, name, whom it is for, its targets in a small table, its hours, and its clocks."""

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from inbox.model.words import Priority
from inbox.model.workspace import Policy
from inbox.ui.entries.listing import DOT, EntriesDelegate, draw_unsaved
from inbox.ui.entries.model import ENTRY_ROLE, Index
from inbox.ui.policies.clock import length
from inbox.ui.policies.model import NOTES_ROLE, USE_ROLE, Entry
from inbox.ui.policies.sentence import SHORT, conditions, hours, in_a_line, is_split, promised, shown
from inbox.ui.theme import current
from inbox.ui.thread.plain import line
from inbox.ui.widgets.bidi import isolate
from inbox.ui.widgets.paint import LEADING
from inbox.ui.widgets.words import counted, number

NUMBER, PAD = 44, 14
TRAILING: Final = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
TOP, NAME, LINE, CELL, BELOW = 9, 20, 19, 17, 10
LABEL = 66


class PoliciesDelegate(EntriesDelegate):
    """Rows differ in height."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Taller where targets differ by priority, and where there is a note."""
        del option
        entry: Entry = index.data(ENTRY_ROLE)
        rows = (1 + len(promised(entry.entry))) * CELL + 4 if is_split(entry.entry) else LINE
        notes = LINE if index.data(NOTES_ROLE) else 0
        return QSize(current().px(200), current().px(TOP + NAME + LINE + rows + LINE + notes + BELOW))

    def draw(self, painter: QPainter, rect: QRect, index: Index, *, mirror: bool) -> None:
        """Number, words, table."""
        self._number(painter, rect, index.data(ENTRY_ROLE), index.row() + 1, mirror=mirror)
        self._words(painter, rect, index, mirror=mirror)

    @staticmethod
    def _number(painter: QPainter, rect: QRect, entry: Entry, place: int, *, mirror: bool) -> None:
        theme = current()
        px = theme.px
        width = px(NUMBER - 20)
        left = rect.right() - px(8) - width + 1 if mirror else rect.left() + px(8)
        painter.setFont(theme.font("base"))
        painter.setPen(theme.color("text3"))
        box = QRect(left, rect.top() + px(TOP), width, px(NAME))
        painter.drawText(box, TRAILING | Qt.TextFlag.TextDontClip, number(place))
        if entry.edited or entry.new:
            draw_unsaved(painter, rect, rect.top() + px(TOP) + (px(NAME) - px(DOT)) // 2, mirror=mirror)

    def _words(self, painter: QPainter, rect: QRect, index: Index, *, mirror: bool) -> None:
        theme = current()
        px = theme.px
        entry: Entry = index.data(ENTRY_ROLE)
        policy = entry.entry
        lead, trail = px(NUMBER), px(PAD)
        inner = rect.adjusted(trail, 0, -lead, 0) if mirror else rect.adjusted(lead, 0, -trail, 0)
        box = QRect(inner.left(), rect.top() + px(TOP), inner.width(), px(NAME))
        state = theme.tr("Not saved") if entry.new else theme.tr("Edited, not saved") if entry.edited else ""
        room = _write(painter, box, state, "meta", "accent", trailing=True)
        taken = box.adjusted(room, 0, 0, 0) if mirror else box.adjusted(0, 0, -room, 0)
        _write(painter, taken, line(policy.name) or shown("New policy"), "name", "text")
        box = QRect(box.left(), box.bottom() + 1, box.width(), px(LINE))
        _write(painter, box, line(conditions(policy.when)), "meta", "text2")
        top = box.bottom() + 1
        if is_split(policy):
            top = self._table(painter, QRect(box.left(), top + px(4), box.width(), 0), policy, mirror=mirror)
        else:
            box = QRect(box.left(), top, box.width(), px(LINE))
            words = in_a_line(policy)
            if QFontMetrics(theme.font("meta_control")).horizontalAdvance(words) > box.width():
                words = in_a_line(policy, tight=True)
            _write(painter, box, words, "meta_control", "text")
            top = box.bottom() + 1
        box = QRect(box.left(), top, box.width(), px(LINE))
        self._clocks(painter, box, policy, index.data(USE_ROLE), mirror=mirror)
        notes = index.data(NOTES_ROLE)
        if notes:
            box = QRect(box.left(), box.bottom() + 1, box.width(), px(LINE))
            _write(painter, box, line(" ".join(notes)), "meta", "soon")

    @staticmethod
    def _table(painter: QPainter, area: QRect, policy: Policy, *, mirror: bool) -> int:
        """Priorities across, metrics down; gives where it ends."""
        theme = current()
        px = theme.px
        label = px(LABEL)
        cell = (area.width() - label) // len(Priority)

        def place(column: int, row: int) -> QRect:
            left = label + column * cell if column >= 0 else 0
            width = cell if column >= 0 else label
            if mirror:
                left = area.width() - left - width
            return QRect(area.left() + left, area.top() + row * px(CELL), width, px(CELL))

        for at, priority in enumerate(Priority):
            _write(painter, place(at, 0), shown(str(priority).capitalize()), "caption", "text3")
        for row, (metric, target) in enumerate(promised(policy), 1):
            _write(painter, place(-1, row), shown(SHORT[metric]), "meta", "text3")
            for at, priority in enumerate(Priority):
                span = target.get(priority) if isinstance(target, dict) else target
                words = "-" if span is None else length(span)
                _write(painter, place(at, row), words, "meta_control", "text3" if span is None else "text")
        return area.top() + (1 + len(promised(policy))) * px(CELL)

    @staticmethod
    def _clocks(painter: QPainter, box: QRect, policy: Policy, use: tuple[int, int] | None, *, mirror: bool) -> None:
        """The calendar, and at the end how many clocks run and were late."""
        room = 0
        if use is not None:
            running, late = use
            if late:
                words = counted("%n late in 7 days", late, "policies")
                room += _write(painter, box, words, "meta", "late", trailing=True)
            rest = box.adjusted(room, 0, 0, 0) if mirror else box.adjusted(0, 0, -room, 0)
            words = counted("%n running", running, "policies") + (", " if late else "")
            room += _write(painter, rest, words, "meta", "text3", trailing=True)
        gap = current().px(8)
        left = box.adjusted(room + gap, 0, 0, 0) if mirror else box.adjusted(0, 0, -room - gap, 0)
        _write(painter, left, line(hours(policy)), "meta", "text3")


def _write(painter: QPainter, box: QRect, words: str, font: str, ink: str, *, trailing: bool = False) -> int:
    """Writes a line, elided where it must be; gives its width."""
    theme = current()
    metrics = QFontMetrics(theme.font(font))
    elided = metrics.elidedText(words, Qt.TextElideMode.ElideRight, max(0, box.width()))
    painter.setFont(theme.font(font))
    painter.setPen(theme.color(ink))
    painter.drawText(box, (TRAILING if trailing else LEADING) | Qt.TextFlag.TextDontClip, isolate(elided))
    return metrics.horizontalAdvance(elided)
