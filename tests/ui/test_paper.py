"""Pages printed to PDF: as many as it takes, numbered, and nothing is loaded from outside."""

import base64
import re
import zlib
from pathlib import Path

import pytest
from PySide6.QtCore import QSizeF, Qt, QUrl
from PySide6.QtGui import QTextDocument

from inbox.flow.report_files import document
from inbox.ui.paper import Page, keep_headings, pdf, print_pdf, turn_each
from tests.support.tables import NOW, table

pytestmark = pytest.mark.usefixtures("qapp")
SVG = base64.b64encode(
    b'<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"><rect width="20" height="10" fill="red"/></svg>'
).decode()


def _pages(made: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", made))


def _letters(made: bytes) -> set[str]:
    """Every letter that the embedded fonts say they stand for."""
    found: set[str] = set()
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", made, re.DOTALL):
        try:
            text = zlib.decompress(stream)
        except zlib.error:
            text = stream
        if b"beginbfrange" in text or b"beginbfchar" in text:
            found |= {chr(int(code, 16)) for code in re.findall(rb"<([0-9A-Fa-f]{4})>", text)}
    return found


def test_a_short_report_is_one_page_that_can_be_searched() -> None:
    made = pdf(document([table("exampleair", "zebraline")], workspace_name="W", zone="UTC", now=NOW))
    assert made.startswith(b"%PDF")
    assert _pages(made) == 1
    assert set("zebralinexmp") <= _letters(made)


def test_a_long_report_goes_on_and_on() -> None:
    made = pdf(document([table(*(f"k{number}" for number in range(300)))], workspace_name="W", zone="UTC", now=NOW))
    assert 5 <= _pages(made) <= 20


def test_other_scripts_and_emoji_are_printed() -> None:
    made = pdf(document([table("شركة الطيران", "日本航空", "😀")], workspace_name="שלום", zone="UTC", now=NOW))
    assert _pages(made) == 1


def test_a_page_loads_no_file_and_nothing_from_a_network(tmp_path: Path) -> None:
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"\x89PNG")
    image = QTextDocument.ResourceType.ImageResource.value
    for address in (secret.as_uri(), "https://example.test/x.png", "qrc:/x.png", str(secret)):
        assert Page().loadResource(image, QUrl(address)).isNull()
    style = QTextDocument.ResourceType.StyleSheetResource.value
    assert Page().loadResource(style, QUrl(secret.as_uri())).isNull()


def test_a_picture_inside_the_page_is_drawn_sharp() -> None:
    image = Page().loadResource(2, QUrl(f"data:image/svg+xml;base64,{SVG}"))
    assert (image.width(), image.height()) == (60, 30)
    assert image.pixelColor(30, 15).name() == "#ff0000"


def test_a_damaged_picture_is_left_out() -> None:
    assert Page().loadResource(2, QUrl("data:image/svg+xml;base64,AAAA")).isNull()


def test_the_file_is_written(tmp_path: Path) -> None:
    print_pdf("<p>Hello</p>", tmp_path / "a.pdf")
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")


def test_no_heading_is_left_at_the_foot_of_a_page() -> None:
    height = 400.0
    for lines in range(1, 30):
        document = QTextDocument()
        parts = "".join(f"<p>line {n}</p>" for n in range(lines))
        rows = "".join(f"<tr><td>row {n}</td></tr>" for n in range(60))
        document.setHtml(f"{parts}<h2>First</h2><table>{rows}</table><h2>Second</h2><p>words</p>")
        document.setPageSize(QSizeF(500, height))
        keep_headings(document, height)
        layout, block = document.documentLayout(), document.begin()
        while block.isValid():
            if block.blockFormat().headingLevel():
                page = layout.blockBoundingRect(block).top() // height
                assert layout.blockBoundingRect(block.next()).bottom() <= height * (page + 1), (lines, block.text())
            block = block.next()


def test_each_paragraph_runs_as_its_letters_do() -> None:
    document = QTextDocument()
    cells = "<table><tr><td>one</td><td>شكرا جزيلا.</td></tr></table>"
    document.setHtml(f'<!DOCTYPE html><html lang="en"><body><p>شكرا.</p><p>Thanks.</p>{cells}</body></html>')
    turn_each(document)
    block, found = document.begin(), list[tuple[str, Qt.LayoutDirection]]()
    while block.isValid():
        found.append((block.text(), block.textDirection()))
        block = block.next()
    left, right = Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft
    assert [each for each in found if each[0]] == [
        ("شكرا.", right),
        ("Thanks.", left),
        ("one", left),
        ("شكرا جزيلا.", right),
    ]
