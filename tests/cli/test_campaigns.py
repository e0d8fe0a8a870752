"""``inbox campaigns``."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from inbox.cli import main

FILE = """BEGIN:VCALENDAR
BEGIN:VEVENT
UID:sale
SUMMARY:Sale #sale
DTSTART:{day}T090000Z
DTEND:{day}T180000Z
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
def workspace(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    address = str(tmp_path / "w.inbox")
    assert main(("-w", address, "init")) == 0
    capsys.readouterr()
    return address


def run(workspace: str, capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> Any:
    assert main(("-w", workspace, "campaigns", *words, "--json")) == code
    said = capsys.readouterr()
    return said.err if code else json.loads(said.out)


def test_a_campaign_is_added_changed_listed_and_removed(workspace: str, capsys: pytest.CaptureFixture[str]) -> None:
    times = ("--from", "2026-12-01T09:00:00Z", "--to", "2026-12-02T09:00:00Z")
    made = run(workspace, capsys, "add", "Sale", *times, "--word", "#sale")["campaigns"][0]
    assert (made["name"], made["times"], made["words"], made["account"]) == ("Sale", 3, ["sale"], None)
    changed = run(workspace, capsys, "change", str(made["id"]), "--times", "5", "--no-words")["campaigns"][0]
    assert (changed["name"], changed["times"], changed["words"]) == ("Sale", 5, [])
    assert [each["id"] for each in run(workspace, capsys, "list")["campaigns"]] == [made["id"]]
    run(workspace, capsys, "remove", str(made["id"]))
    assert run(workspace, capsys, "list") == {"campaigns": []}


def test_days_are_whole_ones_of_the_workspace(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, address = tmp_path / "w.toml", str(tmp_path / "zone.inbox")
    file.write_text('[workspace]\nname = "Air"\ntime_zone = "America/New_York"\n')
    assert main(("-w", address, "init", str(file))) == 0
    capsys.readouterr()
    made = run(address, capsys, "add", "Sale", "--from", "2026-12-01", "--to", "2026-12-01")["campaigns"][0]
    assert (made["begins_at"], made["ends_at"]) == ("2026-12-01T05:00:00Z", "2026-12-02T05:00:00Z")
    clock = ("--from", "2026-12-01T09:00", "--to", "2026-12-01 10:00")
    made = run(address, capsys, "add", "Quiz", *clock)["campaigns"][0]
    assert (made["begins_at"], made["ends_at"]) == ("2026-12-01T14:00:00Z", "2026-12-01T15:00:00Z")
    for far in ("9999-12-31", "9999-12-31T23:00:00-14:00"):
        said = run(address, capsys, "add", "Far", "--from", "2026-12-01", "--to", far, code=2)
        assert f"“{far}” is no time of our calendar." in said


def test_mistakes_are_told_in_one_line(workspace: str, capsys: pytest.CaptureFixture[str]) -> None:
    times = ("--from", "2026-12-02T09:00:00Z", "--to", "2026-12-01T09:00:00Z")
    assert run(workspace, capsys, "add", "Sale", *times, code=1) == "It ends before it begins. Give it a later end.\n"
    late = (*times[:3], "2026-12-03T09:00:00Z")
    assert "no account “nobody”" in run(workspace, capsys, "add", "Sale", *late, "--account", "nobody", code=1)
    assert "up to 100" in run(workspace, capsys, "add", "Sale", *late, "--times", "1000", code=1)
    assert "There is no campaign 7" in run(workspace, capsys, "remove", "7", code=1)
    assert "is not a day" in run(workspace, capsys, "add", "Sale", "--from", "soon", "--to", "later", code=2)


def test_a_file_is_imported(workspace: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "plan.ics"
    file.write_text(FILE.format(day=f"{datetime.now(UTC):%Y%m%d}"))
    done = run(workspace, capsys, "import", str(file), "--times", "4")
    assert (done["sentence"], done["campaigns"][0]["words"]) == ("Campaigns: 1 announced.", ["sale"])
    assert main(("-w", workspace, "campaigns", "list")) == 0
    assert "Sale #sale" in capsys.readouterr().out
