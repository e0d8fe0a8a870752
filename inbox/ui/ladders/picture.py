"""The ladder drawn from the call to its end: when each step comes, whom it would call now, and who of them is there."""

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from inbox.ui.ladders.words import after_words, again_words, called_words, spoken, tr
from inbox.ui.theme import current
from inbox.ui.widgets.bidi import isolate
from inbox.ui.widgets.paint import LEADING

if TYPE_CHECKING:
    from inbox.flow.escalate.asking import WouldCall

RAIL, INDENT, LINE, GAP, DOT, MARK = 9, 28, 20, 10, 12, 8


class _Line(NamedTuple):
    """One line of the drawing: ``dot`` on the rail ("", "step", "skip", "end"), ``mark`` before the words."""

    words: str
    font: str
    ink: str
    dot: str = ""
    mark: str = ""
    gap: bool = False


class LadderPicture(QWidget):
    """From the top down, as a call goes. Its accessible name says all of it."""

    def __init__(self) -> None:
        """Nothing yet."""
        super().__init__()
        self._lines: list[_Line] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        current().changed.connect(self.updateGeometry)

    def show_ladder(self, would: "WouldCall | None") -> None:
        """Another ladder; None clears."""
        self._lines = [] if would is None else _lines(would)
        self.setAccessibleName("" if would is None else spoken(would.steps, would))
        self.updateGeometry()
        self.update()

    def words(self) -> list[str]:
        """What is written, from the top down."""
        return [each.words for each in self._lines]

    def sizeHint(self) -> QSize:
        """As tall as its lines."""
        px = current().px
        return QSize(px(220), sum(px(LINE) + (px(GAP) if each.gap else 0) for each in self._lines))

    def minimumSizeHint(self) -> QSize:
        """May be squeezed to the sides: long names end in an ellipsis."""
        return QSize(current().px(120), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rail, the dots on it, the words."""
        del event
        if not self._lines:
            return
        theme = current()
        px = theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        mirror = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        painter.setLayoutDirection(self.layoutDirection())
        tops = self._tops()
        rail = self.width() - px(RAIL) if mirror else px(RAIL)
        ends = [top + px(LINE) // 2 for top, each in zip(tops, self._lines, strict=True) if each.dot]
        painter.setPen(QPen(theme.color("strong"), px(2)))
        painter.drawLine(rail, ends[0], rail, ends[-1])
        for top, each in zip(tops, self._lines, strict=True):
            self._dot(painter, QPoint(rail, top + px(LINE) // 2), each.dot)
            self._words(painter, top, each, mirror=mirror)
        painter.end()

    def _tops(self) -> list[int]:
        px, y, found = current().px, 0, []
        for each in self._lines:
            y += px(GAP) if each.gap else 0
            found.append(y)
            y += px(LINE)
        return found

    @staticmethod
    def _dot(painter: QPainter, at: QPoint, dot: str) -> None:
        """Full: somebody is called. A ring: nobody is there. A square: the end."""
        if not dot:
            return
        theme = current()
        half = theme.px(DOT) // 2
        box = QRect(at.x() - half, at.y() - half, 2 * half, 2 * half)
        ink = theme.color({"step": "accent", "skip": "late", "end": "strong", "again": "strong"}[dot])
        painter.setPen(QPen(ink, theme.px(2)))
        painter.setBrush(ink if dot in {"step", "end"} else theme.color("sunken"))
        if dot == "end":
            painter.drawRect(box.adjusted(2, 2, -2, -2))
        else:
            painter.drawEllipse(box.adjusted(1, 1, -1, -1))

    def _words(self, painter: QPainter, top: int, each: _Line, *, mirror: bool) -> None:
        theme = current()
        px = theme.px
        left = px(INDENT) + (px(MARK + 8) if each.mark else 0)
        box = QRect(left, top, self.width() - left, px(LINE))
        mark = QRect(px(INDENT), top + (px(LINE) - px(MARK)) // 2, px(MARK), px(MARK))
        if mirror:
            box.moveRight(self.width() - left - 1)
            mark.moveRight(self.width() - px(INDENT) - 1)
        _draw_mark(painter, mark, each.mark)
        painter.setFont(theme.font(each.font))
        painter.setPen(theme.color(each.ink))
        metrics = QFontMetrics(theme.font(each.font))
        painter.drawText(
            box, LEADING, isolate(metrics.elidedText(each.words, Qt.TextElideMode.ElideRight, box.width()))
        )


def _draw_mark(painter: QPainter, box: QRect, mark: str) -> None:
    """A full dot is there, a ring is not, a square is a service, a cross is nobody at all."""
    if not mark:
        return
    theme = current()
    if mark == "nobody there":
        painter.setPen(QPen(theme.color("late"), theme.px(2)))
        painter.drawLine(box.topLeft(), box.bottomRight())
        painter.drawLine(box.topRight(), box.bottomLeft())
        return
    ink = theme.color({"on shift": "ok", "service": "text3"}.get(mark, "soon"))
    painter.setPen(QPen(ink, theme.px(2)))
    painter.setBrush(ink if mark in {"on shift", "service"} else Qt.BrushStyle.NoBrush)
    if mark == "service":
        painter.drawRect(box.adjusted(1, 1, -1, -1))
    else:
        painter.drawEllipse(box.adjusted(1, 1, -1, -1))


def _lines(would: "WouldCall") -> list[_Line]:
    found: list[_Line] = []
    for step in would.steps:
        reaches = step.reaches
        when = after_words(step.after)
        words = when[:1].upper() + when[1:]
        found.append(_Line(words, "meta_strong", "text", "step" if reaches else "skip", gap=bool(found)))
        if not step.called:
            found.append(_Line(tr("Nobody is named yet"), "base", "late", mark="nobody there"))
        for each in step.called:
            nobody = str(each.there) == "nobody there"
            found.append(_Line(called_words(each), "base", "late" if nobody else "text", mark=str(each.there)))
    if again_words(would):
        found.append(_Line(again_words(would), "meta", "text2", "again", gap=True))
    ends = after_words(would.over)
    found.append(_Line(ends[:1].upper() + ends[1:], "meta_strong", "text", "end", gap=True))
    found.append(_Line(tr("Those who lead are told that nobody came"), "base", "text2"))
    return found
