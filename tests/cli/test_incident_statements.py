"""``inbox incidents statement``: from the draft to its accounts, by commands alone."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from inbox import cli
from inbox.flow.hot import by_hand
from inbox.store import config
from inbox.store.engine import open_store
from tests.flow.hot.scene import WORKSPACE
from tests.flow.hot.statement_scene import NOW
from tests.support.world import connected

Say = Callable[..., Any]


@pytest.fixture
def address(tmp_path: Path) -> str:
    """A workspace with two accounts and the incident 1."""
    file = str(tmp_path / "w.inbox")
    store = open_store(file, create=True)
    with store.write() as s:
        config.save(s, WORKSPACE, "command", NOW)
    for handle in ("air", "air_de"):
        connected(store, handle)
    by_hand.open_incident(store, "Smoke", actor="clara", now=NOW)
    store.close()
    return file


@pytest.fixture
def say(address: str, capsys: pytest.CaptureFixture[str]) -> Say:
    def said(*arguments: str, code: int = 0) -> Any:
        assert cli.main(["-w", address, "--json", "incidents", *arguments]) == code
        told = capsys.readouterr()
        return json.loads(told.out) if code == 0 else told.err.strip()

    return said


def test_a_statement_goes_all_the_way_and_is_taken_back(say: Say) -> None:
    number = str(say("statement", "draft", "1", "All are safe.")["id"])
    say("statement", "edit", "1", number, "All are safe and well.", "--account", "air", "--expect", "1")
    assert say("statement", "ask", "1", number)["sentence"] == "Approval is asked for. Told: Clara Lind."
    say("statement", "return", "1", number, "Name the flight", "--as", "clara")
    say("statement", "edit", "1", number, "EX731: all are safe.")
    say("statement", "approve", "1", number, "--as", "Clara")
    told = say("statement", "publish", "1", number)
    assert told["sentence"] == "The statement goes out on air in 10 s."
    [found] = say("statement", "list", "1")["statements"]
    assert (found["state"], found["version"], found["approved_by"]) == ("published", 3, "clara")
    assert [(each["account"], each["state"]) for each in found["posts"]] == [("air", "queued")]
    assert say("show", "1")["statements"] == [found]
    say("statement", "withdraw", "1", number, "--account", "air")
    assert say("show", "1")["statements"][0]["state"] == "approved"
    say("statement", "discard", "1", number)
    assert say("statement", "list", "1") == {"statements": []}


def test_what_is_not_allowed_is_one_plain_line(say: Say) -> None:
    number = str(say("statement", "draft", "1", "All are safe.", "--as", "clara")["id"])
    told = say("statement", "publish", "1", number, code=1)
    assert told.startswith("It is not approved (Clara: Statement written, version 1). Have it approved")
    assert say("statement", "approve", "1", number, "--as", "ana", code=1).startswith("A crisis lead, a supervisor")
    assert say("statement", "approve", "1", number, "--as", "zoe", code=1).startswith("There is no employee “zoe”")
    assert "changed meanwhile" in say("statement", "ask", "1", number, "--expect", "4", code=1)
    assert say("statement", "again", "1", number, code=1).startswith("It is not on its way")
    assert say("statement", "list", "9", code=1) == "There is no incident 9."
    assert "Say what is to change" in say("statement", "edit", "1", number, code=2)


def test_people_read_how_it_stands(address: str, say: Say, capsys: pytest.CaptureFixture[str]) -> None:
    number = str(say("statement", "draft", "1", "All are safe.")["id"])
    say("statement", "approve", "1", number, "--as", "clara")
    say("statement", "publish", "1", number)
    assert cli.main(["-w", address, "incidents", "show", "1"]) == 0
    out = capsys.readouterr().out
    assert f"Statement {number}, published (air queued, air_de queued): All are safe." in out
    assert cli.main(["-w", address, "incidents", "statement", "list", "1"]) == 0
    assert "air: queued, air_de: queued" in capsys.readouterr().out
