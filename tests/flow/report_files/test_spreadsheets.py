"""Reports as CSV and Excel files, and on the clipboard: nothing in them is calculated, and every letter survives."""

import csv
import io
import re
import time
import zipfile
from xml.etree import ElementTree as ET

import pytest

from inbox.flow.report_files import copied
from inbox.flow.report_files.cells import quoted, shown
from inbox.flow.report_files.comma import csv_of
from inbox.flow.report_files.putting import NotWritten
from inbox.flow.report_files.sheets import MOST_ROWS, xlsx_of
from inbox.model.report import ColumnKind, ReportTable
from tests.support.tables import HOSTILE, NOW, table

SPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def _parts(made: bytes) -> dict[str, ET.Element]:
    with zipfile.ZipFile(io.BytesIO(made)) as book:
        return {name: ET.fromstring(book.read(name)) for name in book.namelist() if name.endswith(".xml")}  # noqa: S314 - we wrote it ourselves


def _xlsx(of: ReportTable) -> dict[str, ET.Element]:
    return _parts(xlsx_of(of, workspace_name="Example Air", zone="Europe/Madrid", now=NOW))


def _strings(parts: dict[str, ET.Element]) -> list[str]:
    items = parts["xl/sharedStrings.xml"].iter(f"{SPACE}si")
    return ["".join(part.text or "" for part in item.iter(f"{SPACE}t")) for item in items]


def _rows(made: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(made.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("text", HOSTILE)
def test_a_cell_that_would_be_calculated_is_quoted(text: str) -> None:
    assert quoted(text).startswith("'")
    assert _rows(csv_of(table(text)))[1][0].startswith("'")
    assert copied(table(text)).splitlines()[1].startswith("'")
    assert (
        next(
            each
            for each in _strings(_xlsx(table(text)))
            if "1+1" in each or "SUM" in each or "2+3" in each or "cmd" in each
        )[0]
        == "'"
    )


@pytest.mark.parametrize("text", ["plain", "a=b", "1-2", "mail@example.test", "it's", "", "שלום", "e\u0301 😀👩‍👩‍👧"])
def test_other_cells_are_left_as_they_are(text: str) -> None:
    assert quoted(text) == text
    assert _rows(csv_of(table(text)))[1][0] == text


def test_a_formula_behind_a_break_is_quoted_too_for_programs_that_split_there() -> None:
    assert quoted("a;=1") == "a;'=1"
    assert quoted("a\n@b") == "a\n'@b"


def test_figures_stay_figures_even_below_nothing() -> None:
    one = table("a")
    made = ReportTable(one.question, one.title, one.definition, one.columns, (("a", -3, -0.5, float("nan")),))
    assert _rows(csv_of(made))[1] == ["a", "-3", "-0.5", ""]
    cells = [
        cell for cell in _xlsx(made)["xl/worksheets/sheet1.xml"].iter(f"{SPACE}c") if cell.get("r", "").endswith("2")
    ]
    assert [(cell.get("t"), cell.findtext(f"{SPACE}v")) for cell in cells[1:]] == [(None, "-3"), (None, "-0.5")]


def test_a_csv_file_begins_with_a_mark_has_keys_for_a_head_and_ends_lines_as_rfc_4180_says() -> None:
    made = csv_of(table('say "hi", all', "two\nlines"))
    assert made.startswith(b"\xef\xbb\xbf")
    assert made.splitlines(keepends=True)[0] == b'\xef\xbb\xbf"key","n","median_minutes","share_met"\r\n'
    assert _rows(made)[1:] == [['say "hi", all', "0", "0.5", "0.25"], ["two\nlines", "1", "1.5", ""]]


def test_half_letters_and_control_characters_break_no_file() -> None:
    dirty = table("a\ud800b\x00c\x1b[31m\ufffe\x85", "=\udfff")
    assert _rows(csv_of(dirty))[1][0].startswith("a\ufffdb c")
    assert any(each.startswith("a\ufffdb c") for each in _strings(_xlsx(dirty)))


def test_an_excel_file_has_formats_a_frozen_head_a_filter_and_no_formula() -> None:
    parts = _xlsx(table(*HOSTILE))
    sheet = parts["xl/worksheets/sheet1.xml"]
    assert not list(sheet.iter(f"{SPACE}f"))
    pane = next(sheet.iter(f"{SPACE}pane"))
    assert pane.get("state") == "frozen"
    assert pane.get("topLeftCell") == "B2"
    assert next(sheet.iter(f"{SPACE}autoFilter")).get("ref") == f"A1:D{len(HOSTILE) + 1}"
    codes = {each.get("formatCode") for each in parts["xl/styles.xml"].iter(f"{SPACE}numFmt")}
    assert "0.0%" in codes
    assert "#,##0.0" in codes
    assert "Median (minutes)" in _strings(parts)


def test_the_second_sheet_says_what_was_asked_and_what_figures_mean() -> None:
    strings = _strings(_xlsx(table("a")))
    assert "From the posting to the answer." in strings
    assert "2026-03-02 to 2026-03-08, Europe/Madrid" in strings
    assert "First response" in strings
    assert "Example Air" in strings


def test_a_text_longer_than_a_cell_is_cut_and_says_so() -> None:
    long = next(each for each in _strings(_xlsx(table("😀" * 40_000))) if each.startswith("😀"))
    assert long.endswith("…")
    assert len(long.encode("utf-16-le")) <= 2 * 32_767


def test_fifty_thousand_rows_become_an_excel_file_in_seconds() -> None:
    began = time.perf_counter()
    parts = _xlsx(table(*(f"account {number}" for number in range(50_000))))
    assert len(list(parts["xl/worksheets/sheet1.xml"].iter(f"{SPACE}row"))) == 50_001
    assert time.perf_counter() - began < 30


def test_more_rows_than_a_sheet_holds_are_refused_with_a_way_out() -> None:
    one = table("a")
    huge = ReportTable(one.question, one.title, one.definition, one.columns, one.rows * (MOST_ROWS + 1))
    with pytest.raises(NotWritten, match="Choose CSV"):
        _xlsx(huge)


def test_the_clipboard_has_titles_and_one_line_for_each_row() -> None:
    assert copied(table("a\tb\nc", "d")) == "Account\tn\tMedian\tIn target\na b c\t0\t0.5\t0.25\nd\t1\t1.5\t"


@pytest.mark.parametrize(
    ("value", "kind", "words"),
    [
        (0.5, ColumnKind.MINUTES, "30 s"), (59.4, ColumnKind.MINUTES, "59 min"),
        (80.0, ColumnKind.MINUTES, "1 h 20"), (60.0, ColumnKind.MINUTES, "1 h"),
        (4000.0, ColumnKind.MINUTES, "2 d 18 h"), (0.934, ColumnKind.SHARE, "93.4%"), (1.0, ColumnKind.SHARE, "100%"),
        (12345, ColumnKind.COUNT, "12,345"), (None, ColumnKind.COUNT, "-"), (2.5, ColumnKind.NUMBER, "2.50"),
        (4.0, ColumnKind.NUMBER, "4"),
    ],
)  # fmt: skip
def test_figures_are_shown_to_people_with_their_units(value: float | None, kind: ColumnKind, words: str) -> None:
    assert shown(value, kind) == words


def test_no_file_holds_when_it_was_made_anywhere_but_in_its_own_words() -> None:
    with zipfile.ZipFile(io.BytesIO(xlsx_of(table("a"), workspace_name="W", zone="UTC", now=NOW))) as book:
        assert re.search(r"2026-03-09T08:00:00Z", book.read("docProps/core.xml").decode())
