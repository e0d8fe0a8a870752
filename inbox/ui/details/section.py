"""What every section of the panel is made of."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from inbox.ui.theme import current
from inbox.ui.thread.steady import BAR
from inbox.ui.widgets import Label, Pane, column, row

KEY_WIDTH = 100


class Section(Pane):
    """A heading with something beside it, and a body that is filled anew."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        """Pads 16, a line below."""
        super().__init__("sunken", "bottom", parent)
        box = column(self, gap=6)
        self.head = row(gap=8)
        self.head.addWidget(Label(title, "meta_strong", "text2"))
        self.head.addStretch(1)
        box.addLayout(self.head)
        self._holder = box
        self._body: QWidget | None = None
        self._lead()

    def changeEvent(self, event: QEvent) -> None:
        """The scroll bar's room changes side with the direction."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LayoutDirectionChange:
            self._lead()

    def _lead(self) -> None:
        wide, less = current().px(16), current().px(16 - BAR)
        mirror = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left, right = (less, wide) if mirror else (wide, less)
        self._holder.setContentsMargins(left, current().px(12), right, current().px(12))

    def fill(self, body: QWidget) -> None:
        """Replaces the body."""
        if self._body is not None:
            self._holder.removeWidget(self._body)
            self._body.hide()
            self._body.deleteLater()
        self._body = body
        self._holder.addWidget(body)


def pairs(owner: QWidget) -> QGridLayout:
    """A grid of names and values."""
    px = current().px
    grid = QGridLayout(owner)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(px(4))
    grid.setVerticalSpacing(px(4))
    grid.setColumnMinimumWidth(0, px(KEY_WIDTH - 4))
    grid.setColumnStretch(1, 1)
    return grid
