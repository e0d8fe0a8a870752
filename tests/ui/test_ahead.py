"""Reading ahead: a copy of the program reads the first screen while the window is built, or the start does without."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from inbox.model.change import Change
from inbox.model.ids import ThreadId
from inbox.model.view import View
from inbox.model.words import Status
from inbox.store.engine import open_store
from inbox.store.errors import Refused
from inbox.store.schema import thread
from inbox.ui import ahead, opening
from inbox.ui.context import Context
from inbox.ui.theme import Theme
from inbox.ui.window import Window
from tests.ui import scenes

START = """
import json, os, signal, sys, time
from inbox.ui import ahead
ahead.core_to_spare = lambda: True
def left():
    try:
        os.waitpid(-1, os.WNOHANG)
        return True
    except ChildProcessError:
        return False
"""
READ = """
reading = ahead.begin(sys.argv[1])
reading.tell(["nobody", "ben"])
found = reading.wait()
reading.end()
areas = [each.id for each in found.workspace.areas if each.name in ("Billing", "Press")] if found else None
rows = [each.area for each in found.found[1].rows] if found else None
print(json.dumps([rows, found and list(found.filter.areas) == areas, found and found.accounts, left()]))
"""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="nothing is read ahead off Linux")


def run(script: str, *arguments: str, timeout: float = 30) -> Any:
    """What a fresh process, without Qt and threads, prints."""
    command = [sys.executable, "-c", START + script, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=timeout, check=True)
    assert "Traceback" not in done.stderr
    return json.loads(done.stdout)


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    scenes.build(tmp_path / "workspace.inbox").close()
    return tmp_path / "workspace.inbox"


def test_a_copy_reads_the_first_screen_of_whoever_sat_there_last(workspace: Path) -> None:
    rows, own, accounts, left = run(READ, str(workspace))
    assert rows
    assert set(rows) == {"Billing", "Press"}
    assert own
    assert accounts
    assert not left


def test_a_workspace_that_is_missing_hands_nothing_over(tmp_path: Path) -> None:
    assert run(READ, str(tmp_path / "nothing.inbox")) == [None, None, None, False]
    assert not list(tmp_path.iterdir())


def test_an_older_workspace_is_never_brought_up_by_the_copy(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("inbox.store.engine.VERSION", "9999")
    with pytest.raises(Refused, match="older"):
        open_store(workspace, upgrade=False)


def test_a_reading_that_hangs_is_ended_by_the_clock() -> None:
    script = """
ahead.SECONDS = 0.2
reading = ahead.begin_with(lambda told: signal.pause())
reading.tell(["ana"])
print(json.dumps([reading.wait(), left()]))
"""
    assert run(script) == [None, False]


def test_ending_early_leaves_no_process_behind() -> None:
    script = """
reading = ahead.begin_with(lambda told: signal.pause())
reading.end()
reading.end()
print(json.dumps(left()))
"""
    assert run(script) is False


def test_the_copy_goes_when_the_program_dies() -> None:
    # The copy holds the standard output too: this ends only when both are gone.
    script = """
ahead.SECONDS = 60
ahead.begin_with(lambda told: told())
print(0, flush=True)
os.kill(os.getpid(), signal.SIGTERM)
"""
    command = [sys.executable, "-c", START + script]
    subprocess.run(command, capture_output=True, timeout=20, check=False)


def test_nothing_is_copied_while_all_cores_are_at_work(workspace: Path) -> None:
    script = """
ahead.core_to_spare = lambda: False
print(json.dumps([ahead.begin(sys.argv[1]), left()]))
"""
    assert run(script, str(workspace)) == [None, False]


def test_nothing_is_copied_once_qt_is_loaded(workspace: Path) -> None:
    assert ahead.begin(str(workspace)) is None


def test_a_page_read_ahead_is_shown_before_the_store_is_open_and_then_brought_up_to_date(
    qtbot: QtBot, theme: Theme, workspace: Path, tmp_path: Path
) -> None:
    del theme
    found = opening.read(str(workspace), lambda: ["ana"])
    context = Context(now=lambda: scenes.NOW)
    context.employee = "ana"
    window = Window(context, QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat))
    qtbot.addWidget(window)
    context.opening = found
    window.desk.show((found.workspace, found.employees, found.accounts))
    model = window.page.queue.model
    assert context.store is None
    assert model.rowCount() == 16
    first = model.peek(0)
    assert first is not None
    store = open_store(workspace)
    with store.write() as session:
        session.execute(thread.update().where(thread.c.id == first.id).values(text="Found it", status=Status.OPEN))
    context.open(store, str(workspace))
    context.changed.emit(Change(many=True))

    def fresh() -> bool:
        row = model.peek(0)
        return row is not None and row.id == ThreadId(first.id) and row.text == "Found it"

    qtbot.waitUntil(fresh, timeout=10_000)
    assert context.page_ahead(model.view) is None  # type: ignore[arg-type]
    context.lanes.close()
    store.close()


def test_a_page_read_ahead_for_somebody_else_is_not_shown(workspace: Path) -> None:
    found = opening.read(str(workspace), lambda: ["ben"])
    other = opening.read(str(workspace), lambda: ["ana"])
    assert found.page_of(View("areas", "My areas", found.filter)) is found.found
    assert found.page_of(View("areas", "My areas", other.filter)) is None


RUN = """
import inbox.app
opened = []
begin = inbox.app.begin
def watched(address):
    reading = begin(address)
    from PySide6.QtWidgets import QApplication
    from inbox.ui.collector import Collector
    from inbox.ui.context import Context
    from inbox.ui.shell import Shell
    Collector.look = lambda self: None
    def open(self, store, address, open=Context.open):
        rows = self.parent_window.page.queue.model.rowCount()
        open(self, store, address)
        print(json.dumps([rows, left()]), flush=True)
        QApplication.quit()
    Context.open = open
    def hold(self, content, hold=Shell.hold):
        content.context.parent_window = content
        hold(self, content)
    Shell.hold = hold
    return reading
inbox.app.begin = watched
inbox.app.run(sys.argv[1])
"""


def test_a_start_shows_the_first_page_before_it_opens_the_store(
    workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert run(RUN, str(workspace), timeout=60) == [16, False]
