"""On a private bus with a small notification daemon: calls are shown with buttons, and pressing one comes back."""

import json
import queue
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from inbox.ui.calls.desktopnotices import DesktopNotices, can_be_tried
from inbox.ui.calls.message import ACKNOWLEDGE, Message

pytestmark = pytest.mark.skipif(
    shutil.which("dbus-daemon") is None or not can_be_tried(sys.platform), reason="there is no dbus-daemon here"
)
WAIT_MS = 10_000
CALL = Message("call:1", "Ana calls for help", "<b>Kim</b> & smoke", ((ACKNOWLEDGE, "Acknowledge"), ("open", "Open")))


class Daemon:
    """The daemon as a process of its own."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process
        self._lines: queue.SimpleQueue[Any] = queue.SimpleQueue()
        threading.Thread(target=self._read, daemon=True).start()
        assert self._lines.get(timeout=10) == {"ready": True}

    def took(self) -> list[Any]:
        """The next call that it took: method, signature, arguments."""
        found: list[Any] = self._lines.get(timeout=10)
        return found

    @property
    def quiet(self) -> bool:
        return self._lines.empty()

    def press(self, number: int, action: str) -> None:
        """What a person does with a notice."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{number} {action}\n")
        self._process.stdin.flush()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._lines.put(json.loads(line))


@pytest.fixture
def bus() -> Iterator[str]:
    """The address of a bus of our own."""
    program = ["dbus-daemon", "--session", "--nofork", "--print-address=1"]
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


@contextmanager
def daemon(bus: str, *abilities: str) -> Iterator[Daemon]:
    program = [sys.executable, "-m", "tests.ui.calls.daemon", bus, *abilities]
    pipe = subprocess.PIPE
    with subprocess.Popen(program, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            yield Daemon(process)
        finally:
            process.terminate()


@pytest.fixture
def made(qtbot: QtBot) -> Iterator[Callable[[str], DesktopNotices]]:
    del qtbot
    all_made: list[DesktopNotices] = []

    def make(address: str) -> DesktopNotices:
        all_made.append(DesktopNotices(bus=address))
        return all_made[-1]

    yield make
    for each in all_made:
        each.end()


def test_a_call_is_shown_with_its_buttons_and_no_markup_of_it_counts(
    bus: str, made: Callable[[str], DesktopNotices]
) -> None:
    with daemon(bus, "actions", "body-markup") as desktop:
        made(bus).show_message(CALL)
        method, signature, body = desktop.took()
    assert (method, signature) == ("Notify", "susssasa{sv}i")
    name, replaces, _, title, text, buttons, hints, expires = body
    assert (name, replaces, title, expires) == ("Social Inbox", 0, "Ana calls for help", 0)
    assert text == "&lt;b&gt;Kim&lt;/b&gt; &amp; smoke"
    assert buttons == ["acknowledge", "Acknowledge", "open", "Open"]
    assert hints["urgency"] == ["y", 2]


def test_a_desktop_without_markup_gets_the_text_as_it_is(bus: str, made: Callable[[str], DesktopNotices]) -> None:
    with daemon(bus, "actions") as desktop:
        made(bus).show_message(CALL)
        assert desktop.took()[2][4] == "<b>Kim</b> & smoke"


def test_a_pressed_button_comes_back(qtbot: QtBot, bus: str, made: Callable[[str], DesktopNotices]) -> None:
    with daemon(bus, "actions") as desktop:
        notices = made(bus)
        notices.show_message(CALL)
        desktop.took()
        with qtbot.waitSignal(notices.acted, timeout=WAIT_MS) as pressed:
            desktop.press(1, "acknowledge")
        assert pressed.args == ["call:1", "acknowledge"]
        with qtbot.waitSignal(notices.acted, timeout=WAIT_MS) as clicked:
            desktop.press(1, "default")
        assert clicked.args == ["call:1", "open"]


def test_what_is_answered_elsewhere_is_closed_and_a_new_message_takes_the_old_ones_place(
    bus: str, made: Callable[[str], DesktopNotices]
) -> None:
    with daemon(bus, "actions") as desktop:
        notices = made(bus)
        notices.show_message(CALL)
        notices.show_message(CALL._replace(text="More smoke"))
        assert [desktop.took()[2][1] for _ in range(2)] == [0, 1]
        notices.take_back("call:1")
        assert desktop.took() == ["CloseNotification", "u", [1]]
        notices.show_message(CALL._replace(key="call:2"))
        assert desktop.took()[2][1] == 0, "a line to the desktop is made anew"


def test_one_that_was_put_away_is_not_closed_again(
    qtbot: QtBot, bus: str, made: Callable[[str], DesktopNotices]
) -> None:
    with daemon(bus, "actions") as desktop:
        notices = made(bus)
        notices.show_message(CALL)
        notices.show_message(CALL._replace(key="call:2"))
        desktop.took(), desktop.took()
        desktop.press(1, "dismiss")
        with qtbot.waitSignal(notices.acted, timeout=WAIT_MS):
            desktop.press(2, "open")
        notices.end()
        assert desktop.took() == ["CloseNotification", "u", [2]]
        assert desktop.quiet


@pytest.mark.parametrize("abilities", [["body"], ["actions", "broken"]])
def test_a_desktop_that_cannot_show_buttons_hands_the_call_back(
    qtbot: QtBot, bus: str, made: Callable[[str], DesktopNotices], abilities: list[str]
) -> None:
    with daemon(bus, *abilities):
        notices = made(bus)
        with qtbot.waitSignal(notices.failed, timeout=WAIT_MS) as failed:
            notices.show_message(CALL)
    assert failed.args == [CALL]


@pytest.mark.parametrize("address", ["unix:path=/nowhere/bus", "SESSION", "nonsense"])
def test_without_a_bus_or_a_daemon_the_call_is_handed_back(
    qtbot: QtBot, made: Callable[[str], DesktopNotices], address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    notices = made(address)
    for key in ("call:1", "call:2"):
        with qtbot.waitSignal(notices.failed, timeout=WAIT_MS) as failed:
            notices.show_message(CALL._replace(key=key))
        assert failed.args == [CALL._replace(key=key)]


def test_a_bus_without_a_daemon_hands_the_call_back(
    qtbot: QtBot, bus: str, made: Callable[[str], DesktopNotices]
) -> None:
    notices = made(bus)
    with qtbot.waitSignal(notices.failed, timeout=WAIT_MS):
        notices.show_message(CALL)
