"""The columns of the policies screen, and what becomes of them where there is less room."""

from enum import Enum

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QSplitter

from inbox.ui.policies.editor import MARGIN, PolicyEditor
from inbox.ui.policies.listing import PoliciesView
from inbox.ui.policies.preview import PreviewPane
from inbox.ui.theme import current
from inbox.ui.widgets import Button, Divider, ElidedLabel, IconButton, Label, PageHead, Pane, column, row

LIST, LIVE, LIST_LEAST, MIDDLE_LEAST, LIVE_LEAST = 340, 364, 296, 400, 320
WIDE_FROM, TWO_FROM = 1100, 780
NARROW_TO = 480
HEAD, MOST = 34, 16777215


class Fold(Enum):
    """Three columns; two, with the preview below the editor; one after the other."""

    WIDE = 3
    TWO = 2
    ONE = 1


def fold(width: int) -> Fold:
    """For a page of ``width`` pixels at 100%."""
    return Fold.WIDE if width >= WIDE_FROM else Fold.TWO if width >= TWO_FROM else Fold.ONE


class KeysFoot(Pane):
    """What the keys do in the list; there is no other place that says so."""

    def __init__(self) -> None:
        """Under the list."""
        super().__init__("surface", "top")
        self.setFixedHeight(current().px(HEAD))
        words = self.tr("Alt ↑ ↓ moves, Ctrl D duplicates, Del deletes")
        row(self, margins=(16, 0, 12, 0)).addWidget(ElidedLabel(words, "meta", "text3"))


class Columns(QSplitter):
    """List, editor, preview. ``back`` brings the list back where there is room for one only."""

    went_back = Signal()

    def __init__(self) -> None:
        """Wide until it is arranged."""
        super().__init__()
        self.fold: Fold | None = None
        self._editing = False
        self.list = PoliciesView()
        self.editor, self.preview = PolicyEditor(), PreviewPane()
        self.add = IconButton("plus", self.tr("New policy"), key="Ctrl N")
        self.back_button = IconButton("chevron-left", self.tr("Back to the policies"), key="Alt Left")
        self.copy = IconButton("template", self.tr("Duplicate this policy"), key="Ctrl D")
        self.remove = IconButton("trash", self.tr("Delete this policy"))
        self.discard = Button(self.tr("Discard"), kind="ghost")
        self.save = Button(self.tr("Save"), kind="primary", key="Ctrl S")
        self.head = PageHead("", inset=MARGIN)
        self._below = Label(self.tr("What it would mean"), "meta_strong", "text2")
        self._line = Divider()
        self._build()

    def _build(self) -> None:
        self.left, self.middle = Pane("surface"), Pane("surface")
        box = column(self.left)
        title = PageHead(self.tr("Policies"), self.tr("first match holds"))
        title.tools.addWidget(self.add)
        box.addWidget(title)
        box.addWidget(self.list, 1)
        box.addWidget(KeysFoot())
        self.head.tools.insertWidget(0, self.back_button)
        for button in (self.copy, self.remove, self.discard, self.save):
            self.head.tools.addWidget(button)
        box = column(self.middle)
        box.addWidget(self.head)
        box.addWidget(self.editor, 1)
        self.editor.foot.addSpacing(current().px(18))
        self.editor.foot.addWidget(self._line)
        self.editor.foot.addSpacing(current().px(14))
        self.editor.foot.addWidget(self._below)
        for pane in (self.left, self.middle, self.preview):
            self.addWidget(pane)
        for at, stretch in enumerate((0, 1, 0)):
            self.setStretchFactor(at, stretch)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        self.back_button.clicked.connect(self.back)

    def arrange(self, width: int) -> None:
        """Folds for a page of ``width`` pixels."""
        px = current().px
        found = fold(round(width / current().fonts.scale))
        self.left.setMinimumWidth(px(LIST_LEAST))
        self.left.setMaximumWidth(MOST if found is Fold.ONE else px(460))
        self.middle.setMinimumWidth(0 if found is Fold.ONE else px(MIDDLE_LEAST))
        self.preview.setMinimumWidth(px(LIVE_LEAST) if found is Fold.WIDE else 0)
        if found is not self.fold:
            self.fold = found
            self._dock(docked=found is Fold.WIDE)
            listed = px(LIST if found is Fold.WIDE else LIST_LEAST)
            self.setSizes([listed, width - listed - px(LIVE), px(LIVE)])
        narrow = found is Fold.ONE and width < px(NARROW_TO)
        self.editor.set_narrow(narrow=narrow)
        for button, icon in ((self.discard, "undo"), (self.save, "check")):
            button.set_icon(icon if narrow else "")
            button.set_words(shown=not narrow)
        self._show()

    def open_editor(self) -> None:
        """From the list into the policy."""
        self._editing = True
        self._show()

    @property
    def can_go_back(self) -> bool:
        """True where the policy took the list's place."""
        return self.fold is Fold.ONE and self._editing

    @Slot()
    def back(self) -> None:
        """From the policy to the list."""
        self._editing = False
        self._show()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.went_back.emit()

    def _show(self) -> None:
        one = self.fold is Fold.ONE
        self.left.setVisible(not one or not self._editing)
        self.middle.setVisible(not one or self._editing)
        self.back_button.setVisible(one)

    def _dock(self, *, docked: bool) -> None:
        """The preview stands beside the editor, or below it."""
        for part in (self._line, self._below):
            part.setHidden(docked)
        self.preview.setVisible(docked)
        if docked:
            self.editor.foot.removeWidget(self.preview.body)
            self.preview.take()
        else:
            body = self.preview.lend()
            self.editor.foot.addWidget(body)
            body.show()
