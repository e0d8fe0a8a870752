"""``inbox hot`` as other programs read it."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from inbox import cli
from tests.hot.scene import ACCOUNT, START, ordinary

NOON = START + timedelta(days=4, hours=12)


def _run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = cli.main(arguments)
    told = capsys.readouterr()
    return code, told.out, told.err


def _post(number: str, at: str, author: str, text: str) -> str:
    document = {
        "network": "x",
        "account": ACCOUNT,
        "id": number,
        "created_at": at,
        "author": {"id": author},
        "text": text,
    }
    return json.dumps(document) + "\n"


@pytest.fixture
def posts(tmp_path: Path) -> Path:
    lines = [_post(each.id, each.at.isoformat(), each.author, each.text) for each in ordinary(5)]
    for n in range(6):
        at = (NOON + n * timedelta(minutes=4)).isoformat()
        lines.append(_post(f"c{n}", at, f"angry{n}", f"{n} of us were charged twice, number {n} says"))
    file = tmp_path / "posts.jsonl"
    file.write_text("".join(reversed(lines)) + "not a line\n")
    return file


def test_replay_prints_the_alarms_of_a_file_whatever_its_order(posts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = _run(capsys, "--json", "hot", "replay", str(posts), "--by", "topic")
    assert code == 0
    alert = next(each for each in json.loads(out)["alerts"] if "charged" in each["terms"])
    assert set(alert) >= {"at", "stream", "kind", "severity", "score", "observed", "expected", "authors", "examples"}
    assert alert["kind"] == "cluster"
    assert alert["authors"] >= 4
    assert alert["expected"] < 1
    assert set(alert["examples"]) <= {f"c{n}" for n in range(6)}


def test_replay_says_plainly_that_there_is_no_alarm(posts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = _run(capsys, "hot", "replay", str(posts), "--min-authors", "50")
    assert code == 0
    assert out.startswith("No alarm in ")


def test_a_watched_phrase_can_be_tried(posts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("--json", "hot", "replay", str(posts), "--watch", "charged twice", "--min-authors", "50")
    _, out, _ = _run(capsys, *asked)
    assert [each["kind"] for each in json.loads(out)["alerts"]] == ["watched phrase"]


def test_series_scores_each_row_and_names_times_of_the_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = ["timestamp,value"]
    times = [(START + n * timedelta(minutes=5)).replace(tzinfo=None).isoformat(sep=" ") for n in range(5 * 288)]
    rows += [f"{at},{90 if 1300 <= n < 1312 else n % 7}" for n, at in enumerate(times)]
    file = tmp_path / "counts.csv"
    file.write_text("\n".join(rows) + "\n")
    code, out, _ = _run(capsys, "--json", "hot", "series", str(file))
    document = json.loads(out)
    assert code == 0
    assert len(document["scores"]) == 5 * 288
    assert [each["at"].replace("T", " ").rstrip("Z") in times[1300:1312] for each in document["alerts"]] == [True]


def test_a_bad_row_of_a_series_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "counts.csv"
    file.write_text("timestamp,value\n2026-01-01 00:00:00,5\nyesterday,7\n")
    code, _, err = _run(capsys, "hot", "series", str(file))
    assert code == 1
    assert err == "counts.csv line 3 is not a time and a count.\n"


def test_a_time_beyond_all_years_is_named_like_any_bad_row(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "counts.csv"
    file.write_text("timestamp,value\n2026-01-01 00:00:00,5\n9999-12-31T23:59:59-05:00,7\n")
    assert _run(capsys, "hot", "series", str(file))[2] == "counts.csv line 3 is not a time and a count.\n"


def test_replay_says_how_many_lines_it_could_not_read(posts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = _run(capsys, "--json", "hot", "replay", str(posts))
    assert (code, err) == (0, "1 line of posts.jsonl could not be read as mentions.\n")
    assert json.loads(out)["alerts"]


def test_a_file_that_is_not_there_is_said_plainly(capsys: pytest.CaptureFixture[str]) -> None:
    for what in ("series", "replay"):
        code, _, err = _run(capsys, "hot", what, "nowhere.csv")
        assert code == 1
        assert err.startswith("nowhere.csv cannot be read")
