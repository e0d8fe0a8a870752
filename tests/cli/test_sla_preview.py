"""``inbox sla preview`` says when a mention would be due, and shows the sum."""

import json
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from inbox.cli import main
from inbox.model.ids import AreaId
from inbox.model.people import Area, Interval
from inbox.model.words import Priority
from inbox.model.workspace import Calendar, Policy, Settings, Workspace
from inbox.store import config
from inbox.store.engine import open_store

DAY = (Interval(time(9), time(18)),)
OFFICE = Calendar("office", "Europe/Berlin", dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), DAY))
STANDARD = Policy(
    "standard",
    first_response={Priority.NORMAL: timedelta(minutes=90), Priority.HIGH: timedelta(minutes=30)},
    next_response=timedelta(days=30),
    warn_before=timedelta(minutes=15),
)
FRIDAY = "2026-11-06T16:50"


@pytest.fixture
def workspace(tmp_path: Path) -> str:
    path = str(tmp_path / "w.inbox")
    store = open_store(path, create=True)
    new = Workspace(
        Settings(time_zone="Asia/Tokyo"),
        areas=(Area(AreaId(0), "Baggage", calendar="office"), Area(AreaId(0), "Billing")),
        calendars=(OFFICE,),
        policies=(STANDARD, Policy("none")),
    )
    with store.write() as s:
        config.save(s, new, "command", datetime(2026, 11, 1, tzinfo=UTC))
    store.close()
    return path


def preview(workspace: str, *words: str) -> int:
    return main(["-w", workspace, "sla", "preview", *words])


def test_a_mention_posted_on_friday_is_due_on_monday(workspace: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert preview(workspace, "--policy", "standard", "--at", FRIDAY, "--area", "Baggage") == 0
    lines = capsys.readouterr().out.splitlines()
    first = "First response: a mention posted Friday 2026-11-06 16:50 would be due Monday 2026-11-09 09:20."
    place = lines.index(first)
    assert [line.split() for line in lines[place + 1 : place + 5]] == [
        ["Friday", "2026-11-06", "16:50", "to", "18:00", "1h10m"],
        ["closed:", "weekend", "(2d15h)"],
        ["Monday", "2026-11-09", "09:00", "to", "09:20", "20m"],
        ["together", "1h30m"],
    ]
    assert any(line.split()[:2] == ["and", "67"] for line in lines if line.strip())


def test_json_holds_every_span_in_utc(workspace: str, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["--policy", "STANDARD", "--at", "2026-11-06T15:50:00Z", "--area", "baggage", "--json"]
    assert preview(workspace, *asked) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["first"] == {
        "due_at": "2026-11-09T08:20:00Z",
        "warn_at": "2026-11-09T08:05:00Z",
        "spans": [
            {"from": "2026-11-06T15:50:00Z", "to": "2026-11-06T17:00:00Z", "seconds": 4200},
            {"from": "2026-11-09T08:00:00Z", "to": "2026-11-09T08:20:00Z", "seconds": 1200},
        ],
    }
    assert sum(each["seconds"] for each in found["next"]["spans"]) == 30 * 86400
    assert preview(workspace, *asked, "--priority", "high") == 0
    assert json.loads(capsys.readouterr().out)["first"]["due_at"] == "2026-11-06T16:20:00Z"


def test_without_a_calendar_it_is_round_the_clock_in_the_workspaces_zone(
    workspace: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert preview(workspace, "--policy", "standard", "--at", FRIDAY, "--area", "Billing", "--json") == 0
    assert json.loads(capsys.readouterr().out)["first"]["due_at"] == "2026-11-06T09:20:00Z"


def test_a_policy_without_targets_says_so(workspace: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert preview(workspace, "--policy", "none", "--at", FRIDAY) == 0
    assert "promises nothing" in capsys.readouterr().out
    assert preview(workspace, "--policy", "none", "--at", FRIDAY, "--json") == 0
    assert json.loads(capsys.readouterr().out) == {}


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--policy", "nobody", "--at", FRIDAY], 1, "There are: standard, none."),
        (["--policy", "standard", "--at", FRIDAY, "--area", "Boats"], 1, "no area"),
        (["--policy", "standard", "--at", "yesterday"], 2, "yesterday"),
    ],
)
def test_wrong_questions_get_a_line(
    workspace: str, capsys: pytest.CaptureFixture[str], words: list[str], code: int, said: str
) -> None:
    assert preview(workspace, *words) == code
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
