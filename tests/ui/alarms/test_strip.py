"""The strip says on every page that posts are held and who is called, and ends both with a button."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from inbox.flow import holds as hold_flow
from inbox.flow.escalate import raising, stepping
from inbox.flow.hot import by_hand
from inbox.model.escalation import EscalationState
from inbox.store import config, escalations, holds, people
from inbox.store.engine import Store
from inbox.ui.alarms import AlarmStrip
from inbox.ui.decisions.picker import Picker
from inbox.ui.theme import Theme
from inbox.ui.widgets import column
from tests.ui.workroom import LATER, WAIT_MS, Room, settle


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


def shown(qtbot: QtBot, room: Room, rows: int) -> AlarmStrip:
    strip = AlarmStrip(room.context)
    qtbot.addWidget(strip)
    strip.resize(1000, 80)
    strip.show()
    room.open()
    qtbot.waitUntil(lambda: len(strip.rows) == rows, timeout=WAIT_MS)
    return strip


def test_a_hold_is_said_with_where_why_and_who_and_is_ended_there(qtbot: QtBot, room: Room) -> None:
    done = hold_flow.hold(room.store, account=None, why="Smoke on EX731", actor="ana", now=LATER)
    strip = shown(qtbot, room, 1)
    said = strip.rows[0].text.text().replace("\u2068", "").replace("\u2069", "")
    assert said.startswith("All outgoing posts are held everywhere: Smoke on EX731. By Ana Doe, since ")
    button = strip.rows[0].buttons[-1]
    assert button.text() == "Let posts go again"
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert strip.rows[0].text.text().startswith("Let posts go out again everywhere?")
    QTest.keyClick(strip.rows[0].buttons[0], Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not strip.rows and strip.isHidden(), timeout=WAIT_MS)
    with room.store.read() as s:
        assert holds.standing(s) == []
        assert holds.get(s, done.hold_id) is not None


def test_who_is_called_reads_why_and_says_i_have_it(qtbot: QtBot, room: Room) -> None:
    call = raising.raise_call(room.store, thread=room.thread, reason="smoke", actor="ben", now=LATER)
    raising.hand_over(room.store, call.id, room.context.employee, actor="ben", now=LATER)
    stepping.step(room.store, LATER)
    strip = shown(qtbot, room, 1)
    assert "calls for help: " in strip.rows[0].text.text()
    assert [each.text() for each in strip.rows[0].buttons] == ["Open", "Hand over", "I have it"]
    QTest.mouseClick(strip.rows[0].buttons[2], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not strip.rows, timeout=WAIT_MS)
    with room.store.read() as s:
        found = escalations.get(s, call.id)
    assert found is not None
    assert (found.state, found.acknowledged_by) == (EscalationState.ACKNOWLEDGED, room.context.employee)


def test_a_call_that_nobody_raised_is_not_said_to_be_somebodys(qtbot: QtBot, room: Room) -> None:
    call = raising.raise_call(room.store, thread=room.thread, reason="smoke", actor="collector", now=LATER)
    raising.hand_over(room.store, call.id, room.context.employee, actor="ben", now=LATER)
    stepping.step(room.store, LATER)
    strip = shown(qtbot, room, 1)
    assert strip.rows[0].text.text().startswith("Help is called for")


def test_a_call_is_handed_over_to_somebody_else(qtbot: QtBot, room: Room) -> None:
    call = raising.raise_call(room.store, thread=room.thread, reason="smoke", actor="ben", now=LATER)
    raising.hand_over(room.store, call.id, room.context.employee, actor="ben", now=LATER)
    stepping.step(room.store, LATER)
    strip = shown(qtbot, room, 1)
    QTest.keyClick(strip.rows[0].buttons[1], Qt.Key.Key_Space)
    (picker,) = strip.window().findChildren(Picker)
    assert picker.model.rowCount() == 1
    QTest.keyClick(picker.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(room.toasts), timeout=WAIT_MS)
    assert room.toasts[-1][0] == "Ben is called now."
    stepping.step(room.store, room.time)
    with room.store.read() as s:
        found = escalations.get(s, call.id)
    assert found is not None
    assert found.calls[-1].target == "ben"


def test_calls_to_others_are_not_shown(qtbot: QtBot, room: Room) -> None:
    call = raising.raise_call(room.store, thread=room.thread, reason="smoke", actor="ana", now=LATER)
    raising.hand_over(room.store, call.id, "ben", actor="ana", now=LATER)
    stepping.step(room.store, LATER)
    hold_flow.hold(room.store, account=None, why="x", actor="ana", now=LATER)
    strip = shown(qtbot, room, 1)
    assert "held" in strip.rows[0].text.text()


def test_letting_go_is_asked_first_and_the_usual_key_keeps_holding(qtbot: QtBot, room: Room) -> None:
    done = hold_flow.hold(room.store, account=None, why="Smoke on EX731", actor="ana", now=LATER)
    strip = shown(qtbot, room, 1)
    row = strip.rows[0]
    said = row.text.text()
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Escape):
        QTest.keyClick(row.buttons[-1], Qt.Key.Key_Space)
        asked = row.buttons[-1]
        assert asked.text() == "Keep holding"
        assert strip.focusWidget() is asked
        QTest.keyClick(asked, key)
        assert row.text.text() == said
        assert [each.text() for each in row.buttons] == ["Let posts go again"]
    with room.store.read() as s:
        assert [each.id for each in holds.standing(s)] == [done.hold_id]


def test_a_bar_that_stays_keeps_the_keyboard_when_another_comes_and_goes(qtbot: QtBot, room: Room) -> None:
    hold_flow.hold(room.store, account=None, why="Smoke", actor="ana", now=LATER)
    strip = shown(qtbot, room, 1)
    button = strip.rows[0].buttons[-1]
    button.setFocus()
    call = raising.raise_call(room.store, thread=room.thread, reason="smoke", actor="ben", now=LATER)
    raising.hand_over(room.store, call.id, "ana", actor="ben", now=LATER)
    stepping.step(room.store, LATER)
    strip.read()
    qtbot.waitUntil(lambda: len(strip.rows) == 2, timeout=WAIT_MS)
    assert strip.focusWidget() is button
    raising.acknowledge(room.store, call.id, actor="ana", now=LATER)
    strip.read()
    qtbot.waitUntil(lambda: len(strip.rows) == 1, timeout=WAIT_MS)
    assert strip.focusWidget() is button


def test_the_keyboard_goes_on_to_the_next_bar_when_its_own_has_gone(qtbot: QtBot, room: Room) -> None:
    done = hold_flow.hold(room.store, account=None, why="Smoke", actor="ana", now=LATER)
    call = raising.raise_call(room.store, thread=room.thread, reason="smoke", actor="ben", now=LATER)
    raising.hand_over(room.store, call.id, "ana", actor="ben", now=LATER)
    stepping.step(room.store, LATER)
    host = QWidget()
    qtbot.addWidget(host)
    strip = AlarmStrip(room.context)
    column(host).addWidget(strip)
    host.show()
    room.open()
    qtbot.waitUntil(lambda: len(strip.rows) == 2, timeout=WAIT_MS)
    strip.rows[0].buttons[-1].setFocus()
    hold_flow.release(room.store, done.hold_id, actor="ben", now=LATER)
    strip.read()
    qtbot.waitUntil(lambda: len(strip.rows) == 1, timeout=WAIT_MS)
    assert host.focusWidget() is strip.rows[0].buttons[0]


def test_more_calls_than_two_share_a_bar(qtbot: QtBot, room: Room) -> None:
    for number in range(4):
        matter, _ = by_hand.open_incident(room.store, f"Smoke {number}", actor="ben", now=LATER)
        call = raising.raise_call(room.store, incident=matter, reason="smoke", actor="ben", now=LATER)
        raising.hand_over(room.store, call.id, "ana", actor="ben", now=LATER)
    stepping.step(room.store, LATER)
    strip = shown(qtbot, room, 3)
    assert strip.rows[2].text.text() == "Beside these, 2 more calls for help."


def test_the_buttons_of_an_incident_lead_into_its_room(qtbot: QtBot, room: Room) -> None:
    matter, _ = by_hand.open_incident(room.store, "Smoke", actor="ben", now=LATER)
    hold_flow.hold(room.store, account=None, why="Smoke", incident=matter, actor="ben", now=LATER)
    call = raising.raise_call(room.store, incident=matter, reason="smoke", actor="ben", now=LATER)
    raising.hand_over(room.store, call.id, "ana", actor="ben", now=LATER)
    stepping.step(room.store, LATER)
    strip = shown(qtbot, room, 2)
    asked: list[str] = []
    room.context.view_wanted.connect(asked.append)
    for row in strip.rows:
        QTest.keyClick(row.buttons[0], Qt.Key.Key_Space)
    assert asked == [f"incident:{matter}"] * 2


def test_a_long_reason_is_never_cut(qtbot: QtBot, room: Room) -> None:
    hold_flow.hold(room.store, account=None, why="Smoke in the cabin " * 12, actor="ana", now=LATER)
    strip = shown(qtbot, room, 1)
    strip.resize(420, strip.heightForWidth(420))
    label = strip.rows[0].text
    assert label.height() >= label.heightForWidth(label.width())
