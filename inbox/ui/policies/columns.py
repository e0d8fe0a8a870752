"""The columns of the policies screen."""

from inbox.ui.entries.folding import FoldingColumns
from inbox.ui.policies.editor import PolicyEditor
from inbox.ui.policies.listing import PoliciesView
from inbox.ui.policies.preview import PreviewPane
from inbox.ui.widgets import IconButton, PageHead


class Columns(FoldingColumns):
    """List, editor, and what the policy would mean."""

    list: PoliciesView
    editor: PolicyEditor
    preview: PreviewPane

    def __init__(self) -> None:
        """Wide until it is arranged."""
        super().__init__(
            add=self.tr("New policy"), back=self.tr("Back to the policies"), remove=self.tr("Delete this policy")
        )
        self.entries = self.list = PoliciesView()
        self.editor = PolicyEditor()
        self.lent = self.preview = PreviewPane()
        self.copy = IconButton("template", self.tr("Duplicate this policy"), key="Ctrl D")
        head = PageHead(self.tr("Policies"), self.tr("first match holds"))
        self.fill(head, self.tr("Alt ↑ ↓ moves, Ctrl D duplicates, Del deletes"), self.copy)
        self.stand_with(self.tr("What it would mean"))
