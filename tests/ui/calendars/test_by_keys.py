"""Everything in the week is reached and changed by keys alone."""

from datetime import time

from PySide6.QtCore import Qt

from inbox.model.people import Interval
from tests.ui.calendars.room import ALWAYS, CTRL, NIGHTS, OFFICE, SHIFT, Room

Key = Qt.Key


def test_the_list_says_of_each_calendar_whether_it_is_open_and_who_uses_it(room: Room) -> None:
    lines = [room.page.list.calendars.lines(entry) for entry in room.page.list.calendars.entries]
    assert lines == [
        ("office", "Open until 17:00", "Europe/Madrid · 1 policy"),
        ("always", "Always open", "UTC · not used"),
        ("nights", "Closed, opens Sun 22:00", "Asia/Kolkata · not used"),
    ]
    index = room.page.list.calendars.index(0)
    assert index.data() == "office. Open until 17:00. Europe/Madrid · 1 policy"


def test_enter_leads_from_the_list_into_the_week_and_escape_back(room: Room) -> None:
    room.key(Key.Key_Return)
    assert room.focus() is room.picture
    room.key(Key.Key_Escape)
    assert room.focus() is room.page.list


def test_arrows_speak_each_interval(room: Room) -> None:
    room.key(Key.Key_Return)
    said = [room.picture.accessibleDescription()]
    for key in (Key.Key_Right, Key.Key_Down, Key.Key_Down, Key.Key_Down, Key.Key_Down, Key.Key_Down, Key.Key_Down):
        room.key(key)
        said.append(room.picture.accessibleDescription())
    assert said == [
        "Monday, 08:00 to 12:00, 1 of 2",
        "Monday, 13:00 to 17:00, 2 of 2",
        "Tuesday, 13:00 to 17:00, 2 of 2",
        "Wednesday, closed",
        "Thursday, closed",
        "Friday, 22:00 to 06:00 on Saturday",
        "Saturday, nothing begins, open until 06:00",
        "Sunday, closed",
    ]


def test_an_interval_is_added_edited_in_its_fields_and_saved(room: Room) -> None:
    room.key(Key.Key_Return)
    room.key(Key.Key_Down, times=2)
    room.key(Key.Key_Insert)
    assert room.week("wed") == ["09:00-17:00"]
    room.key(Key.Key_Return)
    assert room.focus().accessibleName() == "From"
    room.type("730")
    room.key(Key.Key_Tab)
    room.type("15:15")
    room.key(Key.Key_Return)
    assert room.week("wed") == ["07:30-15:15"]
    room.save()
    assert (room.stored()[0].week or {})["wed"] == (Interval(time(7, 30), time(15, 15)),)
    assert room.toasts[-1][0] == "The calendar “office” is saved."
    room.undo()
    assert room.stored()[0] == OFFICE
    assert room.week("wed") == []


def test_ctrl_moves_and_shift_resizes_by_a_quarter_of_an_hour(room: Room) -> None:
    room.key(Key.Key_Return)
    room.key(Key.Key_Right, CTRL, times=2)
    assert room.week("mon") == ["08:30-12:30", "13:00-17:00"]
    room.key(Key.Key_Left, SHIFT)
    assert room.week("mon") == ["08:30-12:15", "13:00-17:00"]
    room.key(Key.Key_Left, CTRL | SHIFT)
    assert room.week("mon") == ["08:15-12:15", "13:00-17:00"]


def test_an_interval_grows_past_midnight_into_the_next_day(room: Room) -> None:
    room.key(Key.Key_Return)
    room.key(Key.Key_Right)
    room.key(Key.Key_Right, SHIFT, times=30)
    assert room.week("mon") == ["08:00-12:00", "13:00-00:30"]
    assert room.page.editor.week.bar.about.text() == "11 h 30, ends on Tuesday"


def test_a_day_is_copied_to_another_and_that_is_undone(room: Room) -> None:
    room.key(Key.Key_Return)
    room.key(Key.Key_C, CTRL)
    room.key(Key.Key_Down, times=3)
    room.key(Key.Key_V, CTRL)
    assert room.week("thu") == ["08:00-12:00", "13:00-17:00"]
    room.key(Key.Key_Z, CTRL)
    assert room.week("thu") == []
    assert not room.page.columns.save.isEnabled()


def test_a_days_hours_are_copied_to_the_weekdays_and_to_no_other(room: Room) -> None:
    room.page.editor.week.bar.copied.emit(tuple(range(5)))
    assert room.week("fri") == ["08:00-12:00", "13:00-17:00"]
    assert room.week("sat") == []


def test_delete_removes_the_interval_and_names_what_is_left(room: Room) -> None:
    room.key(Key.Key_Return)
    room.key(Key.Key_Delete)
    assert room.week("mon") == ["13:00-17:00"]
    assert room.picture.accessibleDescription() == "Monday, 13:00 to 17:00"


def test_hours_are_given_as_text_too(room: Room) -> None:
    box = room.page.editor.week
    box.tabs.setFocus()
    room.key(Key.Key_Right)
    box.table.edits[2].setFocus()
    room.type("7-12, 13:30 to 16")
    room.key(Key.Key_Return)
    assert room.week("wed") == ["07:00-12:00", "13:30-16:00"]
    assert box.table.edits[2].text() == "07:00\u201312:00, 13:30\u201316:00"
    assert box.sum.text() == "31 h 30 a week"


def test_always_open_can_be_switched_on_and_the_hours_come_back(room: Room) -> None:
    switch = room.page.editor.week.always
    switch.setFocus()
    room.key(Key.Key_Space)
    assert room.page.editor.draft().calendar.week is None
    assert room.picture.accessibleDescription() == "Always open"
    room.key(Key.Key_Space)
    assert room.week("mon") == ["08:00-12:00", "13:00-17:00"]
    assert not room.page.columns.save.isEnabled()


def test_a_new_calendar_is_made_by_keys(room: Room) -> None:
    room.key(Key.Key_N, CTRL)
    room.type("Weekend")
    room.key(Key.Key_Tab)
    room.focus().selectAll()  # type: ignore[attr-defined]
    room.type("kolk")
    room.rest()
    finder = room.page.editor.zone.edit.completer()
    assert finder.currentCompletion() == "Asia/Kolkata"
    finder.activated.emit("Asia/Kolkata")
    room.save()
    made = room.stored()[-1]
    assert (made.name, made.time_zone, sorted(made.week or {})) == (
        "Weekend",
        "Asia/Kolkata",
        ["fri", "mon", "thu", "tue", "wed"],
    )
    assert room.listed() == ["office", "always", "nights", "Weekend"]


def test_a_copy_has_a_name_of_its_own(room: Room) -> None:
    room.key(Key.Key_D, CTRL)
    assert room.page.editor.name.text() == "office 2"
    room.save()
    assert room.stored()[-1].week == OFFICE.week
    assert room.stored()[-1].imported == OFFICE.imported


def test_a_calendar_is_removed_and_comes_back(room: Room) -> None:
    room.key(Key.Key_Down, times=2)
    room.key(Key.Key_Delete)
    room.rest()
    assert room.stored() == (OFFICE, ALWAYS)
    assert room.listed() == ["office", "always"]
    room.undo()
    assert room.stored() == (OFFICE, ALWAYS, NIGHTS)


def test_a_calendar_in_use_stays_and_says_who_uses_it(room: Room) -> None:
    room.key(Key.Key_Delete)
    room.rest()
    assert room.toasts[-1][0] == "“office” is used by the policy “standard”. Give them another calendar first."
    assert room.listed() == ["office", "always", "nights"]
