"""Corrections from the panel, by mouse and key, over a real store."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from inbox.model.mention import Mention
from inbox.model.thread import Thread
from inbox.store import corrections, threads
from inbox.store.engine import Store
from inbox.ui.decisions.picker import Picker
from inbox.ui.details import DetailsPane
from inbox.ui.details.correct import CorrectBox
from inbox.ui.details.deeds import Deeds
from tests.support.desk import NOON
from tests.ui.workroom import WAIT_MS, Room, working


def read(store: Store, room: Room) -> Thread:
    with store.read() as s:
        return threads.get(s, room.thread)


def newest(store: Store, room: Room) -> Mention:
    return read(store, room).mentions[-1]


def test_c_opens_the_box_and_return_corrects_with_an_undo(qtbot: QtBot, theme: object, sqlite_store: Store) -> None:
    del theme
    with working(qtbot, sqlite_store) as (room, pane):
        qtbot.waitUntil(lambda: pane._scene is not None, timeout=WAIT_MS)
        room.context.commands.run("correct")
        box = pane.findChild(CorrectBox)
        assert box is not None
        box.sentiment.setCurrentIndex(box.sentiment.findData("mixed"))
        QTest.keyClick(box, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: bool(room.toasts), timeout=WAIT_MS)
        assert newest(sqlite_store, room).sentiment == "mixed"
        said, undo = room.toasts[-1]
        assert said == "Corrected: sentiment mixed."
        assert undo is not None
        undo()
        qtbot.waitUntil(lambda: len(room.toasts) > 1, timeout=WAIT_MS)
        assert newest(sqlite_store, room).sentiment is None
        with sqlite_store.read() as s:
            assert corrections.since(s, NOON) == []


def test_the_authors_tags_are_changed_from_the_panel(qtbot: QtBot, theme: object, sqlite_store: Store) -> None:
    del theme
    with working(qtbot, sqlite_store) as (room, _):
        pane = DetailsPane(room.context)
        qtbot.addWidget(pane)
        pane.show()
        qtbot.waitUntil(lambda: pane._scene is not None, timeout=WAIT_MS)
        pane.author.edit.click()
        picker = pane.findChild(Picker)
        assert picker is not None
        picker.picked.emit(("add", "press"))
        picker.close()
        qtbot.waitUntil(lambda: bool(room.toasts), timeout=WAIT_MS)
        assert read(sqlite_store, room).author.tags == ("press",)
        pane.deeds.tag_author(read(sqlite_store, room).author.id, ("remove", "press"))
        qtbot.waitUntil(lambda: len(room.toasts) > 1, timeout=WAIT_MS)
        assert read(sqlite_store, room).author.tags == ()


def test_what_is_refused_is_said(qtbot: QtBot, theme: object, sqlite_store: Store) -> None:
    del theme
    with working(qtbot, sqlite_store) as (room, _):
        Deeds(room.context).correct(room.thread, {"sentiment": "odd"})
        qtbot.waitUntil(lambda: bool(room.toasts), timeout=WAIT_MS)
        assert room.toasts[-1][0].startswith("“odd” is no sentiment.")
