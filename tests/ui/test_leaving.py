"""Leaving with replies on their way."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from inbox.store.unsent import Unsent
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
    leaving.waiting = Unsent(2)
    assert not leaving.may_close()
    assert leaving.dialog is not None
    assert leaving.dialog.title.text() == "2 posts are on their way"
    leaving.dialog.stay.click()
    assert window.isVisible()
    assert not leaving.may_close()
    leaving.dialog.quit.click()
    assert leaving.may_close()


def test_replies_that_another_machines_collector_sends_hold_nobody_back(qtbot: QtBot, desk: Context) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    leaving = Leaving(desk, window, lambda: False)
    leaving.waiting = Unsent(2)
    assert leaving.may_close()


def test_nothing_on_its_way_closes_at_once(qtbot: QtBot, desk: Context) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    assert Leaving(desk, window, lambda: True).may_close()


def test_answers_of_an_incident_keep_their_pace_and_cannot_be_sent_at_once(qtbot: QtBot, desk: Context) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    leaving = Leaving(desk, window, lambda: True)
    leaving.waiting = Unsent(0, 20_000)
    assert not leaving.may_close()
    assert leaving.dialog is not None
    assert leaving.dialog.title.text() == "20000 answers of an incident wait"
    assert leaving.dialog.send.isHidden()
    leaving.dialog.stay.click()
    leaving.waiting = Unsent(1, 20_000)
    assert not leaving.may_close()
    assert leaving.dialog.title.text() == "1 post is on its way"
    assert "20,000 answers of an incident" in leaving.dialog.words.text()
    assert not leaving.dialog.send.isHidden()
