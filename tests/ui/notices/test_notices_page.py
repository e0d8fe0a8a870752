"""The page of notices: what is new stands out, Enter goes to the thread, and seen is seen."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from inbox.flow.hot import by_hand, statements
from inbox.model.ids import EmployeeId, ThreadId
from inbox.model.notice import Notice, NoticeKind
from inbox.store import config, incident_tasks, notices, people
from inbox.store.engine import Store
from inbox.ui.notices import NoticesPage
from inbox.ui.theme import Theme
from tests.ui.workroom import LATER, WAIT_MS, Room, settle

RETURNED = "Thread 1 went back to the queue: you had not started within 30m."
WAITS = "Nobody of Baggage is available. Thread 2 has waited for 15m."


def put(store: Store, *rows: tuple[str, NoticeKind, int | None, bool]) -> EmployeeId:
    """Notices for Ana, one a minute, the first the oldest."""
    with store.write() as s:
        ana = people.employee(s, "ana").id
        made = [
            Notice(0, ana, LATER + timedelta(minutes=at), kind, ThreadId(thread) if thread else None, said, f"k{at}",
                   late=late)
            for at, (said, kind, thread, late) in enumerate(rows)
        ]  # fmt: skip
        notices.add(s, made)
    return ana


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


def shown(qtbot: QtBot, room: Room, rows: int) -> NoticesPage:
    page = NoticesPage(room.context)
    qtbot.addWidget(page)
    page.resize(900, 600)
    page.show()
    room.open()
    qtbot.waitUntil(lambda: page.list.notices.rowCount() == rows and not page.loading.isVisible(), timeout=WAIT_MS)
    return page


def test_the_newest_stands_first_and_what_is_new_is_said(qtbot: QtBot, room: Room) -> None:
    put(room.store, (RETURNED, NoticeKind.RETURNED, 1, False), (WAITS, NoticeKind.NOBODY_AVAILABLE, 2, True))
    page = shown(qtbot, room, 2)
    assert page.head.beside.text() == "2 not seen"
    spoken = [page.list.notices.index(place, 0).data() for place in range(2)]
    assert spoken[0].startswith(f"New. {WAITS} Nobody available, told after an outage, ")
    assert spoken[1].startswith(f"New. {RETURNED} Back in the queue, ")


def test_the_first_is_chosen_as_soon_as_the_keyboard_is_in_the_list(qtbot: QtBot, room: Room) -> None:
    put(room.store, (RETURNED, NoticeKind.RETURNED, 1, False), (WAITS, NoticeKind.NOBODY_AVAILABLE, 2, True))
    page = shown(qtbot, room, 2)
    page.list.clearFocus()
    page.list.selectionModel().reset()
    page.setFocus()
    assert [each.row() for each in page.list.selectedIndexes()] == [0]


def test_enter_opens_the_thread_and_the_notice_is_seen(qtbot: QtBot, room: Room) -> None:
    ana = put(room.store, (RETURNED, NoticeKind.RETURNED, 1, False), (WAITS, NoticeKind.NOBODY_AVAILABLE, 2, False))
    page = shown(qtbot, room, 2)
    page.setFocus()
    assert page.list.hasFocus()
    QTest.keyClick(page.list, Qt.Key.Key_Down)
    with qtbot.waitSignal(room.context.thread_wanted) as wanted:
        QTest.keyClick(page.list, Qt.Key.Key_Return)
    assert wanted.args == [1]
    qtbot.waitUntil(lambda: page.head.beside.text() == "1 not seen", timeout=WAIT_MS)
    with room.store.read() as s:
        assert [each.sentence for each in notices.unseen(s, ana)] == [WAITS]
    assert page.list.currentIndex().row() == 1


def test_all_are_marked_seen_at_once(qtbot: QtBot, room: Room) -> None:
    ana = put(room.store, (RETURNED, NoticeKind.RETURNED, 1, False), (WAITS, NoticeKind.NOBODY_AVAILABLE, 2, False))
    page = shown(qtbot, room, 2)
    page.all_seen.click()
    qtbot.waitUntil(lambda: not page.all_seen.isVisible(), timeout=WAIT_MS)
    assert page.head.beside.text() == ""
    with room.store.read() as s:
        assert notices.unseen_count(s, ana) == 0


def test_nothing_to_tell_says_so(qtbot: QtBot, room: Room) -> None:
    page = shown(qtbot, room, 0)
    qtbot.waitUntil(page.empty.isVisible, timeout=WAIT_MS)
    assert page.empty.label.text().startswith("Nothing to tell.")


def test_what_comes_while_the_page_stands_is_listed(qtbot: QtBot, room: Room) -> None:
    page = shown(qtbot, room, 0)
    with room.store.write() as s:
        ana = people.employee(s, "ana").id
        notices.add(s, [Notice(0, ana, LATER, NoticeKind.RETURNED, ThreadId(1), RETURNED, "k")])
    room.context.changed.emit(s.change)
    qtbot.waitUntil(lambda: page.list.notices.rowCount() == 1, timeout=WAIT_MS)


def test_what_is_told_of_an_incident_opens_it_wherever_its_statement_and_task_belong(qtbot: QtBot, room: Room) -> None:
    store = room.store
    ours, _ = by_hand.open_incident(store, "Smoke", actor="ana", now=LATER)
    statement = statements.draft(store, ours, "We look into it.", [], actor="ana", now=LATER).statement_id
    with store.read() as s:
        task = incident_tasks.of(s, ours)[0].id
        ana = people.employee(s, "ana").id
    named = (
        f"incident {ours}",
        f"statement:{statement}:ask:now",
        f"task:{task}:now",
        "statement:99",
        "task:x",
        "other",
    )
    with store.write() as s:
        told = [
            Notice(0, ana, LATER + timedelta(minutes=at), NoticeKind.INCIDENT, None, f"Notice {at}.", key)
            for at, key in enumerate(named)
        ]
        notices.add(s, told)
    page = shown(qtbot, room, len(named))
    went: list[str] = []
    room.context.view_wanted.connect(went.append)
    for each in reversed(page.list.notices.rows):
        with qtbot.waitSignal(room.context.view_wanted, timeout=WAIT_MS):
            page.list.opened.emit(each)
    assert went == [f"incident:{ours}"] * 3 + ["incidents"] * 3
