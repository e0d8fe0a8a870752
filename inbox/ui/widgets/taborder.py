"""The order of Tab: as one reads, whatever was built first.

Qt goes by the order of building, so that a message or a mode bar that is made anew would come last of all.
"""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLayout,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QTextEdit,
    QWidget,
)

WHOLE = (QAbstractItemView, QAbstractSpinBox, QComboBox, QTextEdit)
"""What keeps its inside to itself."""


def stops(root: QWidget) -> list[QWidget]:
    """The widgets inside ``root`` where Tab stops now, in the order in which they lie in their layouts."""
    return [each for each in _inside(root) if _takes_tab(each)]


def go_on(root: QWidget, now: QWidget | None, *, forward: bool) -> bool:
    """Moves the focus from ``now`` to the next stop; False where ``now`` is none of them."""
    found = stops(root)
    at = next((at for at, each in enumerate(found) if each is now), None)
    if at is None:
        return False
    target = found[(at + (1 if forward else -1)) % len(found)]
    target.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    around = target.parentWidget()
    while around is not None and around is not root:
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(target)
        around = around.parentWidget()
    return True


def _takes_tab(widget: QWidget) -> bool:
    if isinstance(widget, QScrollArea) and widget.verticalScrollBar().maximum() == 0:
        return False  # with nothing to scroll there is nothing to do there
    policy = widget.focusPolicy()
    return bool(policy & Qt.FocusPolicy.TabFocus) and widget.isEnabled() and widget.focusProxy() is None


def _inside(widget: QWidget) -> Iterator[QWidget]:
    for child in _children(widget):
        if child.isVisible() and not child.isWindow():
            yield child
            if not isinstance(child, WHOLE):
                yield from _inside(child)


def _children(widget: QWidget) -> list[QWidget]:
    """What stands directly in ``widget``, in order; what is in no layout comes last."""
    if isinstance(widget, QSplitter | QStackedWidget):
        return [each for at in range(widget.count()) if (each := widget.widget(at)) is not None]
    if isinstance(widget, QScrollArea):
        held = widget.widget()
        return [] if held is None else [held]
    layout = widget.layout()
    laid = [] if layout is None else list(_laid(layout))
    known = {id(each) for each in laid}
    others = widget.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return [*laid, *(each for each in others if id(each) not in known)]


def _laid(layout: QLayout) -> Iterator[QWidget]:
    for at in range(layout.count()):
        item = layout.itemAt(at)
        inner, part = (item.layout(), item.widget()) if item is not None else (None, None)
        if inner is not None:
            yield from _laid(inner)
        elif part is not None:
            yield part
