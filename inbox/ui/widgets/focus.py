"""The focus ring: 2 px of accent, 2 px away from whatever the keyboard reached."""

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from inbox.ui.theme import current
from inbox.ui.widgets.segmented import Segmented

AWAY = 4


RINGED = "ringed"
"""The property of a widget that is no button and is pressed like one."""
RING_ROLE = "ring"
"""The property with the colour role of its ring, for what stands on a ground where accent cannot be seen."""


class FocusRing(QWidget):
    """Lies over ``window`` and surrounds the focused button after a key moved the focus there."""

    def __init__(self, window: QWidget) -> None:
        """Follows the application's focus inside ``window``."""
        super().__init__(window)
        self._window = window
        self._around: QWidget | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._moved)

    @Slot(QWidget, QWidget)
    def _moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._around is not None:
            self._around.removeEventFilter(self)
        pressed = new is not None and (isinstance(new, QAbstractButton | Segmented) or new.property(RINGED) is True)
        self._around = new if new is not None and pressed and self._window.isAncestorOf(new) else None
        if self._around is None:
            self.hide()
            return
        self._around.installEventFilter(self)
        self._follow()

    def _follow(self) -> None:
        if self._around is None:
            return
        corner = self._around.mapTo(self._window, self._around.rect().topLeft())
        self.setGeometry(QRect(corner, self._around.size()).adjusted(-AWAY, -AWAY, AWAY, AWAY))
        self.raise_()
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The ring goes where its widget goes."""
        kind = event.type()
        if kind in {QEvent.Type.Move, QEvent.Type.Resize}:
            self._follow()
        elif kind in {QEvent.Type.Hide, QEvent.Type.MouseButtonPress}:
            self.hide()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt passes it
        """Two pixels of accent, or of what the widget asks for."""
        role = self._around.property(RING_ROLE) if self._around is not None else None
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(current().color(str(role or "accent")), 2))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), 9, 9)
        painter.end()
