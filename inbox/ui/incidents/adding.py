"""Puts threads into an incident by hand: looked for by what they say, checked, and put in together."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from inbox.model.ids import IncidentId
from inbox.ui.context import Context
from inbox.ui.incidents.threadart import ThreadsHead
from inbox.ui.incidents.threadrows import ThreadsList
from inbox.ui.theme import current
from inbox.ui.widgets import Button, Dialog, EmptyState, Label, LineEdit, column, row
from inbox.ui.widgets.words import counted

if TYPE_CHECKING:
    from inbox.model.thread import ThreadRow
    from inbox.store.engine import Store

PAUSE_MS, MOST, WIDTH, HEIGHT = 250, 50, 760, 480


class AddDialog(Dialog):
    """``chosen`` carries the threads that are to be put in."""

    chosen = Signal(object)

    def __init__(self, context: Context, incident: IncidentId, parent: QWidget) -> None:
        """Lists the newest threads that are not in it."""
        super().__init__(parent)
        self._context, self._incident = context, incident
        self.setWindowTitle(self.tr("Add threads by hand"))
        self.field = LineEdit(self.tr("Words, an author, or a thread's number"), self.tr("Search threads"))
        self.list = ThreadsList(context.now)
        self.list.threads.check_all(on=False)
        self.names = ThreadsHead(self.list.threads, self.list, whole=False)
        self.empty = EmptyState("", icon="search")
        self.add = self.default = Button(self.tr("Add"), "plus", "primary", tall=True)
        self.cancel = Button(self.tr("Cancel"), "", "ghost", tall=True)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PAUSE_MS)
        self._build(parent.size())
        self._soon.timeout.connect(self.look)
        self.field.textChanged.connect(self._soon.start)
        self.list.threads.checks_changed.connect(self._say)
        self.list.opened.connect(self._take_one)
        self.add.clicked.connect(self._take)
        self.cancel.clicked.connect(self.reject)
        self.field.setFocus()
        self._say()
        self.look()

    def _build(self, within: QSize) -> None:
        px = current().px
        self.resize(min(px(WIDTH), within.width() - px(48)), min(px(HEIGHT), within.height() - px(48)))
        self.stack = QStackedWidget()
        found = QWidget()
        beside = column(found, gap=0)
        beside.addWidget(self.names)
        beside.addWidget(self.list, 1)
        self.stack.addWidget(found)
        self.stack.addWidget(self.empty)
        feet = row(margins=(16, 12, 16, 12), gap=8)
        feet.addWidget(Label(self.tr("Space checks a thread."), "meta", "text3"))
        feet.addStretch(1)
        feet.addWidget(self.cancel)
        feet.addWidget(self.add)
        head = column(margins=(16, 16, 16, 8), gap=8)
        head.addWidget(Label(self.tr("Add threads by hand"), "pane"))
        head.addWidget(self.field)
        box = column(self, gap=0)
        box.addLayout(head)
        box.addWidget(self.stack, 1)
        box.addLayout(feet)

    @Slot()
    def look(self) -> None:
        """Reads what matches and is not in it yet; without words the newest."""
        words, incident, store = self.field.text().strip(), self._incident, self._context.store
        if store is None:
            return

        def work() -> "list[ThreadRow]":
            return _found(store, incident, words)

        def show(rows: "list[ThreadRow]") -> None:
            if words == self.field.text().strip():
                self._show(rows)

        self._context.lanes.run(work, show, self._refused, key="add to incident")

    def _show(self, rows: "list[ThreadRow]") -> None:
        listed = {each.id for each in rows}
        kept = [each for each in self.list.threads.rows if each.id in self.list.threads.excepted - listed]
        self.list.show_rows([*kept, *rows], {}, len(kept) + len(rows))
        self.stack.setCurrentIndex(0 if kept or rows else 1)
        self.empty.say(self.tr("No other thread matches."), icon="search")

    def _refused(self, error: Exception) -> None:
        self.list.show_rows([], {}, 0)
        self.stack.setCurrentIndex(1)
        self.empty.say(str(error), icon="search")

    @Slot()
    def _say(self) -> None:
        n = self.list.threads.checked
        self.add.setEnabled(n > 0)
        self.add.setText(counted("Add %n thread(s)", n, "incidents") if n else self.tr("Add"))
        self.add.setAccessibleName(self.add.text())
        self.add.updateGeometry()

    @Slot(object)
    def _take_one(self, thread: object) -> None:
        """Enter or a double click on one puts it in, with those that are checked."""
        self.list.threads.check([thread], on=True)  # type: ignore[list-item]  # the list's own signal
        self._take()

    @Slot()
    def _take(self) -> None:
        if self.list.threads.excepted:
            self.chosen.emit(sorted(self.list.threads.excepted))
            self.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down goes from the field into the list; Enter in the field looks at once."""
        if event.key() == Qt.Key.Key_Down and self.field.hasFocus():
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.field.hasFocus():
            self.look()
        else:
            super().keyPressEvent(event)


def _found(store: "Store", incident: IncidentId, words: str) -> "list[ThreadRow]":
    from inbox.flow import search
    from inbox.model.ids import ThreadId
    from inbox.model.view import Order, ThreadFilter
    from inbox.store import incidents, threads, views

    if words:
        rows = [each.row for each in search.find(store, words, limit=MOST * 2).matches]
    with store.read() as s:
        if not words:
            rows = list(views.page(s, ThreadFilter(), Order.NEWEST, limit=MOST * 2).rows)
        elif words.lstrip("#").isdigit():
            rows = [*threads.rows(s, [ThreadId(int(words.lstrip("#")))]), *rows]
        inside = set(incidents.threads(s, incident))
    return [each for each in rows if each.id not in inside][:MOST]
