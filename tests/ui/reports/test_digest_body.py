"""What customers said, on screen: plain text, reached by keyboard, and each post opens its thread."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from inbox.flow.digest import Digest, digest
from inbox.model.report import Period
from inbox.store.engine import Store
from inbox.ui.reports.digest import DigestBody
from inbox.ui.widgets import Label
from tests.flow.digest.talk import MONDAY, WEEK, Talk

pytestmark = pytest.mark.usefixtures("theme")
NOW = MONDAY + WEEK


def _digest(store: Store) -> Digest:
    return digest(store, None, Period(MONDAY, NOW), now=NOW)


def _said(body: DigestBody) -> str:
    return "\n".join(label.text() for label in body.findChildren(Label))


@pytest.fixture
def body(qtbot: QtBot) -> DigestBody:
    made = DigestBody()
    qtbot.addWidget(made)
    made.resize(700, 600)
    made.show()
    return made


def test_topics_stand_with_their_posts_and_markup_stays_text(body: DigestBody, sqlite_store: Store) -> None:
    talk = Talk(sqlite_store)
    for who in ("ana", "bo", "cy"):
        talk.say(who, f"<b>lost luggage</b> says {who}", likes=2)
    body.show_digest(_digest(sqlite_store))
    said = _said(body)
    assert "What was said most" in said
    assert "lost luggage" in said
    assert "<b>lost luggage</b> says ana" in said
    assert "3 mentions of 3 authors in 3 threads" in said


def test_enter_and_a_click_on_a_post_open_its_thread(body: DigestBody, sqlite_store: Store) -> None:
    thread = Talk(sqlite_store).say("kim", "lovely crew", likes=5)
    body.show_digest(_digest(sqlite_store))
    opened: list[object] = []
    body.thread_wanted.connect(opened.append)
    quote = body.quotes[0]
    quote.setFocus()
    QTest.keyClick(quote, Qt.Key.Key_Return)
    QTest.mouseClick(quote, Qt.MouseButton.LeftButton)
    assert opened == [thread, thread]
    assert quote.accessibleName().startswith("kim, ")


def test_a_link_without_end_does_not_widen_the_page(body: DigestBody, sqlite_store: Store) -> None:
    Talk(sqlite_store).say("kim@" + "very." * 20 + "example", "see https://x.test/" + "a" * 250, likes=1)
    body.show_digest(_digest(sqlite_store))
    assert body.minimumSizeHint().width() < 640


def test_an_empty_week_says_so_and_another_digest_replaces_it(body: DigestBody, sqlite_store: Store) -> None:
    body.show_digest(_digest(sqlite_store))
    assert "Nothing stands out" in _said(body)
    Talk(sqlite_store).say("kim", "hello", likes=1)
    body.show_digest(_digest(sqlite_store))
    assert len(body.quotes) == 1
