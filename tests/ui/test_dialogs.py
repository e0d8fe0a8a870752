"""What Enter does in every dialog: the button that has the keyboard is pressed, or else the default."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from inbox.store.unsent import Unsent
from inbox.ui.entries.leaving import UnsavedDialog
from inbox.ui.incidents.asking import AskDialog
from inbox.ui.incidents.statementasking import StatementDialog
from inbox.ui.leaving import LeavingDialog
from inbox.ui.widgets import Button, Dialog

ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def ask(parent: QWidget) -> AskDialog:
    return AskDialog("Hold", ("Why?", "Say why."), ("Where", [(None, "Everywhere"), (1, "Here")]), "Hold them", parent)


def unsaved(parent: QWidget) -> UnsavedDialog:
    return UnsavedDialog("1 rule is edited and not saved", parent)


def leaving(parent: QWidget) -> LeavingDialog:
    return LeavingDialog(Unsent(soon=2, paced=0), parent)


def statement(parent: QWidget) -> StatementDialog:
    return StatementDialog("Publish", [("triangle", "It is seen at once.")], ("Publish", "megaphone"), parent)


MADE: tuple[Callable[[QWidget], Dialog], ...] = (ask, unsaved, leaving, statement)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


def shown(make: Callable[[QWidget], Dialog], window: QWidget) -> tuple[Dialog, list[str]]:
    """A dialog on screen, and the names of its buttons as they are pressed."""
    dialog = make(window)
    pressed: list[str] = []
    for button in dialog.findChildren(Button):
        button.clicked.connect(lambda _on=False, button=button: pressed.append(button.text()))
    dialog.show()
    dialog.activateWindow()
    return dialog, pressed


@pytest.mark.parametrize("make", MADE)
@pytest.mark.parametrize("key", ENTERS)
def test_enter_presses_whichever_button_has_the_keyboard(
    make: Callable[[QWidget], Dialog], key: Qt.Key, window: QWidget
) -> None:
    names = [button.text() for button in make(window).findChildren(Button)]
    for at, name in enumerate(names):
        dialog, pressed = shown(make, window)
        button = dialog.findChildren(Button)[at]
        button.setFocus()
        QTest.keyClick(button, key)
        assert pressed == [name]
        dialog.close()


@pytest.mark.parametrize("make", [ask, unsaved, leaving, statement])
def test_enter_elsewhere_presses_the_default(make: Callable[[QWidget], Dialog], window: QWidget) -> None:
    dialog, pressed = shown(make, window)
    assert dialog.default is not None
    held = dialog.focusWidget()
    if held is not None:
        held.clearFocus()
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert pressed == [dialog.default.text()]


def test_enter_in_a_field_or_a_list_answers_once(window: QWidget) -> None:
    dialog = ask(window)
    dialog.show()
    answers: list[object] = []
    dialog.answered.connect(lambda words, value: answers.append((words, value)))
    QTest.keyClick(dialog.field.edit, Qt.Key.Key_Return)
    assert answers == []
    assert dialog.isVisible()
    dialog.field.edit.setText("EX731 is evacuated")
    dialog.choice.setFocus()
    QTest.keyClick(dialog.choice, Qt.Key.Key_Return)
    assert answers == [("EX731 is evacuated", None)]


def test_a_default_that_is_off_is_not_pressed(window: QWidget) -> None:
    dialog, pressed = shown(leaving, window)
    assert dialog.default is not None
    dialog.default.setEnabled(False)
    dialog.findChildren(Button)[0].setFocus()
    dialog.findChildren(Button)[0].clearFocus()
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert pressed == []


def test_the_enter_that_opened_a_dialog_and_is_held_down_answers_nothing(window: QWidget) -> None:
    dialog, pressed = shown(leaving, window)
    again = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", autorep=True)
    QApplication.sendEvent(dialog, again)
    assert pressed == []


def test_every_dialog_of_ours_is_of_the_one_kind() -> None:
    ui = Path(__file__).parents[2] / "inbox" / "ui"
    of_qt = [path.name for path in ui.rglob("*.py") if "(QDialog)" in path.read_text(encoding="utf-8")]
    assert of_qt == ["dialog.py"]
