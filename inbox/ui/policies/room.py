"""How wide the labels of the editor are, and what is left free behind its fields."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout

from inbox.ui.rules.part import KIND_WIDTH
from inbox.ui.theme import current

AFTER, NARROW = 36, 100


def beside(*, narrow: bool) -> tuple[int, int]:
    """The width of labels, as that of kinds in the list of conditions, and the room behind fields; in pixels."""
    px = current().px
    return (px(NARROW), 0) if narrow else (px(KIND_WIDTH), px(AFTER))


def lay(line: QHBoxLayout, before: int, after: int) -> None:
    """Room before and behind a line, in the direction of reading."""
    mirror = QApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
    line.setContentsMargins(*((after, 0, before, 0) if mirror else (before, 0, after, 0)))
