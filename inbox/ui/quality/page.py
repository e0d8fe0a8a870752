"""The page that says how often the routing was right."""

from PySide6.QtWidgets import QWidget

from inbox.ui.context import Context
from inbox.ui.widgets import EmptyState, PageHead, Pane, column


class QualityPage(Pane):
    """Accuracy from corrections, by area and by step."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Empty until the first reading."""
        super().__init__("surface", "", parent)
        self._context = context
        box = column(self)
        self.head = PageHead(self.tr("Routing quality"), page=True)
        words = self.tr("Nothing was placed yet. Figures come once the routing has placed threads.")
        self.empty = EmptyState(words, icon="chart")
        box.addWidget(self.head)
        box.addWidget(self.empty, 1)
