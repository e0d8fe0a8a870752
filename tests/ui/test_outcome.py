"""Y: what became of the customer is asked, said with an undo, and shown in the details."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from inbox.model.words import Outcome
from inbox.store import threads
from inbox.store.engine import Store
from inbox.ui.decisions import Decisions, Picker
from inbox.ui.details import DetailsPane
from inbox.ui.widgets import Label
from tests.ui.workroom import WAIT_MS, working


def test_the_outcome_is_chosen_by_key_shown_in_the_details_and_undone(
    qtbot: QtBot, theme: object, sqlite_store: Store
) -> None:
    del theme
    with working(qtbot, sqlite_store) as (room, _):
        window = QWidget()
        qtbot.addWidget(window)
        window.show()
        Decisions(room.context, window)
        details = DetailsPane(room.context)
        qtbot.addWidget(details)
        details.show()
        room.context.commands.run("outcome")
        qtbot.waitUntil(lambda: window.findChild(Picker) is not None, timeout=WAIT_MS)
        picker = window.findChild(Picker)
        assert picker is not None
        QTest.keyClicks(picker.field, "complaint")
        QTest.keyClick(picker.field, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: bool(room.toasts), timeout=WAIT_MS)
        said, undo = room.toasts[-1]
        assert said == f"Thread {room.thread}: outcome complaint filed."
        with sqlite_store.read() as s:
            assert threads.get(s, room.thread).outcome is Outcome.COMPLAINT_FILED
        qtbot.waitUntil(
            lambda: "Complaint filed" in [each.text() for each in details.findChildren(Label)], timeout=WAIT_MS
        )
        assert undo is not None
        undo()
        qtbot.waitUntil(lambda: len(room.toasts) > 1, timeout=WAIT_MS)
        with sqlite_store.read() as s:
            assert threads.get(s, room.thread).outcome is None
