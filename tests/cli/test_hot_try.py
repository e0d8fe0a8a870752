"""``inbox hot try`` as people and other programs read it."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from inbox.cli import main
from tests.flow.hot.scene import END, NOON, complaints, days, post
from tests.hot.scene import START

PERIOD = ("--since", (START + timedelta(days=2, hours=2)).isoformat(), "--until", END.isoformat())


@pytest.fixture
def workspace(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    address, file, told = str(tmp_path / "w.inbox"), tmp_path / "posts.jsonl", tmp_path / "w.toml"
    fire = post("fire", NOON, "f", "My charger caught fire!")
    file.write_text("".join([*days(), *complaints(), fire]))
    told.write_text("[hot]\nmin_authors = 40\n")
    assert main(("-w", address, "init", str(told))) == 0
    assert main(("-w", address, "import", str(file), "--replay")) == 0
    capsys.readouterr()
    return address


def run(workspace: str, capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    assert main(("-w", workspace, "hot", "try", *PERIOD, *words, "--json")) == 0
    return json.loads(capsys.readouterr().out)


def test_settings_are_tried_beside_those_in_force(workspace: str, capsys: pytest.CaptureFixture[str]) -> None:
    done = run(workspace, capsys, "--min-authors", "4", "--watch", "caught fire")
    assert done["in_force"]["settings"]["min_authors"] == 40
    assert (done["in_force"]["opened"], done["in_force"]["budget_a_day"]) == (0, 1.0)
    tried = done["tried"]
    assert tried["settings"]["watch"] == ["caught fire"]
    titles = [each["title"] for each in tried["incidents"]]
    assert any("harged twice" in each for each in titles)
    assert any("caught fire" in each for each in titles)
    assert tried["alarms"] == len(tried["alerts"])
    assert done["mentions"] + done["learnt"] == len([*days(), *complaints()]) + 1


def test_an_empty_phrase_asks_for_none(workspace: str, capsys: pytest.CaptureFixture[str]) -> None:
    done = run(workspace, capsys, "--watch", "")
    assert done["tried"]["settings"]["watch"] == []


def test_without_a_setting_those_in_force_are_tried(workspace: str, capsys: pytest.CaptureFixture[str]) -> None:
    done = run(workspace, capsys)
    assert done["tried"] == done["in_force"]
    assert main(("-w", workspace, "hot", "try", *PERIOD, "--min-authors", "4")) == 0
    said = capsys.readouterr().out
    assert "in force  tried" in said
    assert "people wrote about" in said


def test_an_empty_phrase_stands_for_none(workspace: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(workspace, capsys, "--watch=")["tried"]["settings"]["watch"] == []
    assert run(workspace, capsys, "--watch=", "--watch", "recall")["tried"]["settings"]["watch"] == ["recall"]


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("--similarity", "2"), 1, "from 0 to 1"),
        (("--min-authors", "1"), 1, "say from 2"),
        (("--since", "soon"), 2, "neither a duration"),
        (("--since", "2026-04-01", "--until", "2026-03-01"), 2, "ends before it begins"),
        (("--since", "9999999d"), 2, "--since"),
    ],
)
def test_mistakes_are_told_in_one_line(
    workspace: str, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], code: int, told: str
) -> None:
    assert main(("-w", workspace, "hot", "try", *words)) == code
    said = capsys.readouterr().err
    assert told in said
    assert said.count("\n") == 1
