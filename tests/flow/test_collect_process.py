"""``inbox collect`` as a process: its parent, its signals, its lease, and the commands beside it."""

import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from inbox import cli
from inbox.store import lease
from inbox.store.engine import Store, open_store
from tests.support.world import world


@dataclass(frozen=True)
class Done:
    """What a command said."""

    returncode: int
    stdout: str
    stderr: str


Inbox = Callable[..., Done]


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    (tmp_path / "secrets").mkdir(mode=0o700)
    monkeypatch.setenv("INBOX_WORKSPACE", str(tmp_path / "w.inbox"))
    monkeypatch.setenv("INBOX_SECRETS_DIR", str(tmp_path / "secrets"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return dict(os.environ)


@pytest.fixture
def workspace(environment: dict[str, str]) -> Iterator[Store]:
    store = open_store(environment["INBOX_WORKSPACE"], create=True)
    yield store
    store.close()


@pytest.fixture
def inbox(workspace: Store, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Inbox:
    """Runs a command in this process, which is quicker than a new one."""
    assert workspace.kind == "sqlite"

    def run(*words: str, stdin: str = "") -> Done:
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        capsys.readouterr()
        code = cli.main(list(words))
        return Done(code, *capsys.readouterr())

    return run


@contextmanager
def collecting(environment: dict[str, str], store: Store, *words: str) -> Iterator["subprocess.Popen[bytes]"]:
    command = [sys.executable, "-m", "inbox", "collect", *words]
    child = subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        end = time.monotonic() + 30
        while time.monotonic() < end:
            with store.read() as s:
                if lease.living(s, datetime.now(UTC)) is not None:
                    break
            time.sleep(0.02)
        yield child
    finally:
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stderr):
            if pipe is not None:
                pipe.close()


def free(store: Store) -> bool:
    with store.read() as s:
        return lease.living(s, datetime.now(UTC)) is None


def test_it_leaves_when_its_parent_is_gone(environment: dict[str, str], workspace: Store) -> None:
    with collecting(environment, workspace, "--parent") as child:
        assert child.stdin is not None
        child.stdin.close()
        assert child.wait(10) == 0
    assert free(workspace)


def test_a_signal_ends_it_cleanly(environment: dict[str, str], workspace: Store) -> None:
    with collecting(environment, workspace) as child:
        begun = time.monotonic()
        child.send_signal(signal.SIGTERM)
        assert child.wait(10) == 0
        assert time.monotonic() - begun < 4
    assert free(workspace)


def test_a_second_one_says_who_collects_and_a_killed_one_leaves_the_lease_free(
    environment: dict[str, str], workspace: Store, inbox: Inbox
) -> None:
    with collecting(environment, workspace) as child:
        second = inbox("collect", "--for", "0s")
        assert second.returncode == 1
        assert second.stderr.strip().startswith(f"Another collector holds this workspace (process {child.pid}")
        assert len(second.stderr.strip().splitlines()) == 1
        child.kill()
        child.wait()
    assert free(workspace)
    assert inbox("collect", "--for", "0s").returncode == 0


def test_a_reply_from_the_command_line_waits_and_can_be_taken_back(workspace: Store, inbox: Inbox) -> None:
    here = world(workspace)
    done = inbox("reply", str(here.thread), "We are looking for it.", "--json")
    made = json.loads(done.stdout)
    assert (made["state"], made["thread"]) == ("queued", here.thread)
    assert "inbox collect" in done.stderr
    listed = json.loads(inbox("outbox", "--json").stdout)["replies"]
    assert [each["text"] for each in listed] == ["We are looking for it."]
    taken = json.loads(inbox("outbox", "--cancel", str(made["id"]), "--json").stdout)["replies"]
    assert taken[0]["state"] == "cancelled"
    late = inbox("outbox", "--cancel", str(made["id"]))
    assert (late.returncode, late.stderr.strip()) == (1, "It was taken back already.")


def test_a_reply_on_an_older_version_is_refused(workspace: Store, inbox: Inbox) -> None:
    here = world(workspace)
    done = inbox("reply", str(here.thread), "Hello.", "--expect", "7")
    assert done.returncode == 1
    assert "changed" in done.stderr


def test_a_pull_without_accounts_prints_an_empty_list(inbox: Inbox) -> None:
    assert json.loads(inbox("pull", "--json").stdout) == {"sources": []}


def test_an_account_of_an_unknown_network_is_refused(inbox: Inbox) -> None:
    done = inbox("accounts", "add", "myspace", "--handle", "a", "--secret-stdin", stdin="t\n")
    assert done.returncode == 1
    assert "no network named" in done.stderr


def test_a_removed_account_forgets_its_secret_and_keeps_its_threads(
    workspace: Store, inbox: Inbox, tmp_path: Path
) -> None:
    world(workspace)
    from inbox.flow.connect import workspace_id_of

    secret = tmp_path / "secrets" / f"{workspace_id_of(workspace)}.1"
    secret.write_text("token")
    secret.chmod(0o600)
    assert inbox("accounts", "remove", "exampleair").returncode == 0
    assert not secret.exists()
    assert json.loads(inbox("accounts", "list", "--json").stdout) == {"accounts": []}
    assert json.loads(inbox("threads", "--json").stdout)["threads"]


def test_a_user_service_is_written(workspace: Store, inbox: Inbox, tmp_path: Path) -> None:
    done = inbox("collect", "--install", "--json")
    written = Path(json.loads(done.stdout)["path"])
    assert written == tmp_path / "config" / "systemd" / "user" / "social-inbox.service"
    text = written.read_text()
    assert f'-m inbox -w "{workspace.address}" collect' in text
    assert "INBOX_SECRETS_DIR" in text
