"""The page that tries a change of the workspace on the stored history."""

from PySide6.QtWidgets import QWidget

from inbox.ui.context import Context
from inbox.ui.widgets import LoadingBars, PageHead, Pane, column


class BacktestPage(Pane):
    """Reads the workspace when it is shown, then offers what can be tried."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Grey bars until the workspace is read."""
        super().__init__("surface", "", parent)
        self._context = context
        self.head = PageHead(self.tr("Backtest"), page=True)
        self.loading = LoadingBars()
        box = column(self)
        box.addWidget(self.head)
        box.addWidget(self.loading, 1)
        self.loading.start()
