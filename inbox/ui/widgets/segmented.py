"""A row of choices of which one is on."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from inbox.ui.theme import current
from inbox.ui.widgets.bidi import isolate
from inbox.ui.widgets.paint import CENTER, rounded


class Segmented(QWidget):
    """Choices (key, words, icon) side by side; the one that is on is underlined, not only coloured."""

    chosen = Signal(str)

    def __init__(self, options: Sequence[tuple[str, str, str]], name: str, parent: QWidget | None = None) -> None:
        """``name`` says what is being chosen; the first option is on."""
        super().__init__(parent)
        self._options = list(options)
        self._at = 0
        self._name = name
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._say()

    def value(self) -> str:
        """The key of the choice that is on."""
        return self._options[self._at][0]

    def set_value(self, key: str) -> None:
        """Turns ``key`` on, silently."""
        self._at = next(at for at, option in enumerate(self._options) if option[0] == key)
        self._say()
        self.update()

    def rename(self, words: Mapping[str, str]) -> None:
        """Other words for the choices of these keys."""
        self._options = [(key, words.get(key, said), icon) for key, said, icon in self._options]
        self._say()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """All choices side by side."""
        return QSize(sum(self._widths()), current().px(28))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt passes it
        """Draws the choices."""
        theme = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rounded(painter, self.rect(), theme.px(6), theme.color("window"), QPen(theme.color("border"), 1))
        for at, box in enumerate(self._boxes()):
            self._draw(painter, at, box)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click chooses."""
        for at, box in enumerate(self._boxes()):
            if box.contains(event.position().toPoint()):
                self._choose(at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrow keys choose."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            step = -step
        if step:
            self._choose(min(len(self._options) - 1, max(0, self._at + step)))
        else:
            super().keyPressEvent(event)

    def _choose(self, at: int) -> None:
        if at != self._at:
            self._at = at
            self._say()
            self.update()
            self.chosen.emit(self._options[at][0])

    def _say(self) -> None:
        self.setAccessibleName(f"{self._name}: {self._options[self._at][1]}")

    def _widths(self) -> list[int]:
        theme = current()
        metrics = QFontMetrics(theme.font("meta_strong"))
        return [
            metrics.horizontalAdvance(words) + theme.px(22) + (theme.px(19) if icon else 0)
            for _key, words, icon in self._options
        ]

    def _boxes(self) -> list[QRect]:
        boxes, left = [], 0
        for width in self._widths():
            boxes.append(QRect(left, 0, width, self.height()))
            left += width
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            boxes = [QRect(self.width() - box.right() - 1, 0, box.width(), box.height()) for box in boxes]
        return boxes

    def _mark(self, painter: QPainter, box: QRect) -> None:
        """The ground and the line under the choice that is on, within the rounded corners of the whole."""
        theme, radius = current(), current().px(6)
        for inset, fill, role in (
            (1, box.adjusted(0, 1, 0, -1), "raised"),
            (0, box.adjusted(0, box.height() - 2, 0, 0), "accent"),
        ):
            path = QPainterPath()
            path.addRoundedRect(self.rect().adjusted(inset, inset, -inset, -inset), radius - inset, radius - inset)
            painter.save()
            painter.setClipPath(path)
            painter.fillRect(fill, theme.color(role))
            painter.restore()

    def _draw(self, painter: QPainter, at: int, box: QRect) -> None:
        theme = current()
        on = at == self._at
        _key, words, icon = self._options[at]
        if on:
            self._mark(painter, box)
        elif at:
            mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
            side = box.right() if mirrored else box.left()
            painter.fillRect(QRect(side, 1, 1, box.height() - 2), theme.color("border"))
        ink = "accent" if on else "text2"
        if icon:
            pixmap = theme.pixmap(icon, ink, 14)
            mirror = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
            left = box.right() - theme.px(11 + 14) if mirror else box.left() + theme.px(11)
            painter.drawPixmap(left, (self.height() - theme.px(14)) // 2, pixmap)
            gap = theme.px(19)
            box = box.adjusted(0, 0, -gap, 0) if mirror else box.adjusted(gap, 0, 0, 0)
        painter.setFont(theme.font("meta_strong" if on else "meta_control"))
        painter.setPen(theme.color(ink))
        painter.drawText(box, CENTER, isolate(words))
