"""``inbox calendars``."""

import json
from pathlib import Path

import pytest

from inbox.cli import main

TOLD = """
[[areas]]
name = "Billing"
calendar = "office"

[[calendars]]
name = "office"
time_zone = "Europe/Berlin"
week = { mon = [["09:00", "24:00"]], fri = [["20:00", "02:00"]] }
holidays = { country = "DE", subdivision = "BY" }
"""
FILE = """BEGIN:VCALENDAR
BEGIN:VEVENT
UID:outing
DTSTART;VALUE=DATE:20260106
SUMMARY:Outing
RRULE:FREQ=YEARLY
END:VEVENT
BEGIN:VEVENT
UID:bad
SUMMARY:No date
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
def workspace(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    told, address = tmp_path / "w.toml", str(tmp_path / "w.inbox")
    told.write_text(TOLD, encoding="utf-8")
    (tmp_path / "days.ics").write_text(FILE, encoding="utf-8")
    assert main(("-w", address, "init", str(told))) == 0
    capsys.readouterr()
    return address


def test_calendars_are_listed_and_shown(workspace: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(("-w", workspace, "calendars", "list", "--json")) == 0
    row = json.loads(capsys.readouterr().out)["calendars"][0]
    assert (row["name"], row["used_by"], row["trouble"]) == ("office", ["the area “Billing”"], None)
    assert row["next"][0]["kind"] == "holiday"
    assert main(("-w", workspace, "calendars", "show", "office", "--json")) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["week"]["mon"] == [["09:00", "24:00"]]
    assert shown["holidays"] == {"country": "DE", "subdivision": "BY"}
    assert main(("-w", workspace, "calendars", "show", "office")) == 0
    assert "20:00-02:00" in capsys.readouterr().out
    assert main(("-w", workspace, "calendars", "list")) == 0
    assert "Europe/Berlin" in capsys.readouterr().out
    assert main(("-w", workspace, "calendars", "show", "gone")) == 1
    assert "There are: office." in capsys.readouterr().err


def test_a_file_is_read_and_its_dates_are_switched(
    workspace: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(("-w", workspace, "calendars", "import-ical", "office", str(tmp_path / "days.ics"), "--json")) == 0
    done = json.loads(capsys.readouterr().out)
    assert len(done["dates"]) > 10
    assert done["skipped"] == [{"name": "No date", "reason": "it has no date"}]
    day = done["dates"][-1]["date"]
    assert main(("-w", workspace, "calendars", "switch", "office", day, "off")) == 0
    assert capsys.readouterr().out == f"{day} no longer closes “office”.\n"
    assert main(("-w", workspace, "calendars", "show", "office", "--json")) == 0
    dates = json.loads(capsys.readouterr().out)["imported"]
    assert [each["on"] for each in dates if each["date"] == day] == [False]


def test_wrong_use_and_bad_files_are_said_in_a_line(
    workspace: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "bad.ics"
    bad.write_text("<html>", encoding="utf-8")
    for words, code, said in (
        (("import-ical", "office", str(bad)), 1, "This is not an iCal file"),
        (("import-ical", "office", str(tmp_path / "none.ics")), 1, "No such file"),
        (("import-ical", "gone", str(tmp_path / "days.ics")), 1, "no calendar “gone”"),
        (("switch", "office", "soon", "on"), 2, "is not a date"),
        (("switch", "office", "2026-12-24", "maybe"), 2, "neither on nor off"),
        (("switch", "office", "2026-12-24", "on"), 1, "no imported date"),
    ):
        assert main(("-w", workspace, "calendars", *words)) == code
        assert said in capsys.readouterr().err
