"""New notices are told while the desktop runs: one per thread, over three in one sentence, never over a way back."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from inbox.model.ids import EmployeeId, ThreadId
from inbox.model.notice import Notice, NoticeKind
from inbox.store import config, notices, people
from inbox.store.engine import Store
from inbox.ui.notices import Notifier
from inbox.ui.notices.notifier import summed
from inbox.ui.rail import Rail
from inbox.ui.theme import Theme
from inbox.ui.widgets import Toast
from tests.ui.conftest import HARMLESS
from tests.ui.workroom import LATER, WAIT_MS, Room, settle


def notice(number: int, thread: int | None, said: str = "") -> Notice:
    words = said or f"Notice {number}."
    about = ThreadId(thread) if thread else None
    return Notice(number, EmployeeId(1), LATER, NoticeKind.RETURNED, about, words, f"k{number}")


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


def put(room: Room, *rows: Notice) -> None:
    """Ana is told something, and the desktop hears that there is something."""
    with room.store.write() as s:
        notices.add(s, list(rows))
    room.context.changed.emit(s.change)


def bar(qtbot: QtBot, room: Room) -> Toast:
    window = QWidget()
    window.resize(600, 400)
    qtbot.addWidget(window)
    window.show()
    toast = Toast(window)
    room.context.toast_wanted.connect(toast.show_text)
    return toast


def test_one_for_each_thread_and_over_three_become_one() -> None:
    assert summed([]) == []
    assert summed([notice(3, 7), notice(2, 7), notice(1, 8)]) == [("Notice 1.", 8), ("Notice 3.", 7)]
    assert summed([notice(2, None), notice(1, None)]) == [("Notice 1.", None), ("Notice 2.", None)]
    many = summed([notice(number, number) for number in range(1, 6)])
    assert many == [("5 new notices. The newest: Notice 5.", None)]


def test_only_what_comes_later_is_told(qtbot: QtBot, room: Room) -> None:
    with room.store.write() as s:
        notices.add(s, [notice(0, 1, "Old.")])
    said: list[tuple[str, ThreadId | None]] = []
    room.open()
    notifier = Notifier(room.context, bar(qtbot, room), say=lambda words, about: said.append((words, about)))
    settle(qtbot, room)
    put(room, notice(9, 1, "New."))
    qtbot.waitUntil(lambda: bool(said), timeout=WAIT_MS)
    notifier.read()
    settle(qtbot, room)
    assert said == [("New.", 1)]


def test_another_person_s_notices_are_not_told_here(qtbot: QtBot, room: Room) -> None:
    said: list[str] = []
    room.context.employee = "ben"
    room.open()
    notifier = Notifier(room.context, bar(qtbot, room), say=lambda words, _about: said.append(words))
    settle(qtbot, room)
    put(room, notice(9, 1, "New."))
    settle(qtbot, room)
    assert said == []
    assert notifier.parent() is None


def test_the_bar_tells_one_after_the_other_and_keeps_the_way_back(qtbot: QtBot, room: Room) -> None:
    room.open()
    toast = bar(qtbot, room)
    notifier = Notifier(room.context, toast)
    settle(qtbot, room)
    room.context.toast("Moved 4 threads.", lambda: None)
    put(room, notice(8, 1, "First."), notice(9, None, "Second."))
    settle(qtbot, room)
    assert (toast.label.text(), toast.can_undo) == ("Moved 4 threads.", True)
    toast.dismiss()
    assert toast.label.text() == "First."
    toast.dismiss()
    assert toast.label.text() == "Second."
    toast.dismiss()
    assert not toast.isVisible()
    assert notifier.parent() is None


def test_the_side_bar_counts_what_was_not_seen(qtbot: QtBot, room: Room) -> None:
    rail = Rail(room.context)
    qtbot.addWidget(rail)
    room.open()
    put(room, notice(8, 1), notice(9, 2))
    qtbot.waitUntil(lambda: rail.items["notices"].count == "2", timeout=WAIT_MS)
    with room.store.write() as s:
        notices.mark_seen(s, EmployeeId(1), room.time)
    room.context.changed.emit(s.change)
    qtbot.waitUntil(lambda: rail.items["notices"].count == "", timeout=WAIT_MS)


@pytest.mark.qt_log_ignore("systemTrayWindowChanged", *HARMLESS)
def test_a_message_of_the_tray_leads_to_its_thread(qtbot: QtBot, room: Room) -> None:
    room.open()
    notifier = Notifier(room.context, bar(qtbot, room))
    settle(qtbot, room)
    notifier._by_tray("The thread of Kim Lee went back to the queue.", ThreadId(4))
    with qtbot.waitSignal(room.context.thread_wanted) as thread:
        notifier._clicked()
    assert thread.args == [4]
    notifier._by_tray("5 new notices.", None)
    with qtbot.waitSignal(room.context.view_wanted) as page:
        notifier._clicked()
    assert page.args == ["notices"]
