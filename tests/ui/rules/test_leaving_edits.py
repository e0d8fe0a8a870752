"""Closing the window over edits asks first."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.ui.rules.room import CTRL, Room

Key = Qt.Key


def test_closing_over_unsaved_edits_asks_and_staying_keeps_them(room: Room) -> None:
    room.key(Key.Key_N, CTRL)
    room.type("Praise")
    room.window.close()
    assert room.window.isVisible()
    dialog = room.page.unsaved.dialog
    assert dialog is not None
    assert dialog.stay.hasFocus() or dialog.focusWidget() is dialog.stay
    dialog.stay.click()
    assert room.page.unsaved.dialog is None
    assert room.page.editor.name.text() == "Praise"


def test_quitting_without_saving_closes(room: Room) -> None:
    room.key(Key.Key_N, CTRL)
    room.window.close()
    dialog = room.page.unsaved.dialog
    assert dialog is not None
    dialog.quit.click()
    QApplication.processEvents()
    assert not room.window.isVisible()


def test_without_edits_the_window_just_closes(room: Room) -> None:
    room.window.close()
    assert room.page.unsaved.dialog is None
    assert not room.window.isVisible()
