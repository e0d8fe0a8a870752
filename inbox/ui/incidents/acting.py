"""What may be done in a room: each deed asks what it must, and is carried out on the version on screen."""

from collections.abc import Callable
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Slot
from PySide6.QtWidgets import QWidget

from inbox.model.ids import AccountId, IncidentId, ThreadId
from inbox.ui.context import Context
from inbox.ui.decisions import choices
from inbox.ui.decisions.picker import Choice, Picker
from inbox.ui.incidents import choosing
from inbox.ui.incidents.adding import AddDialog
from inbox.ui.incidents.asking import AskDialog
from inbox.ui.incidents.deeds import Deeds
from inbox.ui.incidents.drafts import RoomDrafts
from inbox.ui.incidents.head import RoomHead
from inbox.ui.incidents.holding import ThreadsCard
from inbox.ui.incidents.replying import ReplyDialog
from inbox.ui.incidents.statementcard import StatementCard
from inbox.ui.incidents.taskscard import TasksCard
from inbox.ui.incidents.timeline import TimelineCard
from inbox.ui.widgets import Pane

if TYPE_CHECKING:
    from inbox.flow.hot.room import Room
    from inbox.model.account import Account
    from inbox.model.incident import Task
    from inbox.store.engine import Session
    from inbox.store.gathered import Standing
    from inbox.ui.incidents.exporting import Exporting

REPLY = "reply"
OFFERED = 50


class Acting(Pane):
    """The deeds of a room, and the cards that ask for them; ``RoomPage`` lays them out and reads what they show."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """No incident yet."""
        super().__init__("window", "", parent)
        self._context = context
        self.incident_id: IncidentId | None = None
        self.room: Room | None = None
        self._accounts: list[Account] = []
        self.deeds = Deeds(context, self)
        self.drafts = RoomDrafts(context, self)
        self.head = RoomHead()
        self.threads = ThreadsCard(context.now)
        self.tasks = TasksCard(self._initials)
        self.timeline = TimelineCard(self.drafts)
        self.statement = StatementCard(context, self.drafts)
        self.dialog: AskDialog | None = None
        self.reply_dialog: ReplyDialog | None = None
        self.add_dialog: AddDialog | None = None
        self.picker: Picker | None = None
        self.head.verb.connect(self.act)
        self.head.renamed.connect(partial(self._decide, "rename"))
        self.threads.taken.connect(self._take)
        self.threads.reply_wanted.connect(self._ask_reply)
        self.threads.add_wanted.connect(self._ask_add)
        self.tasks.asked.connect(self._do_task)
        self.tasks.added.connect(self._add_task)
        self.timeline.written.connect(self._write)

    @Slot()
    def read(self) -> None:
        """Reads the incident on screen."""
        raise NotImplementedError

    def _initials(self, name: str) -> str:
        found = next((each for each in self._context.employees if each.name == name), None)
        return found.initials if found is not None else name[:1].upper()

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
            "report": self._ask_report,
            "authors": self._ask_authors,
        }
        ask.get(name, partial(self._decide, name))()

    def _decide(self, name: str, *args: Any) -> None:  # noqa: ANN401 - the flow's own
        """On the version on screen: who was quicker is told."""
        if self.room is not None:
            found = self.room.incident
            self.deeds.decide(name, found.id, *args, expect=found.version)

    @cached_property
    def exports(self) -> "Exporting":
        """Made when a file is first wanted: writing one takes much that a room does not need to open."""
        from inbox.ui.incidents.exporting import Exporting

        return Exporting(self._context, self)

    def _ask_report(self) -> None:
        if self.room is not None:
            self.exports.ask_report(self.room.incident)

    def _ask_authors(self) -> None:
        if self.room is not None:
            self.exports.ask_authors(self.room.incident)

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
