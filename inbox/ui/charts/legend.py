"""Says what the looks of a chart mean: swatches with names, or a scale of shades between two figures."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen

from inbox.ui.charts.data import Look
from inbox.ui.charts.ink import draw_stretch, draw_swath, fill_bar, shade
from inbox.ui.theme import current
from inbox.ui.widgets.bidi import isolate
from inbox.ui.widgets.marks import Mark
from inbox.ui.widgets.paint import LEADING

SHADES = 6


@dataclass(frozen=True, slots=True)
class Entry:
    """A swatch and its name."""

    look: Look
    name: str


@dataclass(frozen=True, slots=True)
class Scale:
    """Shades from ``low`` to ``high``."""

    low: str
    high: str


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line's colour and name."""

    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Swath:
    """The ground of what is usual."""

    name: str


@dataclass(frozen=True, slots=True)
class Shaded:
    """A time that is shaded."""

    name: str


Shown = Entry | Scale | Stroke | Swath | Shaded


class Legend(Mark):
    """Drawn in one line; its words are its accessible name."""

    def __init__(self) -> None:
        """Empty."""
        super().__init__()
        self.entries: tuple[Shown, ...] = ()

    def show_entries(self, *entries: Shown) -> None:
        """Replaces what it says."""
        self.entries = entries
        self.setAccessibleName(", ".join(_spoken(entry) for entry in entries))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as swatches and words."""
        theme = current()
        width = sum(self._width(entry) for entry in self.entries) + theme.px(12) * max(0, len(self.entries) - 1)
        return QSize(width, theme.px(18))

    def draw(self, painter: QPainter) -> None:
        """One after the other, left to right."""
        theme = current()
        painter.setFont(theme.font("meta"))
        entries = self.entries[::-1] if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else self.entries
        left = 0
        for entry in entries:
            box = QRect(left, 0, self._width(entry), self.height())
            self._scale(painter, box, entry) if isinstance(entry, Scale) else self._entry(painter, box, entry)
            left += box.width() + theme.px(12)

    def _entry(self, painter: QPainter, box: QRect, entry: Entry | Stroke | Swath | Shaded) -> None:
        theme = current()
        side = theme.px(11)
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left = box.right() - side + 1 if mirrored else box.left()
        _swatch(painter, QRect(left, box.center().y() - side // 2, side, side), entry)
        gap = side + theme.px(6)
        words = box.adjusted(0, 0, -gap, 0) if mirrored else box.adjusted(gap, 0, 0, 0)
        painter.setFont(theme.font("meta"))
        painter.setPen(theme.color("text2"))
        painter.drawText(words, LEADING, isolate(entry.name))

    def _scale(self, painter: QPainter, box: QRect, scale: Scale) -> None:
        """Low, shades, high: always left to right, as the figures grow."""
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        theme = current()
        metrics = QFontMetrics(theme.font("meta"))
        low, side, height = metrics.horizontalAdvance(scale.low), theme.px(17), theme.px(12)
        painter.setPen(theme.color("text3"))
        painter.drawText(QRect(box.left(), 0, low + 2, box.height()), LEADING, isolate(scale.low))
        left = box.left() + low + theme.px(6)
        for step in range(SHADES):
            ground, _ink = shade(step / (SHADES - 1))
            painter.fillRect(QRect(left + step * side, box.center().y() - height // 2, side - 1, height), ground)
        painter.setPen(theme.color("text3"))
        words = QRect(left + SHADES * side + theme.px(6), 0, metrics.horizontalAdvance(scale.high) + 2, box.height())
        painter.drawText(words, LEADING, isolate(scale.high))

    def _width(self, entry: Shown) -> int:
        theme = current()
        metrics = QFontMetrics(theme.font("meta"))
        if not isinstance(entry, Scale):
            return theme.px(11 + 6) + metrics.horizontalAdvance(entry.name) + 2
        words = metrics.horizontalAdvance(entry.low) + metrics.horizontalAdvance(entry.high) + 4
        return words + theme.px(12) + SHADES * theme.px(17)


def _spoken(entry: Shown) -> str:
    return f"{entry.low} - {entry.high}" if isinstance(entry, Scale) else entry.name


def _swatch(painter: QPainter, box: QRect, entry: Entry | Stroke | Swath | Shaded) -> None:
    """As it looks in the picture."""
    if isinstance(entry, Entry):
        fill_bar(painter, box, entry.look)
    elif isinstance(entry, Stroke):
        painter.setPen(QPen(current().color(entry.role), 2))
        painter.drawLine(box.left(), box.center().y(), box.right() + 1, box.center().y())
    elif isinstance(entry, Swath):
        inner = QRectF(box).adjusted(0, 2, 0, -2)
        draw_swath(painter, [inner.topLeft(), inner.topRight()], [inner.bottomLeft(), inner.bottomRight()])
    else:
        draw_stretch(painter, QRectF(box))
