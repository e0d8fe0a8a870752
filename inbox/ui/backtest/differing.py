"""The threads that would differ: who wrote what, from where to where, and why. Enter opens one."""

from PySide6.QtWidgets import QWidget

from inbox.ui.backtest.outcome import Differing
from inbox.ui.widgets.rowlist import Row, RowList

SHOWN_ROWS = 6


class DifferingList(RowList):
    """``opened`` carries the thread's number."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until a run is done."""
        super().__init__("", lines=2, parent=parent)
        self.setAccessibleName(self.tr("Threads that would differ"))

    def show_threads(self, threads: tuple[Differing, ...]) -> None:
        """Other threads; as high as a few of them."""
        self.show_rows([self._row(each) for each in threads])
        self.setFixedHeight(self.row_height * min(SHOWN_ROWS, len(threads)))

    def _row(self, each: Differing) -> Row:
        way = self.tr("%1 to %2").replace("%1", each.before).replace("%2", each.after)
        return Row(each.thread, each.author, (each.text, each.why), tag=(way, "soon", "move"))
