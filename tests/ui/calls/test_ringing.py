"""A call for whoever is at the desk is said outside the window, and answered there."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from inbox.flow.escalate import raising, stepping
from inbox.model.escalation import EscalationState
from inbox.model.ids import EmployeeId, EscalationId
from inbox.model.notice import Notice, NoticeKind
from inbox.store import config, escalations, people
from inbox.store.engine import Store
from inbox.ui.calls import Ringer
from inbox.ui.calls.message import Message
from inbox.ui.calls.window import CallWindows
from inbox.ui.notices.notifier import is_call
from inbox.ui.theme import Theme
from tests.support.desk import waiting_thread
from tests.ui.workroom import LATER, WAIT_MS, Room, settle


class Deaf(QObject):
    """A desktop that can show nothing."""

    acted = Signal(str, str)
    failed = Signal(object)

    def show_message(self, message: Message) -> None:
        self.failed.emit(message)

    def take_back(self, key: str) -> None:
        """Nothing was shown."""

    def end(self) -> None:
        """Nothing was shown."""


@pytest.fixture
def room(sqlite_store: Store, qtbot: QtBot, theme: Theme) -> Iterator[Room]:
    del theme
    made = Room(sqlite_store)
    with sqlite_store.read() as s:
        made.context.workspace, made.context.employees = config.load(s), people.employees(s)
    made.time = LATER + timedelta(hours=1)
    yield made
    settle(qtbot, made)
    made.context.lanes.close()


class Scene:
    """A ringer whose words come by windows of our own."""

    def __init__(self, qtbot: QtBot, room: Room, *, deaf: bool = False) -> None:
        self.qtbot, self.room = qtbot, room
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.windows = CallWindows(self.window)
        room.open()
        self.ringer = Ringer(
            room.context,
            self.window,
            self.window,
            first=Deaf(self.window) if deaf else self.windows,
            second=self.windows,
        )

    def call(self, reason: str = "smoke", to: str = "ana") -> EscalationId:
        thread = waiting_thread(self.room.store)
        number = raising.raise_call(self.room.store, thread=thread, reason=reason, actor="ben", now=LATER).id
        raising.hand_over(self.room.store, number, to, actor="ben", now=LATER)
        self.tell(stepping.step(self.room.store, LATER))
        return number

    def tell(self, change: object) -> None:
        self.room.context.changed.emit(change)

    def shows(self, count: int) -> None:
        self.qtbot.waitUntil(lambda: len(self.windows.windows) == count, timeout=WAIT_MS)

    def press(self, at: int) -> None:
        (window,) = self.windows.windows.values()
        QTest.mouseClick(window.buttons[at], Qt.MouseButton.LeftButton)

    def state(self, number: EscalationId) -> tuple[EscalationState, str]:
        with self.room.store.read() as s:
            found = escalations.get(s, number)
        assert found is not None
        return found.state, found.acknowledged_by


@pytest.fixture
def scene(qtbot: QtBot, room: Room) -> Iterator[Scene]:
    made = Scene(qtbot, room)
    yield made
    made.ringer.end()


def test_a_call_is_said_with_who_and_why_and_is_acknowledged_there(scene: Scene) -> None:
    number = scene.call()
    scene.shows(1)
    (window,) = scene.windows.windows.values()
    assert (window.title.text(), window.text.text()) == ("Ben Doe calls for help", "smoke")
    assert [each.text() for each in window.buttons] == ["Acknowledge", "Open", "Snooze 10 min"]
    assert window.isVisible()
    scene.press(0)
    scene.shows(0)
    assert scene.state(number) == (EscalationState.ACKNOWLEDGED, "ana")
    assert scene.room.toasts[-1][0] == "You have it. Nobody else is called any more."


def test_it_goes_when_somebody_else_has_it(scene: Scene) -> None:
    number = scene.call()
    scene.shows(1)
    done = raising.acknowledge(scene.room.store, number, actor="Cleo on ntfy", now=LATER)
    scene.tell(done.change)
    scene.shows(0)


def test_who_presses_a_moment_too_late_is_told_who_was_quicker(scene: Scene) -> None:
    number = scene.call()
    scene.shows(1)
    raising.acknowledge(scene.room.store, number, actor="ben", now=LATER)
    scene.press(0)
    scene.shows(0)
    assert "Ben has acknowledged it already." in [text for text, _ in scene.room.toasts]


def test_open_brings_the_thread_and_the_call_goes_on(qtbot: QtBot, scene: Scene) -> None:
    number = scene.call()
    scene.shows(1)
    with qtbot.waitSignal(scene.room.context.thread_wanted, timeout=WAIT_MS):
        scene.press(1)
    assert scene.window.isVisible()
    assert scene.state(number)[0] is EscalationState.RUNNING
    scene.shows(1)


def test_a_snoozed_call_is_quiet_for_a_while_and_then_heard_again(scene: Scene) -> None:
    number = scene.call()
    scene.shows(1)
    scene.press(2)
    scene.shows(0)
    assert scene.state(number)[0] is EscalationState.RUNNING
    scene.room.time += timedelta(minutes=11)
    scene.ringer.read()
    scene.shows(1)


def test_three_calls_are_one_message_that_leads_to_them(qtbot: QtBot, scene: Scene) -> None:
    for reason in ("smoke", "fire"):
        scene.call(reason)
    scene.shows(2)
    tops = [each.y() for each in scene.windows.windows.values()]
    assert len(set(tops)) == 2, "one does not lie on the other"
    scene.call("flood")
    scene.shows(1)
    (window,) = scene.windows.windows.values()
    assert window.title.text() == "3 calls for help wait for you"
    assert window.text.text().endswith("flood")
    with qtbot.waitSignal(scene.room.context.view_wanted, timeout=WAIT_MS):
        scene.press(0)


def test_a_call_to_somebody_else_is_not_said(qtbot: QtBot, scene: Scene) -> None:
    scene.call(to="ben")
    scene.call("fire")
    scene.shows(1)
    qtbot.wait(50)
    scene.shows(1)


def test_put_away_it_is_heard_again_when_its_turn_comes_again(scene: Scene) -> None:
    number = scene.call()
    scene.shows(1)
    (window,) = scene.windows.windows.values()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert window.isHidden()
    raising.hand_over(scene.room.store, number, "ana", actor="ben", now=LATER)
    scene.tell(stepping.step(scene.room.store, LATER))
    scene.qtbot.waitUntil(lambda: any(each.isVisible() for each in scene.windows.windows.values()), timeout=WAIT_MS)


def test_a_call_that_everybody_was_called_for_in_vain_still_waits_for_a_day(scene: Scene) -> None:
    number = scene.call()
    scene.shows(1)
    for minutes in range(5, 60, 5):
        change = stepping.step(scene.room.store, LATER + timedelta(minutes=minutes))
        scene.tell(change)
    assert scene.state(number)[0] is EscalationState.EXHAUSTED
    scene.shows(1)
    scene.room.time += timedelta(days=1)
    scene.ringer.read()
    scene.shows(0)


def test_what_the_desktop_cannot_say_a_window_of_ours_says(qtbot: QtBot, room: Room) -> None:
    scene = Scene(qtbot, room, deaf=True)
    number = scene.call()
    scene.shows(1)
    scene.press(0)
    scene.shows(0)
    assert scene.state(number) == (EscalationState.ACKNOWLEDGED, "ana")


def test_the_keyboard_reaches_every_button_and_each_has_a_name(scene: Scene) -> None:
    scene.call()
    scene.shows(1)
    (window,) = scene.windows.windows.values()
    window.activateWindow()
    window.buttons[0].setFocus()
    for button in window.buttons[1:]:
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        assert window.focusWidget() is button
        assert button.accessibleName()


def test_the_notice_of_a_call_is_not_told_a_second_time_but_that_nobody_came_is() -> None:
    def notice(key: str) -> Notice:
        return Notice(1, EmployeeId(1), LATER, NoticeKind.ESCALATION, None, "x", key)

    assert is_call(notice("escalation 7:0:1"))
    assert not is_call(notice("escalation 7 unanswered"))
