"""A table of figures says whether the keyboard is in it."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from inbox.ui.quality.parts import FigureTable
from inbox.ui.theme import Theme
from inbox.ui.widgets import column


def test_the_row_with_the_keyboard_is_marked_only_while_the_keyboard_is_there(theme: Theme, qtbot: QtBot) -> None:
    del theme
    host = QWidget()
    qtbot.addWidget(host)
    before, table = QLineEdit(), FigureTable("Mistakes", ["Area", "Share"])
    table.fill([["Baggage", "4%"], ["Billing", "2%"]])
    box = column(host)
    box.addWidget(before)
    box.addWidget(table)
    host.show()
    host.activateWindow()
    qtbot.waitUntil(host.isActiveWindow)
    before.setFocus()
    table.setFocus()
    assert {each.row() for each in table.selectedIndexes()} == {0}
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert {each.row() for each in table.selectedIndexes()} == {1}
    before.setFocus()
    assert table.selectedIndexes() == []
    table.setFocus()
    assert {each.row() for each in table.selectedIndexes()} == {1}
