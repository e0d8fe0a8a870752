"""The left of the page: how many are left, the list of them, and what was done in this sitting."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from inbox.ui.context import Context
from inbox.ui.queue.bars import NewBar
from inbox.ui.theme import current
from inbox.ui.thread.plain import line
from inbox.ui.unsorted.queue import LeftList
from inbox.ui.unsorted.sitting import Entry, Sitting
from inbox.ui.widgets import Button, ElidedLabel, IconButton, IconMark, PageHead, Pane, SectionLabel, column, row
from inbox.ui.widgets.words import number

DONE_SHOWN = 6


class DoneRow(QWidget):
    """One thread that was sorted."""

    def __init__(self) -> None:
        """Filled by ``show_entry``."""
        super().__init__()
        self.setFixedHeight(current().px(28))
        self.who = ElidedLabel("", "base", "text2")
        self.what = ElidedLabel("", "base", "text2")
        box = row(self, margins=(16, 0, 16, 0), gap=8)
        box.addWidget(IconMark("check", "ok", 14))
        box.addWidget(self.who, 1)
        box.addWidget(self.what)

    def show_entry(self, entry: Entry) -> None:
        """Who, and where to."""
        self.who.setText(line(entry.row.author_name or entry.row.author_handle))
        self.what.setText(entry.what)


class Done(QWidget):
    """The last few that were sorted, and the way back."""

    undo_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Hidden until something was done."""
        super().__init__(parent)
        self.undo = Button(self.tr("Undo"), "", "quiet", "U", font="meta")
        self.undo.setAccessibleName(self.tr("Undo the last one"))
        self.undo.clicked.connect(self.undo_wanted)
        head = row(margins=(16, 12, 12, 4), gap=8)
        head.addWidget(SectionLabel(self.tr("Done in this sitting")))
        head.addStretch(1)
        head.addWidget(self.undo)
        self.rows = [DoneRow() for _ in range(DONE_SHOWN)]
        box = column(self)
        box.addLayout(head)
        for each in self.rows:
            box.addWidget(each)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_done(self, done: list[Entry]) -> None:
        """The newest first."""
        newest = done[: -DONE_SHOWN - 1 : -1]
        for at, each in enumerate(self.rows):
            each.setVisible(at < len(newest))
            if at < len(newest):
                each.show_entry(newest[at])
        self.setVisible(bool(done))


class LeftPane(Pane):
    """``walked`` carries the thread that was chosen."""

    walked = Signal(object)
    undo_wanted = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Empty."""
        super().__init__("surface", "right", parent)
        self._context = context
        self.head = PageHead(self.tr("Unsorted"))
        self.more = IconButton("more", self.tr("More"))
        self.more.clicked.connect(self._menu)
        self.head.tools.addWidget(self.more)
        self.arrived = NewBar()
        self.list = LeftList(context.now)
        self.done = Done()
        self.list.walked.connect(self.walked)
        self.done.undo_wanted.connect(self.undo_wanted)
        box = column(self, margins=(0, 0, 1, 0))
        box.addWidget(self.head)
        box.addWidget(self.arrived)
        box.addWidget(self.list)
        box.addWidget(self.done)
        box.addStretch(1)
        self.list.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_sitting(self, sitting: Sitting) -> None:
        """What is left and what was done."""
        self.head.beside.setText(self.tr("%1 left").replace("%1", number(sitting.left)) if sitting.ready else "")
        self.arrived.say(len(sitting.arrived))
        self.list.show_rows(sitting.rows, sitting.current)
        self.list.setVisible(bool(sitting.rows))
        self.done.show_done(sitting.done)

    def _menu(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        listed = menu.addAction(current().icon("list"), self.tr("Show as a list"))
        listed.triggered.connect(self._as_list)
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _as_list(self) -> None:
        self._context.go("unsorted-list")
