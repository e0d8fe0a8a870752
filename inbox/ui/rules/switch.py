"""A switch: on or off at once, by a click or the space bar."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPen

from inbox.ui.theme import current
from inbox.ui.widgets.paint import rounded

WIDTH, HEIGHT = 26, 16


def draw_switch(painter: QPainter, rect: QRect, *, on: bool, mirror: bool) -> None:
    """A filled track with the knob at its end when on; an outlined one with the knob at its start when off."""
    theme = current()
    radius = rect.height() / 2
    if on:
        rounded(painter, rect, radius, theme.color("accent_fill"), None)
    else:
        rounded(painter, rect, radius, theme.color("raised"), QPen(theme.color("strong"), 1))
    side = rect.height() - theme.px(6 if on else 7)
    inset = (rect.height() - side) // 2
    right = on is not mirror
    left = rect.right() - inset - side + 1 if right else rect.left() + inset
    knob = QRect(left, rect.top() + inset, side, side)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("on_accent" if on else "strong"))
    painter.drawEllipse(knob)
