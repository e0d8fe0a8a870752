"""Rubbish that hangs together in circles is looked for on the window's own thread alone.

Python looks for it wherever memory is asked for, also on the lanes that read and write. What is found there may be
parts of a screen that is gone: to take them apart Qt holds a lock and then waits for Python, while the window's thread
has Python and waits for that lock. Then both stand still for good.
"""

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

EVERY_MS: Final = 1000


def tidy() -> None:
    """Look through as much as has become due, as Python would; call it on the window's thread."""
    for generation, (count, most) in reversed(list(enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True)))):
        if count > most:
            gc.collect(generation)
            return


class Tidying(QObject):
    """Looks every second; Python by itself looks no more, until the program ends its lanes and lets it again."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(tidy)
        self._timer.start(EVERY_MS)
