"""The columns of the page of escalation policies, and what becomes of them where there is less room."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QSplitter

from inbox.ui.context import Context
from inbox.ui.ladders.editor import MARGIN, LadderEditor
from inbox.ui.ladders.listing import LaddersList
from inbox.ui.ladders.preview import PreviewPane
from inbox.ui.ladders.words import tr
from inbox.ui.policies.columns import (
    LIST,
    LIST_LEAST,
    LIVE,
    LIVE_LEAST,
    MIDDLE_LEAST,
    MOST,
    NARROW_TO,
    Fold,
    KeysFoot,
    fold,
)
from inbox.ui.theme import current
from inbox.ui.widgets import Button, Divider, IconButton, Label, PageHead, Pane, column


class Columns(QSplitter):
    """List, editor, preview. ``back`` brings the list back where there is room for one only."""

    def __init__(self, context: Context) -> None:
        """Wide until it is arranged."""
        super().__init__()
        self.fold: Fold | None = None
        self._editing = False
        self.list = LaddersList()
        self.editor, self.preview = LadderEditor(), PreviewPane(context)
        self.add = IconButton("plus", tr("New escalation policy"), key="Ctrl N")
        self.back_button = IconButton("chevron-left", tr("Back to the escalation policies"), key="Alt Left")
        self.copy = IconButton("template", tr("Duplicate this policy"), key="Ctrl D")
        self.remove = IconButton("trash", tr("Delete this policy"))
        self.discard = Button(tr("Discard"), kind="ghost")
        self.save = Button(tr("Save"), kind="primary", key="Ctrl S")
        self.head = PageHead("", inset=MARGIN)
        self._below = Label(tr("Who would be called now"), "meta_strong", "text2")
        self._line = Divider()
        self._build()

    def _build(self) -> None:
        self.left, self.middle = Pane("surface"), Pane("surface")
        box = column(self.left)
        self._title = PageHead(tr("Escalations"), tr("the first is the usual one"))
        self._title.tools.addWidget(self.add)
        for part in (self._title, self.list, KeysFoot()):
            box.addWidget(part)
        self.head.tools.insertWidget(0, self.back_button)
        for button in (self.copy, self.remove, self.discard, self.save):
            self.head.tools.addWidget(button)
        box = column(self.middle)
        box.addWidget(self.head)
        box.addWidget(self.editor, 1)
        foot = self.editor.foot
        foot.addSpacing(current().px(18))
        foot.addWidget(self._line)
        foot.addSpacing(current().px(14))
        foot.addWidget(self._below)
        foot.addSpacing(current().px(6))
        for at, pane in enumerate((self.left, self.middle, self.preview)):
            self.addWidget(pane)
            self.setStretchFactor(at, at % 2)
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
        self._title.beside.setVisible(found is not Fold.TWO)
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
