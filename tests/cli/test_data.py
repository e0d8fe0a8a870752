"""``inbox import``, ``search`` and ``quarantine`` as another program runs them."""

import json
from pathlib import Path
from typing import Any

import pytest

from inbox.cli import main

LINE = {
    "network": "x", "id": "1", "account": "ExampleAir", "author": {"handle": "ben"}, "text": "my bag is lost",
    "created_at": "2026-03-02T12:00:00Z",
}  # fmt: skip


@pytest.fixture
def workspace(tmp_path: Path) -> str:
    """A new workspace's address."""
    address = str(tmp_path / "w.inbox")
    assert main(["-w", address, "init"]) == 0
    return address


def asked(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    capsys.readouterr()
    assert main([*words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_import_prints_its_counts(workspace: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "m.jsonl"
    file.write_text(json.dumps(LINE) + "\nnot json\n")
    done = asked(capsys, "-w", workspace, "import", str(file))
    assert done.pop("seconds") >= 0
    assert done == {"read": 2, "stored": 1, "updated": 0, "duplicates": 0, "quarantined": 1, "threads": 1}
    kept = asked(capsys, "-w", workspace, "quarantine", "list")
    assert (kept["count"], kept["quarantine"][0]["place"]) == (1, "m.jsonl line 2")
    assert asked(capsys, "-w", workspace, "quarantine", "retry") == {"tried": 1, "stored": 0, "quarantined": 1}


def test_search_finds_what_was_imported(workspace: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "m.jsonl"
    file.write_text(json.dumps(LINE))
    asked(capsys, "-w", workspace, "import", str(file), "--replay")
    found = asked(capsys, "-w", workspace, "search", "bag", "from:ben")
    assert [each["match"]["text"] for each in found["threads"]] == ["my bag is lost"]
    assert main(["-w", workspace, "search", "bag"]) == 0
    assert "my bag is lost" in capsys.readouterr().out


def test_what_cannot_be_done_is_one_line(workspace: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["-w", workspace, "import", str(tmp_path / "none.jsonl")]) == 1
    assert main(["-w", workspace, "search", "is:happy"]) == 1
    said = capsys.readouterr().err.splitlines()
    assert ["No such file" in said[-2], "is:open" in said[-1]] == [True, True]
