"""Holidays, dates of our own, and what iCal files bring."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import QDate, Qt

from tests.ui.calendars.room import MORNING, OFFICE, Room

Key = Qt.Key
FILE = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//example//EN
BEGIN:VTIMEZONE
TZID:Europe/Madrid
BEGIN:STANDARD
DTSTART:19701025T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:works@example
DTSTART;VALUE=DATE:20260714
DTEND;VALUE=DATE:20260716
SUMMARY:Works in the building
END:VEVENT
END:VCALENDAR
"""


def test_the_next_dates_are_listed_with_what_makes_them_differ(room: Room) -> None:
    assert room.dates()[:3] == [
        "2026-06-05 Closed (closed)",
        "2026-06-06 Open 08:00 to 12:00 (open)",
        "2026-06-08 Stocktaking (imported)",
    ]
    assert room.dates()[3].startswith("2026-08-15 ")
    assert room.dates()[3].endswith("(holiday)")
    index = room.page.editor.dates.list.dates.index(0)
    assert index.data() == "Closed. Fri 5 Jun 2026 · closed date"


def test_another_country_brings_other_holidays_and_its_parts(room: Room) -> None:
    fields = room.page.editor.dates.holidays
    assert fields.part.chosen() == "MD"
    place = fields.country.findData("DE")
    fields.country.setCurrentIndex(place)
    room.rest()
    assert room.page.editor.draft().calendar.holidays == ("DE", None)
    assert any("2026-05-25" in words and "(holiday)" in words for words in room.dates())
    fields.part.setCurrentIndex(fields.part.findData("BY"))
    room.rest()
    room.save()
    assert room.stored()[0].holidays == ("DE", "BY")


def test_an_imported_date_is_switched_off_by_the_space_bar(room: Room) -> None:
    dates = room.page.editor.dates
    dates.show_tab("imported")
    dates.list.setFocus()
    assert dates.list.dates.index(1).data() == "Party. Tue 9 Jun 2026 · imported, switched off"
    room.key(Key.Key_Space)
    room.rest()
    assert [each.on for each in room.page.editor.draft().calendar.imported] == [False, False]
    room.save()
    assert [each.on for each in room.stored()[0].imported] == [False, False]
    assert not any("Stocktaking" in words for words in next_dates(room))


def next_dates(room: Room) -> list[str]:
    """The tab of the next dates."""
    room.page.editor.dates.show_tab("next")
    return room.dates()


def test_a_holiday_becomes_an_open_date(room: Room) -> None:
    dates = room.page.editor.dates
    dates.list.setFocus()
    place = next(at for at, row in enumerate(dates.list.dates.rows) if row.kind == "holiday")
    day = dates.list.dates.rows[place].day
    dates.list.setCurrentIndex(dates.list.dates.index(place))
    room.key(Key.Key_Return)
    assert room.focus() is dates.bar.hours
    room.type("9-13")
    room.key(Key.Key_Return)
    room.rest()
    assert [f"{each.start:%H}-{each.end:%H}" for each in room.page.editor.draft().calendar.open[day]] == ["09-13"]
    assert any(words.startswith(f"{day.isoformat()} Open 09:00 to 13:00") for words in room.dates())


def test_dates_of_the_next_days_are_said_where_the_week_is_drawn(room: Room) -> None:
    soon = room.page.editor.week.soon
    assert not soon.isVisible()
    dates = room.page.editor.dates
    dates.add.click()
    dates.bar.date.setDate(QDate(2026, 5, 15))
    room.key(Key.Key_Return)
    room.rest()
    assert soon.text() == "Not as drawn in the next 7 days: Fri 15 May Closed."
    room.page.list.setCurrentIndex(room.page.list.calendars.index(2))
    room.rest()
    assert not soon.isVisible()


def test_a_closed_date_is_added_and_removed_and_comes_back(room: Room) -> None:
    dates = room.page.editor.dates
    dates.add.click()
    dates.bar.date.setDate(QDate(2026, 8, 3))
    room.key(Key.Key_Return)
    room.rest()
    assert room.page.editor.draft().calendar.closed == (date(2026, 6, 5), date(2026, 8, 3))
    dates.show_tab("own")
    assert room.dates()[-1] == "2026-08-03 Closed (closed)"
    dates.list.setFocus()
    dates.list.setCurrentIndex(dates.list.dates.index(2))
    room.key(Key.Key_Delete)
    assert room.page.editor.draft().calendar.closed == (date(2026, 6, 5),)
    assert room.toasts[-1][0] == "Mon 3 Aug 2026 is an ordinary date again."
    room.undo()
    assert room.page.editor.draft().calendar.closed == (date(2026, 6, 5), date(2026, 8, 3))


def test_the_hours_of_an_open_date_are_edited(room: Room) -> None:
    dates = room.page.editor.dates
    dates.show_tab("own")
    dates.list.setFocus()
    dates.list.setCurrentIndex(dates.list.dates.index(1))
    room.key(Key.Key_Return)
    assert dates.bar.hours.text() == "08:00\u201312:00"
    room.type("never")
    room.key(Key.Key_Return)
    assert dates.bar.error.text() == "“never” cannot be read. Write hours like 09:00-12:00, 13:00-17:00."
    dates.bar.hours.selectAll()
    room.type("08:00-12:00, 14-16")
    room.key(Key.Key_Return)
    assert room.dates()[1] == "2026-06-06 Open 08:00 to 12:00, 14:00 to 16:00 (open)"
    assert room.focus() is dates.list


def test_a_date_that_is_given_up_changes_nothing(room: Room) -> None:
    dates = room.page.editor.dates
    dates.add.click()
    room.key(Key.Key_Escape)
    assert not dates.bar.isVisible()
    assert room.page.editor.draft().calendar.open == {date(2026, 6, 6): (MORNING,)}
    assert not room.page.columns.save.isEnabled()


def test_an_ical_file_brings_its_entries_and_not_its_time_zone(room: Room, tmp_path: Path) -> None:
    path = tmp_path / "works.ics"
    path.write_text(FILE.replace("\n", "\r\n"))
    room.page.editor.dates.read_file(path)
    room.rest()
    dates = room.page.editor.dates
    assert dates.said.text() == "2 dates came into “office”. Save the calendar to keep them."
    works = ["2026-07-14 Works in the building (imported)", "2026-07-15 Works in the building (imported)"]
    assert room.dates() == ["2026-06-08 Stocktaking (imported)", "2026-06-09 Party (imported)", *works]
    room.save()
    assert [each.date.day for each in room.stored()[0].imported] == [8, 9, 14, 15]
    room.undo()
    assert room.stored()[0] == OFFICE


def test_a_file_can_take_the_place_of_those_before(room: Room, tmp_path: Path) -> None:
    path = tmp_path / "works.ics"
    path.write_text(FILE.replace("\n", "\r\n"))
    dates = room.page.editor.dates
    dates.read_file(path)
    room.rest()
    assert dates.alone.isVisible()
    dates.alone.click()
    assert [words[:10] for words in room.dates()] == ["2026-07-14", "2026-07-15"]
    assert not dates.alone.isVisible()
    room.undo()
    assert len(room.dates()) == 4
    dates.read_file(path)
    room.rest()
    assert dates.said.text().endswith("They were there already.")


def test_a_file_that_is_no_calendar_is_said_to_be_none(room: Room, tmp_path: Path) -> None:
    path = tmp_path / "picture.ics"
    path.write_text("not a calendar")
    room.page.editor.dates.read_file(path)
    room.rest()
    said = room.page.editor.dates.error.text()
    assert said
    assert "Traceback" not in said
    room.page.editor.dates.read_file(tmp_path / "missing.ics")
    room.rest()
    assert room.page.editor.dates.error.text() == "“missing.ics” cannot be read: No such file or directory."
    assert room.page.editor.draft().calendar.imported == OFFICE.imported


def test_imported_dates_are_forgotten_all_at_once_and_come_back(room: Room) -> None:
    dates = room.page.editor.dates
    dates.show_tab("imported")
    dates.forget.click()
    assert room.dates() == []
    assert dates.list.accessibleDescription().startswith("Nothing is imported.")
    room.undo()
    assert len(room.dates()) == 2


def test_a_try_says_when_a_target_is_due_and_how_it_adds_up(room: Room) -> None:
    test = room.page.editor.test
    assert test.result.text() == "Due Sat 16 May 2026 at 01:20"
    assert test.sum.text().splitlines() == [
        "Tue 12 May 16:20 to 17:00: 40 min",
        "Fri 15 May 22:00 to Sat 16 May 01:20: 3 h 20",
        "Together 4 h",
    ]
    test.target.setFocus()
    test.target.selectAll()
    room.type("30 min")
    room.rest()
    assert test.result.text() == "Due Tue 12 May 2026 at 16:50"
    assert test.sum.text() == "Tue 12 May 16:20 to 16:50: 30 min"
    test.target.selectAll()
    room.type("soon")
    room.rest()
    assert test.result.text() == "Give the target like 30 min, 4 h or 2 d."


def test_a_try_adds_up_over_nights_and_days_that_are_closed(room: Room) -> None:
    room.page.list.setCurrentIndex(room.page.list.calendars.index(2))
    room.rest()
    test = room.page.editor.test
    assert test.result.text() == "Due Mon 18 May 2026 at 02:00"
    assert test.sum.text() == "Sun 17 May 22:00 to Mon 18 May 02:00: 4 h"
    test.target.setFocus()
    test.target.selectAll()
    room.type("10h")
    room.rest()
    assert test.result.text() == "Due Tue 19 May 2026 at 00:00"
    assert test.sum.text().splitlines() == [
        "Sun 17 May 22:00 to Mon 18 May 06:00: 8 h",
        "Mon 18 May 22:00 to Tue 19 May 00:00: 2 h",
        "Together 10 h",
    ]
