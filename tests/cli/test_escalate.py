"""``inbox escalate``, ``ack`` and ``escalations``."""

import json
from pathlib import Path

import pytest

from inbox import cli
from tests.flow.hot.scene import NOON, post


def _run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = cli.main(arguments)
    told = capsys.readouterr()
    return code, told.out, told.err


@pytest.fixture
def workspace(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    address = str(tmp_path / "w.inbox")
    file = tmp_path / "posts.jsonl"
    file.write_text(post("1", NOON, "one", "There is smoke in the cabin, what is going on?"))
    assert _run(capsys, "-w", address, "init")[0] == 0
    assert _run(capsys, "-w", address, "import", str(file), "--replay")[0] == 0
    return address


def test_a_thread_is_escalated_listed_and_acknowledged(workspace: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = _run(capsys, "-w", workspace, "--json", "escalate", "1", "--reason", "smoke")
    assert code == 0
    number = str(json.loads(out)["id"])
    _, out, _ = _run(capsys, "-w", workspace, "--json", "escalations")
    (found,) = json.loads(out)["escalations"]
    assert (found["thread"], found["reason"], found["state"], found["raised_by"]) == (1, "smoke", "running", "command")
    _, out, _ = _run(capsys, "-w", workspace, "--json", "threads")
    assert json.loads(out)["threads"][0]["escalated"] is True
    code, _, err = _run(capsys, "-w", workspace, "hand-over", number, "zoe")
    assert (code, err) == (1, "There is no employee “zoe”.\n")
    code, _, err = _run(capsys, "-w", workspace, "ack", number, "--as", "farid")
    assert (code, err) == (1, "There is no employee “farid”. There are none yet.\n"), "nobody who is not there has it"
    assert _run(capsys, "-w", workspace, "ack", number)[0] == 0
    code, _, err = _run(capsys, "-w", workspace, "ack", number)
    assert (code, err) == (1, "A command has acknowledged it already.\n")
    assert _run(capsys, "-w", workspace, "escalations")[1] == "Nobody is being called.\n"


def test_an_incident_that_is_over_is_opened_again_before_anybody_is_called(
    workspace: str, capsys: pytest.CaptureFixture[str]
) -> None:
    _, out, _ = _run(capsys, "-w", workspace, "--json", "incidents", "open", "Fare sale")
    number = str(json.loads(out)["id"])
    asked = ("-w", workspace, "escalate", "--incident", number, "--reason", "help")
    assert _run(capsys, "-w", workspace, "incidents", "set", number, "close")[0] == 0
    assert _run(capsys, *asked) == (1, "", "“Fare sale” is closed. Reopen it, then call help.\n")
    assert _run(capsys, "-w", workspace, "incidents", "set", number, "reopen")[0] == 0
    assert _run(capsys, *asked)[0] == 0


def test_what_is_not_there_is_said(workspace: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(capsys, "-w", workspace, "escalate", "9", "--reason", "x")[2] == "There is no thread 9.\n"
    asked = ("escalate", "1", "--reason", "x", "--ladder", "press")
    assert _run(capsys, "-w", workspace, *asked)[2] == "There is no escalation policy “press”. There are: “help”.\n"
    assert _run(capsys, "-w", workspace, "ack", "9")[2] == "There is no escalation 9.\n"
    assert _run(capsys, "-w", workspace, "escalate", "--reason", "x")[0] == 2


def test_a_call_that_runs_is_listed_however_many_are_over_since(
    workspace: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for title in ("One", "Two"):
        _run(capsys, "-w", workspace, "incidents", "open", title)
    for about in (("1",), ("--incident", "1"), ("--incident", "2")):
        assert _run(capsys, "-w", workspace, "escalate", *about, "--reason", "smoke")[0] == 0
    for number in ("2", "3"):
        assert _run(capsys, "-w", workspace, "ack", number)[0] == 0
    assert "thread 1" in _run(capsys, "-w", workspace, "escalations", "--limit", "1")[1]
    assert "thread 1" not in _run(capsys, "-w", workspace, "escalations", "--limit", "1", "--all")[1]
