"""The focus ring: 2 px of accent, 2 px away from whatever the keyboard reached, or inside a list that marks no row."""

from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, QRect, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QWidget
from shiboken6 import isValid

from inbox.ui.theme import current
from inbox.ui.widgets.segmented import Segmented

AWAY = 4


RINGED = "ringed"
"""The property of a widget that is no button and is pressed like one."""
RING_ROLE = "ring"
"""The property with the colour role of its ring, for what stands on a ground where accent cannot be seen."""


class FocusRing(QWidget):
    """Lies over ``window`` and surrounds the focused button after a key moved the focus there. A list marks the row
    that is chosen; while none is, the ring says that the keyboard is there.
    """

    def __init__(self, window: QWidget) -> None:
        """Follows the application's focus inside ``window``."""
        super().__init__(window)
        self._window = window
        self._around: QWidget | None = None
        self._list: QAbstractItemView | None = None
        self._rows: QItemSelectionModel | None = None
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
        self._follow_list(new if isinstance(new, QAbstractItemView) else None)
        pressed = new is not None and (isinstance(new, QAbstractButton | Segmented) or new.property(RINGED) is True)
        pressed = pressed or self._list is not None
        self._around = new if new is not None and pressed and self._window.isAncestorOf(new) else None
        if self._around is None:
            self.hide()
            return
        self._around.installEventFilter(self)
        self._follow()

    def _follow_list(self, found: QAbstractItemView | None) -> None:
        """Listens for the row that the keyboard reaches in a list, and no longer in the list before."""
        if self._rows is not None and isValid(self._rows):
            self._rows.selectionChanged.disconnect(self._follow)
        self._rows = found.selectionModel() if found is not None else None
        self._list = found if self._rows is not None else None
        if self._rows is not None:
            self._rows.selectionChanged.connect(self._follow)

    @Slot()
    def _follow(self) -> None:
        if self._around is None:
            return
        if self._list is not None and _marked(self._list):
            self.hide()
            return
        away = AWAY if self._list is None else 0
        corner = self._around.mapTo(self._window, self._around.rect().topLeft())
        self.setGeometry(QRect(corner, self._around.size()).adjusted(-away, -away, away, away))
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
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), *((9, 9) if self._list is None else (2, 2)))
        painter.end()


def _marked(rows: QAbstractItemView) -> bool:
    """Whether a list shows where the keyboard is. Qt makes its first row the current one without choosing it."""
    now = rows.currentIndex()
    chooses = rows.selectionMode() is not QAbstractItemView.SelectionMode.NoSelection
    return now.isValid() and (not chooses or rows.selectionModel().hasSelection())
