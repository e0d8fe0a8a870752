"""What Enter does in a dialog, one way for all: it presses the button that has the keyboard, or else the default."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QDialog, QWidget

ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class Dialog(QDialog):
    """A dialog of our own buttons, which Qt does not know as buttons that Enter presses. ``default`` is the one that
    answers from everywhere else; without one Enter does nothing there.
    """

    def __init__(self, parent: QWidget) -> None:
        """No default yet."""
        super().__init__(parent)
        self.default: QAbstractButton | None = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses; all else, Escape among it, is Qt's."""
        if event.key() in ENTER:
            press(self, event, self.default)
        else:
            super().keyPressEvent(event)


def press(box: QWidget, event: QKeyEvent, default: QAbstractButton | None) -> None:
    """Enter in ``box``: the button that has the keyboard is pressed, or else ``default`` where it can be. An Enter that
    is held down, perhaps since it opened the box, presses nothing.
    """
    held = box.focusWidget()
    button = held if isinstance(held, QAbstractButton) and not held.isCheckable() else default
    if button is not None and button.isVisible() and not event.isAutoRepeat():
        button.click()
