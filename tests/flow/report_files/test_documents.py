"""Reports as pages: text stays text, and nothing is loaded from elsewhere."""

import base64
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from xml.etree import ElementTree as ET

from inbox.flow.report_files import document
from inbox.flow.report_files.asked import asked
from inbox.model.report import By, Period, Question, ReportTable, Shape, Slot, Step
from tests.support.tables import NOW, WEEK, table

MARKUP = "<img src=x onerror=alert(1)><script>alert(2)</script>&amp;\"'"
SHAPE = Shape(
    None,
    None,
    3,
    1,
    15.0,
    tuple((date(2026, 3, 2) + timedelta(at), None if at == 3 else Slot(2, 4.0 + at, 9.0)) for at in range(7)),
    (Step(5, 4, False), Step(15, 3, False), Step(None, 1, True)),
    tuple(tuple(Slot(hour, 1.0, 2.0) if hour else None for hour in range(24)) for _ in range(7)),
)


def _page(of: ReportTable, shape: Shape | None = None, note: str = "") -> str:
    return document([of], [shape], workspace_name=MARKUP, zone="Europe/Madrid", now=NOW, note=note)


def _pictures(page: str) -> list[str]:
    return [base64.b64decode(found).decode() for found in re.findall(r'src="data:image/svg\+xml;base64,([^"]+)"', page)]


def test_markup_in_names_and_notes_is_shown_and_never_run() -> None:
    page = _page(table(MARKUP, "b"), note=MARKUP)
    assert "<script" not in page
    assert "<img src=x" not in page
    assert page.count("&lt;script&gt;alert(2)&lt;/script&gt;") >= 4


def test_a_page_says_what_was_asked_and_means_what_it_says() -> None:
    page = _page(table("exampleair", "b"))
    assert "From the posting to the answer." in page
    assert "2026-03-02 to 2026-03-08, Europe/Madrid" in page
    assert "made 2026-03-09 09:00, Europe/Madrid" in page


def test_a_page_loads_nothing_and_forbids_it() -> None:
    page = _page(table("a", "b"), SHAPE)
    assert not re.search(r'(?:src|href)="(?!data:)', page)
    assert "default-src 'none'" in page


def test_the_charts_are_well_formed_and_say_what_they_show() -> None:
    pictures = _pictures(_page(table("a", MARKUP), SHAPE))
    assert len(pictures) == 4
    for each in pictures:
        ET.fromstring(each)  # noqa: S314 - we wrote it ourselves
    assert "url(#late)" in pictures[2]
    assert pictures[1].count("<polyline") == 4  # a day without waits parts both lines


def test_lines_of_a_scorecard_are_not_compared_with_each_other() -> None:
    one = table("a", "b")
    score = replace(one, question=replace(one.question, report="scorecard"))
    assert not _pictures(_page(score))
    assert "A row for each" not in _page(score)


def test_a_table_of_one_row_or_none_has_no_bars() -> None:
    assert not _pictures(_page(table("a")))
    assert "Nothing to report in this time." in _page(table())


def test_a_table_too_long_to_read_is_cut_and_says_so() -> None:
    page = _page(table(*(f"k{number}" for number in range(2010))))
    assert "10 more rows" in page


def test_a_page_with_two_tables_names_each() -> None:
    page = document([table("a"), table("b")], workspace_name="W", zone="UTC", now=NOW, title="Both")
    assert page.count("<h2>") == 2
    assert "<h1>Both</h1>" in page


def test_control_characters_and_half_letters_reach_no_page() -> None:
    page = _page(table("a\x00b\ud800c", "d"))
    assert "a b\ufffdc" in page
    page.encode()


def test_a_question_is_said_in_words() -> None:
    question = Question(period=WEEK, only=((By.AREA, "Baggage"), (By.AREA, "Press")))
    said = dict(asked(question, "Europe/Madrid"))
    assert said["Only area"] == "Baggage, Press"
    assert said["Time"] == "By the calendar on the wall"
    day = Question(period=Period(datetime(2026, 3, 2, tzinfo=UTC), datetime(2026, 3, 3, tzinfo=UTC)))
    assert dict(asked(day, "UTC"))["Period"] == "Monday 2026-03-02, UTC"
    assert dict(asked(Question(), "UTC"))["Period"] == "From the beginning until now, UTC"


def test_rows_are_called_by_what_they_stand_for() -> None:
    one = table("a", "b")
    keyed = replace(one, columns=(replace(one.columns[0], title="Key"), *one.columns[1:]))
    page = _page(keyed)
    assert ">Account</th>" in page
    assert "Median by account." in page
