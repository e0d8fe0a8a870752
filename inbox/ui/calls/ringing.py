"""Says every call for whoever is at the desk outside the window too, until somebody has it."""

import sys
from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QWidget

from inbox.model.change import Change
from inbox.model.ids import EscalationId
from inbox.ui.alarms.reading import NOBODY, Alarms, Waiting, read
from inbox.ui.calls.desktopnotices import DesktopNotices, can_be_tried
from inbox.ui.calls.message import ACKNOWLEDGE, OPEN, SNOOZE, Message, Speaker
from inbox.ui.calls.window import CallWindows
from inbox.ui.context import Context
from inbox.ui.widgets.words import counted

if TYPE_CHECKING:
    from datetime import datetime

    from inbox.flow.escalate.raising import Raised
    from inbox.store.engine import Session, Store

ONE_BY_ONE = 2
"""More calls than these are one message."""
ALL = "calls"
LATER = timedelta(minutes=10)
TOPICS = frozenset(("escalations", "people"))


class Ringer(QObject):
    """One message for each call, one for three or more; it goes when somebody has acknowledged, wherever that was."""

    def __init__(
        self,
        context: Context,
        window: QWidget,
        parent: QObject | None = None,
        *,
        first: Speaker | None = None,
        second: Speaker | None = None,
    ) -> None:
        """``first`` says what it can, ``second`` the rest: the desktop's notices, and windows of our own."""
        super().__init__(parent)
        self._context, self._window = context, window
        self._second = second or CallWindows(self)
        self._first = first or (DesktopNotices(self) if can_be_tried(sys.platform) else self._second)
        self._calls: dict[EscalationId, Waiting] = {}
        self._names: dict[str, str] = {}
        self._said: dict[str, Message] = {}
        self._by_second: set[str] = set()
        self._until: dict[EscalationId, datetime] = {}
        self._wake = QTimer(self)
        self._wake.setSingleShot(True)
        self._wake.timeout.connect(self._say)
        for speaker in {id(each): each for each in (self._first, self._second)}.values():
            speaker.acted.connect(self._acted)
        self._first.failed.connect(self._not_said)
        context.opened.connect(self.read)
        context.changed.connect(self._changed)
        context.people_changed.connect(self.read)
        self.read()

    def end(self) -> None:
        """Nothing is said from here on."""
        for key in list(self._said):
            self._take_back(key)
        for speaker in (self._first, self._second):
            speaker.end()

    @Slot()
    def read(self) -> None:
        """Reads who calls whoever is at the desk."""
        me = self._context.me()
        number, now = None if me is None else me.id, self._context.now()
        if self._context.store is None:
            return

        def work(session: "Session") -> Alarms:
            return read(session, number, now)

        self._context.lanes.read(work, self._found, key=(id(self), "calls"))

    @Slot(Change)
    def _changed(self, change: Change) -> None:
        if change.topics & TOPICS:
            self.read()

    def _found(self, found: Alarms) -> None:
        self._calls = {each.call.id: each for each in found.calls}
        self._names = dict(found.names)
        self._until = {each: until for each, until in self._until.items() if each in self._calls}
        self._say()

    @Slot()
    def _say(self) -> None:
        """Says what is new, takes back what is over."""
        now = self._context.now()
        loud = [each for number, each in self._calls.items() if self._until.get(number, now) <= now]
        wanted = self._messages(loud)
        for key in self._said.keys() - wanted.keys():
            self._take_back(key)
        for key, message in wanted.items():
            if self._said.get(key) != message:
                self._said[key] = message
                (self._second if key in self._by_second else self._first).show_message(message)
        later = [until for until in self._until.values() if until > now]
        if later:
            self._wake.start(round((min(later) - now).total_seconds() * 1000) + 1)

    def _take_back(self, key: str) -> None:
        self._said.pop(key, None)
        (self._second if key in self._by_second else self._first).take_back(key)
        self._by_second.discard(key)

    @Slot(object)
    def _not_said(self, message: Message) -> None:
        """The desktop cannot say it: our own window does."""
        if self._said.get(message.key) == message:
            self._by_second.add(message.key)
            self._second.show_message(message)

    def _messages(self, loud: Sequence[Waiting]) -> dict[str, Message]:
        if len(loud) > ONE_BY_ONE:
            text = self.tr("The newest: %1").replace("%1", self._line(loud[-1]))
            title = counted("%n call(s) for help wait for you", len(loud), "calls")
            return {ALL: Message(ALL, title, text, ((OPEN, self.tr("Show them")),), sum(map(self._turn, loud)))}
        buttons = (
            (ACKNOWLEDGE, self.tr("Acknowledge")),
            (OPEN, self.tr("Open")),
            (SNOOZE, self.tr("Snooze 10 min")),
        )
        made = [
            Message(_key(each.call.id), self._title(each), self._line(each), buttons, self._turn(each)) for each in loud
        ]
        return {each.key: each for each in made}

    def _turn(self, waiting: Waiting) -> int:
        """How often whoever is at the desk was called for it."""
        me = self._context.me()
        return sum(me is not None and each.employee_id == me.id for each in waiting.call.calls)

    def _title(self, waiting: Waiting) -> str:
        by = waiting.call.raised_by
        if by in NOBODY:
            return self.tr("Help is called for")
        return self.tr("%1 calls for help").replace("%1", self._names.get(by) or by)

    def _line(self, waiting: Waiting) -> str:
        return f"{waiting.about}: {waiting.call.reason}" if waiting.about else waiting.call.reason

    # -- what is pressed

    @Slot(str, str)
    def _acted(self, key: str, action: str) -> None:
        waiting = next((each for number, each in self._calls.items() if _key(number) == key), None)
        if waiting is None:
            if action == OPEN:
                self._to_front()
                self._context.go("notices")
            return
        if action == ACKNOWLEDGE:
            self._acknowledge(waiting.call.id)
        elif action == SNOOZE:
            self._snooze(waiting.call.id)
        elif action == OPEN:
            self._to_front()
            if waiting.call.thread_id is not None:
                self._context.open_thread(waiting.call.thread_id)
            else:
                self._context.go(f"incident:{waiting.call.incident_id}")

    def _acknowledge(self, number: EscalationId) -> None:
        actor, now = self._context.employee, self._context.now()

        def work(store: "Store") -> "Raised":
            from inbox.flow.escalate import raising

            return raising.acknowledge(store, number, actor=actor, now=now)

        self._context.lanes.write(work, self._done, self._failed)

    def _snooze(self, number: EscalationId) -> None:
        actor, now = self._context.employee, self._context.now()

        def work(store: "Store") -> "Raised":
            from inbox.flow.escalate import raising

            return raising.snooze(store, number, LATER, actor=actor, now=now)

        def done(raised: "Raised") -> None:
            self._until[number] = now + LATER
            self._done(raised)

        self._context.lanes.write(work, done, self._failed)

    def _done(self, raised: "Raised") -> None:
        self._context.toast(raised.sentence)
        self.read()

    def _failed(self, error: Exception) -> None:
        self._context.tell(error)
        self.read()

    def _to_front(self) -> None:
        window = self._window
        window.showNormal() if window.isMinimized() else window.show()
        window.activateWindow()
        window.raise_()


def _key(number: EscalationId) -> str:
    return f"call:{number}"
