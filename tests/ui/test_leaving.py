"""Leaving with replies on their way."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from inbox.ui.context import Context
from inbox.ui.leaving import Leaving
from inbox.ui.theme import Theme
from tests.ui.fakes import context


@pytest.fixture
def desk(qtbot: QtBot, theme: Theme) -> Iterator[Context]:
    del qtbot, theme
    made = context()
    yield made
    made.lanes.close()


def test_the_window_asks_before_it_takes_the_collector_with_replies_away(qtbot: QtBot, desk: Context) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    leaving = Leaving(desk, window, lambda: True)
    leaving.on_their_way = 2
    assert not leaving.may_close()
    assert leaving.dialog is not None
    assert leaving.dialog.title.text() == "2 replies are on their way"
    leaving.dialog.stay.click()
    assert window.isVisible()
    assert not leaving.may_close()
    leaving.dialog.quit.click()
    assert leaving.may_close()


def test_replies_that_another_machines_collector_sends_hold_nobody_back(qtbot: QtBot, desk: Context) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    leaving = Leaving(desk, window, lambda: False)
    leaving.on_their_way = 2
    assert leaving.may_close()


def test_nothing_on_its_way_closes_at_once(qtbot: QtBot, desk: Context) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    assert Leaving(desk, window, lambda: True).may_close()
