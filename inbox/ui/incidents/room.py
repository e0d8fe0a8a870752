"""The room of an incident: what was seen, the threads it holds, what was done, and what may be done now."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt, QTimer, Slot
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QStackedWidget, QWidget

from inbox.model.change import Change
from inbox.model.ids import AccountId, IncidentId, ThreadId
from inbox.ui.context import Context
from inbox.ui.decisions import choices
from inbox.ui.decisions.picker import Choice, Picker
from inbox.ui.incidents import choosing, words
from inbox.ui.incidents.adding import AddDialog
from inbox.ui.incidents.asking import AskDialog
from inbox.ui.incidents.deeds import Deeds
from inbox.ui.incidents.drafts import RoomDrafts
from inbox.ui.incidents.exporting import Exporting
from inbox.ui.incidents.figures import FOUR_FROM
from inbox.ui.incidents.head import RoomHead
from inbox.ui.incidents.holding import ThreadsCard
from inbox.ui.incidents.replying import ReplyDialog
from inbox.ui.incidents.seen import SeenCard
from inbox.ui.incidents.taskscard import TasksCard
from inbox.ui.incidents.timeline import TimelineCard
from inbox.ui.theme import current
from inbox.ui.thread.times import moment
from inbox.ui.widgets import EmptyState, ErrorState, LoadingBars, Pane, Segmented, column, row

if TYPE_CHECKING:
    from inbox.flow.hot.room import Room
    from inbox.model.account import Account
    from inbox.model.incident import Task
    from inbox.model.thread import ThreadRow
    from inbox.store.engine import Session
    from inbox.store.gathered import Fit, Standing

SOON_MS, MINUTE_MS = 300, 60_000
REPLY = "reply"
OFFERED = 50
WIDE, HIGH, SIDE = 980, 620, 328
HEARD = frozenset({"incidents", "holds", "escalations", "people"})


class RoomPage(Pane):
    """Shows one incident at a time. Where there is no room for all beside each other, one part is shown."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Grey bars until an incident is asked for and read."""
        super().__init__("window", "", parent)
        self._context = context
        self.incident_id: IncidentId | None = None
        self.room: Room | None = None
        self._accounts: list[Account] = []
        self.deeds = Deeds(context, self)
        self.exports = Exporting(context, self)
        self.drafts = RoomDrafts(context, self)
        self.head = RoomHead()
        names = [("seen", self.tr("What was seen"), ""), ("threads", self.tr("Threads"), "")]
        names += [("tasks", self.tr("Tasks"), ""), ("timeline", self.tr("Timeline"), "")]
        self.parts = Segmented(names, self.tr("Part of the room"))
        self.seen = SeenCard()
        self.threads = ThreadsCard(context.now)
        self.tasks = TasksCard(self._initials)
        self.timeline = TimelineCard(self.drafts)
        self._side = QWidget()
        self.loading = LoadingBars()
        self.gone = EmptyState(icon="flame")
        self.trouble = ErrorState()
        self.stack = QStackedWidget()
        self.dialog: AskDialog | None = None
        self.reply_dialog: ReplyDialog | None = None
        self.add_dialog: AddDialog | None = None
        self.picker: Picker | None = None
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
        self._scroll.setWidget(self.seen)
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
        self.head.left.connect(self._leave)
        self.head.verb.connect(self.act)
        self.head.renamed.connect(partial(self._decide, "rename"))
        self.parts.chosen.connect(self._arrange)
        self.seen.thread_wanted.connect(context.open_thread)
        self.threads.list.opened.connect(context.open_thread)
        self.threads.taken.connect(self._take)
        self.threads.reply_wanted.connect(self._ask_reply)
        self.threads.add_wanted.connect(self._ask_add)
        self.threads.list.threads.wanted.connect(self._more)
        self.tasks.asked.connect(self._do_task)
        self.tasks.added.connect(self._add_task)
        self.timeline.written.connect(self._write)

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

    # -- deciding

    @Slot(str)
    def act(self, name: str) -> None:
        """Does what was pressed, or asks first."""
        if self.room is None:
            return
        ask: dict[str, Callable[[], None]] = {
            "severity": self._ask_severity,
            "owner": self._ask_owner,
            "call": self._ask_call,
            "hold": self._ask_hold,
            "release": self._release,
            "merge": self._ask_merge,
            "report": partial(self.exports.ask_report, self.room.incident),
            "authors": partial(self.exports.ask_authors, self.room.incident),
        }
        ask.get(name, partial(self._decide, name))()

    def _decide(self, name: str, *args: Any) -> None:  # noqa: ANN401 - the flow's own
        """On the version on screen: who was quicker is told."""
        if self.room is not None:
            found = self.room.incident
            self.deeds.decide(name, found.id, *args, expect=found.version)

    @Slot(object)
    def _take(self, threads: list[ThreadId]) -> None:
        if self.room is not None:
            self.deeds.decide("take", self.room.incident.id, tuple(threads))

    @Slot()
    def _ask_reply(self) -> None:
        """To those who are checked; where some are not, their numbers are read first."""
        model, wanted = self.threads.list.threads, self.incident_id
        if wanted is None:
            return
        left_out = frozenset(model.excepted)
        if not model.everybody or not left_out:
            self._reply_to(wanted, sorted(left_out))
            return

        def work(session: "Session") -> "list[ThreadId]":
            from inbox.store import incidents

            return [each for each in incidents.threads(session, wanted) if each not in left_out]

        self._context.lanes.read(work, partial(self._reply_to, wanted), self._context.tell, key=(id(self), "checked"))

    def _reply_to(self, wanted: IncidentId, threads: list[ThreadId]) -> None:
        """What was written and not sent is there again the next time."""
        if wanted != self.incident_id or self.room is None:
            return
        before = self.drafts.newest(wanted, REPLY, self.room.drafts)
        dialog = ReplyDialog(self._context, wanted, threads, before, self.window())
        self.reply_dialog = dialog
        dialog.typed.connect(partial(self.drafts.keep, wanted, REPLY))
        dialog.rejected.connect(self.drafts.flush)
        dialog.sent.connect(partial(self.drafts.drop, wanted, REPLY))
        dialog.sent.connect(self.read)
        dialog.finished.connect(self.read)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot()
    def _ask_add(self) -> None:
        """Looks for threads to put in."""
        if self.room is None:
            return
        self.add_dialog = AddDialog(self._context, self.room.incident.id, self.window())
        self.add_dialog.chosen.connect(self._put)
        self.add_dialog.finished.connect(self.add_dialog.deleteLater)
        self.add_dialog.open()

    @Slot(object)
    def _put(self, threads: list[ThreadId]) -> None:
        if self.room is not None:
            self.deeds.decide("put", self.room.incident.id, tuple(threads))

    @Slot(str, object)
    def _do_task(self, name: str, task: "Task") -> None:
        if self.room is None:
            return
        if name == "assign":
            picker = Picker(self.tr("Give to"), choosing.owners(self._context.employees, ""), self.window())
            back = ("assign", task.id, task.assignee)
            picker.picked.connect(partial(self.deeds.task, "assign", self.room.incident.id, task.id, back=back))
            self._open_picker(picker, self.tasks.count)
            return
        ways: dict[str, tuple[str, int]] = {"tick": ("untick", task.id), "untick": ("tick", task.id)}
        self.deeds.task(name, self.room.incident.id, task.id, back=ways.get(name, ()))

    @Slot(str)
    def _add_task(self, title: str) -> None:
        if self.room is not None:
            self.deeds.task("add", self.room.incident.id, title)

    def _ask_severity(self) -> None:
        self._pick(self.tr("Severity"), choosing.severities(), "set_severity", self.head.severity)

    def _ask_owner(self) -> None:
        me = self._context.employee
        self._pick(self.tr("Owner"), choosing.owners(self._context.employees, me), "own", self.head.owner)

    def _ask_call(self) -> None:
        ladders = choices.ladders(self._context.workspace)
        picker = Picker(self.tr("Escalate: why?"), ladders, self.window(), free=choices.new_reason)
        picker.picked.connect(self._call)
        self._open_picker(picker, self.head.menu_button)

    @Slot(object)
    def _call(self, reason: str) -> None:
        if self.room is not None:
            self.deeds.call(self.room.incident.id, reason)

    def _pick(self, title: str, found: list[Choice], verb: str, anchor: QWidget) -> None:
        picker = Picker(title, found, self.window())
        picker.picked.connect(partial(self._decide, verb))
        self._open_picker(picker, anchor if anchor.isVisible() else self.head.menu_button)

    def _open_picker(self, picker: Picker, anchor: QWidget) -> None:
        self.picker = picker
        picker.open_at(anchor.mapToGlobal(QPoint(0, anchor.height() + 4)))

    def _ask_hold(self) -> None:
        options: list[tuple[object, str]] = [(None, self.tr("On all accounts"))]
        options += [(each.id, self.tr("On %1").replace("%1", each.handle)) for each in self._accounts]
        self.dialog = AskDialog(
            self.tr("Hold all outgoing posts"),
            (self.tr("Why? Everybody who cannot send will read it."), self.tr("Say why.")),
            (self.tr("Where"), options),
            self.tr("Hold them"),
            self.window(),
        )
        self.dialog.answered.connect(self._hold)
        self.dialog.open()

    @Slot(str, object)
    def _hold(self, why: str, account: AccountId | None) -> None:
        if self.room is not None:
            self.deeds.hold(self.room.incident.id, why, account)

    def _ask_merge(self) -> None:
        """Offers the other incidents that are open."""
        mine = self.incident_id

        def read(session: "Session") -> "list[Standing]":
            from inbox.store import gathered

            return [each for each in gathered.standing(session, OFFERED) if each.id != mine]

        def offer(found: "list[Standing]") -> None:
            if not found:
                self._context.toast(self.tr("No other incident is open."))
            elif mine == self.incident_id:
                picker = Picker(self.tr("Merge into"), choices.incidents(found), self.window())
                picker.picked.connect(self._merge)
                self._open_picker(picker, self.head.menu_button)

        self._context.lanes.read(read, offer, self._context.tell, key=(id(self), "others"))

    @Slot(object)
    def _merge(self, into: IncidentId) -> None:
        if self.room is not None:
            found, then = self.room.incident, partial(self._context.go, f"incident:{into}")
            self.deeds.merge(found.id, into, then, expect=found.version)

    def _release(self) -> None:
        if self.room is not None:
            for each in self.room.holds:
                if each.incident_id == self.room.incident.id:
                    self.deeds.release(each.id)

    @Slot(str, str)
    def _write(self, kind: str, text: str) -> None:
        if self.incident_id is None:
            return
        self.timeline.send.setEnabled(False)
        done = partial(self.timeline.clear, self.incident_id, kind, text)
        self.deeds.write(kind, self.incident_id, text, done, partial(self.timeline.send.setEnabled, True))

    @Slot()
    def _leave(self) -> None:
        self._context.go("incidents")

    def _initials(self, name: str) -> str:
        found = next((each for each in self._context.employees if each.name == name), None)
        return found.initials if found is not None else name[:1].upper()

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
        self._scroll.setVisible(wide or shown == "seen")
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
        self._scroll.setMaximumHeight(self._height() if wide else 16_777_215)
        self._scroll.setMinimumHeight(self._height() if wide else 0)
        self.seen.figures.lay(wide=self._body.width() - (px(SIDE) if wide else 0) >= px(FOUR_FROM))
        self.head.arrange()
        self.tasks.fit(alone=not wide)

    def _height(self) -> int:
        """What was seen takes what it needs, but leaves room for some threads."""
        width = self.width() - current().px(SIDE + 12 + 32)
        return min(self.seen.heightForWidth(width), max(self.height() - current().px(64 + 36 + 300), 1))
