"""A post that a digest quotes: by whom and when, and what was said; a click or Enter opens its thread."""

import re

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QWidget

from inbox.model.ids import ThreadId
from inbox.ui.theme import current
from inbox.ui.widgets import Label, column, isolate, row
from inbox.ui.widgets.paint import rounded

BREAK = "\u200b"
WHO = 260
_PIECE = 16
_LONG = re.compile(r"[!-~]{24,}")
PRESSES = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}


def breakable(text: str) -> str:
    """A text whose long words, like links, can be broken; else they would push what is beside them off the screen."""
    return _LONG.sub(lambda found: BREAK.join(re.findall(f".{{1,{_PIECE}}}", found[0])), text)


class Quoted(QFrame):
    """``opened`` carries the thread."""

    opened = Signal(object)

    def __init__(self, thread_id: ThreadId, who: str, beside: str, text: str, parent: QWidget | None = None) -> None:
        """``who`` is a handle, ``beside`` says when and how far it went."""
        super().__init__(parent)
        self.thread_id = thread_id
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"{who}, {beside}: {text}")
        self.setAccessibleDescription(self.tr("Enter opens the thread."))
        box = column(self, margins=(12, 6, 12, 6), gap=2)
        line = row(gap=8)
        handle = Label(isolate(breakable(who)), "meta_strong", "text2", wrap=True)
        # Left to itself a label that may wrap does so long before it must.
        handle.setMinimumWidth(min(handle.fontMetrics().horizontalAdvance(who) + 2, current().px(WHO)))
        line.addWidget(handle, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(Label(beside, "meta", "text3", wrap=True), 1)
        box.addLayout(line)
        box.addWidget(Label(breakable(text), "base", "text", wrap=True))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and space open it."""
        if event.key() in PRESSES:
            self.opened.emit(self.thread_id)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """So does a click."""
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.opened.emit(self.thread_id)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Hovered."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: object) -> None:
        """No longer."""
        super().leaveEvent(event)  # type: ignore[arg-type]  # Qt's own event
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A leading bar; a ground under the pointer, a ring for the keyboard."""
        del event
        theme = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse():
            rounded(painter, self.rect().adjusted(1, 1, -1, -1), theme.px(6), theme.color("hover"), None)
        if self.hasFocus():
            ring = QPen(theme.color("accent"), 2)
            rounded(painter, self.rect().adjusted(1, 1, -1, -1), theme.px(6), None, ring)
        mirror = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left = self.width() - theme.px(5) if mirror else theme.px(3)
        painter.fillRect(QRectF(left, theme.px(8), 2, self.height() - theme.px(16)), theme.color("border"))
        painter.end()
