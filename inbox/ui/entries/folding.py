"""Three columns: list, editor, and a preview that stands below the editor where there is less room."""

from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from inbox.ui.entries.columns import MOST, EntryColumns, Fold
from inbox.ui.entries.editing import EntryEditor
from inbox.ui.theme import current
from inbox.ui.widgets import Divider, Label, Pane, column

LIST, LIVE, LIST_LEAST, MIDDLE_LEAST, LIVE_LEAST = 340, 364, 296, 400, 320
WIDE_FROM, TWO_FROM = 1100, 780
NARROW_TO = 480


def fold(width: int) -> Fold:
    """For a page of ``width`` pixels at 100%."""
    return Fold.WIDE if width >= WIDE_FROM else Fold.TWO if width >= TWO_FROM else Fold.ONE


class Lent(Protocol):
    """A pane whose ``body`` can stand elsewhere."""

    @property
    def body(self) -> QWidget:
        """What is lent."""

    def lend(self) -> QWidget:
        """The body, to stand elsewhere."""

    def take(self) -> None:
        """The body stands here."""


class FootedEditor(EntryEditor):
    """``left`` names a field that was left; at the ``foot`` is room for a preview."""

    left = Signal(str)

    def __init__(self, name: str) -> None:
        """``name`` is what a screen reader calls the area."""
        super().__init__(name)
        self.foot: QVBoxLayout = column()

    def set_narrow(self, *, narrow: bool) -> None:
        """For little room or large letters."""
        raise NotImplementedError


class FoldingColumns(EntryColumns):
    """The preview is lent to the foot of the editor where only two columns have room, or one."""

    editor: FootedEditor
    preview: Pane
    lent: Lent

    def stand_with(self, below: str, gap: int = 0) -> None:
        """Everything in its place; ``below`` heads the preview where it stands below the editor, a ``gap`` away."""
        self._below = Label(below, "meta_strong", "text2")
        self._line = Divider()
        foot, px = self.editor.foot, current().px
        foot.addSpacing(px(18))
        foot.addWidget(self._line)
        foot.addSpacing(px(14))
        foot.addWidget(self._below)
        foot.addSpacing(px(gap))
        self.stand(self.editor, beside=self.preview)

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
        self.show_side()

    def _dock(self, *, docked: bool) -> None:
        """The preview stands beside the editor, or below it."""
        for part in (self._line, self._below):
            part.setHidden(docked)
        self.preview.setVisible(docked)
        if docked:
            self.editor.foot.removeWidget(self.lent.body)
            self.lent.take()
        else:
            body = self.lent.lend()
            self.editor.foot.addWidget(body)
            body.show()
