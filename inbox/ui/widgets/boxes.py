"""Boxes: grounds, cards, dividers, heads of pages and sections, and bare rows and columns."""

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from inbox.ui.theme import current
from inbox.ui.widgets.labels import ElidedLabel, Label

Layout = TypeVar("Layout", bound=QBoxLayout)


class Pane(QFrame):
    """A ground of colour role ``ground`` with 1 px lines at ``edge`` ("top bottom left right")."""

    def __init__(self, ground: str, edge: str = "", parent: QWidget | None = None) -> None:
        """A flat box."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("ground", ground)
        if edge:
            self.setProperty("edge", edge.split())


class Card(QFrame):
    """A rounded box: ``kind`` is true (surface), sunken, raised, late, soon, ok, note or accent."""

    def __init__(self, kind: str = "true", parent: QWidget | None = None) -> None:
        """A card with a column inside, ``layout()`` ready to be filled."""
        super().__init__(parent)
        self.setProperty("card", kind)
        self.body = column(self, margins=(16, 12, 16, 12), gap=8)

    def set_kind(self, kind: str) -> None:
        """Another ground and outline."""
        self.setProperty("card", kind)
        self.style().unpolish(self)
        self.style().polish(self)


class Divider(QFrame):
    """A 1 px line across."""

    def __init__(self, parent: QWidget | None = None, *, upright: bool = False) -> None:
        """``upright`` stands between columns."""
        super().__init__(parent)
        self.setProperty("edge", ["left" if upright else "top"])
        if upright:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)


class SectionLabel(Label):
    """The small heading over a group of things."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        """Sentence case, caption size."""
        super().__init__(text, "caption_strong", "text3", parent)


class PageHead(Pane):
    """The head of a pane: title, a quieter word beside it, then whatever is added to ``tools``."""

    def __init__(
        self, title: str, beside: str = "", parent: QWidget | None = None, *, page: bool = False, inset: int = 16
    ) -> None:
        """48 high; ``page`` makes it 56 with a page title. ``inset`` is that of what stands below: both line up."""
        super().__init__("surface", "bottom", parent)
        self.setFixedHeight(current().px(56 if page else 48))
        self.title = ElidedLabel(title, "page" if page else "pane")
        self.beside = Label(beside, "base", "text3")
        self.tools = row(self, margins=(inset, 0, 12, 0), gap=8)
        self.tools.addWidget(self.title)
        self.tools.addWidget(self.beside)
        self.tools.addStretch(1)


def row(parent: QWidget | None = None, margins: tuple[int, int, int, int] = (0, 0, 0, 0), gap: int = 8) -> QHBoxLayout:
    """A row inside ``parent``; lengths at the text scale in force."""
    made = QHBoxLayout(parent) if parent is not None else QHBoxLayout()
    return _spaced(made, margins, gap)


def column(
    parent: QWidget | None = None, margins: tuple[int, int, int, int] = (0, 0, 0, 0), gap: int = 0
) -> QVBoxLayout:
    """A column inside ``parent``; lengths at the text scale in force."""
    made = QVBoxLayout(parent) if parent is not None else QVBoxLayout()
    return _spaced(made, margins, gap)


def _spaced(made: Layout, margins: tuple[int, int, int, int], gap: int) -> Layout:
    px = current().px
    made.setContentsMargins(*(px(margin) for margin in margins))
    made.setSpacing(px(gap))
    return made
