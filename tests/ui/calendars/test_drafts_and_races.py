"""Edits are never lost: kept for each calendar, kept when somebody else was quicker, and told with who it was."""

from dataclasses import replace

from PySide6.QtCore import Qt

from inbox.flow.calendars import remove_calendar
from tests.ui.calendars.room import ALWAYS, NIGHTS, OFFICE, Room

Key = Qt.Key


def edit(room: Room) -> None:
    """Hours more on Wednesday."""
    room.page.list.setFocus()
    room.page.list.setCurrentIndex(room.page.list.calendars.index(0))
    room.key(Key.Key_Return)
    room.key(Key.Key_Home)
    room.key(Key.Key_Down, times=2)
    room.key(Key.Key_Insert)
    room.rest()


def edited_week(room: Room) -> bool:
    """Whether the hours are there."""
    return room.week("wed") == ["09:00-17:00"]


def test_edits_wait_for_whoever_looks_at_another_calendar(room: Room) -> None:
    edit(room)
    room.page.list.setFocus()
    room.key(Key.Key_Down)
    assert room.page.columns.head.beside.text() == ""
    assert room.page.list.calendars.lines(room.page.list.calendars.entries[0])[2] == "Edited, not saved"
    room.key(Key.Key_Up)
    assert edited_week(room)
    assert room.page.columns.head.beside.text() == "edited, not saved"


def test_edits_outlive_going_to_another_page(room: Room) -> None:
    edit(room)
    room.window.go("areas")
    room.window.go("calendars")
    room.rest()
    assert edited_week(room)


def test_the_window_asks_before_it_closes_over_edits(room: Room) -> None:
    edit(room)
    room.window.close()
    dialog = room.page.unsaved.dialog
    assert dialog is not None
    dialog.stay.click()
    assert room.window.isVisible()
    assert edited_week(room)


def test_discarding_can_be_taken_back(room: Room) -> None:
    edit(room)
    room.page.columns.discard.click()
    assert room.week("wed") == []
    room.undo()
    assert edited_week(room)


def test_a_new_calendar_that_is_discarded_can_come_back(room: Room) -> None:
    room.key(Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    room.type("Sundays")
    room.page.columns.discard.click()
    assert room.listed() == ["office", "always", "nights"]
    room.undo()
    assert room.listed() == ["office", "always", "nights", "Sundays"]


def test_what_others_save_appears_without_asking(room: Room) -> None:
    room.ben_saves(OFFICE, "office", time_zone="Atlantic/Canary")
    room.hear()
    assert room.page.editor.zone.text() == "Atlantic/Canary"
    assert not room.page.columns.save.isEnabled()


def test_whoever_changed_the_same_calendar_is_named_and_mine_can_be_kept(room: Room) -> None:
    edit(room)
    room.ben_saves(OFFICE, "office", time_zone="Atlantic/Canary")
    room.hear()
    trouble = room.page.editor.trouble
    assert trouble.words.text() == "Ben changed this calendar while you were editing it. Nothing of yours is lost."
    trouble.keep.click()
    assert not trouble.isVisible()
    room.save()
    assert "wed" in (room.stored()[0].week or {})
    assert room.stored()[0].time_zone == "Europe/Madrid"


def test_theirs_can_be_taken_and_that_undone(room: Room) -> None:
    edit(room)
    room.ben_saves(OFFICE, "office", time_zone="Atlantic/Canary")
    room.hear()
    room.page.editor.trouble.take.click()
    room.rest()
    assert room.page.editor.zone.text() == "Atlantic/Canary"
    assert room.week("wed") == []
    room.undo()
    assert edited_week(room)
    assert room.page.editor.trouble.isVisible()


def test_saving_over_somebody_is_refused_with_their_name(room: Room) -> None:
    edit(room)
    room.ben_saves(OFFICE, "office", time_zone="Atlantic/Canary")
    room.save()
    assert room.stored()[0].time_zone == "Atlantic/Canary"
    assert room.page.editor.trouble.words.text().startswith("Ben changed this calendar")
    assert edited_week(room)


def test_a_change_of_another_calendar_is_told_once_and_does_not_stand_in_the_way(room: Room) -> None:
    edit(room)
    room.ben_saves(NIGHTS, "nights", time_zone="Asia/Dhaka")
    room.save()
    said = room.page.editor.trouble.words.text()
    assert said == "Ben saved the calendar “nights” meanwhile. Nothing was overwritten; look again."
    room.save()
    assert "wed" in (room.stored()[0].week or {})
    assert room.stored()[2].time_zone == "Asia/Dhaka"
    assert not room.page.editor.trouble.isVisible()


def test_a_calendar_that_somebody_removed_can_be_made_anew(room: Room) -> None:
    room.page.list.setCurrentIndex(room.page.list.calendars.index(2))
    room.key(Key.Key_Return)
    room.key(Key.Key_Delete)
    remove_calendar(room.store, "nights", actor="ben", now=room.context.now())
    room.hear()
    assert "Ben took this calendar away" in room.page.editor.trouble.words.text()
    room.page.editor.trouble.keep.click()
    room.save()
    assert [each.name for each in room.stored()] == ["office", "always", "nights"]
    assert sorted(room.stored()[2].week or {}) == ["sun"]


def test_undoing_after_somebody_else_changed_the_calendars_is_told(room: Room) -> None:
    edit(room)
    room.save()
    room.ben_saves(NIGHTS, "nights", time_zone="Asia/Dhaka")
    room.undo()
    assert room.toasts[-1][0] == "Ben saved the calendar “nights” meanwhile. Nothing was overwritten; look again."
    assert "wed" in (room.stored()[0].week or {})


def test_what_an_edit_undoes_by_hand_is_no_edit(room: Room) -> None:
    edit(room)
    room.key(Key.Key_Delete)
    assert room.page.columns.head.beside.text() == ""
    assert room.stored() == (OFFICE, ALWAYS, NIGHTS)


def test_a_name_is_changed_and_stays_the_same_calendar(room: Room) -> None:
    room.page.list.setCurrentIndex(room.page.list.calendars.index(2))
    room.page.editor.name.edit.setFocus()
    room.page.editor.name.edit.selectAll()
    room.type("late shift")
    room.save()
    assert room.stored() == (OFFICE, ALWAYS, replace(NIGHTS, name="late shift"))
    assert room.page.columns.head.title.text() == "late shift"


def test_removing_a_calendar_with_edits_is_no_race(room: Room) -> None:
    room.page.list.setCurrentIndex(room.page.list.calendars.index(2))
    room.key(Key.Key_Return)
    room.key(Key.Key_Delete)
    room.page.list.setFocus()
    room.key(Key.Key_Delete)
    room.rest()
    assert room.listed() == ["office", "always"]
    assert not room.page.editor.trouble.isVisible()
    assert room.page.columns.head.title.text() == "always"
