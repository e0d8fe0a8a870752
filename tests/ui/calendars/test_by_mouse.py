"""The week is drawn, moved and resized with the mouse, in steps of a quarter of an hour."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.ui.calendars.room import CTRL, NONE, Room

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton


def test_hours_are_drawn_where_there_were_none(room: Room) -> None:
    room.drag(room.spot(2, 9.05), room.spot(2, 16.9))
    assert room.week("wed") == ["09:00-17:00"]
    assert room.page.columns.head.beside.text() == "edited, not saved"


def test_drawing_into_the_next_row_runs_past_midnight(room: Room) -> None:
    room.drag(room.spot(2, 20), room.spot(3, 4))
    assert room.week("wed") == ["20:00-04:00"]
    assert room.week("thu") == []


def test_hours_are_moved_to_another_time_and_day(room: Room) -> None:
    room.drag(room.spot(0, 10), room.spot(0, 9))
    assert room.week("mon") == ["07:00-11:00", "13:00-17:00"]
    room.drag(room.spot(0, 15), room.spot(5, 15))
    assert room.week("mon") == ["07:00-11:00"]
    assert room.week("sat") == ["13:00-17:00"]


def test_a_side_is_pulled(room: Room) -> None:
    room.drag(room.spot(1, 17) - QPoint(2, 0), room.spot(1, 19.5))
    assert room.week("tue") == ["08:00-12:00", "13:00-19:30"]
    room.drag(room.spot(1, 8) + QPoint(3, 0), room.spot(1, 6))
    assert room.week("tue") == ["06:00-12:00", "13:00-19:30"]


def test_the_tail_in_the_next_row_is_pulled_too(room: Room) -> None:
    room.drag(room.spot(5, 6) - QPoint(2, 0), room.spot(5, 8))
    assert room.week("fri") == ["22:00-08:00"]
    room.drag(room.spot(5, 8) - QPoint(2, 0), room.spot(4, 23.5))
    assert room.week("fri") == ["22:00-23:30"]


def test_a_tail_that_is_moved_takes_its_evening_along(room: Room) -> None:
    room.drag(room.spot(5, 3), room.spot(6, 3))
    assert room.week("fri") == []
    assert room.week("sat") == ["22:00-06:00"]


def test_sundays_night_lies_on_monday(room: Room) -> None:
    room.page.list.setCurrentIndex(room.page.list.calendars.index(2))
    room.drag(room.spot(0, 6) - QPoint(2, 0), room.spot(0, 5))
    assert room.week("sun") == ["22:00-05:00"]


def test_escape_gives_a_drag_up(room: Room) -> None:
    room.picture.setFocus()
    QTest.mousePress(room.picture, LEFT, NONE, room.spot(0, 10))
    QTest.mouseMove(room.picture, room.spot(3, 12))
    assert room.picture.span() is not None
    room.key(Key.Key_Escape)
    QTest.mouseRelease(room.picture, LEFT, NONE, room.spot(3, 12))
    assert room.week("mon") == ["08:00-12:00", "13:00-17:00"]
    assert not room.page.columns.save.isEnabled()


def test_a_click_chooses_and_changes_nothing(room: Room) -> None:
    QTest.mouseClick(room.picture, LEFT, NONE, room.spot(1, 15))
    bar = room.page.editor.week.bar
    assert (bar.day.text(), bar.start.text(), bar.end.text()) == ("Tuesday", "13:00", "17:00")
    QTest.mouseClick(room.picture, LEFT, NONE, room.spot(6, 15))
    assert (bar.day.text(), bar.about.text(), bar.start.isVisible()) == ("Sunday", "Closed", False)
    assert not room.page.columns.save.isEnabled()


def test_a_double_click_adds_an_hour_or_edits_one(room: Room) -> None:
    QTest.mouseDClick(room.picture, LEFT, NONE, room.spot(6, 10.5))
    assert room.week("sun") == ["10:00-11:00"]
    QTest.mouseDClick(room.picture, LEFT, NONE, room.spot(6, 10.5))
    assert room.focus() is room.page.editor.week.bar.start


def test_nothing_is_drawn_in_a_calendar_that_is_always_open(room: Room) -> None:
    room.page.list.setCurrentIndex(room.page.list.calendars.index(1))
    room.drag(room.spot(2, 9), room.spot(2, 17))
    assert room.page.editor.draft().calendar.week is None


def test_what_was_drawn_is_taken_back_by_ctrl_z(room: Room) -> None:
    room.drag(room.spot(2, 9), room.spot(2, 17))
    room.drag(room.spot(3, 9), room.spot(3, 17))
    room.picture.setFocus()
    room.key(Key.Key_Z, CTRL)
    assert (room.week("wed"), room.week("thu")) == (["09:00-17:00"], [])


@pytest.mark.parametrize("hours", [23.5, 12.0])
def test_overlapping_and_touching_hours_are_said_to_be_one(room: Room, hours: float) -> None:
    day = 4 if hours == 23.5 else 0
    end = 24.0 if hours == 23.5 else 13.0
    room.drag(room.spot(day, 20 if day == 4 else hours), room.spot(day, 23 if day == 4 else end))
    names = {4: "Friday", 0: "Monday"}
    note = room.page.editor.week.note
    assert note.isVisible()
    assert note.text() == f"Hours that overlap or touch count as one: {names[day]}."
    assert room.page.columns.save.isEnabled()


def test_the_picture_reads_left_to_right_where_the_screen_does_not(room: Room) -> None:
    room.window.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    room.rest()
    assert room.spot(0, 9).x() < room.spot(0, 15).x()
    at = room.picture._frame()
    assert at.names.left() > at.area.right()
    room.drag(room.spot(2, 9), room.spot(2, 16))
    assert room.week("wed") == ["09:00-16:00"]
    room.picture.setFocus()
    room.key(Key.Key_Right, CTRL)
    assert room.week("wed") == ["09:15-16:15"]
