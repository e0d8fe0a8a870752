"""The keys of the page: one stroke sorts. They go before the window's own while the page has the keyboard."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

FREE = frozenset({Qt.Key.Key_Question, Qt.Key.Key_Slash})
"""Help and the palette stay the window's."""
PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier, Qt.KeyboardModifier.ShiftModifier)


class Keys:
    """Which key does what. ``digit`` takes a number, and says whether that meant anything."""

    def __init__(self, acts: Mapping[Qt.Key, Callable[[], object]], digit: Callable[[int], bool]) -> None:
        """``acts`` are plain keys; Ctrl+Z does what U does."""
        self._acts = acts
        self._digit = digit
        self._going = False

    def claims(self, event: QKeyEvent) -> bool:
        """Whether the page takes a key before the window's shortcuts do.

        All plain letters are taken: the window's would act on a thread that is not on screen. Not G, which
        begins "go to", and not the letter that follows it.
        """
        if self._is_undo(event):
            return True
        if event.modifiers() not in PLAIN or Qt.Key(event.key()) in FREE:
            return False
        going, self._going = self._going, Qt.Key(event.key()) == Qt.Key.Key_G
        if going or self._going:
            return False
        return Qt.Key(event.key()) in self._acts or (bool(event.text()) and event.text().isprintable())

    def press(self, event: QKeyEvent) -> bool:
        """Does what the key does; False where that is nothing. A key that is held down sorts once."""
        key = Qt.Key(event.key())
        if self._is_undo(event):
            key = Qt.Key.Key_U
        elif event.modifiers() not in PLAIN[:2]:
            return False
        walking = key in {Qt.Key.Key_J, Qt.Key.Key_K, Qt.Key.Key_Up, Qt.Key.Key_Down}
        if event.isAutoRepeat() and not walking:
            return True
        if Qt.Key.Key_0 <= key <= Qt.Key.Key_9:
            return self._digit(int(key) - int(Qt.Key.Key_0))
        act = self._acts.get(key)
        if act is not None:
            act()
        return act is not None

    @staticmethod
    def _is_undo(event: QKeyEvent) -> bool:
        held = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        return held and Qt.Key(event.key()) == Qt.Key.Key_Z
