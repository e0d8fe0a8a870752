"""The undo bar: what was just done, a way back, and a ring that shows how long there is."""

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QRect, QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QWidget

from inbox.ui.theme import current
from inbox.ui.widgets.boxes import row
from inbox.ui.widgets.buttons import Button
from inbox.ui.widgets.labels import Label
from inbox.ui.widgets.marks import IconMark, Mark
from inbox.ui.widgets.paint import CENTER, rounded

UNDO_MS = 10_000
TICK_MS = 250
FOOT = 20


class Ring(Mark):
    """A ring that runs out, with the seconds left inside it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """A full ring."""
        super().__init__(parent)
        self.left_ms = UNDO_MS
        self.setFixedSize(current().px(24), current().px(24))

    def draw(self, painter: QPainter) -> None:
        """The ring, clockwise from the top."""
        theme = current()
        ink = theme.color("on_undo")
        painter.setPen(QPen(theme.color("text3"), 2))
        box = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        painter.drawEllipse(box)
        painter.setPen(QPen(ink, 2))
        painter.drawArc(box, 90 * 16, round(360 * 16 * self.left_ms / UNDO_MS))
        font = theme.font("caption")
        painter.setFont(font)
        painter.drawText(self.rect(), CENTER, str(-(-self.left_ms // 1000)))


class Toast(QFrame):
    """A dark bar 20 above the foot of ``parent``; gone after ten seconds, or once it was undone."""

    gone = Signal()

    def __init__(self, parent: QWidget) -> None:
        """Hidden until ``show_text``."""
        super().__init__(parent)
        self._over = parent
        self._undo: Callable[[], None] | None = None
        self._clock = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)
        self.mark = IconMark("check", "on_undo", 16)
        self.label = Label("", "base", "on_undo")
        self.button = Button(self.tr("Undo"), "undo", "undo", "Ctrl Z")
        self.button.clicked.connect(self.undo)
        self.ring = Ring()
        box = row(self, margins=(12, 6, 12, 6), gap=12)
        for part in (self.mark, self.label, self.button, self.ring):
            box.addWidget(part)
        self.hide()
        parent.installEventFilter(self)

    def show_text(self, text: str, undo: Callable[[], None] | None = None, icon: str = "check") -> None:
        """Says ``text``, with a way back if there is one."""
        self._undo = undo
        self.mark.set_icon(icon, "on_undo")
        self.label.setText(text)
        self.button.setVisible(undo is not None)
        self.ring.setVisible(undo is not None)
        self.ring.left_ms = UNDO_MS
        self._clock.start()
        self._timer.start()
        self.adjustSize()
        self._place()
        self.show()
        self.raise_()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    @property
    def can_undo(self) -> bool:
        """True while there is something to undo."""
        return self._undo is not None and self.isVisible()

    @Slot()
    def undo(self) -> None:
        """Undoes, and goes."""
        undo, self._undo = self._undo, None
        self.dismiss()
        if undo is not None:
            undo()

    @Slot()
    def dismiss(self) -> None:
        """Goes; what was done stays done."""
        self._timer.stop()
        self.hide()
        self.gone.emit()

    @Slot()
    def _tick(self) -> None:
        self.ring.left_ms = max(0, UNDO_MS - self._clock.elapsed())
        self.ring.update()
        if self.ring.left_ms == 0:
            self._undo = None
            self.dismiss()

    def _place(self) -> None:
        left = (self._over.width() - self.width()) // 2
        self.move(left, self._over.height() - self.height() - current().px(FOOT))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keeps its place when the window is resized."""
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt passes it
        """The dark bar; outlined where the ground is black too."""
        theme = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRect(0, 0, self.width(), self.height())
        rounded(painter, box, theme.px(8), theme.color("undo"), QPen(theme.color("strong"), 1, Qt.PenStyle.SolidLine))
        painter.end()
