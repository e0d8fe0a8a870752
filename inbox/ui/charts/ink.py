"""Fills and shades from the theme's roles, so that no chart names a colour."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPolygonF

from inbox.ui.charts.data import Look
from inbox.ui.roles import Scheme, ratio
from inbox.ui.theme import current
from inbox.ui.widgets.paint import rounded

READABLE = 4.5
"""The contrast that WCAG asks of text (AA)."""


def fill_bar(painter: QPainter, box: QRect, look: Look) -> None:
    """A bar in its look: before is outlined, after solid, late hatched. One of no height is left out."""
    if box.height() <= 0:
        return
    theme = current()
    radius = min(2, box.height() / 2)
    if look is Look.AFTER:
        rounded(painter, box, radius, theme.color("accent_fill"), None)
    elif look is Look.BEFORE:
        rounded(painter, box, radius, theme.color("select_idle"), QPen(theme.color("strong"), 1))
    elif look is Look.OPEN:
        rounded(painter, box, radius, theme.color("accent_soft"), QPen(theme.color("accent"), 1))
    elif look is Look.GONE:
        rounded(painter, box, radius, theme.color("surface"), QPen(theme.color("strong"), 1, Qt.PenStyle.DashLine))
    else:
        rounded(painter, box, radius, theme.color("late_soft"), QPen(theme.color("late"), 1))
        painter.save()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(theme.color("late"), Qt.BrushStyle.BDiagPattern))
        painter.setBrushOrigin(box.topLeft())
        painter.drawRect(box.adjusted(1, 1, -1, -1))
        painter.restore()


def draw_swath(painter: QPainter, upper: Sequence[QPointF], lower: Sequence[QPointF]) -> None:
    """The ground of what is usual between two edges, which are drawn so that it shows on every ground."""
    theme = current()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("select_idle" if theme.scheme is Scheme.CONTRAST else "border"))
    painter.drawPolygon(QPolygonF([*upper, *reversed(lower)]))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.color("strong"), 0.6))
    for edge in (upper, lower):
        painter.drawPolyline(QPolygonF(list(edge)))


def draw_stretch(painter: QPainter, box: QRectF) -> None:
    """A shaded time: a soft ground, and a bar at its foot that is seen on every ground."""
    theme = current()
    painter.fillRect(box, theme.color("hot_soft"))
    painter.fillRect(QRectF(box.left(), box.bottom() - 3, box.width(), 3), theme.color("hot"))


def shade(share: float) -> tuple[QColor, QColor]:
    """The ground of a heat cell from 0 (least) to 1 (most), and ink that can be read on it."""
    theme = current()
    low, high = theme.color("accent_soft"), theme.color("accent_fill")
    share = min(1.0, max(0.0, share))
    parts = [
        round(first + (last - first) * share)
        for first, last in ((low.red(), high.red()), (low.green(), high.green()), (low.blue(), high.blue()))
    ]
    ground = QColor(*parts)
    inks = (theme.color("text"), theme.color("on_accent"), theme.color("surface"))
    first = inks[0]
    if ratio(first.name(), ground.name()) >= READABLE:
        return ground, first
    return ground, max(inks, key=lambda ink: ratio(ink.name(), ground.name()))
