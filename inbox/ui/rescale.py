"""Takes what was built at one text size to another: fixed sizes, margins and gaps, without building it anew.

Fonts and painted things follow the theme by themselves; what was asked of Qt once in pixels does not.
"""

from collections.abc import Callable

from PySide6.QtWidgets import QAbstractItemView, QGridLayout, QLayout, QSpacerItem, QTextEdit, QWidget

LINE = 3
"""Lengths up to here are lines, which stay as thin as they are."""
NO_END = 16_777_215
"""What Qt says of a size without an end."""


def rescale(root: QWidget, before: float, after: float) -> None:
    """Everything inside ``root``, from the text scale ``before`` to ``after``; ``root`` itself keeps its size."""

    def new(length: int) -> int:
        return length if length <= LINE or length >= NO_END else round(round(length / before) * after)

    for widget in root.findChildren(QWidget):
        # Lists and texts measure themselves.
        if not isinstance(widget, QAbstractItemView | QTextEdit):
            _sizes(widget, new)
        layout = widget.layout()
        if layout is not None:
            _spaces(layout, new)


def _sizes(widget: QWidget, new: Callable[[int], int]) -> None:
    """What the style sheet asked for is its own affair."""
    least, most = widget.minimumSize(), widget.maximumSize()
    width, height = (bool(widget.property(f"_q_stylesheet_min{side}")) for side in "wh")
    if not width:
        widget.setMinimumWidth(new(least.width()))
        widget.setMaximumWidth(new(most.width()))
    if not height:
        widget.setMinimumHeight(new(least.height()))
        widget.setMaximumHeight(new(most.height()))
    held = widget.contentsMargins()
    if not held.isNull():
        widget.setContentsMargins(*(new(side) for side in (held.left(), held.top(), held.right(), held.bottom())))


def _spaces(layout: QLayout, new: Callable[[int], int]) -> None:
    held = layout.contentsMargins()
    layout.setContentsMargins(*(new(side) for side in (held.left(), held.top(), held.right(), held.bottom())))
    if isinstance(layout, QGridLayout):
        layout.setHorizontalSpacing(new(layout.horizontalSpacing()))
        layout.setVerticalSpacing(new(layout.verticalSpacing()))
        for at in range(layout.columnCount()):
            layout.setColumnMinimumWidth(at, new(layout.columnMinimumWidth(at)))
    elif layout.spacing() > 0:
        layout.setSpacing(new(layout.spacing()))
    for at in range(layout.count()):
        item = layout.itemAt(at)
        inner, gap = (item.layout(), item.spacerItem()) if item is not None else (None, None)
        if inner is not None:
            _spaces(inner, new)
        elif gap is not None:
            _gap(gap, new)


def _gap(gap: QSpacerItem, new: Callable[[int], int]) -> None:
    size, policy = gap.sizeHint(), gap.sizePolicy()
    gap.changeSize(new(size.width()), new(size.height()), policy.horizontalPolicy(), policy.verticalPolicy())
