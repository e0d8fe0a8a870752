"""Decisions from the command line: each is done, said, and refused in a lost race."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from inbox import cli
from inbox.flow.moments import moment
from inbox.model.ids import ThreadId
from inbox.store.engine import Store
from tests.support.desk import staffed, waiting_thread

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
MADRID = ZoneInfo("Europe/Madrid")


@pytest.fixture
def thread(store: Store) -> ThreadId:
    staffed(store)
    return waiting_thread(store)


def run(store: Store, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, Any, str]:
    """The exit code, the JSON document and what was said on stderr."""
    code = cli.main(["-w", store.address, *words, "--json"])
    printed = capsys.readouterr()
    return code, json.loads(printed.out) if printed.out else None, printed.err


def test_each_decision_changes_the_thread(store: Store, thread: ThreadId, capsys: pytest.CaptureFixture[str]) -> None:
    number = str(thread)
    assert run(store, capsys, "assign", number, "Ana")[1]["assignee"] == "ana"
    assert run(store, capsys, "wait", number)[1]["status"] == "waiting"
    assert run(store, capsys, "snooze", number, "--until", "2h")[1]["status"] == "snoozed"
    assert run(store, capsys, "reopen", number)[1]["status"] == "open"
    assert run(store, capsys, "tag", number, "bag", "vip")[1]["tags"] == ["bag", "vip"]
    assert run(store, capsys, "tag", number, "--remove", "vip")[1]["tags"] == ["bag"]
    assert run(store, capsys, "priority", number, "high")[1]["priority"] == "high"
    assert run(store, capsys, "outcome", number, "Thanks in public")[0] == 0
    assert run(store, capsys, "move", number, "Unsorted")[1]["area"] is None
    assert run(store, capsys, "note", number, "call them")[0] == 0
    assert run(store, capsys, "close", number, "--reason", "handled elsewhere")[1]["status"] == "closed"
    shown = run(store, capsys, "show", number)[1]
    assert [each["text"] for each in shown["notes"]] == ["call them"]
    assert [each["action"] for each in shown["audit"]] == [
        "assign", "wait", "snooze", "reopen", "tag", "tag", "priority", "outcome", "move", "note", "close",
    ]  # fmt: skip
    assert shown["close_reason"] == "handled elsewhere"
    assert shown["outcome"] == "thanks in public"
    assert cli.main(["-w", store.address, "show", number]) == 0
    assert "Outcome: thanks in public" in capsys.readouterr().out
    assert run(store, capsys, "outcome", number, "delighted")[0] == 2
    assert run(store, capsys, "outcome", number, "none")[0] == 0
    assert run(store, capsys, "show", number)[1]["outcome"] is None


def test_a_lost_race_exits_1_and_says_who(store: Store, thread: ThreadId, capsys: pytest.CaptureFixture[str]) -> None:
    run(store, capsys, "wait", str(thread))
    code, document, said = run(store, capsys, "close", str(thread), "--reason", "spam", "--expect", "1")
    assert (code, document) == (1, None)
    assert said == "A command set this to waiting meanwhile. Nothing was changed; look again.\n"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("assign", "999", "ana"), 1),
        (("assign", "1", "zoe"), 1),
        (("close", "1"), 2),
        (("close", "1", "--reason", "because"), 2),
        (("snooze", "1", "--until", "whenever"), 2),
        (("snooze", "1", "--until", "2020-01-01T00:00:00Z"), 1),
        (("tag", "1"), 2),
        (("show", "one"), 2),
        (("show", "999"), 1),
    ],
)
def test_what_cannot_be_done_exits_as_agreed(
    sqlite_store: Store, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], code: int
) -> None:
    staffed(sqlite_store)
    waiting_thread(sqlite_store)
    found, document, said = run(sqlite_store, capsys, *words)
    assert (found, document, said.count("\n")) == (code, None, 1)


def test_threads_are_listed_page_by_page_in_the_agreed_shape(
    store: Store, thread: ThreadId, capsys: pytest.CaptureFixture[str]
) -> None:
    later = waiting_thread(store, "Baggage", at=NOW + timedelta(minutes=1), who="lee")
    first = run(store, capsys, "threads", "--limit", "1")[1]
    assert [each["id"] for each in first["threads"]] == [thread]
    second = run(store, capsys, "threads", "--limit", "1", "--after", first["next"])[1]
    assert ([each["id"] for each in second["threads"]], second["next"]) == ([later], None)
    row = first["threads"][0]
    assert row["next_due_at"] == "2026-03-02T13:00:00Z"
    assert {
        "id", "status", "area", "assignee", "priority", "account", "network", "author", "text", "mentions",
        "first_mention_at", "last_mention_at", "next_due_at", "breached", "incident", "escalated", "version",
    } <= row.keys()  # fmt: skip
    run(store, capsys, "assign", str(later), "ben")
    for words, wanted in {
        ("--area", "billing"): [thread],
        ("--assignee", "ben"): [later],
        ("--assignee", "nobody"): [thread],
        ("--status", "open"): [later],
        ("--view", "area:Baggage"): [later],
        ("--order", "newest"): [later, thread],
        ("--view", "closed"): [],
    }.items():
        found = run(store, capsys, "threads", *words)[1]
        assert [each["id"] for each in found["threads"]] == wanted, words


def test_a_table_holds_no_control_characters(sqlite_store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    staffed(sqlite_store)
    thread = waiting_thread(sqlite_store)
    cli.main(["-w", sqlite_store.address, "note", str(thread), "red \x1b[31m alert \u202e"])
    cli.main(["-w", sqlite_store.address, "show", str(thread)])
    printed = capsys.readouterr().out
    assert "red" in printed
    assert not {"\x1b", "\u202e"} & set(printed)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("90m", NOW + timedelta(minutes=90)),
        ("2026-03-02T18:00:00+01:00", datetime(2026, 3, 2, 17, tzinfo=UTC)),
        ("tomorrow 09:00", datetime(2026, 3, 3, 8, tzinfo=UTC)),
        ("tomorrow", datetime(2026, 3, 3, 8, tzinfo=UTC)),
        ("15:30", datetime(2026, 3, 2, 14, 30, tzinfo=UTC)),
        ("9:00", datetime(2026, 3, 3, 8, tzinfo=UTC)),
        ("wed 10:00", datetime(2026, 3, 4, 9, tzinfo=UTC)),
        ("monday", datetime(2026, 3, 9, 8, tzinfo=UTC)),
        ("2026-04-01 10:00", datetime(2026, 4, 1, 8, tzinfo=UTC)),
    ],
)
def test_times_are_read_as_people_write_them(text: str, meant: datetime) -> None:
    assert moment(text, NOW, MADRID) == meant


@pytest.mark.parametrize("text", ["", "soon", "25:00", "someday 10:00", "2026-13-01"])
def test_what_is_no_time_is_said_to_be_none(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a (time|day|time of day)"):
        moment(text, NOW, MADRID)


def test_a_fact_is_set_right_and_shown_with_who_said_so(
    store: Store, thread: ThreadId, capsys: pytest.CaptureFixture[str]
) -> None:
    number = str(thread)
    assert run(store, capsys, "correct", number)[0] == 2
    assert run(store, capsys, "correct", number, "--sentiment", "odd")[0] == 1
    done = run(store, capsys, "correct", number, "--sentiment", "mixed", "--no-reply", "--language", "pl")[1]
    assert done["sentence"] == "Corrected: needs no reply, sentiment mixed, language pl."
    (said,) = run(store, capsys, "show", number)[1]["mentions"]
    assert (said["sentiment"], said["needs_reply"], said["language"]) == ("mixed", False, "pl")
    assert said["facts"]["sentiment"] == {
        "value": "mixed", "probability": 1.0, "by": "person", "why": "A command said so.",
    }  # fmt: skip
    assert run(store, capsys, "correct", number, "--noise")[1]["sentence"] == "Corrected: noise."
