"""The command line as a whole: exit codes, where things are printed, and what is to come."""

import sys
from pathlib import Path

import pytest

from inbox import __main__, cli
from inbox.store.engine import open_store


def run(*words: str) -> int:
    return cli.main(words)


def test_wrong_use_exits_2_with_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("bogus") == 2
    assert run("--bogus") == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.splitlines()[0] == "No such command 'bogus'. See: inbox --help"
    assert run("threads", "--limit", "x") == 2
    assert ". See: inbox threads --help" in capsys.readouterr().err
    assert run("threads", "--status", "x") == 2
    assert capsys.readouterr().err.startswith("Invalid value for '--status': 'x' is not one of 'new', 'open'")


@pytest.mark.parametrize("name", ["check", "backup", "privacy"])
def test_commands_to_come_say_so_whatever_follows_them(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(name, "x", "--unknown", "--json") == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.rstrip().endswith("not there yet.")


def test_a_missing_workspace_is_said_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("-w", str(tmp_path / "none.inbox"), "config", "export", "x.toml") == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_a_damaged_workspace_exits_3(tmp_path: Path) -> None:
    path = tmp_path / "damaged.inbox"
    path.write_bytes(b"this was never a workspace" * 400)
    assert run("-w", str(path), "config", "export", str(tmp_path / "x.toml")) == 3


def test_an_address_with_a_password_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("-w", "postgresql+psycopg://me:secret@localhost/x", "config", "export", "x.toml") == 1
    assert "secret" not in capsys.readouterr().err


def test_the_desktop_is_started_only_without_a_command() -> None:
    assert __main__._desktop([]) == ""
    assert __main__._desktop(["-w", "a.inbox"]) == "a.inbox"
    assert __main__._desktop(["--workspace=a.inbox"]) == "a.inbox"
    assert __main__._desktop(["-w", "a.inbox", "threads"]) is None
    assert __main__._desktop(["threads"]) is None


def test_the_way_to_the_desktop_never_imports_the_command_lines_library() -> None:
    import subprocess

    script = "import sys, inbox.__main__; sys.exit('typer' in sys.modules or 'sqlalchemy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_json_may_stand_before_and_after_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "w.inbox"
    open_store(path, create=True).close()
    for words in (["--json", "threads"], ["threads", "--json"]):
        assert run("-w", str(path), *words) == 0
        assert '"threads": []' in capsys.readouterr().out


def test_the_version_needs_no_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--version") == 0
    assert capsys.readouterr().out.count(".") == 2


def test_who_i_am_must_be_known_to_list_what_is_mine(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    path = str(tmp_path / "w.inbox")
    open_store(path, create=True).close()
    assert run("-w", path, "threads", "--view", "mine") == 1
    assert capsys.readouterr().err.startswith("Who you are is not set")
