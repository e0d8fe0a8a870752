"""An incident is taken out as a file: off the window's thread, whole or not at all, and it is said what came of it."""

import csv
import threading
import time
from io import StringIO
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from inbox.flow.hot import affected
from inbox.model.workspace import FileKind
from inbox.store import audit
from inbox.store.engine import Store
from inbox.ui.incidents import RoomPage
from inbox.ui.incidents.exporting import Exporting, WritingDialog
from inbox.ui.widgets import Toast
from tests.ui.incidents.scene import Office, office

pytestmark = pytest.mark.usefixtures("theme")
WAIT_MS = 20_000


def bar(page: RoomPage) -> Toast:
    """What says where the file is."""
    found = [each for each in page.window().findChildren(Toast) if each.isVisible()]
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(("kind", "begins"), [(FileKind.HTML, b"<!DOCTYPE html>"), (FileKind.PDF, b"%PDF")])
def test_the_report_is_written_and_can_be_opened(
    qtbot: QtBot, sqlite_store: Store, tmp_path: Path, kind: FileKind, begins: bytes
) -> None:
    with office(qtbot, sqlite_store) as made:
        page = made.room()
        path = tmp_path / f"report.{kind}"
        with qtbot.waitSignal(page.exports.written, timeout=WAIT_MS):
            page.exports.write_report(made.incident, path, kind)
        assert path.read_bytes().startswith(begins)
        toast = bar(page)
        assert toast.label.text().endswith(f"report.{kind}.")
        assert (toast.button.text(), toast.button.accessibleName()) == ("Open", "Open the file")
        assert page.exports.last == path


def test_the_authors_are_written_and_it_is_written_down_who_took_them(
    qtbot: QtBot, store: Store, tmp_path: Path
) -> None:
    with office(qtbot, store) as made:
        page = made.room()
        path = tmp_path / "authors.csv"
        with qtbot.waitSignal(page.exports.written, timeout=WAIT_MS):
            page.exports.write_authors(made.incident, path, FileKind.CSV)
        rows = list(csv.DictReader(StringIO(path.read_text("utf-8-sig"))))
        assert [row["author"] for row in rows] == ["kim", "lee"]
        with store.read() as s:
            event = audit.newest_of(s, [affected.ACTION])
        assert event is not None
        assert (event.actor, event.details["authors"]) == ("ana", 2)


def test_the_menu_offers_both_in_every_state(qtbot: QtBot, sqlite_store: Store) -> None:
    with office(qtbot, sqlite_store) as made:
        page = made.room()
        for verb in ("contain", "close"):
            names = [words for name, words, _icon in page.head.deeds() if name in {"report", "authors"}]
            assert names == ["Export the report...", "Export the affected authors..."]
            page.act(verb)
            made.rest()


def _refused(qtbot: QtBot, exports: Exporting, made: Office, path: Path) -> str:
    with qtbot.waitSignal(exports.failed, timeout=WAIT_MS) as said:
        exports.write_authors(made.incident, path, FileKind.CSV)
    assert made.toasts[-1] == said.args[0]
    return str(said.args[0])


def test_what_the_disk_refuses_is_said_and_nothing_is_left_half_written(
    qtbot: QtBot, sqlite_store: Store, tmp_path: Path
) -> None:
    with office(qtbot, sqlite_store) as made:
        exports = made.room().exports
        assert "There is no folder" in _refused(qtbot, exports, made, tmp_path / "gone" / "a.csv")
        (tmp_path / "mine.csv").write_text("mine")
        assert "already" in _refused(qtbot, exports, made, tmp_path / "mine.csv")
        assert (tmp_path / "mine.csv").read_text() == "mine"
        assert sorted(each.name for each in tmp_path.glob("*.*") if "workspace" not in each.name) == ["mine.csv"]


def test_stop_writes_nothing_and_says_so(qtbot: QtBot, sqlite_store: Store, tmp_path: Path) -> None:
    with office(qtbot, sqlite_store) as made:
        exports, gate = made.room().exports, threading.Event()
        for _ in range(2):  # both threads of the lane are busy, so that nothing is written before Stop
            made.context.lanes.run(gate.wait)
        with qtbot.waitSignal(exports.failed, timeout=WAIT_MS):
            exports.write_authors(made.incident, tmp_path / "a.csv", FileKind.CSV)
            assert exports.dialog is not None
            exports.dialog.halt.click()
            gate.set()
        assert made.toasts[-1] == "The export was stopped. Nothing was written."
        assert not (tmp_path / "a.csv").exists()
        with qtbot.waitSignal(exports.written, timeout=WAIT_MS):
            exports.write_authors(made.incident, tmp_path / "a.csv", FileKind.CSV)


@pytest.mark.parametrize(
    ("typed", "wanted", "name"),
    [
        ("mine.CSV", "Excel (*.xlsx)", "mine.CSV"),
        ("mine", "CSV (*.csv)", "mine.csv"),
        ("mine.backup", "Excel (*.xlsx)", "mine.backup.xlsx"),
    ],
)
def test_the_file_is_of_the_kind_that_was_asked_for(  # noqa: PLR0917 - fixtures and what is tried
    qtbot: QtBot, sqlite_store: Store, tmp_path: Path, typed: str, wanted: str, name: str
) -> None:
    with office(qtbot, sqlite_store) as made:
        page = made.room()
        asked: list[tuple[str, str]] = []

        def choose(start: str, filters: str) -> tuple[str, str]:
            asked.append((start, filters))
            return str(tmp_path / typed), wanted

        page.exports.choose = choose
        with qtbot.waitSignal(page.exports.written, timeout=WAIT_MS):
            page.act("authors")
        assert page.exports.last == tmp_path / name
        assert Path(asked[0][0]).name == "Affected authors, Double charges.xlsx"
        assert asked[0][1] == "Excel (*.xlsx);;CSV (*.csv)"


def test_a_dialog_that_is_left_writes_nothing(qtbot: QtBot, sqlite_store: Store) -> None:
    with office(qtbot, sqlite_store) as made:
        page = made.room()
        page.exports.choose = lambda *_: ("", "")
        page.act("report")
        assert (page.exports.dialog, page.exports.last) == (None, None)


def test_a_second_file_waits_for_the_first(qtbot: QtBot, sqlite_store: Store, tmp_path: Path) -> None:
    with office(qtbot, sqlite_store) as made:
        exports = made.room().exports
        with qtbot.waitSignal(exports.written, timeout=WAIT_MS):
            exports.write_authors(made.incident, tmp_path / "a.csv", FileKind.CSV)
            exports.ask_report(made.now())
        assert "A file is being written. Wait for it, or stop it." in made.toasts


def test_only_what_takes_longer_than_a_second_is_shown_and_escape_stops_it(qtbot: QtBot, sqlite_store: Store) -> None:
    with office(qtbot, sqlite_store) as made:
        made.room()
        dialog = WritingDialog(made.host)
        begun = time.monotonic()
        qtbot.waitUntil(dialog.isVisible, timeout=WAIT_MS)
        assert time.monotonic() - begun >= 0.9
        dialog.progress(3, 4)
        assert (dialog.bar.value(), dialog.bar.maximum()) == (3, 4)
        with qtbot.waitSignal(dialog.stopped, timeout=WAIT_MS):
            QTest.keyClick(dialog, Qt.Key.Key_Escape)
        dialog.end()
