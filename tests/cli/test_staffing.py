"""``inbox staffing``."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from inbox.cli import main
from inbox.store.engine import open_store
from tests.support.desk import NOON, many_waiting, staffed


@pytest.fixture
def workspace(tmp_path: Path) -> str:
    address = str(tmp_path / "w.inbox")
    store = open_store(address, create=True)
    staffed(store)
    for day in range(20):
        many_waiting(store, "Billing", 4, at=NOON + timedelta(days=day))
    store.close()
    return address


def test_the_people_that_each_hour_needs_are_printed(workspace: str, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("--area", "Billing", "--handling", "20m", "--share", "1.0", "--progress", "json")
    assert main(("-w", workspace, "--json", "staffing", *asked)) == 0
    told = capsys.readouterr()
    found = json.loads(told.out)
    assert (found["target_share"], found["handling_seconds"], found["handling_from"]) == (1.0, 1200, "given")
    assert len(found["hours"]) == 168
    noon = next(each for each in found["hours"] if (each["day"], each["hour"]) == ("mon", 12))
    assert set(noon) == {"day", "hour", "arrivals", "needed", "on_shift"}
    assert noon["needed"] == 2
    assert found["share_with_needed"] == 1.0
    assert json.loads(told.err.splitlines()[-1]) == {"done": 1000, "of": 1000}


def test_people_get_a_table(workspace: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(("-w", workspace, "staffing")) == 0
    said = capsys.readouterr().out
    assert "90% of first responses in all areas" in said
    assert "mon" in said


def test_wrong_use_is_said_in_a_line(workspace: str, capsys: pytest.CaptureFixture[str]) -> None:
    for words, code, said in (
        (("--area", "Press"), 1, "no area “Press”"),
        (("--share", "90"), 1, "at most 1"),
        (("--since", "soon"), 2, "soon"),
        (("--metric", "resolution"), 2, "resolution"),
    ):
        assert main(("-w", workspace, "staffing", *words)) == code
        assert said in capsys.readouterr().err
