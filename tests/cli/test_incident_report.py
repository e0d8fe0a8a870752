"""The closing report and the affected authors of an incident by command, as JSON and as files."""

import csv
import json
import zipfile
from io import StringIO
from pathlib import Path

import pytest

from inbox import cli
from tests.flow.hot.scene import complaints, days


def _run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = cli.main(arguments)
    told = capsys.readouterr()
    return code, told.out, told.err


@pytest.fixture
def workspace(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> tuple[str, str]:
    """An address, and the number of an incident that the detector opened."""
    address = str(tmp_path / "w.inbox")
    file = tmp_path / "posts.jsonl"
    file.write_text("".join([*days(), *complaints()]))
    assert _run(capsys, "-w", address, "init")[0] == 0
    assert _run(capsys, "-w", address, "import", str(file), "--replay")[0] == 0
    found = json.loads(_run(capsys, "-w", address, "--json", "incidents")[1])["incidents"]
    number = next(str(each["id"]) for each in found if "charged" in each["evidence"]["terms"])
    return address, number


def test_a_report_is_json_and_of_an_open_incident_a_report_so_far(
    workspace: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    address, number = workspace
    code, out, _ = _run(capsys, "-w", address, "incidents", "report", number)
    found = json.loads(out)
    assert code == 0
    assert (found["is_over"], found["kind"], found["figures"]["people"]) == (False, "cluster", 6)
    began, detected = found["times"][:2]
    assert began["at"] == "2026-03-04T12:00:00Z"
    assert detected["from_began"] > 0
    assert _run(capsys, "-w", address, "incidents", "set", number, "confirm")[0] == 0
    assert _run(capsys, "-w", address, "incidents", "set", number, "close")[0] == 0
    ended = json.loads(_run(capsys, "-w", address, "incidents", "report", number)[1])
    assert (ended["is_over"], ended["times"][-1]["key"], ended["times"][-1]["by"]) == (True, "closed", "a command")


@pytest.mark.parametrize(("kind", "begins"), [("html", b"<!DOCTYPE"), ("pdf", b"%PDF")])
def test_a_report_is_written_as_a_page(
    workspace: tuple[str, str], capsys: pytest.CaptureFixture[str], tmp_path: Path, kind: str, begins: bytes
) -> None:
    address, number = workspace
    path = tmp_path / f"closing.{kind}"
    code, out, _ = _run(capsys, "-w", address, "--json", "incidents", "report", number, "--out", str(path))
    assert (code, json.loads(out)) == (0, {"file": str(path)})
    assert path.read_bytes().startswith(begins)
    code, _, err = _run(capsys, "-w", address, "incidents", "report", number, "--out", str(path))
    assert (code, "already" in err) == (1, True)
    assert _run(capsys, "-w", address, "incidents", "report", number, "--out", str(path), "--force")[0] == 0


def test_the_authors_are_json_and_tables(
    workspace: tuple[str, str], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    address, number = workspace
    code, out, _ = _run(capsys, "-w", address, "incidents", "authors", number)
    found = json.loads(out)["authors"]
    assert code == 0
    assert sorted(each["author"] for each in found) == [f"cangry{n}" for n in range(6)]
    assert found[0] | {"threads": 1, "answered": "no", "account": "ExampleAir"} == found[0]
    assert all(each["first_mention_at"].endswith("Z") for each in found), "JSON has times in UTC"
    sheet = tmp_path / "authors.csv"
    assert _run(capsys, "-w", address, "incidents", "authors", number, "--out", str(sheet))[0] == 0
    rows = list(csv.DictReader(StringIO(sheet.read_text("utf-8-sig"))))
    assert [row["author"] for row in rows] == [each["author"] for each in found]
    book = tmp_path / "authors.xlsx"
    assert _run(capsys, "-w", address, "incidents", "authors", number, "--out", str(book))[0] == 0
    with zipfile.ZipFile(book) as parts:
        assert b"cangry3" in parts.read("xl/sharedStrings.xml")


@pytest.mark.parametrize(
    ("command", "name", "said"),
    [
        ("report", "x.csv", "A closing report is a page: “x.csv” should end in .html or .pdf.\n"),
        ("authors", "x.pdf", "The affected authors are a table: “x.pdf” should end in .xlsx or .csv.\n"),
        ("report", "x.docx", "A closing report is a page: “x.docx” should end in .html or .pdf.\n"),
        ("authors", "x", "The affected authors are a table: “x” should end in .xlsx or .csv.\n"),
    ],
)
def test_another_ending_is_refused(
    workspace: tuple[str, str], capsys: pytest.CaptureFixture[str], command: str, name: str, said: str
) -> None:
    address, number = workspace
    assert _run(capsys, "-w", address, "incidents", command, number, "--out", name) == (1, "", said)


@pytest.mark.parametrize("command", ["report", "authors"])
def test_an_incident_that_is_not_there_is_said(
    workspace: tuple[str, str], capsys: pytest.CaptureFixture[str], command: str
) -> None:
    assert _run(capsys, "-w", workspace[0], "incidents", command, "77") == (1, "", "There is no incident 77.\n")
