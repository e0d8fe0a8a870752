"""What fills the page of escalation policies: the policies, or why there are none to see."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from inbox.ui.ladders.words import tr
from inbox.ui.theme import current
from inbox.ui.widgets import Button, EmptyState, ErrorState, LoadingBars, PageHead, Pane, column

WIDTH = 500


class States(QStackedWidget):
    """``nothing``, ``blank`` and ``trouble`` are buttons or have one."""

    def __init__(self, columns: QWidget) -> None:
        """``columns`` show the policies."""
        super().__init__()
        self._columns = columns
        words = tr(
            "There are no escalation policies yet. A policy says who is called for help, in which order, and how long "
            "each has to answer. Until then calls go to supervisors, after 5 minutes to everybody who leads, three "
            "times in all."
        )
        self.nothing = EmptyState(words, tr("Begin with the usual one"), "siren")
        self.nothing.setFixedWidth(current().px(WIDTH))
        self.blank = Button(tr("Begin with an empty one"), kind="link")
        self._loading, self.trouble = LoadingBars(78), ErrorState()
        self._empty = Pane("surface")
        box = column(self._empty)
        box.addWidget(PageHead(tr("Escalations")))
        box.addWidget(self.nothing, 1, Qt.AlignmentFlag.AlignHCenter)
        inside = self.nothing.layout()
        if isinstance(inside, QVBoxLayout):
            inside.insertWidget(inside.count() - 1, self.blank, 0, Qt.AlignmentFlag.AlignHCenter)
        for page in (self._loading, columns, self._empty, self.trouble):
            self.addWidget(page)

    def wait(self) -> None:
        """The policies are being read."""
        self._loading.start()

    def show_ladders(self, *, any_there: bool) -> None:
        """The policies, or what one is and a button that begins one."""
        self._loading.stop()
        self.setCurrentWidget(self._columns if any_there else self._empty)

    def explain(self, sentence: str) -> None:
        """They could not be read."""
        self._loading.stop()
        self.trouble.explain(sentence, tr("Try again"))
        self.setCurrentWidget(self.trouble)
