"""A layer over the window that dims it and holds a card."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from inbox.ui.theme import Scheme, current
from inbox.ui.widgets.taborder import go_on

DIM, DIM_DARK = 84, 130


class Overlay(QWidget):
    """Covers ``window`` until Escape or a click beside the card; the keyboard goes back where it was."""

    closed = Signal()

    def __init__(self, window: QWidget) -> None:
        """Hidden; ``card`` waits to be filled."""
        super().__init__(window)
        self._window = window
        self._before: QWidget | None = None
        self.card = QFrame(self)
        self.card.setProperty("card", "raised")
        self.hide()
        window.installEventFilter(self)

    def open(self) -> None:
        """Shows the layer."""
        if not self.isVisible():
            self._before = self._window.focusWidget()
        self._fit()
        self.show()
        self.raise_()

    def dismiss(self) -> None:
        """Hides it."""
        if self.isVisible():
            self.hide()
            if self._before is not None:
                self._before.setFocus(Qt.FocusReason.PopupFocusReason)
            self._before = None
            self.closed.emit()

    def place_card(self) -> None:
        """Where the card lies; each kind of layer knows."""
        raise NotImplementedError

    def _fit(self) -> None:
        self.setGeometry(self._window.rect())
        self.place_card()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """As large as the window, always."""
        if watched is self._window and event.type() is QEvent.Type.Resize and self.isVisible():
            self._fit()
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside the card closes."""
        if not self.card.geometry().contains(event.position().toPoint()):
            self.dismiss()

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001 - Qt's own signature
        """Tab stays in the layer: what lies under it is dimmed, and Escape would no longer close what covers it."""
        go_on(self.card, QApplication.focusWidget(), forward=forward)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes."""
        if Qt.Key(event.key()) is Qt.Key.Key_Escape:
            self.dismiss()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The window, dimmed."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(0, 0, 0, DIM if current().scheme is Scheme.LIGHT else DIM_DARK))
        painter.end()
