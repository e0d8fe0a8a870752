"""``inbox services``: addresses are kept among the secrets, and tried."""

import io
import json
from pathlib import Path

import pytest

from inbox import cli
from inbox.model.workspace import Workspace
from inbox.store import config
from inbox.store.engine import open_store
from tests.networks.outward.test_sending import Server, server
from tests.support.talk import START

__all__ = ["server"]
LADDER = {"name": "help", "steps": [{"to": ["webhook:pager", "crisis lead"]}]}


def _run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = cli.main(arguments)
    told = capsys.readouterr()
    return code, told.out, told.err


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    folder = tmp_path / "secrets"
    folder.mkdir(mode=0o700)
    monkeypatch.setenv("INBOX_SECRETS_DIR", str(folder))
    store = open_store(str(tmp_path / "w.inbox"), create=True)
    with store.write() as s:
        config.save(s, Workspace(escalations=(LADDER,)), "command", START)
    store.close()
    return str(tmp_path / "w.inbox")


def test_an_address_is_kept_listed_tried_and_forgotten(
    workspace: str, server: Server, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert json.loads(_run(capsys, "-w", workspace, "--json", "services", "list")[1]) == {
        "services": [{"service": "webhook:pager", "address": False}]
    }
    monkeypatch.setattr("sys.stdin", io.StringIO(f"http://{server.place}/call s3cret\n"))
    code, out, _ = _run(capsys, "-w", workspace, "services", "add", "webhook:pager", "--secret-stdin")
    assert (code, server.place in out, "s3cret" in out) == (0, False, False)
    assert _run(capsys, "-w", workspace, "services", "list")[1].split() == [
        "service",
        "address",
        "webhook:pager",
        "kept",
    ]
    assert _run(capsys, "-w", workspace, "services", "test", "webhook:pager")[1] == "webhook:pager took the message.\n"
    assert len(server.taken) == 1
    assert _run(capsys, "-w", workspace, "services", "remove", "webhook:pager")[0] == 0
    code, _, err = _run(capsys, "-w", workspace, "services", "test", "webhook:pager")
    assert (code, err.startswith("There is no address of webhook:pager.")) == (1, True)


def test_an_address_that_will_not_be_used_is_not_kept(
    workspace: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("exec://rm\n"))
    code, _, err = _run(capsys, "-w", workspace, "services", "add", "apprise:x", "--secret-stdin")
    assert (code, err) == (1, "Addresses that begin with “exec://” are not allowed here.\n")
    assert _run(capsys, "-w", workspace, "services", "add", "smoke")[0] == 2
