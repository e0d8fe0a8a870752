"""The tasks of an incident's playbook: what is done, by whom what is to be done, and when it is due."""

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QFrame, QMenu, QScrollArea, QWidget

from inbox.model.incident import OPEN_STATES, Task
from inbox.ui.theme import current
from inbox.ui.thread.times import since_words
from inbox.ui.widgets import Card, Disc, IconButton, IconMark, Label, LineEdit, column, isolate, row
from inbox.ui.widgets.deadline import span

if TYPE_CHECKING:
    from collections.abc import Callable

    from inbox.flow.hot.room import Room

HIGHEST = 290


class TaskRow(QWidget):
    """A box to tick, the task, when it is due or was done, and who has it. ``asked`` carries what is to be done with
    it: tick, untick, assign or remove.
    """

    asked = Signal(str)

    def __init__(
        self, task: Task, who: tuple[str, str], now: datetime, *, may: bool, parent: QWidget | None = None
    ) -> None:
        """``who``: initials and name of whoever has it; ``may``: it can be changed, as the incident is open."""
        super().__init__(parent)
        self.task = task
        late = may and task.done_at is None and task.due_at is not None and task.due_at < now
        self.box = QCheckBox()
        self.box.setChecked(task.done_at is not None)
        self.box.setEnabled(may)
        self.words = Label(isolate(task.title), "base", "text2" if task.done_at else "text", wrap=True)
        self.when = Label(self._when(now, may=may), "meta", "late" if late else "text3")
        self.more = IconButton("more", self.tr("More to do with “%1”").replace("%1", task.title))
        self.more.setVisible(may)
        across = row(self, margins=(0, 3, 0, 3), gap=8)
        across.addWidget(self.box, 0, Qt.AlignmentFlag.AlignVCenter)
        below = row(gap=4)
        if late:
            below.addWidget(IconMark("triangle", "late", 14))
        below.addWidget(self.when, 1)
        below.addWidget(Disc(who[0], task.assignee or "", 18))
        beside = column(gap=0)
        beside.addWidget(self.words)
        beside.addLayout(below)
        across.addLayout(beside, 1)
        across.addWidget(self.more)
        whose = who[1] or self.tr("nobody has it")
        self.box.setAccessibleName(f"{task.title}, {self.when.text()}, {whose}")
        self.box.clicked.connect(self._ticked)
        self.more.clicked.connect(self.open_menu)

    def _when(self, now: datetime, *, may: bool) -> str:
        if self.task.done_at is not None:
            return self.tr("done %1").replace("%1", since_words(self.task.done_at, now))
        if not may:
            return self.tr("not done")
        if self.task.due_at is None:
            return ""
        if self.task.due_at < now:
            return self.tr("%1 late").replace("%1", span(now - self.task.due_at))
        return self.tr("due %1").replace("%1", since_words(self.task.due_at, now))

    @Slot()
    def _ticked(self) -> None:
        self.asked.emit("untick" if self.task.done_at is not None else "tick")

    @Slot()
    def open_menu(self) -> None:
        """Give it to somebody, or take it off the list."""
        menu = QMenu(self)
        for name, words in (("assign", self.tr("Give to...")), ("remove", self.tr("Remove"))):
            menu.addAction(words).triggered.connect(partial(self.asked.emit, name))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height())))


class TasksCard(Card):
    """``asked`` carries what is to be done with which task, ``added`` the words of a new one. ``any`` says whether
    there is something to show.
    """

    asked = Signal(str, object)
    added = Signal(str)

    def __init__(self, initials: "Callable[[str], str]", parent: QWidget | None = None) -> None:
        """Empty until ``show_room``."""
        super().__init__("true", parent)
        self._initials = initials
        self._shown: tuple[object, ...] = ()
        self.any = False
        self.rows: list[TaskRow] = []
        self.count = Label("", "meta", "text3")
        head = row(gap=8)
        head.addWidget(Label(self.tr("Tasks"), "name"), 1)
        head.addWidget(self.count)
        self.body.addLayout(head)
        held = QWidget()
        held.setProperty("ground", "surface")
        rows = column(held, gap=0)
        self._list = column(gap=0)
        rows.addLayout(self._list)
        rows.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidget(held)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.body.addWidget(self._scroll, 1)
        self.field = LineEdit(self.tr("Add a task"), self.tr("Add a task"))
        self.body.addWidget(self.field)
        self.field.returnPressed.connect(self._add)

    def show_room(self, room: "Room", now: datetime) -> None:
        """Other tasks, or the same as they are now."""
        may = room.incident.state in OPEN_STATES
        self.any = may or bool(room.tasks)
        self.field.setVisible(may)
        done = sum(each.done_at is not None for each in room.tasks)
        said = self.tr("%1 of %2 done").replace("%1", str(done)).replace("%2", str(len(room.tasks)))
        self.count.setText(said if room.tasks else "")
        minute = now.replace(second=0, microsecond=0)
        if (room.tasks, may, minute) != self._shown:
            self._shown = (room.tasks, may, minute)
            self._fill(room, now, may=may)

    def _fill(self, room: "Room", now: datetime, *, may: bool) -> None:
        focused = next((each.task.id for each in self.rows if each.box.hasFocus()), None)
        for each in self.rows:
            self._list.removeWidget(each)
            each.deleteLater()
        whose = [each.assignee or "" for each in room.tasks]
        self.rows = [
            TaskRow(each, (self._initials(name), room.names.get(name, name)), now, may=may)
            for each, name in zip(room.tasks, whose, strict=True)
        ]
        for made in self.rows:
            made.asked.connect(partial(self._pass_on, made.task))
            self._list.addWidget(made)
            # The card is fitted to its rows before Qt would show them by itself.
            made.show()
            if made.task.id == focused:
                made.box.setFocus()

    def fit(self, *, alone: bool) -> None:
        """As high as the tasks, up to a limit; ``alone`` in its column it takes all there is."""
        if alone:
            self._scroll.setMinimumHeight(0)
            self._scroll.setMaximumHeight(16_777_215)
            return
        wanted = self._list.heightForWidth(max(1, self._scroll.width() or self.width()))
        self._scroll.setFixedHeight(min(max(wanted, 1), current().px(HIGHEST)))

    def _pass_on(self, task: Task, name: str) -> None:
        self.asked.emit(name, task)

    @Slot()
    def _add(self) -> None:
        words = " ".join(self.field.text().split())
        if words:
            self.field.clear()
            self.added.emit(words)
