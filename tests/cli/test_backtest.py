"""``inbox backtest``: what it prints, how it tells progress, and what it says of a bad file."""

import json
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from inbox.cli import main
from inbox.flow import triage
from inbox.model.ids import AreaId
from inbox.model.people import Area
from inbox.model.workspace import Policy, Workspace
from inbox.store.engine import Store
from tests.support.talk import START, Talk, at

RULES = '[[rules]]\nname = "carousel"\nwhen = { text_any = ["carousel"] }\nthen = { area = "Baggage" }\n'
KEYS = ["threads", "moved", "by_area", "missed_before", "missed_after", "examples"]


@pytest.fixture
def rules(sqlite_store: Store, tmp_path: Path) -> Path:
    """A file with one rule, beside a workspace with a thread that it moves and one that it does not."""
    areas = (Area(AreaId(0), "Baggage"), Area(AreaId(0), "Billing", ("refund",)))
    talk = Talk(sqlite_store, Workspace(areas=areas, policies=(Policy("p", first_response=timedelta(hours=1)),)))
    talk.says(0, "Is the carousel stuck?", who="kim")
    talk.says(5, "I want a refund", who="lee")
    triage.triage_pending(sqlite_store, now=at(10))
    file = tmp_path / "rules.toml"
    file.write_text(RULES, encoding="utf-8")
    return file


def run(store: Store, *words: str) -> int:
    return main(["-w", store.address, "backtest", *words])


def days() -> str:
    """Far enough back for what was put in."""
    return f"{abs((datetime.now(UTC) - START).days) + 2}d"


def test_json_has_the_fixed_keys_first_and_nothing_else_is_printed(
    sqlite_store: Store, rules: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(sqlite_store, str(rules), "--since", days(), "--json") == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    document = json.loads(printed.out)
    assert list(document)[: len(KEYS)] == KEYS
    assert (document["threads"], document["moved"], document["missed_after"]) == (2, 1, None)
    assert document["examples"][0] | {"why": ""} == {
        "thread": 1,
        "author": "kim",
        "text": "Is the carousel stuck?",
        "before": "Unsorted",
        "after": "Baggage",
        "why": "",
    }
    assert {(each["area"], each["before"], each["after"]) for each in document["by_area"]} == {
        ("Baggage", 0, 1),
        ("Billing", 1, 1),
        ("Unsorted", 1, 0),
    }
    assert document["by_hour"][0] == {"area": "Baggage", "hour": 9, "before": 0, "after": 1}
    assert any("no employees" in note for note in document["notes"])


def test_the_table_names_areas_and_the_threads_that_would_move(
    sqlite_store: Store, rules: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(sqlite_store, str(rules), "--since", days()) == 0
    out = capsys.readouterr().out
    assert out.startswith("2 threads, 1 would go elsewhere; ")
    assert "Unsorted to Baggage: Is the carousel stuck?" in out
    assert any(line.split()[:4] == ["Baggage", "0", "1", "+1"] for line in out.splitlines())


def test_a_threshold_needs_no_file(sqlite_store: Store, rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    del rules
    assert run(sqlite_store, "--confidence", "0.9", "--since", days(), "--json") == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["confidence_before"], document["confidence_after"]) == (0.55, 0.9)


def test_progress_can_be_read_by_another_program(
    sqlite_store: Store, rules: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(sqlite_store, str(rules), "--since", days(), "--progress", "json", "--json") == 0
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert lines[0] == {"done": 0, "of": 2}
    assert lines[-1] == {"done": 2, "of": 2}


def test_a_bad_file_is_told_with_line_and_reason(
    sqlite_store: Store, rules: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rules.write_text(RULES.replace("Baggage", "Bagage") + 'colour = "red"\n', encoding="utf-8")
    assert run(sqlite_store, str(rules)) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "rules.toml:4: rules[1].then.area: " in printed.err
    assert "rules.toml:5: rules[1].colour: " in printed.err


@pytest.mark.parametrize(
    "words", [(), ("--confidence", "1.5"), ("{file}", "--since", "yesterday"), ("{file}", "--since", "0d")]
)
def test_wrong_use_exits_2(
    sqlite_store: Store, rules: Path, words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(sqlite_store, *(word.replace("{file}", str(rules)) for word in words)) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_file_that_is_not_there_is_said_so(
    sqlite_store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(sqlite_store, str(tmp_path / "none.toml")) == 1
    assert "none.toml" in capsys.readouterr().err


def test_asked_to_end_it_ends_in_words(sqlite_store: Store, rules: Path) -> None:
    words = [sys.executable, "-m", "inbox", "-w", sqlite_store.address, "backtest", str(rules), "--since", days()]
    held = subprocess.Popen(
        [*words, "--progress", "json"], stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=dict(os.environ)
    )
    assert held.stderr is not None
    assert json.loads(held.stderr.readline()) == {"done": 0, "of": 2}
    held.send_signal(signal.SIGTERM)
    _, err = held.communicate(timeout=30)
    # It may have been done already; else it says one word and no traceback.
    assert held.returncode in {0, 1}
    assert "Traceback" not in err


def test_an_unchanged_part_changes_nothing(
    sqlite_store: Store, rules: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rules.write_text("[workspace]\nconfidence = 0.55\n", encoding="utf-8")
    assert run(sqlite_store, str(rules), "--since", days(), "--json") == 0
    document = json.loads(capsys.readouterr().out)
    assert document["moved"] == 0
    assert document["missed_after"] == document["missed_before"]
