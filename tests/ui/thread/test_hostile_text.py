"""Text of a network is data: nothing of it is run, loaded or followed, and none of it stops the screen."""

import time
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from inbox.ui.thread.entry import EntryView
from inbox.ui.thread.linkbox import LinkBox
from inbox.ui.thread.links import find, judge
from inbox.ui.thread.plain import clean, is_right_to_left, line, piece
from inbox.ui.thread.post import PostText
from inbox.ui.thread.timeline import Entry
from tests.ui import samples

pytestmark = pytest.mark.usefixtures("theme")

HOSTILE = {
    "html": '<b>bold</b><img src="https://evil.example/x.png"><script>alert(1)</script>',
    "long": "word " * 400_000,
    "one word": "x" * 2_000_000,
    "lines": "\n" * 2_000_000,
    "override": "\u202e" * 500 + "moc.elgoog",
    "marks": "a" + "\u0301" * 100_000,
    "lone marks": "\u0301" * 5_000,
    "surrogate": "half \ud83d a pair",
    "nul": "a\0b\x1b[31mc",
    "isolates": "\u2068" * 1_000 + "x",
    "emoji": "\U0001f468\u200d\U0001f469\u200d\U0001f467" * 5_000,
    "arabic": "تأخرت رحلتنا " * 5_000,
}


def view(text: str) -> EntryView:
    entry = Entry(samples.NOW, mention=samples.mention(9, text, samples.NOW))
    return EntryView(entry, samples.scene(), ("my suitcase",), samples.NOW)


@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_stops_the_screen_or_breaks_out_of_its_place(name: str, qtbot: QtBot) -> None:
    begun = time.monotonic()
    made = view(HOSTILE[name])
    qtbot.addWidget(made)
    made.resize(560, 200)
    made.show()
    made.grab()
    assert time.monotonic() - begun < 2.5, "this froze the screen"
    assert made.text.width() <= 560


def test_markup_is_shown_as_it_was_written(qtbot: QtBot) -> None:
    made = view(HOSTILE["html"])
    qtbot.addWidget(made)
    assert made.text.toPlainText() == HOSTILE["html"]


def test_nothing_is_loaded_for_a_text(qtbot: QtBot) -> None:
    made = PostText(HOSTILE["html"])
    qtbot.addWidget(made)
    assert made.loadResource(int(QTextDocument.ResourceType.ImageResource), QUrl("file:///etc/hostname")) is None


def test_a_long_text_is_cut_and_the_rest_comes_step_by_step(qtbot: QtBot) -> None:
    made = view("y" * 100_000)
    qtbot.addWidget(made)
    assert len(made.text.toPlainText()) == 4_000
    assert not made.more.isHidden()
    made.more.click()
    assert len(made.text.toPlainText()) == 24_000


def test_a_name_cannot_turn_or_fill_what_stands_around_it() -> None:
    assert line("\u202eevil\u2069\n\n name" + "x" * 10_000, 40) == ("evil name" + "x" * 30 + "…")


def test_lone_halves_and_controls_are_shown_as_replaced() -> None:
    assert clean("half \ud83d a") == "half \ufffd a"
    assert clean("a\0b\r\nc\u2028d") == "a\ufffdb\nc\nd"


def test_towers_of_marks_are_cut_to_a_few() -> None:
    assert len(clean("a" + "\u0301" * 100)) == 7


def test_a_text_of_many_lines_is_cut_by_lines() -> None:
    cut = piece("a\n" * 500, lines=60)
    assert cut.text.count("\n") == 59
    assert not cut.whole


@pytest.mark.parametrize(
    ("text", "right"), [("سمير حداد", True), ("123 سمير", True), ("Dana سمير", False), ("...", False), ("", False)]
)
def test_a_text_goes_by_its_first_strong_letter(text: str, right: bool, qtbot: QtBot) -> None:
    assert is_right_to_left(text) is right
    made = PostText(text)
    qtbot.addWidget(made)
    expected = Qt.LayoutDirection.RightToLeft if right else Qt.LayoutDirection.LeftToRight
    assert made.document().defaultTextOption().textDirection() is expected


def test_links_are_found_without_the_sentence_around_them() -> None:
    text = "See (https://a.example/x_(y)), or www.b.example!"
    assert [link.address for link in find(text)] == ["https://a.example/x_(y)", "https://www.b.example"]


@pytest.mark.parametrize(
    ("address", "word"),
    [
        ("https://bank.example@evil.example/login", "before the @"),
        ("https://xn--pple-43d.example/", "may only look like"),
        ("https://аpple.example/", "mixes alphabets"),
        ("http://192.0.2.7/", "only a number"),
        ("http://plain.example/", "not encrypted"),
        ("https://a.example/\u202egpj.exe", "turn the reading direction"),
    ],
)
def test_a_doubtful_address_is_told_with_what_is_wrong(address: str, word: str) -> None:
    judged = judge(address)
    assert judged.allowed
    assert any(word in warning for warning in judged.warnings), judged
    assert judged.shown.isascii()


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "file:///etc/passwd", "inbox://thread/1", "data:text/html,x"]
)
def test_only_web_pages_can_be_opened(address: str) -> None:
    assert not judge(address).allowed


def test_a_link_opens_only_after_the_true_address_was_shown(qtbot: QtBot) -> None:
    opened: list[str] = []
    made = view("Look at https://evil.example/login?x=1 now")
    qtbot.addWidget(made)
    box = LinkBox(made, opened.append)
    qtbot.addWidget(box)
    made.link_wanted.connect(lambda address, _at: box.ask(address, QPoint(0, 0)))
    made.text.anchorClicked.emit(QUrl("https://evil.example/login?x=1"))
    assert box.isVisible()
    assert not opened
    assert box.host.text() == "evil.example"
    assert "evil.example/" in box.address.text().replace("\u200b", "")
    box.open_button.click()
    assert opened == ["https://evil.example/login?x=1"]


def test_the_link_box_starts_on_cancel_and_escape_closes_it(qtbot: QtBot) -> None:
    opened: list[str] = []
    made = view("x")
    qtbot.addWidget(made)
    box = LinkBox(made, opened.append)
    qtbot.addWidget(box)
    box.ask("https://a.example/", QPoint(0, 0))
    QTest.keyClick(box, Qt.Key.Key_Escape)
    assert not box.isVisible()
    assert not opened


def test_media_is_a_box_that_asks_too(qtbot: QtBot) -> None:
    wanted: list[str] = []
    mention = replace(samples.mention(9, "see", samples.NOW), media=(samples.picture(),))
    made = EntryView(Entry(samples.NOW, mention=mention), samples.scene(), (), samples.NOW)
    qtbot.addWidget(made)
    made.link_wanted.connect(lambda address, _at: wanted.append(address))
    from inbox.ui.thread.media import MediaBox

    made.findChildren(MediaBox)[0].show_button.click()
    assert wanted == ["https://files.example/1.jpg"]
