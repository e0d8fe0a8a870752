"""Campaigns are announced, changed, called off and brought in on screen; each change can be taken back."""

from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import QDate, QDateTime, Qt, QTime, QTimeZone
from PySide6.QtTest import QTest

from inbox.flow import campaigns
from inbox.ui.watching.campaigns import CampaignsBody
from tests.ui.watching.conftest import NOW, Room

UTC = QTimeZone(QTimeZone.Initialization.UTC)
HOUR = timedelta(hours=1)
ICAL = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//test//EN
BEGIN:VEVENT
UID:sale@example
DTSTAMP:20260301T000000Z
DTSTART:20260310T090000Z
DTEND:20260310T180000Z
SUMMARY:Spring sale #springsale
END:VEVENT
END:VCALENDAR
"""


def body(room: Room) -> CampaignsBody:
    return room.open("campaigns").campaigns


def add(room: Room, name: str = "Spring sale") -> None:
    campaigns.add(room.store, name, NOW - HOUR, NOW + HOUR, words=("sale",), actor="ben", now=NOW)


def test_where_none_is_announced_it_says_what_one_is_for(room: Room) -> None:
    made = body(room)
    assert made.stack.currentWidget() is made.empty
    made.add.click()
    assert made.editor.isVisible()


def test_a_campaign_is_announced_by_keyboard_and_taken_back(room: Room) -> None:
    made = body(room)
    QTest.mouseClick(made.add, Qt.MouseButton.LeftButton)
    QTest.keyClicks(made.editor.name.edit, "Spring sale")
    made.editor.times.set_text("4.5")
    made.editor.words.add("#springsale")
    made.editor.begins.setDateTime(QDateTime(QDate(2026, 3, 10), QTime(9, 0), UTC))
    made.editor.ends.setDateTime(QDateTime(QDate(2026, 3, 12), QTime(18, 30), UTC))
    QTest.keyClick(made.editor.name.edit, Qt.Key.Key_Return)
    room.settle()
    (stored,) = room.standing()
    assert (stored.name, stored.times, stored.words, stored.account_id) == ("Spring sale", 4.5, ("springsale",), None)
    assert stored.begins_at.isoformat() == "2026-03-10T09:00:00+00:00"
    assert stored.ends_at.isoformat() == "2026-03-12T18:30:00+00:00"
    assert not made.editor.isVisible()
    assert made.list.key() == stored.id
    room.undo()
    assert room.standing() == ()
    assert made.stack.currentWidget() is made.empty


def test_what_is_wrong_stands_at_its_field_and_nothing_is_lost(room: Room) -> None:
    made = body(room)
    made.add.click()
    made.editor.times.set_text("often")
    made.editor.finish()
    assert "number" in made.editor.times.below.text()
    made.editor.times.set_text("3")
    made.editor.ends.setDateTime(made.editor.begins.dateTime().addSecs(-60))
    made.editor.finish()
    room.settle()
    assert "needs a name" in made.editor.name.below.text()
    assert "ends before it begins" in made.editor.wrong.text()
    assert made.editor.isVisible()
    assert room.standing() == ()


def test_a_row_says_when_and_where_it_runs_and_what_is_expected(room: Room) -> None:
    add(room)
    made = body(room)
    row = made.list.entries.rows[0]
    assert row.tag is not None
    assert row.tag[0] == "Running"
    assert row.below[0].endswith("all accounts · 3 times as much as usual · sale")
    assert row.sentence().startswith("Spring sale. Running.")


def test_enter_changes_one_and_delete_calls_it_off(room: Room) -> None:
    add(room)
    made = body(room)
    made.list.setFocus()
    QTest.keyClick(made.list, Qt.Key.Key_Return)
    assert made.editor.name.text() == "Spring sale"
    made.editor.name.set_text("Summer sale")
    made.editor.finish()
    room.settle()
    assert [each.name for each in room.standing()] == ["Summer sale"]
    QTest.keyClick(made.list, Qt.Key.Key_Delete)
    room.settle()
    assert room.standing() == ()
    room.undo()
    assert [each.name for each in room.standing()] == ["Summer sale"]


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(room: Room) -> None:
    add(room)
    made = body(room)
    made.list.setFocus()
    QTest.keyClick(made.list, Qt.Key.Key_Return)
    (seen,) = room.standing()
    campaigns.remove(room.store, seen.id, actor="ben", now=NOW)
    made.editor.name.set_text("Mine")
    made.editor.finish()
    room.settle()
    assert "Ben" in made.editor.wrong.text()
    assert room.standing() == ()


def test_a_calendar_brings_its_entries_and_escape_leaves_the_editor(room: Room, tmp_path: Path) -> None:
    path = tmp_path / "plan.ics"
    path.write_text(ICAL)
    made = body(room)
    made.import_from(path)
    room.settle()
    assert [each.name for each in room.standing()] == ["Spring sale #springsale"]
    made.add.click()
    QTest.keyClick(made.editor.name.edit, Qt.Key.Key_Escape)
    assert not made.editor.isVisible()
    made.import_from(tmp_path / "none.ics")
    room.settle()
    assert "cannot be read" in room.toasts[-1][0]
    assert made.bring.isEnabled()
