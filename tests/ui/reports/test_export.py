"""The export button: files of each kind, the clipboard, and what it says when a file cannot be written."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from inbox.model.workspace import FileKind
from inbox.ui.context import Context
from inbox.ui.reports.export import ExportButton
from inbox.ui.reports.sources import TableSource
from inbox.ui.widgets import Toast
from tests.support.tables import table

pytestmark = pytest.mark.usefixtures("theme")

NOW = datetime(2026, 3, 9, 8, tzinfo=UTC)
WAIT_MS = 20_000


@pytest.fixture
def context(qtbot: QtBot) -> Context:
    del qtbot
    return Context(now=lambda: NOW)


@pytest.fixture
def button(qtbot: QtBot, context: Context) -> Iterator[ExportButton]:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(800, 400)
    made = ExportButton(context, window)
    made.set_source(TableSource(table("=1+1", "exampleair")))
    window.show()
    yield made
    qtbot.waitUntil(lambda: context.lanes.busy == 0, timeout=WAIT_MS)
    context.lanes.close()


@pytest.mark.parametrize(
    ("kind", "begins"),
    [
        (FileKind.CSV, b"\xef\xbb\xbf"),
        (FileKind.XLSX, b"PK"),
        (FileKind.HTML, b"<!DOCTYPE html>"),
        (FileKind.PDF, b"%PDF"),
    ],
)
def test_each_kind_of_file_is_written(
    qtbot: QtBot, button: ExportButton, tmp_path: Path, kind: FileKind, begins: bytes
) -> None:
    path = tmp_path / f"report.{kind}"
    with qtbot.waitSignal(button.written, timeout=WAIT_MS):
        button.write_to(path, kind)
    assert path.read_bytes().startswith(begins)
    assert button.isEnabled()


def test_while_it_writes_it_cannot_be_pressed_again(qtbot: QtBot, button: ExportButton, tmp_path: Path) -> None:
    button.write_to(tmp_path / "report.csv", FileKind.CSV)
    assert not button.isEnabled()
    assert button.text() == "Writing..."
    qtbot.waitUntil(button.isEnabled, timeout=WAIT_MS)
    assert button.text() == "Export"


def test_a_bar_says_where_the_file_is_and_offers_the_folder(qtbot: QtBot, button: ExportButton, tmp_path: Path) -> None:
    with qtbot.waitSignal(button.written, timeout=WAIT_MS):
        button.write_to(tmp_path / "report.csv", FileKind.CSV)
    bar = button.window().findChild(Toast)
    assert isinstance(bar, Toast)
    assert bar.label.text().endswith("report.csv.")
    assert bar.button.text() == "Open folder"
    assert any("report.csv" in action.text() for action in button.make_menu().actions())


def test_what_cannot_be_written_is_said_and_nothing_is_replaced_unasked(
    qtbot: QtBot, button: ExportButton, tmp_path: Path
) -> None:
    (tmp_path / "report.csv").write_text("mine")
    with qtbot.waitSignal(button.failed, timeout=WAIT_MS) as said:
        button.write_to(tmp_path / "report.csv", FileKind.CSV)
    assert "already" in said.args[0]
    assert (tmp_path / "report.csv").read_text() == "mine"
    assert button.isEnabled()


def test_the_table_is_copied_as_text_and_for_spreadsheets(qtbot: QtBot, context: Context, button: ExportButton) -> None:
    with qtbot.waitSignal(context.toast_wanted, timeout=WAIT_MS):
        button.copy()
    data = QGuiApplication.clipboard().mimeData()
    assert data.text().splitlines()[1].startswith("'=1+1\t0\t")
    assert "<td>&#x27;=1+1</td>" in data.html()


def test_without_a_source_there_is_nothing_to_export(button: ExportButton, tmp_path: Path) -> None:
    button.set_source(None)
    assert not button.isEnabled()
    button.write_to(tmp_path / "report.csv", FileKind.CSV)
    assert not list(tmp_path.iterdir())
