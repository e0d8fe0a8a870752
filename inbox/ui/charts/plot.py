"""The painted part of a chart: places that mouse and keys reach, and the read-out of the one they are at."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from inbox.ui.theme import current
from inbox.ui.widgets.bidi import isolate
from inbox.ui.widgets.paint import LEADING, rounded

Cell = tuple[int, int]
"""Series or row, then place or column."""
LEAST = QSize(160, 150)


@dataclass(frozen=True, slots=True)
class Spot:
    """One place of a chart: ``box`` is what the mouse hits, ``mark`` what is outlined (the box where it is None)."""

    cell: Cell
    box: QRect
    mark: QRect | None = None

    @property
    def outline(self) -> QRect:
        """What is outlined while it is read."""
        return self.box if self.mark is None else self.mark


class Plot(QWidget):
    """Paints a chart. Kinds of charts give ``layout_spots``, ``draw`` and ``says``."""

    picked = Signal(int, int)
    moved = Signal(QRect)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """``name`` is the chart's title, as it is spoken."""
        super().__init__(parent)
        self.spots: list[Spot] = []
        self.at: Cell | None = None
        self._hovered: Cell | None = None
        self._laid_for: tuple[QSize, float] | None = None
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def layout_spots(self) -> list[Spot]:
        """Where everything stands at the size in force."""
        raise NotImplementedError

    def draw(self, painter: QPainter) -> None:
        """The chart itself."""
        raise NotImplementedError

    def says(self, cell: Cell) -> tuple[str, str]:
        """The read-out of a place: its name, and its figures."""
        raise NotImplementedError

    @property
    def lead(self) -> int:
        """How much of the leading side in sight is taken by names that stay there while the rest scrolls."""
        return 0

    @property
    def seen(self) -> QRect:
        """What is in sight of a picture that scrolls."""
        found = self.visibleRegion().boundingRect()
        return found if found.isValid() else self.rect()

    def refresh(self) -> None:
        """New data: lay out anew, and keep the place if there is still one."""
        self._laid_for = None
        self._hovered = None
        self._lay()
        if self.at is not None and all(spot.cell != self.at for spot in self.spots):
            self.at = None
        self.updateGeometry()
        self.update()

    def minimumSizeHint(self) -> QSize:
        """Room for a few places."""
        return QSize(current().px(LEAST.width()), current().px(LEAST.height()))

    def sizeHint(self) -> QSize:
        """As large as it must be; it takes what it is given."""
        return self.minimumSizeHint()

    def go_to(self, cell: Cell | None) -> None:
        """Moves the read-out, and says it."""
        self.at = cell
        self.update()
        spot = self._spot(cell)
        if spot is None or cell is None:
            return
        self.moved.emit(spot.box)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, ". ".join(self.says(cell))))

    def read_out(self) -> str:
        """What the read-out shows now; empty when nothing is read."""
        cell = self._shown_cell()
        return "" if cell is None else ": ".join(self.says(cell))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt passes it
        """The chart, the place that is read, and the read-out."""
        self._lay()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.draw(painter)
        spot = self._spot(self._shown_cell())
        if spot is not None:
            pen = QPen(current().color("accent" if self.hasFocus() else "text"), 2)
            rounded(painter, spot.outline.adjusted(-1, -1, 1, 1).intersected(self.rect()), 3, None, pen)
            self._draw_read_out(painter, spot)
        elif self.hasFocus():
            rounded(painter, self.rect(), 4, None, QPen(current().color("accent"), 2))
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The place under the pointer is read."""
        found = self._under(event.position().toPoint())
        if found != self._hovered:
            self._hovered = found
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer has gone."""
        super().leaveEvent(event)
        self._hovered = None
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click picks."""
        found = self._under(event.position().toPoint())
        if found is not None and event.button() is Qt.MouseButton.LeftButton:
            self.go_to(found)
            self.picked.emit(*found)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, Home and End move; Enter picks; Escape ends reading."""
        key = Qt.Key(event.key())
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.at is not None:
            self.picked.emit(*self.at)
        elif key is Qt.Key.Key_Escape and self.at is not None:
            self.go_to(None)
        elif not self._walk(key):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """By keyboard the first place is read at once."""
        super().focusInEvent(event)
        by_mouse = event.reason() in {Qt.FocusReason.MouseFocusReason, Qt.FocusReason.ActiveWindowFocusReason}
        if self.at is None and self.spots and not by_mouse:
            self.go_to(self.spots[0].cell)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The read-out goes with the focus."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.ActiveWindowFocusReason:
            self.at = None
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Everything stands elsewhere."""
        super().resizeEvent(event)
        self._lay()

    def changeEvent(self, event: QEvent) -> None:
        """Another text size or direction."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.LayoutDirectionChange}:
            self._laid_for = None
            self.updateGeometry()
            self.update()

    @property
    def mirrored(self) -> bool:
        """Whether the screen reads right to left; times do not."""
        return self.layoutDirection() is Qt.LayoutDirection.RightToLeft

    def _lay(self) -> None:
        wanted = (self.size(), current().fonts.scale)
        if self._laid_for != wanted:
            self._laid_for = wanted
            self.spots = self.layout_spots()

    def _shown_cell(self) -> Cell | None:
        return self._hovered if self._hovered is not None else self.at

    def _spot(self, cell: Cell | None) -> Spot | None:
        return next((spot for spot in self.spots if spot.cell == cell), None)

    def _under(self, point: QPoint) -> Cell | None:
        return next((spot.cell for spot in self.spots if spot.box.contains(point)), None)

    def _walk(self, key: Qt.Key) -> bool:
        """Moves by a key; False where the key means nothing here."""
        if not self.spots or key not in _STEPS:
            return False
        row, place = self.at if self.at is not None else self.spots[0].cell
        rows = [spot.cell[0] for spot in self.spots]
        places = [spot.cell[1] for spot in self.spots]
        if self.at is not None:
            down, right = _STEPS[key]
            spot = self._spot(self.at)
            if right and spot is not None:
                place += self._rightward() * right
            row += down
        if key is Qt.Key.Key_Home:
            place = min(places)
        if key is Qt.Key.Key_End:
            place = max(places)
        cell = (min(max(row, min(rows)), max(rows)), min(max(place, min(places)), max(places)))
        if self._spot(cell) is not None:
            self.go_to(cell)
        return True

    def _rightward(self) -> int:
        """Which way places grow: 1 to the right."""
        first, last = self.spots[0], self.spots[-1]
        grows = (last.cell[1] - first.cell[1]) * (last.box.center().x() - first.box.center().x())
        return -1 if grows < 0 else 1

    def _beside(self, mark: QRect, size: QSize) -> QPoint:
        """Where the read-out lies: over the mark, else under it, else at its side, so that it does not cover it."""
        gap, seen = current().px(6), self.seen
        first, last = seen.left(), max(seen.left(), seen.right() + 1 - size.width())
        left = min(max(first, mark.center().x() - size.width() // 2), last)
        above, below = mark.top() - size.height() - gap, mark.bottom() + gap
        if above >= 0:
            return QPoint(left, above)
        if below + size.height() <= self.height():
            return QPoint(left, below)
        after = mark.right() + gap
        fits = after + size.width() <= seen.right() + 1
        return QPoint(after if fits else max(first, mark.left() - gap - size.width()), max(0, mark.top()))

    def _draw_read_out(self, painter: QPainter, spot: Spot) -> None:
        """A dark box beside the place, within the chart."""
        theme = current()
        head, body = self.says(spot.cell)
        strong, base = theme.font("meta_strong"), theme.font("meta")
        width = max(QFontMetrics(strong).horizontalAdvance(head), QFontMetrics(base).horizontalAdvance(body))
        line = theme.fonts.line("meta")
        size = QSize(min(width + theme.px(22), self.seen.width()), line * 2 + theme.px(10))
        box = QRect(self._beside(spot.outline, size), size)
        rounded(painter, box, theme.px(6), theme.color("undo"), QPen(theme.color("strong"), 1))
        inner = box.adjusted(theme.px(10), theme.px(5), -theme.px(10), -theme.px(5))
        painter.setPen(theme.color("on_undo"))
        for font, text, at in ((strong, head, inner.top()), (base, body, inner.top() + line)):
            painter.setFont(font)
            elided = QFontMetrics(font).elidedText(isolate(text), Qt.TextElideMode.ElideRight, inner.width() + 2)
            painter.drawText(QRect(inner.left(), at, inner.width() + 2, line), LEADING, elided)


_STEPS: dict[Qt.Key, Cell] = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Home: (0, 0),
    Qt.Key.Key_End: (0, 0),
}
