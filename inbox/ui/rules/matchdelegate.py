"""Paints a live match: author and network, what would become of the thread, the text with its marks, and why."""

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from inbox.ui.entries.model import Index
from inbox.ui.rules.laying import laid, lines_of, units
from inbox.ui.rules.matchmodel import ROW_ROLE, Row
from inbox.ui.theme import current
from inbox.ui.widgets.bidi import isolate
from inbox.ui.widgets.paint import LEADING, TAG, draw_tag, tag_width

PAD, TOP, BOTTOM, LINE, HEADING = 20, 10, 10, 20, 40


class MatchDelegate(QStyledItemDelegate):
    """Rows are as tall as their text needs at the width there is: ``width`` pixels."""

    width = 400

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Author, one or two lines of text, the reason."""
        del option
        row: Row = index.data(ROW_ROLE)
        px = current().px
        if row.heading:
            return QSize(self.width, px(HEADING))
        fonts = current().fonts
        text = lines_of(row.text, "base", self._room()) * fonts.line("base")
        why = lines_of(row.why, "meta", self._room() - px(18)) * fonts.line("meta")
        head = px(LINE + 2) if row.author else 0
        return QSize(self.width, px(TOP + BOTTOM + 4) + head + text + why + 1)

    def _room(self) -> int:
        return self.width - 2 * current().px(PAD)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, words, marks, and the line below."""
        row: Row = index.data(ROW_ROLE)
        theme = current()
        px = theme.px
        rect: QRect = option.rect
        mirror = option.direction is Qt.LayoutDirection.RightToLeft
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(option.direction)
        inner = rect.adjusted(px(PAD), 0, -px(PAD), 0)
        if row.heading:
            self._heading(painter, inner, row, mirror=mirror)
            painter.restore()
            return
        self._ground(painter, option)
        top = rect.top() + px(TOP)
        self._head(painter, QRect(inner.left(), top, inner.width(), px(LINE)), row, mirror=mirror)
        top += px(LINE + 2)
        top += self._text(painter, QRect(inner.left(), top, inner.width(), rect.bottom() - top), row) + px(4)
        self._reason(painter, QRect(inner.left(), top, inner.width(), rect.bottom() - top), row, mirror=mirror)
        painter.restore()

    @staticmethod
    def _ground(painter: QPainter, option: QStyleOptionViewItem) -> None:
        theme = current()
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        if state & QStyle.StateFlag.State_Selected:
            focused = bool(state & QStyle.StateFlag.State_HasFocus)
            painter.fillRect(rect, theme.color("select" if focused else "select_idle"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.color("hover"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.color("border"))

    @staticmethod
    def _heading(painter: QPainter, inner: QRect, row: Row, *, mirror: bool) -> None:
        theme = current()
        side = theme.px(16)
        left = inner.right() - side + 1 if mirror else inner.left()
        place = inner.center().y() - side // 2 + theme.px(4)
        painter.drawPixmap(left, place, theme.pixmap("eye-off", "text2", 16))
        gap = side + theme.px(6)
        words = inner.adjusted(0, theme.px(8), -gap, 0) if mirror else inner.adjusted(gap, theme.px(8), 0, 0)
        painter.setFont(theme.font("meta_strong"))
        painter.setPen(theme.color("text"))
        painter.drawText(words, LEADING, row.text)

    @staticmethod
    def _head(painter: QPainter, line: QRect, row: Row, *, mirror: bool) -> None:
        theme = current()
        px = theme.px
        icon = "chevron-right" if row.kind == "moves" else ""
        width = min(tag_width(row.tag, icon=bool(icon)), line.width() * 3 // 5) if row.tag else 0
        if row.tag:
            left = line.left() if mirror else line.right() - width + 1
            box = QRect(left, line.center().y() - px(TAG) // 2, width, px(TAG))
            draw_tag(painter, box, row.tag, "soon" if icon else "", icon)
        room = line.width() - width - px(12)
        font = theme.font("control")
        name = QFontMetrics(font).elidedText(row.author, Qt.TextElideMode.ElideRight, room)
        used = QFontMetrics(font).horizontalAdvance(name)
        words = QRect(line.right() - room + 1 if mirror else line.left(), line.top(), room, line.height())
        painter.setFont(font)
        painter.setPen(theme.color("text"))
        painter.drawText(words, LEADING, isolate(name))
        gap = used + px(6)
        rest = words.adjusted(0, 0, -gap, 0) if mirror else words.adjusted(gap, 0, 0, 0)
        if rest.width() > px(24):
            painter.setFont(theme.font("meta"))
            painter.setPen(theme.color("text3"))
            metrics = QFontMetrics(theme.font("meta"))
            network = metrics.elidedText(row.network, Qt.TextElideMode.ElideRight, rest.width())
            painter.drawText(rest, LEADING, isolate(network))

    @staticmethod
    def _text(painter: QPainter, box: QRect, row: Row) -> int:
        """The text with its marks; how tall it is."""
        theme = current()
        layout = laid(row.text, "base", box.width())
        marks = []
        for low, high in row.spans:
            mark = QTextLayout.FormatRange()
            mark.start = units(row.text[:low])
            mark.length = units(row.text[low:high])
            look = QTextCharFormat()
            look.setBackground(theme.color("match"))
            look.setForeground(theme.color("text"))
            mark.format = look
            if mark.start + mark.length <= units(layout.text()):
                marks.append(mark)
        painter.setPen(theme.color("text"))
        layout.draw(painter, QPointF(box.left(), box.top()), marks)
        return lines_of(row.text, "base", box.width()) * theme.fonts.line("base")

    @staticmethod
    def _reason(painter: QPainter, box: QRect, row: Row, *, mirror: bool) -> None:
        theme = current()
        px = theme.px
        side = px(12)
        pitch = theme.fonts.line("meta")
        left = box.right() - side + 1 if mirror else box.left()
        painter.drawPixmap(left, box.top() + (pitch - side) // 2, theme.pixmap("rule", "text3", 12))
        painter.setPen(theme.color("text2"))
        start = box.left() if mirror else box.left() + px(18)
        layout = laid(row.why, "meta", box.width() - px(18), right=mirror)
        layout.draw(painter, QPointF(start, box.top()))
