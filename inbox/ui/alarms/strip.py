"""The strip over every page while posts are held or somebody is called."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QPoint, Qt, QTime, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QFocusEvent
from PySide6.QtWidgets import QApplication, QWidget

from inbox.model.change import Change
from inbox.model.incident import Hold
from inbox.ui.alarms.reading import NOBODY, Alarms, Waiting, read
from inbox.ui.alarms.row import AlarmRow
from inbox.ui.context import Context
from inbox.ui.decisions.choices import people
from inbox.ui.decisions.picker import Picker
from inbox.ui.theme import current
from inbox.ui.widgets import column, isolate
from inbox.ui.widgets.taborder import stops
from inbox.ui.widgets.words import counted

if TYPE_CHECKING:
    from inbox.flow.escalate.raising import Raised
    from inbox.flow.holds import Held
    from inbox.store.engine import Session, Store

TOPICS = frozenset(("holds", "escalations", "incidents", "people"))
MOST_CALLS = 2
"""Calls with a bar of their own; in a small window the page would have no room left."""


class AlarmStrip(QWidget):
    """Hidden while there is nothing to say. ``rows`` are the bars on it, from the top."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Reads once the workspace is open."""
        super().__init__(parent)
        self._context = context
        self._alarms = Alarms()
        self.rows: list[AlarmRow] = []
        self._keyed: dict[tuple[str, int], AlarmRow] = {}
        self._box = column(self)
        self.hide()
        context.opened.connect(self.read)
        context.people_changed.connect(self.read)
        context.changed.connect(self._changed)

    @Slot()
    def read(self) -> None:
        """Reads what is held and who is called."""
        me = self._context.me()
        number, now = None if me is None else me.id, self._context.now()

        def work(session: "Session") -> Alarms:
            return read(session, number, now)

        self._context.lanes.read(work, self._show, self._context.tell, key=(id(self), "alarms"))

    @Slot(Change)
    def _changed(self, change: Change) -> None:
        if TOPICS & change.topics:
            self.read()

    def _show(self, found: Alarms) -> None:
        if found == self._alarms:
            return
        self._alarms = found
        names = dict(found.names)
        makers: dict[tuple[str, int], Callable[[], AlarmRow]] = {}
        for hold in found.holds:
            makers["hold", hold.id] = partial(self._hold_row, hold, names)
        for call in found.calls[:MOST_CALLS]:
            makers["call", call.call.id] = partial(self._call_row, call, names)
        more = len(found.calls) - MOST_CALLS
        if more > 0:
            makers["more", more] = partial(self._more_row, more)
        before = self._keyed
        # What stays keeps its bar, and with it the keyboard and a question that was asked there.
        self._keyed = {key: before[key] if key in before else make() for key, make in makers.items()}
        gone = [each for key, each in before.items() if key not in makers]
        new = [each for each in self._keyed.values() if self._box.indexOf(each) < 0]
        self.rows = list(self._keyed.values())
        for at, each in enumerate(self.rows):
            self._box.insertWidget(at, each)
        self.setVisible(bool(self.rows))
        for each in gone:
            self._take_away(each)
        for each in new:
            self._announce(each)

    def _take_away(self, gone: AlarmRow) -> None:
        """The keyboard goes on to what comes next, not to nowhere."""
        focus, around = QApplication.focusWidget(), self.parentWidget()
        if focus is not None and around is not None and gone.isAncestorOf(focus):
            order = stops(around)
            at = next((at for at, each in enumerate(order) if each is focus), -1)
            after = (each for each in [*order[at + 1 :], *order] if not gone.isAncestorOf(each))
            target = next(after, None)
            if target is not None:
                target.setFocus(Qt.FocusReason.OtherFocusReason)
        self._box.removeWidget(gone)
        gone.hide()
        gone.deleteLater()

    def _announce(self, new: AlarmRow) -> None:
        event = QAccessibleAnnouncementEvent(self, new.text.text())
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
        QAccessible.updateAccessibility(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Going from pane to pane one comes to what can be done first."""
        super().focusInEvent(event)
        if self.rows:
            self.rows[0].buttons[0].setFocus(event.reason())

    def _hold_row(self, hold: Hold, names: dict[str, str]) -> AlarmRow:
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
            made.add(self.tr("Incident"), partial(self._context.go, f"incident:{hold.incident_id}"))
        question = self.tr("Let posts go out again %1? What has waited is sent at once.").replace("%1", where)
        yes, no = self.tr("Let them go"), self.tr("Keep holding")
        made.add(self.tr("Let posts go again"), partial(made.ask, question, yes, no, partial(self._release, hold)))
        return made

    def _call_row(self, waiting: Waiting, names: dict[str, str]) -> AlarmRow:
        call = waiting.call
        words = self.tr("%1 calls for help with %3: %2.") if waiting.about else self.tr("%1 calls for help: %2.")
        if call.raised_by in NOBODY:
            words = self.tr("Help is called for with %3: %2.") if waiting.about else self.tr("Help is called for: %2.")
        text = (
            words.replace("%1", isolate(names.get(call.raised_by) or call.raised_by))
            .replace("%2", isolate(call.reason.rstrip(".")))
            .replace("%3", isolate(waiting.about))
        )
        made = AlarmRow("siren", text)
        if call.thread_id is not None:
            made.add(self.tr("Open"), partial(self._context.open_thread, call.thread_id))
        else:
            made.add(self.tr("Open"), partial(self._context.go, f"incident:{call.incident_id}"))
        made.add(self.tr("Hand over"), partial(self._ask_whom, waiting, made))
        made.add(self.tr("I have it"), partial(self._acknowledge, waiting))
        return made

    def _more_row(self, more: int) -> AlarmRow:
        made = AlarmRow("siren", counted("Beside these, %n more call(s) for help.", more, "alarms"))
        made.add(self.tr("Notices"), partial(self._context.go, "notices"))
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

    def _ask_whom(self, waiting: Waiting, bar: AlarmRow) -> None:
        """Who is called instead."""
        others = [each for each in self._context.employees if each.name != self._context.employee]
        # The last choice is nobody, and nobody cannot be called.
        picker = Picker(self.tr("Hand the call over to"), people(others, "", None)[:-1], self.window())
        picker.picked.connect(partial(self._hand_over, waiting))
        button = bar.buttons[1]
        picker.open_at(button.mapToGlobal(QPoint(0, button.height() + current().px(4))))

    def _hand_over(self, waiting: Waiting, to: str) -> None:
        actor, now = self._context.employee, self._context.now()

        def work(store: "Store") -> "Raised":
            from inbox.flow.escalate import raising

            return raising.hand_over(store, waiting.call.id, to, actor=actor, now=now)

        self._context.lanes.write(work, self._done, self._failed)

    def _done(self, done: "Held | Raised") -> None:
        self._context.toast(done.sentence)
        self.read()

    def _failed(self, error: Exception) -> None:
        self._context.tell(error)
        self.read()
