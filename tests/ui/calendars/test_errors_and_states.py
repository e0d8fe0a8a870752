"""What is wrong is said at its field in plain words; empty, failing and small pages say what to do."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QDateTimeEdit, QLineEdit

from inbox.store.errors import ReadOnly, Refused
from inbox.ui.calendars import deeds
from inbox.ui.theme import Scheme, Theme
from tests.ui.calendars.conftest import Enter
from tests.ui.calendars.room import ALT, CTRL, OFFICE, Room

Key = Qt.Key


def test_without_a_name_nothing_is_saved_and_the_keyboard_goes_there(room: Room) -> None:
    room.key(Key.Key_N, CTRL)
    room.rest()
    assert room.page.editor.name.below.text() == ""
    room.page.editor.week.picture.setFocus()
    room.save()
    assert room.page.editor.name.below.text() == "Give the calendar a name."
    assert room.focus() is room.page.editor.name.edit
    assert room.stored()[0] == OFFICE


def test_a_name_that_is_taken_is_said(room: Room) -> None:
    room.key(Key.Key_N, CTRL)
    room.type("Nights")
    room.rest()
    said = "There is a calendar “nights” already. Give this one a name of its own."
    assert room.page.editor.name.below.text() == said
    room.save()
    assert len(room.stored()) == 3


def test_a_calendar_in_use_keeps_its_name(room: Room) -> None:
    room.page.editor.name.edit.setFocus()
    room.page.editor.name.edit.selectAll()
    room.type("desk")
    room.save()
    said = "“office” is used by the policy “standard”, so it keeps its name."
    assert room.page.editor.name.below.text() == said
    assert room.focus() is room.page.editor.name.edit


def test_an_unknown_zone_is_said_once_it_is_typed_to_the_end(room: Room) -> None:
    room.page.editor.zone.edit.setFocus()
    room.page.editor.zone.edit.selectAll()
    room.type("Europe/Madri")
    room.rest()
    assert room.page.editor.zone.below.text() == ""
    # What completes has the keys while its list is open.
    names = room.page.editor.zone.edit.completer().popup()
    assert names is not None
    QTest.keyClick(names, Key.Key_Tab)
    room.rest()
    assert room.page.editor.zone.below.text() == "There is no time zone named “Europe/Madri”."
    room.save()
    assert room.stored()[0] == OFFICE
    assert room.focus() is room.page.editor.zone.edit


def test_the_zone_says_what_time_it_is_there(room: Room) -> None:
    room.page.list.setCurrentIndex(room.page.list.calendars.index(2))
    assert room.page.editor.zone.below.text() == "UTC+05:30, now 19:50"
    assert room.picture.now == (1, 19 * 60 + 50)


def test_a_calendar_without_any_open_time_is_refused_with_the_reason(room: Room) -> None:
    room.page.list.setCurrentIndex(room.page.list.calendars.index(2))
    room.key(Key.Key_Return)
    room.key(Key.Key_Delete)
    room.key(Key.Key_End)
    room.key(Key.Key_Delete)
    room.rest()
    assert room.page.editor.week.sum.text() == "never open"
    assert room.page.editor.week.error.text() == "The calendar “nights” has no open hours."
    room.save()
    assert len(room.stored()[2].week or {}) == 2
    assert room.focus() is room.picture


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("25", "“25” is not a time. Write it like 07:30."),
        ("", "Give a time, like 07:30."),
        ("24:00", "The day ends at 24:00. Begin earlier."),
    ],
)
def test_a_time_that_is_none_is_said_at_its_field(room: Room, typed: str, said: str) -> None:
    room.key(Key.Key_Return)
    room.key(Key.Key_Return)
    bar = room.page.editor.week.bar
    bar.start.clear()
    room.type(typed)
    room.key(Key.Key_Return)
    assert bar.error.text() == said
    assert bar.start.accessibleDescription() == said
    assert room.week("mon") == ["08:00-12:00", "13:00-17:00"]
    room.key(Key.Key_Escape)
    assert (bar.start.text(), bar.error.text()) == ("08:00", "")
    assert room.focus() is room.picture


def test_hours_that_cannot_be_read_are_said_with_their_day(room: Room) -> None:
    box = room.page.editor.week
    box.tabs.setFocus()
    room.key(Key.Key_Right)
    box.table.edits[3].setFocus()
    room.type("mornings")
    room.key(Key.Key_Return)
    said = "Thursday: “mornings” cannot be read. Write hours like 07:00-12:00, 13:00-21:00."
    assert box.error.text() == said
    box.table.edits[3].clear()
    room.key(Key.Key_Return)
    assert box.error.text() == ""


def test_a_store_that_cannot_be_written_keeps_the_edits(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_more: object) -> None:
        raise ReadOnly("The workspace cannot be written. Change the permissions of its file and folder.")

    monkeypatch.setattr("inbox.flow.calendars.save_calendar", refuse)
    room.key(Key.Key_Return)
    room.key(Key.Key_Delete)
    room.save()
    trouble = room.page.editor.trouble
    assert trouble.words.text().startswith("The workspace cannot be written.")
    assert not trouble.keep.isVisible()
    assert room.week("mon") == ["13:00-17:00"]
    assert room.page.columns.save.isEnabled()


def test_without_calendars_the_page_says_what_one_is_and_makes_the_first(bare: Room) -> None:
    assert bare.page.nothing.isVisible()
    assert bare.page.nothing.label.text().startswith("There are no calendars yet.")
    bare.page.nothing.button.click()
    bare.type("desk")
    bare.save()
    assert [each.name for each in bare.stored()] == ["desk"]


def test_a_store_that_cannot_be_read_is_said_and_tried_again(enter: Enter, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_session: object, _noun: str) -> None:
        raise Refused("The workspace does not answer.")

    monkeypatch.setattr("inbox.ui.entries.shown.load", broken)
    room = enter()
    assert room.page.trouble.label.text() == "The workspace does not answer."
    monkeypatch.undo()
    room.page.trouble.button.click()
    room.rest()
    assert room.listed() == ["office", "always", "nights"]


def test_a_small_page_shows_list_or_calendar_and_alt_left_goes_back(room: Room) -> None:
    room.window.resize(640, 480)
    room.rest()
    columns = room.page.columns
    assert columns.left.isVisible()
    assert not columns.middle.isVisible()
    room.key(Key.Key_Return)
    assert not columns.left.isVisible()
    assert room.focus() is room.picture
    room.key(Key.Key_Left, ALT)
    assert columns.left.isVisible()
    assert room.focus() is room.page.list


@pytest.mark.parametrize("size", [(1440, 900), (900, 700), (640, 480)])
def test_nothing_is_cut_off_at_any_size(room: Room, size: tuple[int, int]) -> None:
    room.window.resize(*size)
    room.page.columns.open_editor()
    bar = room.page.editor.area.horizontalScrollBar()
    room.qtbot.waitUntil(lambda: bar.maximum() == 0)


def test_everything_that_can_be_pressed_or_filled_has_a_name(room: Room) -> None:
    for kind in (QAbstractButton, QLineEdit, QComboBox, QAbstractItemView, QDateTimeEdit):
        for each in room.page.findChildren(kind):
            if each.isVisibleTo(room.page) and not each.objectName().startswith("qt_"):
                assert each.accessibleName(), each


def test_changes_are_written_one_after_the_other(room: Room) -> None:
    """Two saves at once: the second stands on what the first left."""
    assert isinstance(room.page.deeds, deeds.Deeds)
    room.key(Key.Key_Return)
    room.key(Key.Key_Delete)
    room.key(Key.Key_S, CTRL)
    room.key(Key.Key_Delete)
    room.rest()
    room.save()
    assert sorted(room.stored()[0].week or {}) == ["fri", "tue"]


def test_another_text_size_and_back_leaves_everything_as_it_was(room: Room, theme: Theme) -> None:
    room.key(Key.Key_Return)
    edit, picture = room.page.editor.week.bar.start, room.picture
    before = edit.width(), picture.height()
    theme.use(Scheme.DARK, 1.3)
    room.rest()
    room.qtbot.waitUntil(lambda: picture.height() > before[1])
    theme.use(Scheme.LIGHT, 1.0)
    room.rest()
    room.qtbot.waitUntil(lambda: (edit.width(), picture.height()) == before)
