"""``inbox schedule``: what is listed, and a report made by command."""

import json
from pathlib import Path

import pytest

from inbox import cli
from inbox.store.engine import open_store

FILE = """
[workspace]
name = "Example Air"

[[reports]]
name = "Daily"
report = "volume"
every = "day"
files = ["csv", "html"]
folder = "{folder}"
"""


@pytest.fixture
def address(tmp_path: Path) -> str:
    """A workspace with one scheduled report."""
    made = tmp_path / "w.inbox"
    file = tmp_path / "w.toml"
    file.write_text(FILE.format(folder=tmp_path / "reports"))
    open_store(made, create=True).close()
    assert cli.main(["-w", str(made), "config", "import", str(file)]) == 0
    return str(made)


def test_a_report_is_made_by_command_and_listed(
    address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert cli.main(["-w", address, "schedule", "run", "daily", "--for", "2026-03-02", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["files"] == [str(tmp_path / "reports" / f"Daily 2026-03-02.{kind}") for kind in ("csv", "html")]
    assert all(Path(each).is_file() for each in told["files"])
    assert cli.main(["-w", address, "schedule", "list", "--json"]) == 0
    last = json.loads(capsys.readouterr().out)["reports"][0]["last"]
    assert (last["state"], last["error"], last["late"]) == ("made", None, False)
    assert cli.main(["-w", address, "schedule", "list"]) == 0
    assert "Daily" in capsys.readouterr().out


def test_an_unknown_report_or_period_is_said(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["-w", address, "schedule", "run", "Weekly"]) == 1
    assert "There are: Daily." in capsys.readouterr().err
    assert cli.main(["-w", address, "schedule", "run", "Daily", "--for", "soon"]) == 1
    assert "no period" in capsys.readouterr().err


def test_a_folder_that_leads_elsewhere_is_found_by_the_check(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "bad.toml"
    file.write_text(FILE.format(folder="../out"))
    assert cli.main(["config", "check", str(file)]) != 0
    told = capsys.readouterr()
    assert "leads out of the usual one" in told.out + told.err
    assert "bad.toml:10" in told.out + told.err
