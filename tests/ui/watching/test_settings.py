"""Settings are edited, tried on the history and saved; what is wrong, and who was quicker, is said."""

from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from inbox.flow.hot import settings as hot_settings
from inbox.store import config
from inbox.store.engine import Store
from inbox.ui.theme import Scheme, Theme
from inbox.ui.watching.run import command
from inbox.ui.watching.settings import SettingsBody
from inbox.ui.watching.wanted import NAMES, wanted_of
from inbox.ui.widgets import Label
from tests.ui.watching.conftest import NOW, WAIT_MS, Room
from tests.ui.watching.figures import FAILS, SLEEPS, Make, says, side


def body(room: Room) -> SettingsBody:
    return room.open().settings


def stored(store: Store) -> dict[str, Any]:
    with store.read() as s:
        return config.load(s).hot


def type_in(made: SettingsBody, name: str, text: str) -> None:
    edit = made.form.field(name).edit
    edit.selectAll()
    QTest.keyClicks(edit, text)


def asking(qtbot: QtBot, room: Room, make: Make) -> SettingsBody:
    """The page with another command, run to its end."""
    made = body(room)
    room.child._make = make
    made.start.click()
    qtbot.waitUntil(lambda: not room.child.running, timeout=WAIT_MS)
    return made


def said(made: SettingsBody) -> list[str]:
    return [each.text() for each in made.results.findChildren(Label) if each.isVisible()]


def test_what_is_in_force_stands_in_the_fields_and_nothing_is_to_be_saved(room: Room) -> None:
    made = body(room)
    assert made.form.field("min_authors").text() == str(hot_settings.USUAL.min_authors)
    assert not made.save.isEnabled()
    assert not made.discard.isEnabled()
    assert made.start.isEnabled()


def test_settings_are_saved_and_taken_back(room: Room) -> None:
    made = body(room)
    type_in(made, "min_authors", "9")
    made.form.watch.add("caught fire")
    assert made.save.isEnabled()
    made.save.click()
    room.settle()
    assert stored(room.store)["min_authors"] == 9
    assert stored(room.store)["watch"] == ["caught fire"]
    assert not made.save.isEnabled()
    assert "saved" in room.toasts[-1][0]
    room.undo()
    assert "min_authors" not in stored(room.store)
    assert made.form.field("min_authors").text() == str(hot_settings.USUAL.min_authors)
    assert made.form.watch.value() == ()


def test_a_wrong_number_is_said_at_its_field_and_cannot_be_saved_or_tried(room: Room) -> None:
    made = body(room)
    type_in(made, "similarity", "140")
    assert made.form.field("similarity").below.text()
    assert made.form.field("similarity").edit.property("wrong") == "true"
    assert not made.save.isEnabled()
    assert not made.start.isEnabled()
    made.discard.click()
    room.settle()
    assert made.form.field("similarity").edit.property("wrong") == "false"
    assert made.start.isEnabled()


def test_what_somebody_else_saved_meanwhile_is_not_overwritten(room: Room) -> None:
    made = body(room)
    type_in(made, "min_authors", "9")
    hot_settings.save(room.store, {"min_authors": 5}, actor="ben", now=NOW)
    made.save.click()
    room.settle()
    assert "Ben" in made.said.text()
    assert stored(room.store)["min_authors"] == 5
    assert made.form.field("min_authors").text() == "9"
    made.save.click()
    room.settle()
    assert stored(room.store)["min_authors"] == 9, "asked once more, mine is written over theirs"


def test_what_somebody_else_saved_can_be_looked_at(room: Room) -> None:
    made = body(room)
    type_in(made, "min_authors", "9")
    hot_settings.save(room.store, {"min_authors": 5}, actor="ben", now=NOW)
    made.save.click()
    room.settle()
    made.discard.click()
    room.settle()
    assert made.form.field("min_authors").text() == "5"
    assert made.said.isHidden()


def test_the_history_says_what_the_settings_would_have_done(qtbot: QtBot, room: Room) -> None:
    made = asking(qtbot, room, says())
    assert made.stack.currentWidget() is made.results
    told = said(made)
    for words in ("3", "10 in force", "1 of 2", "2 in force", "1 of 1", "Little was written before this time."):
        assert words in told
    rows = made.results.list.entries.rows
    assert rows[0].sentence().startswith("“charged twice” (Example Air). High. 17 people wrote")
    assert "UTC" not in rows[0].below[0], "a time is told as it is here"
    assert "since Sun 1 Mar " in rows[0].below[0]
    assert "is “Double charges” · confirmed · 12 min earlier · 2 further signs" in rows[0].below[1]
    assert "dismissed · 2 min later" in rows[1].below[1]
    assert rows[2].below[1].endswith("the workspace had no such incident")
    days = made.results.days.table
    assert days.rowCount() == 8


def test_what_would_be_missed_is_listed_and_enter_opens_it(qtbot: QtBot, room: Room) -> None:
    made = asking(qtbot, room, says())
    made.results.side.set_value("missed")
    made.results.side.chosen.emit("missed")
    assert [each.title for each in made.results.list.entries.rows] == ["Data leak"]
    made.results.list.setFocus()
    with qtbot.waitSignal(room.context.view_wanted) as wanted:
        QTest.keyClick(made.results.list, Qt.Key.Key_Return)
    assert wanted.args == ["incident:3"]


def test_an_incident_that_nobody_had_leads_nowhere(qtbot: QtBot, room: Room) -> None:
    made = asking(qtbot, room, says())
    made.results.list.setCurrentIndex(made.results.list.entries.index(2))
    with qtbot.assertNotEmitted(room.context.view_wanted):
        QTest.keyClick(made.results.list, Qt.Key.Key_Return)


def test_other_settings_make_what_was_found_old(qtbot: QtBot, room: Room) -> None:
    made = asking(qtbot, room, says())
    assert made.results.old.isHidden()
    type_in(made, "min_authors", "9")
    assert not made.results.old.isHidden()


def test_more_false_alarms_than_the_budget_are_marked(qtbot: QtBot, room: Room) -> None:
    made = asking(qtbot, room, says(tried=side(false_a_day=2.5)))
    late = [each for each in made.results.findChildren(Label) if each.text().startswith("budget 1.0")]
    assert len(late) == 1
    assert late[0].property("tone") == "late"


def test_without_history_it_says_so(qtbot: QtBot, room: Room) -> None:
    made = asking(qtbot, room, says(mentions=0))
    assert made.stack.currentWidget() is made.empty


def test_what_went_wrong_is_said_and_can_be_tried_again(qtbot: QtBot, room: Room) -> None:
    made = asking(qtbot, room, FAILS)
    assert made.stack.currentWidget() is made.trouble
    assert made.start.isVisible()


def test_a_play_can_be_stopped(qtbot: QtBot, room: Room) -> None:
    made = body(room)
    room.child._make = SLEEPS
    made.start.click()
    assert made.halt.isVisible()
    made.halt.click()
    qtbot.waitUntil(lambda: not room.child.running, timeout=WAIT_MS)
    assert made.start.isVisible()
    assert made.bar.isHidden()


def test_the_programs_own_command_is_run() -> None:
    words = command("a.inbox", wanted_of(hot_settings.USUAL), 90)
    assert words[1:9] == ["-m", "inbox", "-w", "a.inbox", "--json", "hot", "try", "--since"]
    assert words[9] == "90d"
    assert words[-2:] == ["--progress", "json"]


def test_a_long_time_is_drawn_by_weeks(qtbot: QtBot, room: Room) -> None:
    made = asking(qtbot, room, says(since="2026-01-01T12:00:00Z", until="2026-03-08T12:00:00Z"))
    table = made.results.days.table
    assert table.rowCount() == 10
    shown = [item.text() for column in (1, 2) if (item := table.item(9, column)) is not None]
    assert shown == ["2", "2"], "two of the three were opened in the last seven days"


def test_where_it_is_narrow_fields_and_buttons_stand_below_each_other(room: Room) -> None:
    made = body(room)

    def top(part: QWidget) -> int:
        return part.mapTo(made, QPoint()).y()

    room.page.resize(900, 700)
    QApplication.processEvents()
    assert top(made.save) == top(made.start)
    room.page.resize(340, 700)
    QApplication.processEvents()
    assert top(made.save) > top(made.start)
    tops = [top(made.form.field(name)) for name in NAMES]
    assert tops == sorted(set(tops))


def test_with_the_largest_letters_in_the_smallest_window_nothing_stands_outside(
    qtbot: QtBot, theme: Theme, room: Room
) -> None:
    theme.use(Scheme.LIGHT, 1.6)
    room.page.resize(550, 400)
    made = asking(qtbot, room, says())
    room.page.resize(551, 400)
    QApplication.processEvents()
    assert made.horizontalScrollBar().maximum() == 0
    assert made.results.side.accessibleName() == "Show: Opened (3)"
    room.page.resize(1200, 900)
    QApplication.processEvents()
    assert made.results.side.accessibleName() == "Show: Would be opened (3)"
