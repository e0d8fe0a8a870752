"""Calls as notices of the desktop, with buttons: org.freedesktop.Notifications
(https://specifications.freedesktop.org/notification-spec/latest/).

Spoken over jeepney, which the keyring brings along: from Python QtDBus cannot send the unsigned number that ``Notify``
asks for. A thread of its own, while something is said, since a bus that hangs must not hold the window.
"""

import html
import logging
import queue
import threading
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from PySide6.QtCore import QObject, Signal, Slot

from inbox.ui.calls.message import OPEN, Message

if TYPE_CHECKING:
    from collections import deque

    from jeepney import MatchRule
    from jeepney import Message as BusMessage
    from jeepney.io.blocking import DBusConnection

    Line: TypeAlias = DBusConnection
    Said: TypeAlias = BusMessage

log = logging.getLogger(__name__)

NAME: Final = "org.freedesktop.Notifications"
PATH: Final = "/org/freedesktop/Notifications"
_TICK: Final = 0.2
_PATIENCE: Final = 3.0
_CRITICAL: Final = 2
_NEVER_EXPIRES: Final = 0
_KEPT: Final = 50


def can_be_tried(platform: str) -> bool:
    """Whether there may be such a service: it is Linux's, and the library is there."""
    return platform.startswith("linux") and find_spec("jeepney") is not None


Order = Message | str | None
"""A message to show, the key of one to close, or None: hang up."""


class DesktopNotices(QObject):
    """``failed`` carries a message that the desktop cannot show with its buttons."""

    acted = Signal(str, str)
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None, *, bus: str = "SESSION") -> None:
        """``bus`` is the address of a bus, for tests; nothing is asked before the first message."""
        super().__init__(parent)
        self._bus = bus
        self._keys: set[str] = set()
        self._talk: _Talk | None = None

    def show_message(self, message: Message) -> None:
        """Shows it, in the stead of an earlier one of this key."""
        self._keys.add(message.key)
        if self._talk is None or not self._talk.order(message):
            self._talk = _Talk(self, self._bus)
            self._talk.order(message)
            threading.Thread(target=self._talk.run, name="desktop notices", daemon=True).start()

    def take_back(self, key: str) -> None:
        """Closes it; with the last one the line to the desktop ends."""
        self._keys.discard(key)
        if self._talk is not None:
            self._talk.order(key)
            if not self._keys:
                self._talk.order(None)
                self._talk = None

    @Slot()
    def end(self) -> None:
        """All of them go."""
        for key in list(self._keys):
            self.take_back(key)


class _Talk:
    """One line to the bus, on a thread of its own until it is hung up."""

    def __init__(self, owner: DesktopNotices, bus: str) -> None:
        self._owner, self._bus = owner, bus
        self._orders: queue.SimpleQueue[Order] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._over = False
        self._numbers: dict[str, int] = {}
        self._markup = False

    def order(self, order: Order) -> bool:
        """To be done soon; False where the line is down already."""
        with self._lock:
            if not self._over:
                self._orders.put(order)
            return not self._over

    def run(self) -> None:
        """Until it is hung up; what cannot be shown is handed back."""
        from jeepney import MatchRule
        from jeepney.io.blocking import open_dbus_connection

        rule = MatchRule(type="signal", interface=NAME, path=PATH)
        try:
            with open_dbus_connection(self._bus) as line, line.filter(rule, bufsize=_KEPT) as said:
                if self._begin(line, rule):
                    while self._obey(line):
                        self._hear(line, said)
        except Exception as error:  # noqa: BLE001 - whatever a desktop does wrong, the call is said by our own window
            log.info("The desktop's notices cannot be used: %s", error)
        self._hand_back()

    def _begin(self, line: "Line", rule: "MatchRule") -> bool:
        from jeepney.bus_messages import message_bus

        able = set(_body(line.send_and_get_reply(_call("GetCapabilities"), timeout=_PATIENCE))[0])
        self._markup = "body-markup" in able
        _body(line.send_and_get_reply(message_bus.AddMatch(rule), timeout=_PATIENCE))
        return "actions" in able

    def _obey(self, line: "Line") -> bool:
        """Does what was ordered; False once it is over."""
        while not self._orders.empty():
            order = self._orders.get()
            if order is None:
                return False
            if isinstance(order, Message):
                self._show(line, order)
            elif order in self._numbers:
                line.send(_call("CloseNotification", "u", (self._numbers.pop(order),)))
        return True

    def _show(self, line: "Line", message: Message) -> None:
        text = html.escape(message.text) if self._markup else message.text
        buttons = [each for pair in message.buttons for each in pair]
        hints = {"urgency": ("y", _CRITICAL), "category": ("s", "im.received")}
        before = self._numbers.get(message.key, 0)
        body = ("Social Inbox", before, "", message.title, text, buttons, hints, _NEVER_EXPIRES)
        try:
            answer = line.send_and_get_reply(_call("Notify", "susssasa{sv}i", body), timeout=_PATIENCE)
            self._numbers[message.key] = _body(answer)[0]
        except Exception:
            self._owner.failed.emit(message)
            raise

    def _hear(self, line: "Line", said: "deque[Said]") -> None:
        """Waits a moment for what the desktop says."""
        from jeepney import HeaderFields

        try:
            heard = line.recv_until_filtered(said, timeout=_TICK)
        except TimeoutError:
            return
        member = heard.header.fields.get(HeaderFields.member)
        key = next((each for each, number in self._numbers.items() if heard.body and number == heard.body[0]), None)
        if key is not None and member == "ActionInvoked":
            pressed = str(heard.body[1])
            self._owner.acted.emit(key, OPEN if pressed == "default" else pressed)
        elif key is not None and member == "NotificationClosed":
            # Somebody put it away: the strip in the window still stands.
            self._numbers.pop(key)

    def _hand_back(self) -> None:
        with self._lock:
            self._over = True
            while not self._orders.empty():
                order = self._orders.get()
                if isinstance(order, Message):
                    self._owner.failed.emit(order)


def _call(method: str, signature: str | None = None, body: tuple[Any, ...] = ()) -> "Said":
    from jeepney import DBusAddress, new_method_call

    return new_method_call(DBusAddress(PATH, bus_name=NAME, interface=NAME), method, signature, body)


def _body(answer: "Said") -> tuple[Any, ...]:
    from jeepney.wrappers import unwrap_msg

    found: tuple[Any, ...] = unwrap_msg(answer)
    return found
