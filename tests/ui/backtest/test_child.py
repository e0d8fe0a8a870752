"""The child process that runs a backtest: progress, result, and every way in which it can end."""

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from inbox.flow import triage
from inbox.model.ids import AreaId
from inbox.model.people import Area
from inbox.model.workspace import Rule, Then, When, Workspace
from inbox.store import config
from inbox.store.engine import Store
from inbox.ui.backtest.child import BacktestRun, command
from inbox.ui.context import Context
from tests.support.talk import Talk, at
from tests.ui.backtest.figures import SLEEPS, Make, document, says, script
from tests.ui.fakes import context

WAIT_MS = 30_000
WORKSPACE = Workspace(
    areas=(Area(AreaId(1), "Baggage"),), rules=(Rule("bag", When(text_any=("bag",)), Then("Baggage")),)
)


@pytest.fixture
def desk(qapp: object) -> Iterator[Context]:
    """A context whose lanes are closed afterwards."""
    del qapp
    made = context()
    yield made
    made.lanes.close()


class Heard:
    """All that a run said."""

    def __init__(self, desk: Context, make: Make) -> None:
        self.run = BacktestRun(desk, None, make)
        self.progress: list[tuple[int, int]] = []
        self.ends: list[object] = []
        self.run.progressed.connect(lambda done, of: self.progress.append((done, of)))
        self.run.done.connect(self.ends.append)
        self.run.failed.connect(self.ends.append)
        self.run.stopped.connect(lambda: self.ends.append("stopped"))

    def wait(self, qtbot: QtBot) -> object:
        qtbot.waitUntil(lambda: bool(self.ends), timeout=WAIT_MS)
        assert not self.run.running
        assert len(self.ends) == 1
        return self.ends[0]


def files(folder: Path) -> list[Path]:
    return list(folder.glob("inbox-backtest-*"))


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Temporary files of this test alone."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


def test_it_tells_progress_and_gives_the_document(qtbot: QtBot, desk: Context, folder: Path) -> None:
    heard = Heard(desk, says())
    heard.run.start(WORKSPACE)
    assert heard.run.running
    assert heard.wait(qtbot) == document()
    assert heard.progress == [(0, 9), (9, 9)]
    assert files(folder) == []


def test_only_we_can_read_what_is_tried(qtbot: QtBot, desk: Context) -> None:
    look = "import json, os; print(json.dumps({'mode': os.stat(FILE).st_mode, 'text': open(FILE).read()}))"
    heard = Heard(desk, script(look))
    heard.run.start(WORKSPACE)
    found = heard.wait(qtbot)
    assert isinstance(found, dict)
    assert stat.S_IMODE(found["mode"]) == 0o600
    assert 'text_any = ["bag"]' in found["text"]


def test_an_error_comes_in_the_command_s_own_words(qtbot: QtBot, desk: Context) -> None:
    said = 'import sys; sys.stderr.write(\'{"done": 0, "of": 2}\\nThe workspace is locked.\\n\'); sys.exit(1)'
    heard = Heard(desk, script(said))
    heard.run.start(WORKSPACE)
    assert heard.wait(qtbot) == "The workspace is locked."


def test_a_killed_child_is_told_in_words(qtbot: QtBot, desk: Context, folder: Path) -> None:
    heard = Heard(desk, script("import os; os.kill(os.getpid(), 9)"))
    heard.run.start(WORKSPACE)
    assert "ended from outside" in str(heard.wait(qtbot))
    assert files(folder) == []


def test_what_is_no_document_is_told_in_words(qtbot: QtBot, desk: Context) -> None:
    heard = Heard(desk, script("print('nonsense')"))
    heard.run.start(WORKSPACE)
    assert "no result that can be read" in str(heard.wait(qtbot))


def test_a_program_that_is_not_there_is_told_in_words(qtbot: QtBot, desk: Context, folder: Path) -> None:
    heard = Heard(desk, lambda _address, _file, _since: ["/no/such/program"])
    heard.run.start(WORKSPACE)
    assert "could not be started" in str(heard.wait(qtbot))
    assert files(folder) == []


def test_stop_ends_it_and_leaves_nothing(qtbot: QtBot, desk: Context, folder: Path) -> None:
    heard = Heard(desk, SLEEPS)
    heard.run.start(WORKSPACE)
    qtbot.waitUntil(lambda: heard.run.process is not None and heard.run.process.processId() > 0, timeout=WAIT_MS)
    heard.run.stop()
    assert heard.wait(qtbot) == "stopped"
    assert files(folder) == []


def test_stopped_before_it_began_it_never_begins(qtbot: QtBot, desk: Context, folder: Path) -> None:
    heard = Heard(desk, SLEEPS)
    heard.run.start(WORKSPACE)
    heard.run.stop()
    assert heard.wait(qtbot) == "stopped"
    qtbot.waitUntil(lambda: desk.lanes.busy == 0, timeout=WAIT_MS)
    assert heard.run.process is None
    assert files(folder) == []


def test_another_start_replaces_what_runs(qtbot: QtBot, desk: Context, folder: Path) -> None:
    heard = Heard(desk, SLEEPS)
    heard.run.start(WORKSPACE)
    qtbot.waitUntil(lambda: heard.run.process is not None and heard.run.process.processId() > 0, timeout=WAIT_MS)
    heard.run._make = says(threads=1)
    heard.run.start(WORKSPACE)
    found = heard.wait(qtbot)
    assert isinstance(found, dict)
    assert found["threads"] == 1
    assert files(folder) == []


def test_the_real_command_is_run_on_a_real_workspace(qtbot: QtBot, qapp: object, sqlite_store: Store) -> None:
    del qapp
    talk = Talk(sqlite_store, Workspace(areas=(Area(AreaId(0), "Baggage"),)))
    talk.says(0, "Where is my bag?")
    triage.triage_pending(sqlite_store, now=at(1))
    with sqlite_store.read() as s:
        present = config.load(s)
    desk = Context()
    desk.open(sqlite_store, sqlite_store.address)
    heard = Heard(desk, command)
    heard.run.start(Workspace(areas=present.areas, rules=WORKSPACE.rules))
    found = heard.wait(qtbot)
    desk.lanes.close()
    assert isinstance(found, dict), found
    assert (found["threads"], found["moved"]) == (1, 1)
