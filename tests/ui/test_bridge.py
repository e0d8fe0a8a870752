"""Lanes carry work off the GUI thread and bring back what came of it."""

import threading
from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from inbox.model.change import Change
from inbox.model.ids import ThreadId
from inbox.ui.bridge import FeedThread, Lanes
from tests.ui.fakes import FakeStore


@pytest.fixture
def lanes(qtbot: QtBot) -> Iterator[Lanes]:
    del qtbot
    made = Lanes()
    yield made
    made.close()


def test_work_runs_elsewhere_and_its_result_arrives_here(qtbot: QtBot, lanes: Lanes) -> None:
    lanes.open(FakeStore())  # type: ignore[arg-type]
    got: list[tuple[int, int]] = []
    lanes.read(lambda _session: threading.get_ident(), lambda ident: got.append((ident, threading.get_ident())))
    qtbot.waitUntil(lambda: bool(got))
    assert got[0][0] != threading.get_ident()
    assert got[0][1] == threading.get_ident()


def test_a_newer_read_of_the_same_key_replaces_an_older_one(qtbot: QtBot, lanes: Lanes) -> None:
    lanes.open(FakeStore())  # type: ignore[arg-type]
    gate = threading.Event()
    got: list[str] = []

    def slow(_session: object) -> str:
        gate.wait(5)
        return "old"

    lanes.read(slow, got.append, key="row")
    lanes.read(lambda _session: "new", got.append, key="row")
    qtbot.waitUntil(lambda: got == ["new"])
    gate.set()
    qtbot.waitUntil(lambda: not lanes.busy)
    assert got == ["new"]


def test_what_is_asked_before_the_store_opens_is_done_then(qtbot: QtBot, lanes: Lanes) -> None:
    got: list[str] = []
    lanes.read(lambda _session: "read", got.append)
    lanes.write(lambda _store: "written", got.append)
    assert got == []
    lanes.open(FakeStore())  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: sorted(got) == ["read", "written"])


def test_an_error_goes_to_who_asked_else_to_the_window(qtbot: QtBot, lanes: Lanes) -> None:
    told: list[str] = []

    def fail() -> None:
        message = "The disk is full."
        raise OSError(message)

    lanes.run(fail, None, lambda error: told.append(f"mine: {error}"))
    qtbot.waitUntil(lambda: told == ["mine: The disk is full."])
    with qtbot.waitSignal(lanes.trouble) as trouble:
        lanes.run(fail)
    assert str(trouble.args[0]) == "The disk is full."


def test_a_screen_that_is_gone_is_not_told(qtbot: QtBot, lanes: Lanes) -> None:
    lanes.open(FakeStore())  # type: ignore[arg-type]
    gate, told = threading.Event(), []

    class Screen(QObject):
        def show(self, result: object) -> None:
            told.append(result)

    screen = Screen()
    lanes.read(lambda _session: gate.wait(5), screen.show)
    delete(screen)
    gate.set()
    qtbot.waitUntil(lambda: not lanes.busy)
    assert told == []


def _note(made: list[int], number: int, _store: object) -> None:
    made.append(number)


def test_writes_asked_for_before_the_end_are_still_made(qtbot: QtBot) -> None:
    del qtbot
    lanes = Lanes()
    lanes.open(FakeStore())  # type: ignore[arg-type]
    made: list[int] = []
    for number in range(20):
        lanes.write(partial(_note, made, number))
    lanes.close()
    assert made == list(range(20))
    lanes.write(partial(_note, made, 99))
    assert made == list(range(20))


def test_changes_that_come_close_together_arrive_as_one(qtbot: QtBot) -> None:
    waiting = [Change(seq, frozenset({ThreadId(seq)})) for seq in range(1, 6)]
    gate = threading.Event()

    def wait(seconds: float) -> Change | None:
        if waiting:
            return waiting.pop(0)
        gate.wait(seconds)
        return None

    feed = FeedThread(wait)
    got: list[Change] = []
    feed.changed.connect(got.append)
    feed.start()
    qtbot.waitUntil(lambda: frozenset().union(*(change.threads for change in got)) == {1, 2, 3, 4, 5})
    gate.set()
    feed.stop()
    assert got[-1].seq == 5
