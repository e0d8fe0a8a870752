"""The queue's model: long lists, changes that others make, and Qt's own checks."""

from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from inbox.model.change import Change
from inbox.model.ids import ThreadId
from inbox.model.words import Status
from inbox.ui.context import Context
from inbox.ui.opening import FIRST_PAGE
from inbox.ui.queue.model import ACCESSIBLE, PAGE, Loading, QueueModel
from tests.ui.fakes import OPEN, FakeReader, context, row


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Context]:
    del qtbot
    made = context()
    yield made
    made.lanes.close()


def shown(qtbot: QtBot, desk: Context, count: int) -> tuple[QueueModel, FakeReader]:
    reader = FakeReader(row(number) for number in range(1, count + 1))
    model = QueueModel(desk, reader)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    with qtbot.waitSignal(model.modelReset):
        model.show_view(OPEN)
    qtbot.waitUntil(lambda: not desk.lanes.busy)
    return model, reader


def test_the_list_is_as_long_as_the_view_though_only_a_page_is_read(qtbot: QtBot, desk: Context) -> None:
    model, _reader = shown(qtbot, desk, 2000)
    assert model.rowCount() == 2000
    assert model.peek(FIRST_PAGE - 1) is not None
    assert model.peek(FIRST_PAGE) is None


def _held(model: QueueModel, place: int) -> bool:
    return model.peek(place) is not None


def test_any_row_of_a_long_list_comes_when_it_is_looked_at(qtbot: QtBot, desk: Context) -> None:
    model, reader = shown(qtbot, desk, 5000)
    for place in (4999, 2500, 100, 3000):
        assert model.row_at(place) is None
        qtbot.waitUntil(partial(_held, model, place))
        found = model.peek(place)
        assert found is not None
        assert found.id == place + 1
    assert reader.pages <= 6


def test_a_stretch_that_is_on_its_way_is_asked_for_once(qtbot: QtBot, desk: Context) -> None:
    model, reader = shown(qtbot, desk, 1000)
    before = reader.pages
    for place in range(PAGE * 5, PAGE * 6):
        model.row_at(place)
    qtbot.waitUntil(lambda: model.peek(PAGE * 5) is not None)
    assert reader.pages == before + 1


def test_a_changed_thread_is_shown_anew_in_its_place(qtbot: QtBot, desk: Context) -> None:
    model, reader = shown(qtbot, desk, 10)
    reader.replace(3, text="Changed", version=2)
    with qtbot.waitSignal(model.dataChanged):
        model.apply(Change(1, frozenset({ThreadId(3)})))
    found = model.peek(2)
    assert found is not None
    assert found.text == "Changed"


def test_a_thread_that_a_colleague_closed_stays_until_nothing_is_pointed_at(qtbot: QtBot, desk: Context) -> None:
    model, reader = shown(qtbot, desk, 10)
    reader.replace(3, status=Status.CLOSED)
    with qtbot.waitSignal(model.dataChanged):
        model.apply(Change(1, frozenset({ThreadId(3)})))
    kept = model.peek(2)
    assert kept is not None
    assert model.is_gone(kept)
    assert model.rowCount() == 10
    model.drop_gone()
    assert model.rowCount() == 9
    assert model.place_of(ThreadId(4)) == 2


def test_a_thread_that_i_closed_goes_at_once(qtbot: QtBot, desk: Context) -> None:
    model, reader = shown(qtbot, desk, 10)
    model.own.add(ThreadId(3))
    reader.replace(3, status=Status.CLOSED)
    with qtbot.waitSignal(model.rowsRemoved):
        model.apply(Change(1, frozenset({ThreadId(3)})))
    assert model.rowCount() == 9


def test_new_threads_are_counted_and_nothing_moves_until_they_are_wanted(qtbot: QtBot, desk: Context) -> None:
    model, reader = shown(qtbot, desk, 10)
    reader.all += [row(0), row(11)]
    with qtbot.waitSignal(model.arrived) as told:
        model.apply(Change(1, frozenset({ThreadId(11), ThreadId(0)})))
    assert told.args == [2]
    assert model.rowCount() == 10
    with qtbot.waitSignal(model.modelReset):
        model.refresh()
    assert model.rowCount() == 12
    first = model.peek(0)
    assert first is not None
    assert first.id == 0


def test_rows_behind_a_removed_one_are_still_found(qtbot: QtBot, desk: Context) -> None:
    model, reader = shown(qtbot, desk, 1000)
    model.own.add(ThreadId(1))
    reader.replace(1, status=Status.CLOSED)
    with qtbot.waitSignal(model.rowsRemoved):
        model.apply(Change(1, frozenset({ThreadId(1)})))
    model.row_at(700)
    qtbot.waitUntil(lambda: model.peek(700) is not None)
    found = model.peek(700)
    assert found is not None
    assert found.id == 702


def test_a_view_that_cannot_be_read_says_why(qtbot: QtBot, desk: Context) -> None:
    reader = FakeReader([])
    reader.error = OSError("The workspace is locked by another program.")
    model = QueueModel(desk, reader)
    model.show_view(OPEN)
    with qtbot.waitSignal(model.loading) as told:
        pass
    assert told.args == [Loading.FAILED, "The workspace is locked by another program."]


def test_a_row_speaks_as_a_sentence(qtbot: QtBot, desk: Context) -> None:
    model, _reader = shown(qtbot, desk, 4)
    spoken = model.data(model.index(3, 0), ACCESSIBLE)
    assert spoken == "Author 4, Mastodon. Due in 4 minutes. Baggage. Assigned to ana. Mention number 4"
