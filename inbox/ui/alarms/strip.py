"""The strip over every page while posts are held or somebody is called."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt, QTime, Slot
from PySide6.QtWidgets import QWidget

from inbox.model.change import Change
from inbox.model.incident import Hold
from inbox.ui.alarms.reading import Alarms, Waiting, read
from inbox.ui.context import Context
from inbox.ui.widgets import Button, ElidedLabel, IconMark, Pane, column, isolate, row

if TYPE_CHECKING:
    from inbox.flow.escalate.raising import Raised
    from inbox.flow.holds import Held
    from inbox.store.engine import Session, Store

TOPICS = frozenset(("holds", "escalations", "incidents", "people"))
_HEIGHT = 40


class AlarmStrip(QWidget):
    """Hidden while there is nothing to say. ``rows`` are the bars on it, from the top."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Reads once the workspace is open."""
        super().__init__(parent)
        self._context = context
        self._alarms = Alarms()
        self.rows: list[AlarmRow] = []
        self._box = column(self)
        self.hide()
        context.opened.connect(self.read)
        context.people_changed.connect(self.read)
        context.changed.connect(self._changed)

    @Slot()
    def read(self) -> None:
        """Reads what is held and who is called."""
        me = self._context.me()
        number = None if me is None else me.id

        def work(session: "Session") -> Alarms:
            return read(session, number)

        self._context.lanes.read(work, self._show, self._context.tell, key=(id(self), "alarms"))

    @Slot(Change)
    def _changed(self, change: Change) -> None:
        if TOPICS & change.topics:
            self.read()

    def _show(self, found: Alarms) -> None:
        if found == self._alarms:
            return
        self._alarms = found
        for each in self.rows:
            self._box.removeWidget(each)
            each.deleteLater()
        names = dict(found.names)
        self.rows = [self._hold_row(each, names) for each in found.holds]
        self.rows += [self._call_row(each, names) for each in found.calls]
        for each in self.rows:
            self._box.addWidget(each)
        self.setVisible(bool(self.rows))

    def _hold_row(self, hold: Hold, names: dict[str, str]) -> "AlarmRow":
        where = self.tr("everywhere") if hold.account is None else self.tr("on %1").replace("%1", isolate(hold.account))
        local = hold.since.astimezone()
        since = QLocale().toString(QTime(local.hour, local.minute), QLocale.FormatType.ShortFormat)
        text = (
            self.tr("All outgoing posts are held %1: %2. By %3, since %4.")
            .replace("%1", where)
            .replace("%2", isolate(hold.why.rstrip(".")))
            .replace("%3", isolate(names.get(hold.by) or hold.by))
            .replace("%4", since)
        )
        made = AlarmRow("octagon", text)
        if hold.incident_id is not None:
            made.add(self.tr("Incident"), partial(self._context.go, "incidents"))
        made.add(self.tr("Let posts go again"), partial(self._release, hold))
        return made

    def _call_row(self, waiting: Waiting, names: dict[str, str]) -> "AlarmRow":
        call = waiting.call
        text = (
            self.tr("%1 calls for help: %2. %3")
            .replace("%1", isolate(names.get(call.raised_by) or call.raised_by))
            .replace("%2", isolate(call.reason.rstrip(".")))
            .replace("%3", isolate(waiting.about))
            .strip()
        )
        made = AlarmRow("siren", text)
        if call.thread_id is not None:
            made.add(self.tr("Open"), partial(self._context.open_thread, call.thread_id))
        else:
            made.add(self.tr("Open"), partial(self._context.go, "incidents"))
        made.add(self.tr("I have it"), partial(self._acknowledge, waiting))
        return made

    def _release(self, hold: Hold) -> None:
        actor, now = self._context.employee, self._context.now()

        def work(store: "Store") -> "Held":
            from inbox.flow import holds

            return holds.release(store, hold.id, actor=actor, now=now)

        self._context.lanes.write(work, self._done, self._failed)

    def _acknowledge(self, waiting: Waiting) -> None:
        actor, now = self._context.employee, self._context.now()

        def work(store: "Store") -> "Raised":
            from inbox.flow.escalate import raising

            return raising.acknowledge(store, waiting.call.id, actor=actor, now=now)

        self._context.lanes.write(work, self._done, self._failed)

    def _done(self, done: "Held | Raised") -> None:
        self._context.toast(done.sentence)
        self.read()

    def _failed(self, error: Exception) -> None:
        self._context.tell(error)
        self.read()


class AlarmRow(Pane):
    """One bar across: an icon, a sentence, and what can be done about it."""

    def __init__(self, icon: str, text: str, parent: QWidget | None = None) -> None:
        """``icon`` and ``text`` stand in the colours of a filled hot bar."""
        super().__init__("hot_fill", "", parent)
        self.setFixedHeight(_HEIGHT)
        self.text = ElidedLabel(text, "name", "on_hot")
        self.text.setAccessibleName(text)
        self.text.setToolTip(text)
        self.buttons: list[Button] = []
        self._line = row(self, margins=(16, 0, 12, 0), gap=8)
        self._line.addWidget(IconMark(icon, "on_hot", 18))
        self._line.addWidget(self.text, 1)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def add(self, words: str, act: "partial[None]") -> None:
        """A button at the end."""
        button = Button(words)
        button.clicked.connect(act)
        self.buttons.append(button)
        self._line.addWidget(button)
