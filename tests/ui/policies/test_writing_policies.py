"""Writing policies by keyboard alone: made, seen at work, saved, moved, copied, removed, and taken back."""

from dataclasses import replace

from PySide6.QtCore import Qt

from inbox.model.words import PolicyAction, Priority
from inbox.model.workspace import Policy, Then
from tests.ui.policies.room import ALT, CTRL, HOUR, POLICIES, PRESS, REST, RULES, URGENT, Room

Key = Qt.Key


def test_a_policy_is_written_and_saved_without_a_mouse(room: Room) -> None:
    room.key(Key.Key_N, CTRL)
    assert room.name() == "Name"
    room.type("Loud")
    room.tab_to("Condition")
    room.key(Key.Key_Space)
    combo = room.page.editor.whens.rows[0].combo
    combo.setCurrentIndex(combo.findData("followers_min"))
    room.key(Key.Key_Tab)
    room.type("5000")
    room.tab_to("Calendar")
    room.key(Key.Key_Down)
    room.tab_to("First response")
    room.type("1h 30m")
    room.tab_to("Next response by priority")
    room.key(Key.Key_Space)
    room.tab_to("Next response, low")
    room.type("4h")
    room.tab_to("Next response, urgent")
    room.type("20M")
    room.tab_to("Warn before the deadline")
    room.type("10m")
    room.tab_to("On the warning: Tell the supervisors")
    room.key(Key.Key_Space)
    room.tab_to("When it is late: Offer it to others")
    room.key(Key.Key_Space)
    assert room.page.columns.head.beside.text() == "not saved"
    room.key(Key.Key_S, CTRL)
    room.rest()
    made = room.stored()[-1]
    assert (made.name, made.when.followers_min, made.calendar) == ("Loud", 5000, "office")
    assert made.first_response == 1.5 * HOUR
    assert made.next_response == {Priority.LOW: 4 * HOUR, Priority.URGENT: HOUR / 3}
    assert (made.resolution, made.warn_before) == (None, HOUR / 6)
    assert made.on_warning == (PolicyAction.TELL_OWNER, PolicyAction.TELL_SUPERVISOR)
    assert made.on_breach == (PolicyAction.TELL_OWNER, PolicyAction.TELL_SUPERVISOR, PolicyAction.REASSIGN)
    assert room.toasts[-1][0] == "The policy “Loud” is added."
    assert room.page.columns.head.beside.text() == ""
    room.undo()
    assert room.stored() == POLICIES
    assert room.listed() == ["urgent", "press", "rest"]


def test_an_edit_keeps_the_place_and_the_keyboard_and_undo_takes_it_back(room: Room) -> None:
    room.key(Key.Key_Down)
    room.key(Key.Key_Return)
    room.tab_to("First response")
    room.fill("3h")
    room.key(Key.Key_S, CTRL)
    room.rest()
    assert room.stored() == (URGENT, replace(PRESS, first_response=3 * HOUR), REST)
    assert room.name() == "First response"
    room.undo()
    assert room.stored() == POLICIES
    assert room.page.editor.targets[next(iter(room.page.editor.targets))].one.text() == "2h"


def test_switching_to_priorities_begins_with_what_was_promised_for_all(room: Room) -> None:
    room.key(Key.Key_Return)
    room.tab_to("First response by priority")
    room.key(Key.Key_Space)
    room.tab_to("First response, low")
    room.fill("2h")
    room.key(Key.Key_S, CTRL)
    room.rest()
    quarter = HOUR / 4
    assert room.stored()[0].first_response == {
        Priority.LOW: 2 * HOUR, Priority.NORMAL: quarter, Priority.HIGH: quarter, Priority.URGENT: quarter,
    }  # fmt: skip


def test_alt_and_an_arrow_move_a_policy_as_often_as_pressed(room: Room) -> None:
    room.key(Key.Key_Down, ALT, times=2)
    assert room.listed() == ["press", "rest", "urgent"]
    room.rest()
    assert room.stored() == (PRESS, REST, URGENT)
    assert room.page.list.currentIndex().row() == 2
    room.undo()
    assert room.stored() == (PRESS, URGENT, REST)


def test_delete_says_what_becomes_of_rules_and_undo_brings_all_back(room: Room) -> None:
    room.key(Key.Key_Down)
    room.key(Key.Key_Delete)
    room.rest()
    assert room.stored() == (URGENT, REST)
    assert room.toasts[-1][0] == (
        "The policy “press” is removed. The rule “Reporters” named it and sets no policy now. "
        "“Reporters” did nothing else and is switched off."
    )
    assert room.workspace().rules == (replace(RULES[0], then=Then(), on=False),)
    assert room.page.editor.name.text() == "rest"
    room.undo()
    assert room.stored() == POLICIES
    assert room.workspace().rules == RULES


def test_a_copy_stands_before_its_model_under_a_name_of_its_own(room: Room) -> None:
    room.key(Key.Key_Down, times=2)
    room.key(Key.Key_D, CTRL)
    assert room.listed() == ["urgent", "press", "rest 2", "rest"]
    assert room.name() == "Name"
    room.key(Key.Key_S, CTRL)
    room.rest()
    assert room.stored() == (URGENT, PRESS, replace(REST, name="rest 2"), REST)
    assert "It never applies: “rest 2”" in room.page.list.policies.notes["rest"][0]


def test_without_any_policy_the_page_says_what_one_is_and_begins_one(bare: Room) -> None:
    assert bare.page.stack.currentWidget() is not bare.page.columns
    assert "A policy promises how soon" in bare.page.nothing.label.text()
    bare.page.nothing.button.setFocus()
    bare.key(Key.Key_Space)
    assert bare.name() == "Name"
    bare.type("All")
    bare.tab_to("First response")
    bare.type("8h")
    bare.key(Key.Key_S, CTRL)
    bare.rest()
    assert bare.stored() == (Policy("All", first_response=8 * HOUR),)


def test_the_list_says_all_that_it_shows(room: Room) -> None:
    rows = room.page.list.policies
    said = [rows.index(at).data(Qt.ItemDataRole.AccessibleTextRole) for at in range(3)]
    assert said[0] == (
        "1, urgent. Priority is urgent. First response 15 min. Resolution 4 h. in the area's hours. "
        "0 clocks running. 0 late in 7 days"
    )
    assert said[1] == "2, press. Area is Press. First response 2 h. in office. 2 clocks running. 1 late in 7 days"
    assert said[2].startswith("3, rest. Every mention. First response normal 1 h 30, high 30 min. in office")
