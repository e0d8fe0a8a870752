"""``inbox hold`` and ``inbox release``."""

import json
from pathlib import Path

import pytest

from inbox import cli


def _run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = cli.main(arguments)
    told = capsys.readouterr()
    return code, told.out, told.err


def test_all_posts_are_held_listed_and_released(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    address = str(tmp_path / "w.inbox")
    assert _run(capsys, "-w", address, "init")[0] == 0
    assert _run(capsys, "-w", address, "hold")[1] == "Nothing is held.\n"
    code, out, _ = _run(capsys, "-w", address, "hold", "Smoke on EX731")
    assert (code, out) == (0, "All outgoing posts are held everywhere. It is hold 1.\n")
    _, out, _ = _run(capsys, "-w", address, "--json", "hold")
    (found,) = json.loads(out)["holds"]
    assert (found["account"], found["why"], found["by"]) == (None, "Smoke on EX731", "command")
    assert _run(capsys, "-w", address, "hold", "again")[0] == 1
    assert _run(capsys, "-w", address, "release", "1")[1] == "Posts go out again everywhere.\n"
    code, _, err = _run(capsys, "-w", address, "release", "1")
    assert (code, err) == (1, "That hold has ended already.\n")


def test_an_unknown_account_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    address = str(tmp_path / "w.inbox")
    assert _run(capsys, "-w", address, "init")[0] == 0
    code, _, err = _run(capsys, "-w", address, "hold", "why", "--account", "nobody")
    assert code == 1
    assert "nobody" in err
