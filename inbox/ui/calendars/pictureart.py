"""Paints the week: rows and hours, intervals and their tails, the time that it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QPainter, QPen

from inbox.ui.calendars.says import day_name
from inbox.ui.calendars.week import DAY, Block
from inbox.ui.theme import current
from inbox.ui.widgets.bidi import isolate
from inbox.ui.widgets.paint import CENTER, rounded

HEAD: Final = 24
ROW: Final = 36
INSET: Final = 4
TOTALS: Final = 52
GRIP: Final = 6
HATCH: Final = 90
"""How dense the hatching of a tail is, of 255."""
_WIDE_HOUR: Final = 15
"""Pixels of an hour from which every third hour is named."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the rows lie: ``area`` holds the hours, names and totals stand at its sides. Time runs left to right."""

    area: QRect
    names: QRect
    totals: QRect

    def x(self, minute: float) -> int:
        """Where a minute lies."""
        return self.area.left() + round(minute * self.area.width() / DAY)

    def row(self, day: int) -> QRect:
        """The row of a day."""
        top = self.area.top() + self.area.height() * day // 7
        bottom = self.area.top() + self.area.height() * (day + 1) // 7
        return QRect(self.area.left(), top, self.area.width(), bottom - top)

    def box(self, block: Block) -> QRect:
        """Where a piece of an interval is painted."""
        row, inset = self.row(block.row), current().px(INSET)
        left, right = self.x(block.start), self.x(block.end)
        return QRect(left + 1, row.top() + inset, max(3, right - left - 1), row.height() - 2 * inset)

    def at(self, point: QPoint) -> tuple[int, float]:
        """The row and the minute under a point; the nearest ones outside."""
        day = (point.y() - self.area.top()) * 7 // max(1, self.area.height())
        minute = (point.x() - self.area.left()) * DAY / max(1, self.area.width())
        return min(6, max(0, day)), min(DAY, max(0.0, minute))


def frame(width: int, height: int, *, mirror: bool) -> Frame:
    """For a picture of that size; names stand at the leading side."""
    theme = current()
    metrics = QFontMetrics(theme.font("base"))
    names = max(metrics.horizontalAdvance(day_name(day, short=width < theme.px(560))) for day in range(7)) + theme.px(
        14
    )
    totals, head = theme.px(TOTALS), theme.px(HEAD)
    left = totals if mirror else names
    area = QRect(left, head, max(1, width - names - totals), max(1, height - head - 1))
    name_box = QRect(area.right() + 1 if mirror else 0, head, names, area.height())
    total_box = QRect(0 if mirror else area.right() + 1, head, totals, area.height())
    return Frame(area, name_box, total_box)


def draw_grid(painter: QPainter, at: Frame, today: int) -> None:
    """Lines between days and hours; today's row has a ground of its own."""
    theme = current()
    if today >= 0:
        painter.fillRect(at.row(today), theme.color("hover"))
    step = 3 if at.area.width() >= 24 * theme.px(_WIDE_HOUR) else 6
    for hour in range(25):
        heavy = hour % step == 0
        pen = QPen(theme.color("border"), 1, Qt.PenStyle.SolidLine if heavy else Qt.PenStyle.DotLine)
        if heavy or at.area.width() >= 24 * theme.px(_WIDE_HOUR):
            painter.setPen(pen)
            painter.drawLine(at.x(hour * 60), at.area.top(), at.x(hour * 60), at.area.bottom())
    painter.setPen(QPen(theme.color("border"), 1))
    for day in range(8):
        y = at.area.top() + at.area.height() * day // 7
        painter.drawLine(at.area.left(), y, at.area.right() + 1, y)


def draw_hours(painter: QPainter, at: Frame, taken: QRect) -> None:
    """The hours over the picture, but where the time is written."""
    theme = current()
    step = 3 if at.area.width() >= 24 * theme.px(_WIDE_HOUR) else 6
    painter.setFont(theme.font("caption"))
    painter.setPen(theme.color("text3"))
    width = theme.px(28)
    for hour in range(0, 25, step):
        box = QRect(at.x(hour * 60) - width // 2, 0, width, at.area.top() - theme.px(3))
        if not box.intersects(taken):
            painter.drawText(box, CENTER, f"{hour:02d}")


def draw_names(painter: QPainter, at: Frame, words: list[tuple[str, str]], today: int, *, mirror: bool) -> None:
    """Each day's name and how long it is open."""
    theme = current()
    lead = Qt.AlignmentFlag.AlignRight if mirror else Qt.AlignmentFlag.AlignLeft
    trail = Qt.AlignmentFlag.AlignLeft if mirror else Qt.AlignmentFlag.AlignRight
    upright = Qt.AlignmentFlag.AlignVCenter
    for day, (name, length) in enumerate(words):
        row = at.row(day)
        painter.setFont(theme.font("name" if day == today else "base"))
        painter.setPen(theme.color("text" if day == today else "text2"))
        painter.drawText(QRect(at.names.left(), row.top(), at.names.width(), row.height()), lead | upright, name)
        painter.setFont(theme.font("meta"))
        painter.setPen(theme.color("text3"))
        box = QRect(at.totals.left(), row.top(), at.totals.width(), row.height())
        painter.drawText(box, trail | upright, isolate(length))


def draw_block(painter: QPainter, box: QRect, *, tail: bool, runs_on: bool, chosen: bool) -> None:
    """A piece of an interval. What runs over midnight is open at that side; a tail is hatched."""
    theme = current()
    painter.save()
    painter.setClipRect(box)
    wide = theme.px(12)
    shape = box.adjusted(-wide if tail else 0, 0, wide if runs_on else 0, 0)
    fill, edge = ("accent_fill", "accent_fill") if chosen else ("accent_soft", "accent")
    rounded(painter, shape, theme.px(4), theme.color(fill), QPen(theme.color(edge), 1))
    if tail:
        painter.setPen(Qt.PenStyle.NoPen)
        ink = theme.color("on_accent" if chosen else "accent")
        painter.setBrush(QBrush(QColor(ink.red(), ink.green(), ink.blue(), HATCH), Qt.BrushStyle.BDiagPattern))
        painter.drawRect(box.adjusted(0, 1, -1, -1))
    painter.restore()


def draw_words(painter: QPainter, box: QRect, words: Sequence[str], *, chosen: bool) -> None:
    """The first of ``words`` that a block has room for, on its own ground, so that no line runs through it."""
    theme = current()
    font = theme.font("meta_control" if chosen else "meta")
    metrics = QFontMetrics(font)
    fitting = next((each for each in words if metrics.horizontalAdvance(each) + theme.px(4) <= box.width()), "")
    if not fitting:
        return
    width = min(metrics.horizontalAdvance(fitting) + theme.px(4), box.width() - 2)
    ground = QRect(0, 0, width, metrics.height())
    ground.moveCenter(box.center())
    painter.fillRect(ground, theme.color("accent_fill" if chosen else "accent_soft"))
    painter.setFont(font)
    painter.setPen(theme.color("on_accent" if chosen else "text"))
    painter.drawText(box, CENTER, fitting)


def draw_grips(painter: QPainter, box: QRect, *, start: bool, end: bool) -> None:
    """Where the chosen interval can be pulled longer."""
    theme = current()
    height = box.height() // 2
    top = box.center().y() - height // 2
    painter.setPen(QPen(theme.color("on_accent"), 2))
    for there, x in ((start, box.left() + 3), (end, box.right() - 3)):
        if there and box.width() > theme.px(14):
            painter.drawLine(x, top, x, top + height)


def now_label(at: Frame, minute: int, words: str) -> QRect:
    """Where the time is written, over the picture."""
    theme = current()
    width = QFontMetrics(theme.font("caption_strong")).horizontalAdvance(words) + theme.px(10)
    left = min(max(at.area.left(), at.x(minute) - width // 2), at.area.right() - width)
    return QRect(left, theme.px(2), width, theme.px(18))


def draw_now_line(painter: QPainter, at: Frame, minute: int) -> None:
    """A line through the week at the time of day, behind the blocks."""
    x = at.x(minute)
    painter.setPen(QPen(current().color("strong"), 1, Qt.PenStyle.DashLine))
    painter.drawLine(x, at.area.top(), x, at.area.bottom())


def draw_now(painter: QPainter, at: Frame, day: int, minute: int, words: str) -> None:
    """The time that it is: a strong line in today's row, and the time over the picture."""
    theme = current()
    x, row = at.x(minute), at.row(day)
    painter.setPen(QPen(theme.color("text"), 2))
    painter.drawLine(x, row.top(), x, row.bottom())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("text"))
    painter.drawEllipse(QPoint(x, row.top()), theme.px(3), theme.px(3))
    label = now_label(at, minute, words)
    rounded(painter, label, theme.px(4), theme.color("undo"), QPen(theme.color("strong"), 1))
    painter.setFont(theme.font("caption_strong"))
    painter.setPen(theme.color("on_undo"))
    painter.drawText(label, CENTER, words)
