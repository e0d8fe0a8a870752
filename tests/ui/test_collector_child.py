"""The desktop's own collector: started where nobody holds the lease, restarted when it dies, gone with us."""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from pytestqt.qtbot import QtBot

from inbox.store.engine import Store
from inbox.ui.collector import Collector
from inbox.ui.context import Context
from tests.ui import scenes

READS = "import sys; sys.stdin.read()"
DIES = "import sys; sys.stderr.write('The keyring is locked.'); sys.exit(1)"


@pytest.fixture
def desk(qtbot: QtBot, sqlite_store: Store) -> Iterator[Context]:
    del qtbot
    made = Context()
    made.store = sqlite_store
    made.lanes.open(sqlite_store)
    yield made
    made.lanes.close()


def child(desk: Context, program: str) -> Collector:
    return Collector(desk, lambda _address: [sys.executable, "-c", program], first_wait=20)


def test_a_collector_is_started_where_nobody_holds_the_lease_and_leaves_when_its_input_closes(
    qtbot: QtBot, desk: Context
) -> None:
    collector = child(desk, READS)
    desk.opened.emit()
    qtbot.waitUntil(lambda: collector.running, timeout=10_000)
    collector.stop()
    assert not collector.running
    assert collector.process.exitCode() == 0
    assert collector.starts == 1


def test_no_second_collector_is_started_where_one_runs(qtbot: QtBot, desk: Context, sqlite_store: Store) -> None:
    scenes.hold_lease(sqlite_store, datetime.now(UTC))
    collector = child(desk, READS)
    with qtbot.waitSignal(collector.trouble) as told:
        collector.look()
    assert told.args == [""]
    assert collector.starts == 0
    collector.stop()


def test_a_collector_that_dies_is_started_again_with_longer_waits_and_the_side_bar_says_so(
    qtbot: QtBot, desk: Context
) -> None:
    collector = child(desk, DIES)
    said: list[str] = []
    collector.trouble.connect(said.append)
    collector.look()
    qtbot.waitUntil(lambda: collector.starts >= 3, timeout=20_000)
    assert said[0].startswith("The collector stopped. Starting it again in")
    assert collector._wait >= 80
    qtbot.waitUntil(lambda: collector.last_words() == "The keyring is locked.", timeout=10_000)
    collector.stop()
