"""``inbox report ... --out`` and ``inbox report digest`` as other programs use them."""

import json
from pathlib import Path

import pytest

from inbox import cli


@pytest.fixture
def workspace(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    address = str(tmp_path / "w.inbox")
    posts = [
        {"id": "1", "author": {"id": "dana"}, "created_at": "2026-03-02T09:00:00Z", "text": "=lost luggage again"},
        {"id": "2", "author": {"id": "bo"}, "created_at": "2026-03-02T09:30:00Z", "text": "my lost luggage, please"},
        {"id": "3", "author": {"id": "cy"}, "created_at": "2026-03-03T09:30:00Z", "text": "lost luggage in Oslo"},
    ]
    file = tmp_path / "posts.jsonl"
    file.write_text("".join(json.dumps({"network": "x", "account": "air", **post}) + "\n" for post in posts))
    assert cli.main(["-w", address, "init"]) == 0
    assert cli.main(["-w", address, "import", str(file), "--replay"]) == 0
    capsys.readouterr()
    return address


@pytest.mark.parametrize(
    ("kind", "begins"), [("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK"), ("html", b"<!DOCTYPE"), ("pdf", b"%PDF")]
)
@pytest.mark.parametrize("report", ["volume", "digest"])
def test_reports_are_written_as_files(  # noqa: PLR0917 - fixtures and what is tried
    workspace: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], report: str, kind: str, begins: bytes
) -> None:
    path = tmp_path / f"out.{kind}"
    span = ["--from", "2026-03-02T00:00:00Z", "--to", "2026-03-09T00:00:00Z"]
    assert cli.main(["-w", workspace, "report", report, *span, "--out", str(path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"file": str(path)}
    assert path.read_bytes().startswith(begins)


def test_a_file_that_is_there_needs_force(workspace: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "out.csv"
    path.write_text("mine")
    assert cli.main(["-w", workspace, "report", "volume", "--out", str(path)]) == 1
    assert "already" in capsys.readouterr().err
    assert path.read_text() == "mine"
    assert cli.main(["-w", workspace, "report", "volume", "--out", str(path), "--force"]) == 0
    assert path.read_text() != "mine"


def test_another_ending_is_refused_before_anything_is_counted(
    workspace: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["-w", workspace, "report", "volume", "--out", "report.doc"]) == 1
    assert ".csv, .xlsx, .html or .pdf" in capsys.readouterr().err


def test_the_digest_is_a_document_with_topics_and_posts(workspace: str, capsys: pytest.CaptureFixture[str]) -> None:
    span = ["--from", "2026-03-02T00:00:00Z", "--to", "2026-03-09T00:00:00Z"]
    assert cli.main(["-w", workspace, "report", "digest", *span, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["mentions"], told["authors"]) == (3, 3)
    assert told["topics"][0]["words"] == "lost luggage"
    assert {post["handle"] for post in told["topics"][0]["posts"]} <= {"dana", "bo", "cy", ""}
    assert told["from"] == "2026-03-02T00:00:00Z"
    assert cli.main(["-w", workspace, "report", "digest", "--area", "Nowhere"]) == 1
    assert "There are: Unsorted" in capsys.readouterr().err


def test_people_can_read_the_digest(workspace: str, capsys: pytest.CaptureFixture[str]) -> None:
    span = ["--from", "2026-03-02T00:00:00Z", "--to", "2026-03-09T00:00:00Z"]
    assert cli.main(["-w", workspace, "report", "digest", *span]) == 0
    said = capsys.readouterr().out
    assert "lost luggage: 3 authors" in said
