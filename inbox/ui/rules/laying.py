"""Text laid out on a few lines in its own direction."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFontMetrics, QTextLayout, QTextOption

from inbox.ui.theme import current
from inbox.ui.thread.plain import is_right_to_left


def lines_of(text: str, role: str, width: int) -> int:
    """One line, or two where one has no room; quick, since hundreds of rows are measured at once."""
    return 1 if QFontMetrics(current().font(role)).horizontalAdvance(text) < width else 2


def laid(text: str, role: str, width: int, *, right: bool | None = None) -> QTextLayout:
    """``text`` in its own direction on one line or two, the second one elided.

    It stands at the side where it begins, or at the ``right`` or left.
    """
    end = is_right_to_left(text) if right is None else right
    lines = lines_of(text, role, width)
    layout = _broken(text, role, width, lines, right=end)
    taken = layout.lineAt(lines - 1)
    if taken.textStart() + taken.textLength() < units(text):
        kept, rest = _split(text, taken.textStart())
        metrics = QFontMetrics(current().font(role))
        elided = metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width - 2)
        layout = _broken(kept + elided, role, width, lines, right=end)
    return layout


def _broken(text: str, role: str, width: int, most: int, *, right: bool) -> QTextLayout:
    layout = QTextLayout(text, current().font(role))
    option = QTextOption()
    turned = is_right_to_left(text)
    option.setTextDirection(Qt.LayoutDirection.RightToLeft if turned else Qt.LayoutDirection.LeftToRight)
    breaks = QTextOption.WrapMode.NoWrap if most == 1 else QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere
    option.setWrapMode(breaks)
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    option.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute)
    layout.setTextOption(option)
    pitch = current().fonts.line(role)
    layout.beginLayout()
    for at in range(most):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(max(1, width))
        line.setPosition(QPointF(0, at * pitch))
    layout.endLayout()
    return layout


def _split(text: str, units: int) -> tuple[str, str]:
    """Cut where Qt says: it counts in UTF-16 units, Python in characters."""
    raw = text.encode("utf-16-le", "replace")
    return raw[: units * 2].decode("utf-16-le", "replace"), raw[units * 2 :].decode("utf-16-le", "replace")


def units(text: str) -> int:
    """How long Qt thinks a text is."""
    return len(text.encode("utf-16-le", "replace")) // 2
