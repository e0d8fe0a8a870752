"""``inbox report`` as other programs read it."""

import json
from pathlib import Path

import pytest

from inbox import cli


def _run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = cli.main(arguments)
    told = capsys.readouterr()
    return code, told.out, told.err


@pytest.fixture
def workspace(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    address = str(tmp_path / "w.inbox")
    posts = [
        {"id": "1", "author": {"id": "dana"}, "created_at": "2026-03-02T09:00:00Z", "text": "Where is it?"},
        {
            "id": "2",
            "author": {"id": "air"},
            "created_at": "2026-03-02T09:30:00Z",
            "text": "Here.",
            "direction": "outbound",
            "in_reply_to": "1",
        },
    ]
    file = tmp_path / "posts.jsonl"
    file.write_text("".join(json.dumps({"network": "x", "account": "air", **post}) + "\n" for post in posts))
    assert _run(capsys, "-w", address, "init")[0] == 0
    assert _run(capsys, "-w", address, "import", str(file), "--replay")[0] == 0
    return address


def test_response_times_are_a_definition_and_rows(workspace: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = _run(capsys, "-w", workspace, "--json", "report", "response-times", "--by", "account")
    document = json.loads(out)
    assert code == 0
    assert "posting of a thread's first mention" in document["definition"]
    assert document["rows"] == [
        {"key": "air", "n": 1, "mean_minutes": 30.0, "median_minutes": 30.0, "p90_minutes": 30.0}
    ]


def test_the_threads_behind_a_row_are_one_option_away(workspace: str, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = _run(capsys, "-w", workspace, "--json", "report", "response-times", "--threads", "air")
    assert json.loads(out) == {"threads": [1]}
    code, _, err = _run(capsys, "-w", workspace, "report", "response-times", "--threads", "sea")
    assert code == 1
    assert "There is no account “sea”." in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("volume", "--from", "2026-03-03", "--to", "2026-03-02"), "“2026-03-02” is not after “2026-03-03”"),
        (("sla", "--threads", "air", "--column", "late"), "There are: metric, met, breached"),
        (("sla", "--column", "met"), "add --threads KEY"),
        (("sla", "--threads", "air", "--out", "sla.csv"), "leave one of both out"),
        (("digest", "--threads", "air"), "leave it out"),
    ],
)
def test_options_that_would_be_left_unheard_are_wrong_use(
    workspace: str, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    code, out, err = _run(capsys, "-w", workspace, "report", *arguments)
    assert code == 2
    assert out == ""
    assert said in err


def test_a_time_that_is_none_is_wrong_use(workspace: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = _run(capsys, "-w", workspace, "report", "volume", "--from", "yesterday")
    assert code == 2
    assert "is not a time" in err
