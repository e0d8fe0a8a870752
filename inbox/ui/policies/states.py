"""What fills the policies page: the policies, or why there are none to see."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from inbox.ui.theme import current
from inbox.ui.widgets import EmptyState, ErrorState, LoadingBars, PageHead, Pane, column

WIDTH = 500


class States(QStackedWidget):
    """``nothing`` and ``trouble`` have a button each."""

    def __init__(self, columns: QWidget) -> None:
        """``columns`` show the policies."""
        super().__init__()
        self._columns = columns
        self.nothing = EmptyState(
            self.tr(
                "There are no policies yet. A policy promises how soon mentions are answered, in which hours, and what "
                "happens when that is close or late. The first that fits a mention holds. Until then times are "
                "measured, and nothing has a deadline."
            ),
            self.tr("Write the first policy"),
            "clock",
        )
        self.nothing.setFixedWidth(current().px(WIDTH))
        self._loading, self.trouble = LoadingBars(96), ErrorState()
        self._empty = Pane("surface")
        box = column(self._empty)
        box.addWidget(PageHead(self.tr("Policies"), self.tr("first match holds")))
        box.addWidget(self.nothing, 1, Qt.AlignmentFlag.AlignHCenter)
        for page in (self._loading, columns, self._empty, self.trouble):
            self.addWidget(page)

    def wait(self) -> None:
        """The policies are being read."""
        self._loading.start()

    def show_policies(self, *, any_there: bool) -> None:
        """The policies, or what one is and a button that begins one."""
        self._loading.stop()
        self.setCurrentWidget(self._columns if any_there else self._empty)

    def explain(self, sentence: str) -> None:
        """They could not be read."""
        self._loading.stop()
        self.trouble.explain(sentence, self.tr("Try again"))
        self.setCurrentWidget(self.trouble)
