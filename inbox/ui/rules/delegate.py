"""Paints a rule's row: number, name, what it does, how often it matched, and its switch."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from inbox.ui.entries.listing import EntriesDelegate, draw_unsaved
from inbox.ui.entries.model import ENTRY_ROLE, Index
from inbox.ui.rules.model import COUNT_ROLE, Entry
from inbox.ui.rules.sentence import does
from inbox.ui.theme import current
from inbox.ui.thread.plain import line
from inbox.ui.widgets.bidi import isolate
from inbox.ui.widgets.paint import LEADING
from inbox.ui.widgets.switch import HEIGHT, WIDTH, draw_switch
from inbox.ui.widgets.words import number

ROW, NUMBER, PAD, COUNT = 52, 44, 14, 44
TRAILING = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
GROUPED = 1_000
"""From here on the numbers need every pixel."""


class RulesDelegate(EntriesDelegate):
    """Each row alike."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """52 high."""
        del option, index
        return QSize(current().px(200), current().px(ROW))

    def switch_rect(self, rect: QRect, *, mirror: bool) -> QRect:
        """Where the switch lies in a row."""
        px = current().px
        width, height = px(WIDTH), px(HEIGHT)
        left = rect.left() + px(PAD) if mirror else rect.right() - px(PAD) - width + 1
        return QRect(left, rect.top() + (rect.height() - height) // 2, width, height)

    def draw(self, painter: QPainter, rect: QRect, index: Index, *, mirror: bool) -> None:
        """Number, words, count, switch."""
        entry: Entry = index.data(ENTRY_ROLE)
        self._number(painter, rect, entry, index.row() + 1, mirror=mirror)
        self._words(painter, rect, entry, mirror=mirror)
        self._count(painter, rect, index, mirror=mirror)
        draw_switch(painter, self.switch_rect(rect, mirror=mirror), on=entry.entry.on, mirror=mirror)

    @staticmethod
    def _number(painter: QPainter, rect: QRect, entry: Entry, place: int, *, mirror: bool) -> None:
        theme = current()
        px = theme.px
        lead, gap = px(8), px(12)
        width = px(NUMBER) - lead - gap
        left = rect.right() - lead - width + 1 if mirror else rect.left() + lead
        box = QRect(left, rect.top(), width, rect.height())
        words = number(place) if place < GROUPED else str(place)
        small = QFontMetrics(theme.font("base")).horizontalAdvance(words) > width
        painter.setFont(theme.font("caption" if small else "base"))
        painter.setPen(theme.color("text3"))
        painter.drawText(box, TRAILING | Qt.TextFlag.TextDontClip, words)
        if entry.edited or entry.new:
            draw_unsaved(painter, rect, rect.top() + px(8), mirror=mirror)

    @staticmethod
    def _words(painter: QPainter, rect: QRect, entry: Entry, *, mirror: bool) -> None:
        theme = current()
        px = theme.px
        rule = entry.entry
        lead, trail = px(NUMBER), px(PAD + WIDTH + COUNT + 4)
        inner = rect.adjusted(trail, 0, -lead, 0) if mirror else rect.adjusted(lead, 0, -trail, 0)
        top = QRect(inner.left(), inner.top() + px(6), inner.width(), px(20))
        low = top.translated(0, px(19))
        name = line(rule.name) or theme.tr("New rule")
        beside = theme.tr("Not saved") if entry.new else theme.tr("Edited, not saved") if entry.edited else does(rule)
        lines = (
            (top, name, "name" if rule.on else "base", "text" if rule.on else "text3"),
            (low, line(beside), "meta", "accent" if entry.edited or entry.new else "text3"),
        )
        for box, words, font, ink in lines:
            painter.setFont(theme.font(font))
            painter.setPen(theme.color(ink))
            metrics = QFontMetrics(theme.font(font))
            elided = metrics.elidedText(words, Qt.TextElideMode.ElideRight, box.width())
            painter.drawText(box, LEADING | Qt.TextFlag.TextDontClip, isolate(elided))

    @staticmethod
    def _count(painter: QPainter, rect: QRect, index: Index, *, mirror: bool) -> None:
        found: int | None = index.data(COUNT_ROLE)
        if found is None:
            return
        theme = current()
        entry: Entry = index.data(ENTRY_ROLE)
        trail, width = theme.px(PAD + WIDTH + 8), theme.px(COUNT)
        left = rect.left() + trail if mirror else rect.right() - trail - width + 1
        painter.setFont(theme.font("meta"))
        painter.setPen(theme.color("text2" if entry.entry.on else "text3"))
        painter.drawText(QRect(left, rect.top(), width, rect.height()), TRAILING, number(found))
