"""The strip says on every page that posts are held and who is called, and ends both with a button."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from inbox.flow import holds as hold_flow
from inbox.flow.escalate import raising, stepping
from inbox.model.escalation import EscalationState
from inbox.store import config, escalations, holds, people
from inbox.store.engine import Store
from inbox.ui.alarms import AlarmStrip
from inbox.ui.theme import Theme
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
    assert [each.text() for each in strip.rows[0].buttons] == ["Open", "I have it"]
    QTest.mouseClick(strip.rows[0].buttons[1], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not strip.rows, timeout=WAIT_MS)
    with room.store.read() as s:
        found = escalations.get(s, call.id)
    assert found is not None
    assert (found.state, found.acknowledged_by) == (EscalationState.ACKNOWLEDGED, room.context.employee)


def test_calls_to_others_are_not_shown(qtbot: QtBot, room: Room) -> None:
    call = raising.raise_call(room.store, thread=room.thread, reason="smoke", actor="ana", now=LATER)
    raising.hand_over(room.store, call.id, "ben", actor="ana", now=LATER)
    stepping.step(room.store, LATER)
    hold_flow.hold(room.store, account=None, why="x", actor="ana", now=LATER)
    strip = shown(qtbot, room, 1)
    assert "held" in strip.rows[0].text.text()
