"""``inbox away``."""

import json
from pathlib import Path

import pytest

from inbox import cli


def test_somebody_is_marked_away_and_back_and_a_stranger_is_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = tmp_path / "w.toml"
    told.write_text('[[employees]]\nname = "ana"\nfull_name = "Ana Ruiz"\n', encoding="utf-8")
    address = str(tmp_path / "w.inbox")
    assert cli.main(("-w", address, "init", str(told))) == 0
    capsys.readouterr()
    assert cli.main(("-w", address, "--json", "away", "ana")) == 0
    assert json.loads(capsys.readouterr().out)["away"] is True
    assert cli.main(("-w", address, "away", "ana", "--back")) == 0
    assert capsys.readouterr().out == "Ana is back.\n"
    assert cli.main(("-w", address, "away", "zoe")) == 1
    assert "There is no employee" in capsys.readouterr().err
