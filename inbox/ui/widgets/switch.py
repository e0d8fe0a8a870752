"""A switch: on or off at once, by a click or the space bar."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from inbox.ui.theme import current
from inbox.ui.widgets.bidi import isolate
from inbox.ui.widgets.paint import LEADING, rounded

WIDTH, HEIGHT = 26, 16
GAP = 8


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


class Switch(QAbstractButton):
    """A switch with its words; tells by ``toggled``."""

    def __init__(self, text: str) -> None:
        """Off."""
        super().__init__()
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """The track and the words."""
        px = current().px
        words = QFontMetrics(current().font("base")).horizontalAdvance(self.text())
        return QSize(px(WIDTH + GAP) + words + 2, px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The words stand behind the track."""
        del event
        theme = current()
        px = theme.px
        mirror = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(self.layoutDirection())
        left = self.width() - px(WIDTH) if mirror else 0
        track = QRect(left, (self.height() - px(HEIGHT)) // 2, px(WIDTH), px(HEIGHT))
        draw_switch(painter, track, on=self.isChecked(), mirror=mirror)
        painter.setFont(theme.font("base"))
        painter.setPen(theme.color("text"))
        room = px(WIDTH + GAP)
        box = self.rect().adjusted(0, 0, -room, 0) if mirror else self.rect().adjusted(room, 0, 0, 0)
        painter.drawText(box, LEADING | Qt.TextFlag.TextDontClip, isolate(self.text()))
        painter.end()
