"""``inbox ladders``: the policies, and who would be called now; nobody is called by asking."""

import json
from datetime import time
from pathlib import Path

import pytest

from inbox import cli
from inbox.model.ids import AreaId, EmployeeId
from inbox.model.people import Area, Employee, Interval, Week
from inbox.model.words import Role
from inbox.model.workspace import Workspace
from inbox.store import config, escalations, notices
from inbox.store.engine import open_store
from tests.support.talk import START

NIGHT: Week = {"mon": (Interval(time(22), time(23)),)}
STAFF = (
    Employee(EmployeeId(0), "ana", "Ana Ruiz", areas=("Safety",), shifts=NIGHT),
    Employee(EmployeeId(0), "clara", "Clara Lind", roles=(Role.CRISIS_LEAD,)),
)
LADDER = {
    "name": "safety",
    "steps": [{"to": ["on shift:Safety"], "wait": "5m"}, {"to": ["crisis lead", "apprise:duty"], "wait": "10m"}],
    "repeat": 2,
}


@pytest.fixture
def workspace(tmp_path: Path) -> str:
    store = open_store(str(tmp_path / "w.inbox"), create=True)
    with store.write() as s:
        made = Workspace(areas=(Area(AreaId(0), "Safety"),), employees=STAFF, escalations=(LADDER,))
        config.save(s, made, "command", START)
    store.close()
    return str(tmp_path / "w.inbox")


def _run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = cli.main(arguments)
    told = capsys.readouterr()
    return code, told.out, told.err


def test_policies_are_listed_and_shown(workspace: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert json.loads(_run(capsys, "-w", workspace, "--json", "ladders", "list")[1]) == {"ladders": [LADDER]}
    code, out, _ = _run(capsys, "-w", workspace, "ladders", "show", "Safety")
    assert (code, out.splitlines()) == (
        0,
        [
            "safety, repeated 2 times",
            "1. on shift:Safety, then waits 5m",
            "2. crisis lead, apprise:duty, then waits 10m",
        ],
    )


def test_who_would_be_called_depends_on_shifts_and_calls_nobody(
    workspace: str, capsys: pytest.CaptureFixture[str]
) -> None:
    noon, night = "2026-11-02T12:00:00", "2026-11-02T22:30:00"
    _, out, _ = _run(capsys, "-w", workspace, "ladders", "test", "safety", "--at", noon)
    assert out.splitlines() == [
        "1. after 0s: on shift:Safety (nobody there)",
        "2. after 0s: Clara Lind (on shift), apprise:duty (service)",
        "Repeated 2 times. After 30m those who lead are told.",
    ]
    found = json.loads(_run(capsys, "-w", workspace, "--json", "ladders", "test", "safety", "--at", night)[1])
    assert [(step["after"], step["called"][0]["target"], step["nobody"]) for step in found["steps"]] == [
        (0, "ana", False),
        (300, "clara", False),
    ]
    assert found["over"] == 2700
    store = open_store(workspace)
    with store.read() as s:
        assert escalations.newest(s) == []
        assert notices.unseen(s, EmployeeId(2)) == []
    store.close()


def test_a_policy_that_is_not_there_is_said(workspace: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = _run(capsys, "-w", workspace, "ladders", "test", "fire")
    assert (code, err) == (1, "There is no escalation policy “fire”. There are: “safety”.\n")
