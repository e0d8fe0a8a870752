"""``init`` and ``config``: a workspace from its file, and the file from the workspace."""

import errno
import json
from pathlib import Path

import pytest

from inbox import cli
from inbox.store import people
from inbox.store.engine import Store

FILE = """\
[workspace]
name = "Blue Ferries"

[[areas]]
name = "Boats"

[[employees]]
name = "eva"
areas = ["Boats"]
"""


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = cli.main(words)
    printed = capsys.readouterr()
    return code, printed.out, printed.err


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "work.toml"
    path.write_text(FILE, encoding="utf-8")
    return path


def test_a_workspace_is_made_from_its_file_once(store: Store, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "-w", store.address, "init", str(file))
    assert (code, out) == (0, "The workspace “Blue Ferries” is ready: 1 area, 1 employee, 0 policies, 0 rules.\n")
    code, out, err = run(capsys, "-w", store.address, "init", str(file))
    assert (code, out) == (1, "")
    assert err == "There is a workspace here already. Change it with: inbox config import FILE\n"


def test_a_file_with_errors_makes_nothing(tmp_path: Path, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text(FILE.replace('"Boats"]', '"Boots"]'), encoding="utf-8")
    code, _, err = run(capsys, "-w", str(tmp_path / "new.inbox"), "init", str(file))
    assert code == 1
    assert err == "work.toml:9: employees[1].areas[1]: This file defines no area “Boots”. Did you mean “Boats”?\n"
    assert not (tmp_path / "new.inbox").exists()


def test_export_and_import_go_round(store: Store, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "-w", store.address, "init", str(file))
    out_file = file.with_name("out.toml")
    assert run(capsys, "-w", store.address, "config", "export", str(out_file))[0] == 0
    code, out, _ = run(capsys, "-w", store.address, "config", "import", str(out_file), "--json")
    assert (code, json.loads(out)) == (0, {"areas": 1, "employees": 1, "returned_to_queue": 0})
    assert run(capsys, "-w", store.address, "config", "export")[1] == out_file.read_text(encoding="utf-8")


def test_an_import_with_errors_changes_nothing(store: Store, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "-w", store.address, "init", str(file))
    file.write_text(FILE.replace('name = "eva"', "name = 5"), encoding="utf-8")
    assert run(capsys, "-w", store.address, "config", "import", str(file))[0] == 1
    with store.read() as s:
        assert [each.name for each in people.employees(s)] == ["eva"]


def test_check_lists_every_error_and_needs_no_workspace(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "config", "check", str(file)) == (0, "work.toml has no errors.\n", "")
    file.write_text(FILE + "hat = 1\ncoat = 2\n", encoding="utf-8")
    code, out, err = run(capsys, "config", "check", str(file), "--json")
    assert (code, err) == (1, "2 errors in work.toml; nothing was changed.\n")
    assert [(each["file"], each["line"], each["key"]) for each in json.loads(out)["errors"]] == [
        ("work.toml", 10, "employees[1].hat"),
        ("work.toml", 11, "employees[1].coat"),
    ]


def test_a_file_that_is_not_there_is_said_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "config", "check", str(tmp_path / "none.toml"))
    assert (code, err.count("\n")) == (1, 1)


def test_check_says_what_may_surprise_and_still_finds_no_error(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text(FILE + '[[rules]]\nname = "idle"\nthen = {}\n', encoding="utf-8")
    assert run(capsys, "config", "check", str(file)) == (
        0,
        "work.toml:10: note: rules[1]: This rule does nothing: it has no action.\nwork.toml has no errors.\n",
        "",
    )
    code, out, _ = run(capsys, "config", "check", str(file), "--json")
    reason = "This rule does nothing: it has no action."
    note = {"file": "work.toml", "line": 10, "key": "rules[1]", "reason": reason}
    assert (code, json.loads(out)) == (0, {"errors": [], "notes": [note]})


def test_an_export_that_fails_leaves_the_earlier_file(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    earlier = tmp_path / "earlier.toml"
    earlier.write_text("[workspace]\n")

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    assert cli.main(["-w", store.address, "config", "export", str(earlier)]) == 1
    assert capsys.readouterr().err.startswith("There is no room left on the disk")
    assert earlier.read_text() == "[workspace]\n"
    assert [each.name for each in tmp_path.glob("*.toml")] == ["earlier.toml"]
