"""Axes: round steps for figures, and as many words below as there is room for."""

from collections.abc import Sequence
from math import ceil, floor, log10

from PySide6.QtCore import QLineF, QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen

from inbox.ui.charts.data import Shown
from inbox.ui.theme import current
from inbox.ui.widgets.bidi import isolate

STEPS = 4
NICE = (1.0, 2.0, 2.5, 5.0, 10.0)


def ticks(low: float, high: float, *, whole: bool = False) -> list[float]:
    """Round figures from ``low`` to at least ``high``, about four steps apart; ``whole`` allows no fractions."""
    span = high - low
    if span <= 0:
        span = abs(low) or 1.0
    rough = span / STEPS
    scale = 10.0 ** floor(log10(rough))
    step = next(nice * scale for nice in NICE if nice * scale >= rough * (1 - 1e-9))
    if whole:
        step = max(1.0, float(ceil(step)))
    count = max(1, ceil((high - low) / step - 1e-9))
    return [round(low + step * number, 10) for number in range(count + 1)]


def label_width(values: Sequence[float], shown: Shown) -> int:
    """How wide the figures of an axis are, in pixels, with the gap behind them."""
    metrics = QFontMetrics(current().font("caption"))
    return max((metrics.horizontalAdvance(shown(value)) for value in values), default=0) + current().px(8)


def height_of(value: float, values: Sequence[float], area: QRect) -> float:
    """Where a figure stands in ``area``, whose bottom is the first of the axis and whose top the last."""
    low, high = values[0], values[-1]
    share = (value - low) / ((high - low) or 1.0)
    return area.bottom() + 1 - min(1.0, max(0.0, share)) * area.height()


def draw_levels(painter: QPainter, values: Sequence[float], area: QRect, shown: Shown) -> None:
    """Thin lines across with their figures before them; the lowest line is stronger."""
    theme = current()
    painter.setFont(theme.font("caption"))
    line = theme.fonts.line("caption")
    for value in values:
        y = round(height_of(value, values, area))
        painter.setPen(QPen(theme.color("strong" if value == values[0] else "border"), 1))
        painter.drawLine(QLineF(area.left(), y - 0.5, area.right() + 1, y - 0.5))
        painter.setPen(theme.color("text3"))
        box = QRect(0, y - line // 2, area.left() - theme.px(8), line)
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, shown(value))


def draw_places(painter: QPainter, names: Sequence[str], centers: Sequence[int], area: QRect) -> None:
    """Names below their places; where they would touch, only each second, third ... one stands there."""
    theme = current()
    font = theme.font("caption")
    painter.setFont(font)
    painter.setPen(theme.color("text3"))
    every = _every(names, centers, QFontMetrics(font), theme.px(10))
    line = theme.fonts.line("caption")
    for at in range(0, len(names), every):
        width = QFontMetrics(font).horizontalAdvance(names[at]) + 4
        left = min(max(0, centers[at] - width // 2), painter.device().width() - width)
        box = QRect(left, area.bottom() + theme.px(5), width, line)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, isolate(names[at]))


def _every(names: Sequence[str], centers: Sequence[int], metrics: QFontMetrics, gap: int) -> int:
    if len(names) < 2:  # noqa: PLR2004 - one name has no neighbour
        return 1
    apart = abs(centers[-1] - centers[0]) / (len(names) - 1) or 1.0
    widest = max(metrics.horizontalAdvance(name) for name in names) + gap
    return max(1, ceil(widest / apart))
