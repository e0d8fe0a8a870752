"""``inbox sla`` answers as the clocks would."""

import json
from datetime import UTC, datetime, time
from pathlib import Path

import pytest

from inbox.cli import main
from inbox.model.people import Interval
from inbox.model.workspace import Calendar, Workspace
from inbox.store import config
from inbox.store.engine import open_store

OFFICE = Calendar("office", "Europe/Berlin", {"mon": (Interval(time(9), time(17)),)})


@pytest.fixture
def workspace(tmp_path: Path) -> str:
    path = str(tmp_path / "w.inbox")
    store = open_store(path, create=True)
    with store.write() as s:
        config.save(s, Workspace(calendars=(OFFICE,)), "command", datetime(2026, 11, 1, tzinfo=UTC))
    store.close()
    return path


def test_due_and_elapsed_print_one_json_document(workspace: str, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["--calendar", "office", "--start", "2026-11-02T15:00:00Z"]
    assert main(["-w", workspace, "sla", "due", *asked, "--target", "4h", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"due_at": "2026-11-09T11:00:00Z"}
    assert main(["-w", workspace, "sla", "elapsed", *asked, "--end", "2026-11-09T09:00:00+01:00", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"seconds": 3600}


def test_a_deadline_too_far_away_is_none_and_says_so(workspace: str, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["--calendar", "office", "--start", "2026-11-02T15:00:00Z", "--target", "9999999d"]
    assert main(["-w", workspace, "sla", "due", *asked]) == 0
    assert "more than 10 years" in capsys.readouterr().out


def test_a_batch_answers_every_line_and_says_what_is_wrong_with_a_bad_one(
    workspace: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    questions = tmp_path / "questions.jsonl"
    lines = [
        '{"calendar": "24x7", "start": "2026-11-02T15:00:00Z", "target": "90s"}',
        "not json",
        '{"calendar": "office", "start": "2026-11-02T08:00:00Z", "end": "2026-11-02T08:00:30.5Z"}',
        '{"calendar": "office", "start": "yesterday", "target": "1h"}',
        '{"calendar": "none", "start": "2026-11-02T08:00:00Z", "target": 60}',
    ]
    questions.write_text("\n".join(lines))
    assert main(["-w", workspace, "sla", "batch", str(questions)]) == 1
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert answers[0] == {"due_at": "2026-11-02T15:01:30Z"}
    assert answers[2] == {"seconds": 30.5}
    assert ["error" in answer for answer in answers] == [False, True, False, True, True]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--calendar", "nowhere", "--start", "2026-11-02T15:00:00Z", "--target", "4h"], 1),
        (["--calendar", "office", "--start", "soon", "--target", "4h"], 2),
        (["--calendar", "office", "--start", "2026-11-02T15:00:00Z", "--target", "four"], 2),
    ],
)
def test_wrong_questions_get_a_line_and_the_right_exit_code(
    workspace: str, words: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["-w", workspace, "sla", "due", *words]) == code
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("target", "answer"), [("1e300", "due_at"), ("-5", "error"), ("NaN", "error"), ('"1w"', "error"), ("0", "due_at")]
)
def test_no_number_for_a_target_breaks_a_batch(
    workspace: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], target: str, answer: str
) -> None:
    file = tmp_path / "questions.jsonl"
    start = '"calendar": "office", "start": "2026-11-02T15:00:00Z"'
    file.write_text(f'{{{start}, "target": {target}}}\n{{{start}, "target": "1h"}}\n')
    assert main(["-w", workspace, "sla", "batch", str(file)]) == (answer == "error")
    first, second = capsys.readouterr().out.splitlines()
    assert answer in json.loads(first)
    assert "due_at" in json.loads(second)


def test_a_batch_goes_on_over_bytes_that_are_no_text_and_begins_after_a_byte_order_mark(
    workspace: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = b'{"calendar": "24x7", "start": "2026-11-02T15:00:00Z", "target": "90s"}\n'
    file = tmp_path / "questions.jsonl"
    file.write_bytes(b"\xef\xbb\xbf" + good + b"\xff\xfe\n" + good)
    assert main(["-w", workspace, "sla", "batch", str(file)]) == 1
    told = capsys.readouterr()
    answers = [json.loads(line) for line in told.out.splitlines()]
    assert ["error" in answer for answer in answers] == [False, True, False]
    assert told.err == ""
