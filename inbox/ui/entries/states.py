"""What fills a page of entries: list and editor, or why there is nothing to see."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget

from inbox.ui.entries.columns import EntryColumns
from inbox.ui.theme import current
from inbox.ui.widgets import EmptyState, ErrorState, LoadingBars, PageHead, Pane, column

WIDTH = 500


class EntryStates(QStackedWidget):
    """``nothing`` and ``trouble`` have a button each."""

    def __init__(self, columns: EntryColumns, nothing: EmptyState, head: PageHead, row_height: int = 72) -> None:
        """``columns`` show the entries, ``nothing`` stands below ``head`` while there are none."""
        super().__init__()
        self.columns, self.nothing = columns, nothing
        nothing.setFixedWidth(current().px(WIDTH))
        self._loading, self.trouble = LoadingBars(row_height), ErrorState()
        self._empty = Pane("surface")
        box = column(self._empty)
        box.addWidget(head)
        box.addWidget(nothing, 1, Qt.AlignmentFlag.AlignHCenter)
        for page in (self._loading, columns, self._empty, self.trouble):
            self.addWidget(page)

    def wait(self) -> None:
        """The entries are being read."""
        self._loading.start()

    def show_entries(self, *, any_there: bool) -> None:
        """The entries, or what one is and a button that begins one."""
        self._loading.stop()
        self.setCurrentWidget(self.columns if any_there else self._empty)

    def explain(self, sentence: str) -> None:
        """They could not be read."""
        self._loading.stop()
        self.trouble.explain(sentence, self.tr("Try again"))
        self.setCurrentWidget(self.trouble)
