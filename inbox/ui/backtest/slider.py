"""A slider in the theme's colours: Fusion's own handle can hardly be seen on dark and high-contrast grounds."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSlider, QWidget

from inbox.ui.theme import current
from inbox.ui.widgets.focus import RINGED
from inbox.ui.widgets.paint import rounded

HEIGHT, HANDLE, GROOVE = 28, 16, 4


class ShareSlider(QSlider):
    """0 to 100 percent; arrows step by one, Page keys by five, a click goes to its place."""

    def __init__(self, name: str, width: int, parent: QWidget | None = None) -> None:
        """``name`` is what is being set, ``width`` its pixels at 100%."""
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setRange(0, 100)
        self.setPageStep(5)
        self.setAccessibleName(name)
        self.setProperty(RINGED, True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedSize(current().px(width), current().px(HEIGHT))

    def sizeHint(self) -> QSize:
        """As it was made."""
        return self.size()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt passes it
        """Groove, the part up to the value, and the handle."""
        theme = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        handle, groove = theme.px(HANDLE), theme.px(GROOVE)
        line = QRect(handle // 2, (self.height() - groove) // 2, self.width() - handle, groove)
        rounded(painter, line, groove / 2, theme.color("select_idle"), QPen(theme.color("strong"), 1))
        center = self._center()
        begin = line.right() if self._mirrored() else line.left()
        done = QRect(min(begin, center), line.top(), abs(center - begin) + 1, groove)
        rounded(painter, done, groove / 2, theme.color("accent_fill"), None)
        box = QRect(center - handle // 2, (self.height() - handle) // 2, handle, handle)
        rounded(painter, box, handle / 2, theme.color("accent_fill"), QPen(theme.color("surface"), 2))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The handle goes under the pointer."""
        self._go_to(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """And follows it."""
        self._go_to(event.position().x())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """It stays there."""
        event.accept()

    def _go_to(self, x: float) -> None:
        handle = current().px(HANDLE)
        share = (x - handle / 2) / max(1, self.width() - handle)
        self.setValue(round(100 * min(1.0, max(0.0, 1 - share if self._mirrored() else share))))

    def _center(self) -> int:
        handle = current().px(HANDLE)
        share = self.value() / 100
        return handle // 2 + round((1 - share if self._mirrored() else share) * (self.width() - handle))

    def _mirrored(self) -> bool:
        return self.layoutDirection() is Qt.LayoutDirection.RightToLeft
