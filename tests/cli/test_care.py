"""``doctor`` and ``verify``: what is wrong is said with what to do, and damage exits 3."""

import json
from pathlib import Path

import pytest
from sqlalchemy import text

from inbox import cli
from inbox.store.engine import Store, open_store
from tests.support.pages import connect, put, said


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = cli.main(words)
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def test_a_sound_workspace_verifies(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "-w", store.address, "verify", "--json")
    assert (code, json.loads(out)["ok"], err) == (0, True, "")


def test_wrong_counters_exit_3(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    with store.write() as s:
        s.execute(text("INSERT INTO counter (queue, area_id, assignee_id, n) VALUES (1, 1, 1, 5)"))
    code, out, err = run(capsys, "-w", store.address, "verify")
    assert (code, err) == (3, "The workspace is damaged.\n")
    assert "damaged  counters" in out


def test_a_file_with_broken_pages_exits_3(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "w.inbox"
    store = open_store(path, create=True)
    put(store, *(said(f"m{n}", by=f"u{n}", text="word " * 200) for n in range(60)))
    with store.read() as s:
        root = s.scalar(text("SELECT rootpage FROM sqlite_master WHERE name = 'mention'"))
        size = s.scalar(text("PRAGMA page_size"))
    store.close()
    raw = bytearray(path.read_bytes())
    raw[(root - 1) * size : (root - 1) * size + size] = b"\xff" * size
    path.write_bytes(bytes(raw))
    code, _, err = run(capsys, "-w", str(path), "verify")
    assert code == 3
    assert "damaged" in err


def test_doctor_says_what_to_do_about_each_trouble(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INBOX_SECRETS_DIR", str(tmp_path))
    tmp_path.chmod(0o700)
    code, out, _ = run(capsys, "-w", str(tmp_path / "none.inbox"), "doctor", "--json")
    checks = {each["name"]: each for each in json.loads(out)["checks"]}
    assert code == 0
    assert checks["python"]["ok"]
    assert checks["disk"]["ok"]
    assert (checks["workspace"]["ok"], checks["workspace"]["advice"]) == (False, "Make one: inbox init")


def test_doctor_misses_a_collector_once_an_account_is_connected(
    sqlite_store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    connect(sqlite_store)
    _, out, _ = run(capsys, "-w", sqlite_store.address, "doctor", "--json")
    checks = {each["name"]: each for each in json.loads(out)["checks"]}
    assert checks["search"]["ok"]
    assert checks["collector"]["detail"] == "No collector runs: nothing is pulled or sent."
    assert not checks["sources"]["ok"]
