"""The side bar fits its window: what is set up once is folded, and a narrow bar still says what it stands for."""

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from inbox.flow import holds
from inbox.flow.hot import by_hand
from inbox.store.engine import Store
from inbox.ui.pages import PANES
from inbox.ui.rail.rail import HOT, LEAD, MINE, SET_UP
from inbox.ui.theme import Theme
from inbox.ui.window import Window
from tests.ui.workroom import LATER, WAIT_MS, Room, settle

INCIDENT = "“EX731”, “Smoke” (Safety)"


class Bar:
    """A window on a room with an open incident."""

    def __init__(self, qtbot: QtBot, store: Store, folder: Path, size: tuple[int, int] = (1440, 900)) -> None:
        self.qtbot, self.store = qtbot, store
        self.room = Room(store)
        self.room.time = LATER + timedelta(minutes=1)
        number, _ = by_hand.open_incident(store, INCIDENT, [self.room.thread], actor="ben", now=LATER)
        self.key = f"incident:{number}"
        self.settings = QSettings(str(folder / "s.ini"), QSettings.Format.IniFormat)
        self.window = Window(self.room.context, self.settings)
        self.rail = self.window.rail
        qtbot.addWidget(self.window)
        self.window.resize(*size)
        self.window.show()
        self.room.open()
        settle(qtbot, self.room)
        qtbot.waitUntil(lambda: self.key in self.rail.items, timeout=WAIT_MS)
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow, timeout=WAIT_MS)

    def seen(self) -> list[str]:
        return [key for key, item in self.rail.items.items() if item.isVisible()]


@pytest.fixture
def bar(qtbot: QtBot, theme: Theme, sqlite_store: Store, tmp_path: Path) -> Bar:
    del theme
    return Bar(qtbot, sqlite_store, tmp_path)


def test_what_is_set_up_once_is_folded_and_that_is_remembered(bar: Bar, tmp_path: Path) -> None:
    rare = [key for key, _, _ in SET_UP if key in PANES]
    assert not set(rare) & set(bar.seen())
    bar.rail.set_up.setFocus(Qt.FocusReason.TabFocusReason)
    assert bar.rail.set_up.accessibleName() == "Set up, folded"
    QTest.keyClick(bar.rail.set_up, Qt.Key.Key_Space)
    assert bar.rail.set_up.accessibleName() == "Set up, unfolded"
    assert set(rare) <= set(bar.seen())
    bar.rail.keep_in(bar.settings)
    again = Window(bar.room.context, QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat))
    bar.qtbot.addWidget(again)
    assert again.rail.set_up.isChecked()
    bar.room.context.lanes.close()


def test_folded_it_still_shows_the_page_on_screen_and_what_alarms(bar: Bar) -> None:
    bar.window.go("rules")
    assert "rules" in bar.seen()
    assert "policies" not in bar.seen()
    bar.window.go("areas")
    assert "rules" not in bar.seen()
    bar.rail.items["accounts"].set_count("1", alarm=True)
    bar.rail.mark("areas")
    assert "accounts" in bar.seen()
    settle(bar.qtbot, bar.room)
    bar.room.context.lanes.close()


@pytest.mark.parametrize("size", [(1440, 900), (900, 700), (640, 480)])
def test_the_page_on_screen_is_in_sight_in_the_side_bar(bar: Bar, size: tuple[int, int]) -> None:
    bar.window.resize(*size)
    for key in ("settings", "areas", "watching", "reports", "unsorted"):
        bar.window.go(key)
        QTest.qWait(0)
        QApplication.processEvents()
        item, port = bar.rail.items[key], bar.rail._scroll.viewport()
        assert port.rect().contains(item.rect().translated(item.mapTo(port, item.rect().topLeft())))
    settle(bar.qtbot, bar.room)
    bar.room.context.lanes.close()


def test_every_page_stands_in_one_group_and_fits_without_scrolling(bar: Bar) -> None:
    keys = [key for group in (MINE, HOT, LEAD, SET_UP) for key, _, _ in group]
    assert len(keys) == len(set(keys))
    icons = [icon for group in (HOT, LEAD, SET_UP) for _, _, icon in group]
    assert len(icons) == len(set(icons))
    inside = bar.rail._inside
    # Seven areas and one more incident still fit.
    spare = 7 - len(bar.room.context.workspace.areas) + 1
    room = bar.rail._scroll.viewport().height() - inside.sizeHint().height()
    assert room >= spare * bar.rail.items["areas"].height()
    bar.room.context.lanes.close()


@pytest.mark.parametrize("size", [(1440, 900), (900, 700)])
def test_an_incident_has_its_name_also_where_it_is_a_flame_alone(
    qtbot: QtBot, theme: Theme, sqlite_store: Store, tmp_path: Path, size: tuple[int, int]
) -> None:
    del theme
    made = Bar(qtbot, sqlite_store, tmp_path, size)
    item = made.rail.items[made.key]
    assert item.folded is (size[0] < 1100)
    assert item.accessibleName() == f"Incident: {INCIDENT}, 1"
    assert item.toolTip() == f"Incident: {INCIDENT}"
    made.room.context.lanes.close()


def test_one_key_goes_from_pane_to_pane_and_to_the_alarms_between(bar: Bar) -> None:
    made = holds.hold(bar.store, account=None, why="Fire", incident=None, actor="ben", now=LATER)
    bar.room.context.changed.emit(made.change)
    bar.qtbot.waitUntil(bar.window.alarms.isVisible, timeout=WAIT_MS)
    bar.rail.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
    bar.room.context.commands.run("next-pane")
    [row] = bar.window.alarms.rows
    assert QApplication.focusWidget() is row.buttons[0]
    bar.room.context.commands.run("next-pane")
    focus = QApplication.focusWidget()
    assert focus is not None
    assert bar.window.page.isAncestorOf(focus)
    settle(bar.qtbot, bar.room)
    bar.room.context.lanes.close()
