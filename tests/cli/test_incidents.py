"""``inbox incidents`` as other programs read it."""

import json
from pathlib import Path

import pytest

from inbox import cli
from tests.flow.hot.scene import complaints, days


def _run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = cli.main(arguments)
    told = capsys.readouterr()
    return code, told.out, told.err


@pytest.fixture
def workspace(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    address = str(tmp_path / "w.inbox")
    file = tmp_path / "posts.jsonl"
    file.write_text("".join([*days(), *complaints()]))
    assert _run(capsys, "-w", address, "init")[0] == 0
    assert _run(capsys, "-w", address, "import", str(file), "--replay")[0] == 0
    return address


def test_a_replayed_file_opens_what_it_would_have_opened(workspace: str, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = _run(capsys, "-w", workspace, "--json", "incidents")
    found = [each for each in json.loads(out)["incidents"] if "charged" in each["evidence"]["terms"]]
    assert len(found) == 1
    keys = {"id", "state", "severity", "kind", "title", "opened_at", "owner", "threads", "evidence"}
    assert keys <= set(found[0])
    assert (found[0]["state"], found[0]["kind"], found[0]["threads"]) == ("suspected", "cluster", 6)
    number = str(found[0]["id"])
    assert _run(capsys, "-w", workspace, "incidents", "set", number, "confirm")[0] == 0
    code, out, _ = _run(capsys, "-w", workspace, "incidents", "show", number)
    assert code == 0
    assert "4 people wrote about “charged twice”" in out
    assert "command: Confirmed by a command." in out


def test_one_is_opened_by_hand_and_closed(workspace: str, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = _run(capsys, "-w", workspace, "--json", "incidents", "open", "Fare sale", "1", "2")
    number = str(json.loads(out)["id"])
    assert _run(capsys, "-w", workspace, "incidents", "set", number, "close", "--expect", "7")[0] == 1
    assert _run(capsys, "-w", workspace, "incidents", "set", number, "close")[0] == 0
    code, _, err = _run(capsys, "-w", workspace, "incidents", "set", number, "contain")
    assert (code, err) == (1, "“Fare sale” is closed already.\n")


def test_its_tasks_are_listed_and_ticked_off(workspace: str, capsys: pytest.CaptureFixture[str]) -> None:
    def task(*arguments: str) -> str:
        code, out, err = _run(capsys, "-w", workspace, "--json", "incidents", "task", *arguments)
        assert (code, err) == (0, "")
        return out

    number = str(json.loads(_run(capsys, "-w", workspace, "--json", "incidents", "open", "Fare sale")[1])["id"])
    before = len(json.loads(task("list", number))["tasks"])
    added = str(json.loads(task("add", number, "Ring the bank", "--within", "15m"))["id"])
    task("tick", number, added)
    last = json.loads(task("list", number))["tasks"][before]
    assert (last["title"], last["done_by"], last["due_at"] is None) == ("Ring the bank", "command", False)
    task("untick", number, added)
    task("due", number, added, "never")
    task("remove", number, added)
    assert len(json.loads(task("list", number))["tasks"]) == before
    assert json.loads(task("playbook", number))["sentence"] == "All tasks of “usual” are there already."


def test_all_it_gathered_are_answered_by_one_command(workspace: str, capsys: pytest.CaptureFixture[str]) -> None:
    opened = _run(capsys, "-w", workspace, "--json", "incidents", "open", "Fare sale", "1", "2")
    number = str(json.loads(opened[1])["id"])
    code, out, _ = _run(capsys, "-w", workspace, "incidents", "reply", number, "Hello {name}", "--dry-run")
    assert code == 0
    assert out.splitlines()[0] == "0 people would be answered."
    assert "is not connected. Connect it before replying." in out, "imported accounts cannot post"
    code, _, err = _run(capsys, "-w", workspace, "incidents", "reply", number, "Hello {name}")
    assert (code, err.startswith("There is nobody to answer: ")) == (1, True)
    code, out, _ = _run(capsys, "-w", workspace, "incidents", "replies", number)
    assert (code, out) == (0, "0 waiting, 0 sent, 0 failed, 0 cancelled.\n")
    assert _run(capsys, "-w", workspace, "incidents", "replies", number, "--cancel")[1] == "No answer of it waits.\n"


def test_an_unknown_one_and_a_wrong_word_are_said(workspace: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(capsys, "-w", workspace, "incidents", "show", "99")[2] == "There is no incident 99.\n"
    assert _run(capsys, "-w", workspace, "incidents", "set", "1", "forget")[0] == 2


def test_one_that_was_merged_is_taken_out_by_command(workspace: str, capsys: pytest.CaptureFixture[str]) -> None:
    def incidents(*arguments: str) -> tuple[int, str, str]:
        return _run(capsys, "-w", workspace, "incidents", *arguments)

    opened = (_run(capsys, "-w", workspace, "--json", "incidents", "open", name)[1] for name in ("Sale", "Bag"))
    sale, bag = (str(json.loads(each)["id"]) for each in opened)
    assert incidents("merge", bag, sale)[0] == 0
    refused = "“Bag” is part of another incident. Take it out of that (unmerge) instead.\n"
    assert incidents("set", bag, "reopen") == (1, "", refused)
    assert incidents("unmerge", bag) == (0, "“Bag” is an incident of its own again.\n", "")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("open", "Sale", "99999"), "There is no thread 99999.\n"),
        (("put", "1", str(2**70)), "That number is larger than any that is stored here.\n"),
        (("note", "1", "caf\udce9"), "The text holds bytes that are no letters (it is not UTF-8). Write it again"),
        (("replies", "99"), "There is no incident 99.\n"),
        (("replies", "99", "--cancel"), "There is no incident 99.\n"),
    ],
)
def test_what_cannot_be_is_said_plainly(
    workspace: str, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str
) -> None:
    code, out, err = _run(capsys, "-w", workspace, "incidents", *words)
    assert (code, out) == (1, "")
    assert err.startswith(said)


def test_an_open_incident_is_listed_however_many_are_over_since(
    workspace: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for title in ("Old smoke", "New", "Newer"):
        _run(capsys, "-w", workspace, "incidents", "open", title, "1")
    for number in ("3", "4"):
        assert _run(capsys, "-w", workspace, "incidents", "set", number, "close")[0] == 0
    assert _run(capsys, "-w", workspace, "incidents", "set", "1", "close")[0] == 0
    _, out, _ = _run(capsys, "-w", workspace, "incidents", "--limit", "1")
    assert "Old smoke" in out
    _, out, _ = _run(capsys, "-w", workspace, "incidents", "--limit", "1", "--all")
    assert "Newer" in out
    assert "Old smoke" not in out
    assert "severity medium, 1 thread\n" in _run(capsys, "-w", workspace, "incidents", "show", "2")[1]
