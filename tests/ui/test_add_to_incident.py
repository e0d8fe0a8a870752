"""H: the thread is put into an incident that is open, or a new one is opened for it."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from inbox.flow.hot import by_hand
from inbox.store import incidents
from inbox.store.engine import Store
from inbox.ui.decisions import Decisions, Picker
from tests.ui.workroom import LATER, WAIT_MS, Room, working


@contextmanager
def asked(qtbot: QtBot, store: Store, words: str) -> Iterator[Room]:
    """The picker is open, and what was typed is chosen."""
    with working(qtbot, store) as (room, _):
        window = QWidget()
        qtbot.addWidget(window)
        window.show()
        Decisions(room.context, window)
        room.context.commands.run("add-to-incident")
        qtbot.waitUntil(lambda: window.findChild(Picker) is not None, timeout=WAIT_MS)
        picker = window.findChild(Picker)
        assert picker is not None
        QTest.keyClicks(picker.field, words)
        QTest.keyClick(picker.field, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: bool(room.toasts), timeout=WAIT_MS)
        yield room


def test_a_thread_goes_into_an_open_incident_and_out_again(qtbot: QtBot, theme: object, sqlite_store: Store) -> None:
    del theme
    number, _ = by_hand.open_incident(sqlite_store, "Double charges", actor="ben", now=LATER)
    with asked(qtbot, sqlite_store, "double") as room:
        said, undo = room.toasts[-1]
        assert said == "1 thread put into “Double charges”."
        with sqlite_store.read() as s:
            assert incidents.threads(s, number) == [room.thread]
        assert undo is not None
        undo()
        qtbot.waitUntil(lambda: len(room.toasts) > 1, timeout=WAIT_MS)
        with sqlite_store.read() as s:
            assert incidents.threads(s, number) == []


def test_a_name_that_is_not_there_opens_a_new_incident(qtbot: QtBot, theme: object, sqlite_store: Store) -> None:
    del theme
    with asked(qtbot, sqlite_store, "Smoke on EX731") as room, sqlite_store.read() as s:
        (found,) = incidents.open_ones(s)
        assert (found.title, incidents.threads(s, found.id)) == ("Smoke on EX731", [room.thread])
