"""The room of an incident: what was seen, the threads it holds, what was done, and what may be done now."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QGridLayout, QScrollArea, QStackedWidget, QWidget

from inbox.model.change import Change
from inbox.model.ids import IncidentId, ThreadId
from inbox.ui.context import Context
from inbox.ui.incidents import words
from inbox.ui.incidents.acting import Acting
from inbox.ui.incidents.figures import FOUR_FROM
from inbox.ui.incidents.seen import SeenCard
from inbox.ui.theme import current
from inbox.ui.thread.times import moment
from inbox.ui.widgets import EmptyState, ErrorState, LoadingBars, Segmented, column, row

if TYPE_CHECKING:
    from inbox.flow.hot.room import Room
    from inbox.model.account import Account
    from inbox.model.thread import ThreadRow
    from inbox.store.engine import Session
    from inbox.store.gathered import Fit

SOON_MS, MINUTE_MS = 300, 60_000
WIDE, HIGH, SIDE, LEAST_THREADS = 980, 620, 328, 152
HEARD = frozenset({"incidents", "holds", "escalations", "people"})


class RoomPage(Acting):
    """Shows one incident at a time. Where there is no room for all beside each other, one part is shown."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Grey bars until an incident is asked for and read."""
        super().__init__(context, parent)
        names = [("seen", self.tr("What was seen"), ""), ("statement", self.tr("Statement"), "")]
        names += [
            ("threads", self.tr("Threads"), ""),
            ("tasks", self.tr("Tasks"), ""),
            ("timeline", self.tr("Timeline"), ""),
        ]
        self.parts = Segmented(names, self.tr("Part of the room"))
        self.seen = SeenCard()
        self._side = QWidget()
        self.loading = LoadingBars()
        self.gone = EmptyState(icon="flame")
        self.trouble = ErrorState()
        self.stack = QStackedWidget()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON_MS)
        self._minute = QTimer(self)
        self._minute.setInterval(MINUTE_MS)
        self._minute.start()
        self._build()
        self._connect()

    def _build(self) -> None:
        self._body = QWidget()
        self._body.setProperty("ground", "window")
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._left = QWidget()
        self._left.setProperty("ground", "window")
        left = column(self._left, gap=12)
        left.addWidget(self.seen, 1)
        left.addWidget(self.statement)
        self._scroll.setWidget(self._left)
        self._tabs = QWidget()
        row(self._tabs, margins=(0, 0, 0, 0)).addWidget(self.parts, 0, Qt.AlignmentFlag.AlignLeading)
        self._grid = QGridLayout()
        self._grid.setSpacing(current().px(12))
        inside = column(self._body, margins=(16, 12, 16, 12), gap=12)
        inside.addWidget(self._tabs)
        inside.addLayout(self._grid, 1)
        beside = column(self._side, gap=12)
        beside.addWidget(self.tasks)
        beside.addWidget(self.timeline, 1)
        for card in (self._scroll, self.threads, self._side):
            self._grid.addWidget(card, 0, 0)
        for state in (self.loading, self.gone, self.trouble, self._body):
            self.stack.addWidget(state)
        box = column(self)
        box.addWidget(self.head)
        box.addWidget(self.stack, 1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Incident"))

    def _connect(self) -> None:
        context = self._context
        context.opened.connect(self.read)
        context.people_changed.connect(self.read)
        context.changed.connect(self._changed)
        context.theme.changed.connect(self._arrange)
        for tick in (self._soon, self._minute):
            tick.timeout.connect(self.read)
        self.trouble.acted.connect(self.read)
        self.gone.acted.connect(self._leave)
        self.deeds.settled.connect(self.read)
        self.statement.settled.connect(self.read)
        self.statement.grown.connect(self._arrange)
        self.head.left.connect(self._leave)
        self.parts.chosen.connect(self._arrange)
        context.commands.on("statement", self._write_statement, lambda: self.isVisible() and bool(self.statement.new()))
        self.seen.thread_wanted.connect(context.open_thread)
        self.threads.list.opened.connect(context.open_thread)
        self.threads.list.threads.wanted.connect(self._more)

    # -- reading

    def show_incident(self, incident_id: IncidentId) -> None:
        """Reads and shows an incident."""
        if incident_id != self.incident_id:
            self.drafts.flush()
            self.threads.forget()
            self.incident_id, self.room = incident_id, None
            self.loading.start()
            self.stack.setCurrentWidget(self.loading)
        self.read()

    @Slot()
    def read(self) -> None:
        """Reads the incident on screen, with as many threads as are listed."""
        wanted, now = self.incident_id, self._context.now()
        if wanted is None or self._context.store is None or not self.isVisible():
            return
        listed = len(self.threads.list.threads.rows) if self.room is not None else 0
        me = self._context.me()
        number = None if me is None else me.id

        def work(session: "Session") -> "tuple[Room | None, list[Account]]":
            from inbox.flow.hot import room
            from inbox.store import accounts

            page, told = max(room.PAGE, listed), partial(moment, now=now)
            found = room.read(session, wanted, now, page=page, told=told, me=number)
            return found, list(accounts.all(session))

        self._context.lanes.read(work, self._show, self._unreadable, key=(id(self), "room"))

    def _show(self, found: "tuple[Room | None, list[Account]]") -> None:
        room, self._accounts = found
        self.loading.stop()
        if room is None:
            self.gone.say(self.tr("This incident is not there any more."), self.tr("All incidents"), "flame")
            self.stack.setCurrentWidget(self.gone)
            return
        if room.incident.id != self.incident_id:
            return
        now, first = self._context.now(), self.room is None
        self.room = room
        found_, me = room.incident, self._context.me()
        mine = me is not None and found_.owner_id == me.id
        held = any(each.incident_id == found_.id for each in room.holds)
        owner = self.tr("You") if mine else room.names.get(found_.owner or "", found_.owner or "")
        self.head.show_incident(found_, words.lasted(found_, now), owner, held=held)
        self.seen.show_room(room, now)
        self.threads.show_room(room)
        self.statement.show_room(room, self._accounts, now)
        self.tasks.show_room(room, now)
        self.timeline.show_room(room, now)
        self.setAccessibleName(self.tr("Incident %1").replace("%1", found_.title))
        self.stack.setCurrentWidget(self._body)
        self._arrange()
        if first and self.hasFocus():
            self._focus_inside()

    def _unreadable(self, error: Exception) -> None:
        self.loading.stop()
        self.trouble.explain(str(error), self.tr("Try again"))
        self.stack.setCurrentWidget(self.trouble)

    @Slot(int)
    def _more(self, offset: int) -> None:
        """The next page of threads, as the list is scrolled to its end."""
        wanted = self.incident_id
        if wanted is None:
            return

        def work(session: "Session") -> "tuple[tuple[ThreadRow, ...], dict[ThreadId, Fit]]":
            from inbox.flow.hot import room
            from inbox.store import gathered

            rows = room.more(session, wanted, room.PAGE, offset)
            return rows, gathered.fits(session, wanted, [each.id for each in rows])

        def show(found: "tuple[tuple[ThreadRow, ...], dict[ThreadId, Fit]]") -> None:
            if wanted == self.incident_id:
                self.threads.list.threads.add_rows(*found)

        self._context.lanes.read(work, show, self._context.tell, key=(id(self), "more"))

    @Slot(Change)
    def _changed(self, change: Change) -> None:
        """What comes in a burst is read once."""
        if (HEARD & change.topics or change.threads or change.many) and not self._soon.isActive():
            self._soon.start()

    def showEvent(self, event: QShowEvent) -> None:
        """What was missed while hidden is read now."""
        super().showEvent(event)
        self.read()

    def hideEvent(self, event: QHideEvent) -> None:
        """What is being written is kept at once."""
        super().hideEvent(event)
        self.drafts.flush()

    @Slot()
    def _leave(self) -> None:
        self._context.go("incidents")

    def _write_statement(self) -> None:
        self.parts.set_value("statement")
        self._arrange()
        self.statement.act(self.statement.new())

    # -- keyboard and size

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back to the list, F2 renames."""
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        elif event.key() == Qt.Key.Key_F2:
            self.head.begin_rename()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard goes to what can be done first."""
        super().focusInEvent(event)
        self._focus_inside()

    def _focus_inside(self) -> None:
        if self.room is not None and self.head.first.isVisible():
            self.head.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side, or one part at a time."""
        super().resizeEvent(event)
        self._arrange()

    @Slot()
    def _arrange(self) -> None:
        px = current().px
        wide = self.width() >= px(WIDE) and self.height() >= px(HIGH)
        self._tabs.setVisible(not wide)
        seen, side = (self._scroll, self.threads), self._side
        shown = self.parts.value()
        self._scroll.setVisible(wide or shown in {"seen", "statement"})
        self.seen.setVisible(wide or shown == "seen")
        self.statement.setVisible(shown == "statement" or (wide and self.statement.any))
        self.threads.setVisible(wide or shown == "threads")
        side.setVisible(wide or shown in {"tasks", "timeline"})
        self.tasks.setVisible(self.tasks.any and (wide or shown == "tasks"))
        self.timeline.setVisible(wide or shown == "timeline")
        self._grid.addWidget(seen[0], 0, 0)
        self._grid.addWidget(seen[1], 1 if wide else 0, 0)
        self._grid.addWidget(side, 0, 1 if wide else 0, 2 if wide else 1, 1)
        self._grid.setRowStretch(0, 0 if wide else 1)
        self._grid.setRowStretch(1, 1 if wide else 0)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnMinimumWidth(1, px(SIDE) if wide else 0)
        side.setMaximumWidth(px(SIDE) if wide else 16_777_215)
        self.seen.figures.lay(wide=self.width() - (px(SIDE) if wide else 0) >= px(FOUR_FROM))
        self.seen.press(0 if wide else None)
        height = self._height() if wide else 0
        self._scroll.setMaximumHeight(height or 16_777_215)
        self._scroll.setMinimumHeight(height)
        self.head.arrange()
        self.tasks.fit(alone=not wide)
        if self.statement.writing and self.statement.isVisible():
            # Only when the new heights are laid out is there something to scroll to.
            QTimer.singleShot(0, self, self._show_writing)

    @Slot()
    def _show_writing(self) -> None:
        """The words being written stay in sight, and the button that saves them."""
        focused, editor = QApplication.focusWidget(), self.statement.editor
        if self.statement.writing and focused is not None and editor.isAncestorOf(focused):
            self._scroll.ensureWidgetVisible(editor.save, 0, current().px(24))

    def _height(self) -> int:
        """What was seen takes what it needs, the chart less where room is short; some threads are always left."""
        left, most = self._left.layout(), max(self.height() - current().px(64 + 24 + 12 + LEAST_THREADS), 1)
        if left is None:
            return most
        width = self.width() - current().px(SIDE + 12 + 32)
        self.seen.press(left.heightForWidth(width) - most)
        return min(left.heightForWidth(width), most)
