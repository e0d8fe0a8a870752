"""The columns of the page of escalation policies."""

from inbox.ui.context import Context
from inbox.ui.entries.columns import Fold
from inbox.ui.entries.folding import FoldingColumns
from inbox.ui.ladders.editor import LadderEditor
from inbox.ui.ladders.listing import LaddersList
from inbox.ui.ladders.preview import PreviewPane
from inbox.ui.ladders.words import tr
from inbox.ui.widgets import Button, IconButton, PageHead


class Columns(FoldingColumns):
    """List, editor, and who would be called now."""

    list: LaddersList
    editor: LadderEditor
    preview: PreviewPane

    def __init__(self, context: Context) -> None:
        """Wide until it is arranged."""
        super().__init__(
            add=tr("New escalation policy"),
            back=tr("Back to the escalation policies"),
            remove=tr("Delete this policy"),
        )
        self.entries = self.list = LaddersList()
        self.editor = LadderEditor()
        self.lent = self.preview = PreviewPane(context)
        self.copy = IconButton("template", tr("Duplicate this policy"), key="Ctrl D")
        self.blank = Button(tr("Begin with an empty one"), kind="link")
        self._title = PageHead(tr("Escalations"), tr("the first is the usual one"))
        self.fill(self._title, tr("Alt ↑ ↓ moves, Ctrl D duplicates, Del deletes"), self.copy)
        self.stand_with(tr("Who would be called now"), gap=6)

    def arrange(self, width: int) -> None:
        """Where list and editor share the room, the title has no word beside it."""
        super().arrange(width)
        self._title.beside.setVisible(self.fold is not Fold.TWO)
