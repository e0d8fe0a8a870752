"""What a token looks like: its words, and a cross that removes it."""

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen

from inbox.ui.theme import current
from inbox.ui.widgets.bidi import isolate
from inbox.ui.widgets.paint import LEADING, rounded


def cross_of(box: QRect, *, mirror: bool) -> QRect:
    """Where a click removes the token."""
    side = current().px(20)
    left = box.left() if mirror else box.right() - side + 1
    return QRect(left, box.top(), side, box.height())


def draw_token(painter: QPainter, box: QRect, words: str, *, marked: bool, mirror: bool) -> None:
    """A token; ``marked`` is the one that the arrows reached."""
    theme = current()
    px = theme.px
    edge = QPen(theme.color("accent" if marked else "border"), 2 if marked else 1)
    rounded(painter, box, px(4), theme.color("select" if marked else "select_idle"), edge)
    painter.setFont(theme.font("meta"))
    painter.setPen(theme.color("text"))
    lead, trail = px(7), px(20)
    inner = box.adjusted(trail, 0, -lead, 0) if mirror else box.adjusted(lead, 0, -trail, 0)
    metrics = QFontMetrics(theme.font("meta"))
    elided = metrics.elidedText(words, Qt.TextElideMode.ElideRight, inner.width() + 2)
    painter.drawText(inner, LEADING | Qt.TextFlag.TextDontClip, isolate(elided))
    middle = QPointF(cross_of(box, mirror=mirror).center()) + QPointF(0.5, 1)
    arm = px(7) / 2
    painter.setPen(QPen(theme.color("text3"), 1.2))
    painter.drawLine(middle - QPointF(arm, arm), middle + QPointF(arm, arm))
    painter.drawLine(middle - QPointF(arm, -arm), middle + QPointF(arm, -arm))
