"""What fills the rules page: the rules, or why there are none to see."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from inbox.ui.theme import current
from inbox.ui.widgets import EmptyState, ErrorState, LoadingBars, PageHead, Pane, column

WIDTH = 500


class States(QStackedWidget):
    """``nothing`` and ``trouble`` have a button each."""

    def __init__(self, columns: QWidget) -> None:
        """``columns`` show the rules."""
        super().__init__()
        self._columns = columns
        self.nothing = EmptyState(
            self.tr(
                "There are no rules yet. A rule looks at each new mention and decides its area, its priority or its "
                "tags. The first rule that matches wins."
            ),
            self.tr("Write the first rule"),
            "rule",
        )
        self.nothing.setFixedWidth(current().px(WIDTH))
        self._loading, self.trouble = LoadingBars(52), ErrorState()
        self._empty = Pane("surface")
        box = column(self._empty)
        box.addWidget(PageHead(self.tr("Rules"), self.tr("first match wins")))
        box.addWidget(self.nothing, 1, Qt.AlignmentFlag.AlignHCenter)
        for page in (self._loading, columns, self._empty, self.trouble):
            self.addWidget(page)

    def wait(self) -> None:
        """The rules are being read."""
        self._loading.start()

    def show_rules(self, *, any_there: bool) -> None:
        """The rules, or what a rule is and a button that begins one."""
        self._loading.stop()
        self.setCurrentWidget(self._columns if any_there else self._empty)

    def explain(self, sentence: str) -> None:
        """They could not be read."""
        self._loading.stop()
        self.trouble.explain(sentence, self.tr("Try again"))
        self.setCurrentWidget(self.trouble)
