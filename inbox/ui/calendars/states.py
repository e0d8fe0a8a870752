"""What fills the calendars' page: the calendars, or why there are none to see."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from inbox.ui.theme import current
from inbox.ui.widgets import EmptyState, ErrorState, LoadingBars, PageHead, Pane, column

WIDTH = 500


class States(QStackedWidget):
    """``nothing`` and ``trouble`` have a button each."""

    def __init__(self, columns: QWidget) -> None:
        """``columns`` show the calendars."""
        super().__init__()
        self._columns = columns
        self.nothing = EmptyState(
            self.tr(
                "There are no calendars yet. A calendar says when you answer: opening hours, holidays, closed and "
                "open dates. Answer times count only while it is open."
            ),
            self.tr("Make the first calendar"),
            "clock",
        )
        self.nothing.setFixedWidth(current().px(WIDTH))
        self._loading, self.trouble = LoadingBars(), ErrorState()
        self._empty = Pane("surface")
        box = column(self._empty)
        box.addWidget(PageHead(self.tr("Calendars")))
        box.addWidget(self.nothing, 1, Qt.AlignmentFlag.AlignHCenter)
        for page in (self._loading, columns, self._empty, self.trouble):
            self.addWidget(page)

    def wait(self) -> None:
        """The calendars are being read."""
        self._loading.start()

    def show_calendars(self, *, any_there: bool) -> None:
        """The calendars, or what a calendar is and a button that makes one."""
        self._loading.stop()
        self.setCurrentWidget(self._columns if any_there else self._empty)

    def explain(self, sentence: str) -> None:
        """They could not be read."""
        self._loading.stop()
        self.trouble.explain(sentence, self.tr("Try again"))
        self.setCurrentWidget(self.trouble)
