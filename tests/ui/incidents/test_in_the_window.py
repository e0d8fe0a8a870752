"""Open incidents stand in the side bar, and a key of the window opens their room."""

from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from inbox.flow.hot import by_hand, deciding
from inbox.store.engine import Store
from inbox.ui.incidents import RoomPage
from inbox.ui.window import Window
from tests.support.desk import waiting_thread
from tests.ui.workroom import LATER, WAIT_MS, Room, settle


def test_an_open_incident_stands_in_the_side_bar_and_opens_from_there(
    qtbot: QtBot, theme: object, sqlite_store: Store, tmp_path: Path
) -> None:
    del theme
    room = Room(sqlite_store)
    room.time = LATER + timedelta(minutes=1)
    threads = [room.thread, waiting_thread(sqlite_store, who="lee")]
    window = Window(room.context, QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat))
    qtbot.addWidget(window)
    window.resize(1200, 800)
    window.show()
    room.open()
    settle(qtbot, room)
    assert not any(key.startswith("incident:") for key in window.rail.items)
    number, done = by_hand.open_incident(sqlite_store, "Double charges", threads, actor="ben", now=LATER)
    room.context.changed.emit(done.change)
    key = f"incident:{number}"
    qtbot.waitUntil(lambda: key in window.rail.items, timeout=WAIT_MS)
    item = window.rail.items[key]
    assert item.accessibleName() == "Incident: Double charges, 2"
    item.click()
    settle(qtbot, room)
    page = window.findChild(RoomPage)
    assert page is not None
    qtbot.waitUntil(lambda: page.room is not None, timeout=WAIT_MS)
    assert page.isVisible()
    assert item.isChecked()
    assert window.shown == key
    closed = deciding.close(sqlite_store, number, actor="ben", now=LATER)
    room.context.changed.emit(closed.change)
    qtbot.waitUntil(lambda: key not in window.rail.items, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: page.head.first.text() == "Reopen", timeout=WAIT_MS)
    settle(qtbot, room)
    room.context.lanes.close()
