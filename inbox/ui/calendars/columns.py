"""List and editor beside each other, or one after the other where there is less room."""

from typing import Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QSplitter

from inbox.ui.calendars.editor import MARGIN, CalendarEditor
from inbox.ui.calendars.listing import CalendarsView
from inbox.ui.context import Context
from inbox.ui.theme import current
from inbox.ui.widgets import Button, ElidedLabel, IconButton, PageHead, Pane, column, row

LIST: Final = 264
LEAST: Final = 220
BOTH_FROM: Final = 760
HEAD: Final = 34
NARROW: Final = 460
_NO_LIMIT: Final = 16777215


class KeysFoot(Pane):
    """What the keys do in the list; there is no other place that says so."""

    def __init__(self) -> None:
        """Under the list."""
        super().__init__("surface", "top")
        self.setFixedHeight(current().px(HEAD))
        words = self.tr("Enter edits, Del removes, Ctrl N adds")
        row(self, margins=(16, 0, 12, 0)).addWidget(ElidedLabel(words, "meta", "text3"))


class Columns(QSplitter):
    """``back`` brings the list back where there is room for one only."""

    def __init__(self, context: Context) -> None:
        """Both until it is arranged."""
        super().__init__()
        self.both: bool | None = None
        self._editing = False
        self.list, self.editor = CalendarsView(), CalendarEditor(context)
        self.add = IconButton("plus", self.tr("New calendar"), key="Ctrl N")
        self.back_button = IconButton("chevron-left", self.tr("Back to the calendars"), key="Alt Left")
        self.duplicate = Button(self.tr("Duplicate"), "template", "ghost", "Ctrl D")
        self.remove = IconButton("trash", self.tr("Remove this calendar"))
        self.discard = Button(self.tr("Discard"), kind="ghost")
        self.save = Button(self.tr("Save"), kind="primary", key="Ctrl S")
        self.head = PageHead("", inset=MARGIN)
        self.left, self.right = Pane("surface"), Pane("surface")
        box = column(self.left)
        title = PageHead(self.tr("Calendars"))
        title.tools.addWidget(self.add)
        for part in (title, self.list, KeysFoot()):
            box.addWidget(part)
        self.head.tools.insertWidget(0, self.back_button)
        for button in (self.duplicate, self.remove, self.discard, self.save):
            self.head.tools.addWidget(button)
        box = column(self.right)
        box.addWidget(self.head)
        box.addWidget(self.editor, 1)
        for at, pane in enumerate((self.left, self.right)):
            self.addWidget(pane)
            self.setStretchFactor(at, at)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        self.back_button.clicked.connect(self.back)

    def arrange(self, width: int) -> None:
        """Folds for a page of ``width`` pixels."""
        px = current().px
        both = round(width / current().fonts.scale) >= BOTH_FROM
        self.left.setMinimumWidth(px(LEAST))
        self.left.setMaximumWidth(px(400) if both else _NO_LIMIT)
        self.duplicate.key = "Ctrl D" if width >= px(1000) else ""
        self.duplicate.set_words(shown=width >= px(NARROW))
        self.save.key = "Ctrl S" if width >= px(NARROW) else ""
        for button in (self.duplicate, self.save):
            button.updateGeometry()
        if both is not self.both:
            self.both = both
            self.setSizes([px(LIST), width - px(LIST)])
        self._show()

    def open_editor(self) -> None:
        """From the list into the calendar."""
        self._editing = True
        self._show()

    @property
    def can_go_back(self) -> bool:
        """True where the calendar took the list's place."""
        return self.both is False and self._editing

    @Slot()
    def back(self) -> None:
        """From the calendar to the list."""
        self._editing = False
        self._show()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        one = self.both is False
        self.left.setVisible(not one or not self._editing)
        self.right.setVisible(not one or self._editing)
        self.back_button.setVisible(one)
