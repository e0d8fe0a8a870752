"""The page of incidents."""

from PySide6.QtWidgets import QWidget

from inbox.ui.context import Context
from inbox.ui.widgets import LoadingBars, PageHead, Pane, column


class IncidentsPage(Pane):
    """Grey bars until the first reading."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Reads nothing yet."""
        super().__init__("surface", "", parent)
        self._context = context
        box = column(self)
        self.head = PageHead(self.tr("Incidents"))
        box.addWidget(self.head)
        box.addWidget(LoadingBars(), 1)
