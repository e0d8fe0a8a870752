"""Another text size takes hold at once: a page that was open looks as if it had been built at that size."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from inbox.ui.theme import Theme
from inbox.ui.widgets.paint import tag_width
from inbox.ui.window import Window
from tests.ui.fakes import context


@pytest.fixture
def window(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[Window]:
    del theme
    yield from made(qtbot, tmp_path)


def made(qtbot: QtBot, folder: Path) -> Iterator[Window]:
    desk = context()
    desk.store = None
    window = Window(desk, QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat))
    window.resize(1400, 900)
    qtbot.addWidget(window)
    window.show()
    yield window
    desk.lanes.close()


def lengths(page: QWidget) -> list[tuple[str, str, tuple[int, int], tuple[int, int]]]:
    """The kinds of parts, what they say, and where they lie; a rounding apart is no difference."""
    QApplication.processEvents()
    found = []
    for part in page.findChildren(QWidget):
        if part.isVisibleTo(page) and isinstance(part, QLabel | QAbstractButton):
            at = part.mapTo(page, part.rect().topLeft())
            found.append((type(part).__name__, part.text(), at.toTuple(), part.size().toTuple()))
    return found


@pytest.mark.parametrize("key", ["settings", "first-run", "outbox"])
def test_an_open_page_takes_another_text_size_at_once(qtbot: QtBot, window: Window, tmp_path: Path, key: str) -> None:
    window.go(key)
    QApplication.processEvents()
    page = window._pages[key]
    window.context.theme.use(None, 1.3)
    try:
        found = lengths(page)
        for fresh in made(qtbot, tmp_path / "fresh"):
            fresh.go(key)
            wanted = lengths(fresh._pages[key])
        assert len(found) == len(wanted) > 0
        for (kind, text, at, size), (other, words, there, large) in zip(found, wanted, strict=True):
            assert (kind, text) == (other, words)
            for one, two in zip((*at, *size), (*there, *large), strict=True):
                assert abs(one - two) <= 3, (kind, text, at, size, there, large)
    finally:
        window.context.theme.use(None, 1.0)


@pytest.mark.parametrize("scale", [1.0, 1.15, 1.3, 1.45, 1.6])
def test_a_tag_has_room_for_its_words_at_every_size(theme: Theme, scale: float) -> None:
    theme.use(None, scale)
    try:
        pads = 2 * theme.px(6)
        for words in ("Open", "New", "Waiting", "Closed: praise"):
            assert tag_width(words, icon=False) - pads >= QFontMetrics(theme.font("caption")).horizontalAdvance(words)
    finally:
        theme.use(None, 1.0)
