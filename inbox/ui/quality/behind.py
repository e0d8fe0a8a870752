"""The threads behind a figure, in a pane at the side."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from inbox.model.ids import ThreadId
from inbox.model.thread import ThreadRow
from inbox.ui.context import Context
from inbox.ui.unsorted.queue import LeftList
from inbox.ui.widgets import EmptyState, IconButton, PageHead, Pane, column
from inbox.ui.widgets.words import number

if TYPE_CHECKING:
    from inbox.store.engine import Session


class BehindPane(Pane):
    """Hidden until a figure is asked about. Enter or a click opens a thread, Escape puts the pane away. ``turned``
    says that it came or went.
    """

    turned = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Empty."""
        super().__init__("surface", "left", parent)
        self._context = context
        self._title = ""
        self.head = PageHead("")
        self.close_button = IconButton("close", self.tr("Hide the threads"), key="Esc")
        self.close_button.clicked.connect(self.put_away)
        self.head.tools.addWidget(self.close_button)
        self.list = LeftList(context.now)
        self.list.setAccessibleName(self.tr("Threads behind the figure"))
        self.list.clicked.connect(self._open)
        self.empty = EmptyState(self.tr("There is no thread behind this figure."), icon="check")
        box = column(self, margins=(1, 0, 0, 0))
        for part in (self.head, self.empty):
            box.addWidget(part)
        box.addWidget(self.list, 1)
        self.hide()

    def ask(self, title: str, ids: Sequence[ThreadId]) -> None:
        """Reads and shows some threads."""
        wanted = tuple(ids)
        self._title = title

        def work(session: "Session") -> tuple[ThreadRow, ...]:
            from inbox.flow import quality

            return quality.rows(session, wanted)

        self._context.lanes.read(work, self._show, key=(id(self), "behind"))

    def put_away(self) -> None:
        """Goes."""
        self.hide()
        self.turned.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Escape goes."""
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open(self.list.currentIndex())
        else:
            super().keyPressEvent(event)

    def _show(self, rows: tuple[ThreadRow, ...]) -> None:
        self.head.title.setText(self._title)
        self.head.beside.setText(number(len(rows)) if rows else "")
        self.list.show_rows(rows, rows[0].id if rows else None)
        self.list.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        self.show()
        self.turned.emit()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self._context.open_thread(self.list.rows.rows[index.row()].id)
