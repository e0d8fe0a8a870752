"""List and editor beside each other, or one after the other where there is less room."""

from enum import Enum
from typing import Protocol

from PySide6.QtCore import Qt, SignalInstance, Slot
from PySide6.QtWidgets import QListView, QSplitter, QWidget

from inbox.ui.entries.editing import MARGIN, EntryEditor
from inbox.ui.theme import current
from inbox.ui.widgets import Button, ElidedLabel, IconButton, PageHead, Pane, column, row

FOOT = 34
MOST = 16777215
"""Any width, as Qt says it."""


class EntryList(Protocol):
    """A list whose signals carry the key of an entry."""

    @property
    def chosen(self) -> SignalInstance:
        """Another is current."""

    @property
    def opened(self) -> SignalInstance:
        """It is to be edited."""

    @property
    def removed(self) -> SignalInstance:
        """It is to go."""

    def select(self, key: str) -> None:
        """Makes an entry current without telling."""


class KeysFoot(Pane):
    """What the keys do in the list; there is no other place that says so."""

    def __init__(self, words: str) -> None:
        """Under the list."""
        super().__init__("surface", "top")
        self.setFixedHeight(current().px(FOOT))
        row(self, margins=(16, 0, 12, 0)).addWidget(ElidedLabel(words, "meta", "text3"))


class Fold(Enum):
    """Three columns; two, with the third below the editor or behind a tab; one after the other."""

    WIDE = 3
    TWO = 2
    ONE = 1


class EntryColumns(QSplitter):
    """``back`` brings the list back where there is room for one only. ``list`` and ``entries`` are the same list."""

    list: QListView
    entries: EntryList
    editor: EntryEditor

    def __init__(self, *, add: str, back: str, remove: str) -> None:
        """What the buttons are called. Wide until it is arranged."""
        super().__init__()
        self.fold: Fold | None = None
        self._editing = False
        self.add = IconButton("plus", add, key="Ctrl N")
        self.back_button = IconButton("chevron-left", back, key="Alt Left")
        self.remove = IconButton("trash", remove)
        self.discard = Button(self.tr("Discard"), kind="ghost")
        self.save = Button(self.tr("Save"), kind="primary", key="Ctrl S")
        self.head = PageHead("", inset=MARGIN)
        self.left, self.middle = Pane("surface"), Pane("surface")
        self.setHandleWidth(1)
        self.back_button.clicked.connect(self.back)

    def fill(self, head: PageHead, keys: str, copy: QWidget | None = None, over: QWidget | None = None) -> None:
        """The list below its ``head`` and what stands ``over`` it, ``keys`` below it; ``copy`` is a button more."""
        box = column(self.left)
        head.tools.addWidget(self.add)
        box.addWidget(head)
        if over is not None:
            box.addWidget(over)
        box.addWidget(self.list, 1)
        box.addWidget(KeysFoot(keys))
        self.head.tools.insertWidget(0, self.back_button)
        for button in (copy, self.remove, self.discard, self.save):
            if button is not None:
                self.head.tools.addWidget(button)

    def stand(self, *parts: QWidget, beside: QWidget | None = None) -> None:
        """``parts`` under the head of the entry, the last with all the room that list and pane ``beside`` leave."""
        box = column(self.middle)
        for part in (self.head, *parts):
            box.addWidget(part, int(part is parts[-1]))
        for at, pane in enumerate((self.left, self.middle, beside)):
            if pane is not None:
                self.addWidget(pane)
                self.setStretchFactor(at, at % 2)
        self.setChildrenCollapsible(False)

    @property
    def one(self) -> bool:
        """Whether there is room for one only."""
        return self.fold is Fold.ONE

    def arrange(self, width: int) -> None:
        """Lets columns come and go for a page of ``width`` pixels."""
        raise NotImplementedError

    def open_editor(self) -> None:
        """From the list into the entry."""
        self._editing = True
        self.show_side()

    @property
    def can_go_back(self) -> bool:
        """True where the entry took the list's place."""
        return self.one and self._editing

    @Slot()
    def back(self) -> None:
        """From the entry to the list."""
        self._editing = False
        self.show_side()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_side(self) -> None:
        """The list, the entry, or both."""
        self.left.setVisible(not self.one or not self._editing)
        self.middle.setVisible(not self.one or self._editing)
        self.back_button.setVisible(self.one)
