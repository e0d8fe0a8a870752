"""Writing rules by keyboard alone: made, seen at work, saved, switched, moved, removed, and taken back."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from inbox.model.words import Priority
from inbox.model.workspace import Rule, Then, When
from inbox.ui.rules import RulesPage
from tests.ui.rules.room import ALT, CHARGE, CTRL, LOST, QUIET, Room

Key = Qt.Key


def tab_to(room: Room, name: str) -> None:
    """Tab until something of that name has the keyboard."""
    for _ in range(80):
        if room.name() == name:
            return
        room.key(Key.Key_Tab)
    raise AssertionError(name)


def test_a_rule_is_written_watched_and_saved_without_a_mouse(room: Room) -> None:
    room.key(Key.Key_N, CTRL)
    assert room.name() == "Name"
    room.type("Boarding pass")
    tab_to(room, "Text has any of")
    room.type("boarding pass,lounge card")
    room.key(Key.Key_Return)
    room.rest()
    assert room.page.matches.head.beside.text() == "1 of 18 in 7 days"
    assert [row.author for row in room.page.matches.view.matches.rows] == ["Olli Virtanen"]
    tab_to(room, "Set area")
    room.key(Key.Key_Down, times=4)
    room.key(Key.Key_S, CTRL)
    room.rest()
    made = Rule("Boarding pass", When(text_any=("boarding pass", "lounge card")), Then(area="App support"))
    assert room.stored() == (LOST, CHARGE, QUIET, made)
    assert room.toasts[-1][0] == "The rule “Boarding pass” is added."
    assert room.page.columns.head.beside.text() == ""
    room.undo()
    assert room.stored() == (LOST, CHARGE, QUIET)
    assert room.listed() == ["Lost bag", "Double charge", "Competitions"]


def test_what_is_typed_matches_before_it_is_a_token(room: Room) -> None:
    room.key(Key.Key_Return)
    tab_to(room, "Text has any of")
    room.type("vouch")
    room.rest()
    rows = room.page.matches.view.matches.rows
    why = {row.author: row.why for row in rows}
    assert "the words you are typing" in why["Yara Haidar"]
    tags = {row.author: row.tag for row in rows}
    assert tags["Yara Haidar"] == "Unsorted to Baggage"
    assert room.page.columns.head.beside.text() == "edited, not saved"
    assert room.listed()[0] == "Lost bag"
    assert room.page.list.rules.entries[0].edited


def test_space_switches_a_rule_off_and_undo_switches_it_on_again(room: Room) -> None:
    assert room.focus() is room.page.list
    room.key(Key.Key_Space)
    room.rest()
    assert room.stored()[0] == replace(LOST, on=False)
    assert room.page.columns.head.beside.text() == "off"
    room.undo()
    assert room.stored()[0] == LOST
    assert room.page.list.rules.entries[0].entry.on


def test_many_switches_in_a_row_all_count(room: Room) -> None:
    room.key(Key.Key_Space, times=3)
    room.rest()
    assert room.stored()[0].on is False
    assert not [text for text, undo in room.toasts if undo is None]


def test_alt_and_an_arrow_move_a_rule_as_often_as_pressed(room: Room) -> None:
    room.key(Key.Key_Down, ALT, times=2)
    assert room.listed() == ["Double charge", "Competitions", "Lost bag"]
    room.rest()
    assert [rule.name for rule in room.stored()] == ["Double charge", "Competitions", "Lost bag"]
    assert room.page.list.currentIndex().row() == 2
    room.undo()
    assert [rule.name for rule in room.stored()] == ["Double charge", "Lost bag", "Competitions"]
    assert room.page.list.currentIndex().row() == 1


def test_delete_takes_a_rule_away_and_undo_brings_it_back_to_its_place(room: Room) -> None:
    room.key(Key.Key_Down)
    room.key(Key.Key_Delete)
    room.rest()
    assert room.stored() == (LOST, QUIET)
    assert room.page.editor.name.text() == "Competitions"
    room.undo()
    assert room.stored() == (LOST, CHARGE, QUIET)


def test_conditions_and_actions_are_added_changed_and_taken_away_by_keys(room: Room) -> None:
    room.key(Key.Key_Down)
    room.key(Key.Key_Return)
    tab_to(room, "Condition")
    room.key(Key.Key_Space)
    assert room.name() == "Kind of line"
    room.page.editor.whens.rows[1].combo.setCurrentIndex(room.page.editor.whens.rows[1].combo.findData("followers_min"))
    room.key(Key.Key_Tab)
    assert room.name() == "Followers at least"
    room.type("9x00")
    tab_to(room, "Action")
    room.key(Key.Key_Space)
    combo = room.page.editor.thens.rows[1].combo
    combo.setCurrentIndex(combo.findData("needs_reply"))
    room.key(Key.Key_Tab)
    assert room.name() == "Reply"
    room.key(Key.Key_Down)
    tab_to(room, "Name")
    tab_to(room, "Take away: Text has any of")
    room.key(Key.Key_Space)
    room.key(Key.Key_S, CTRL)
    room.rest()
    assert room.stored()[1] == Rule("Double charge", When(followers_min=900), Then(area="Billing", needs_reply=False))


def test_a_rule_can_be_renamed_and_stays_on_screen(room: Room) -> None:
    room.key(Key.Key_Return)
    room.key(Key.Key_A, CTRL)
    room.type("Missing bag")
    room.key(Key.Key_S, CTRL)
    room.rest()
    assert [rule.name for rule in room.stored()] == ["Missing bag", "Double charge", "Competitions"]
    assert room.page.columns.head.title.text() == "Missing bag"
    assert room.focus() is room.page.editor.name


def test_saving_leaves_the_keyboard_where_it_is(room: Room) -> None:
    room.key(Key.Key_Return)
    tab_to(room, "Text has none of")
    room.type("turned up")
    room.key(Key.Key_Return)
    room.key(Key.Key_S, CTRL)
    room.rest()
    assert room.name() == "Text has none of"
    room.type("at home")
    room.key(Key.Key_S, CTRL)
    room.rest()
    assert room.stored()[0].when.text_none == ("found it", "turned up", "at home")


def test_without_any_rule_the_page_says_what_one_is_and_begins_one(bare: Room) -> None:
    assert bare.page.stack.currentWidget() is not bare.page.columns
    assert "A rule looks at each new mention" in bare.page.nothing.label.text()
    bare.page.nothing.button.setFocus()
    bare.key(Key.Key_Space)
    assert bare.name() == "Name"
    bare.type("Praise")
    bare.key(Key.Key_S, CTRL)
    assert bare.stored() == ()
    assert bare.name() == "Text has any of"


def test_a_suggested_rule_opens_as_a_new_one_that_is_not_saved(room: Room) -> None:
    wanted = Rule("Refund", When(text_any=("refund",)), Then(area="Billing", priority=Priority.HIGH))
    room.context.rule_wanted.emit(wanted)
    room.rest()
    assert room.listed()[-1] == "Refund"
    assert room.page.columns.head.beside.text() == "not saved"
    assert room.stored() == (LOST, CHARGE, QUIET)
    room.key(Key.Key_S, CTRL)
    room.rest()
    assert room.stored()[-1] == wanted


def test_a_new_rule_can_be_moved_before_it_is_saved(room: Room) -> None:
    room.context.rule_wanted.emit(replace(CHARGE, name="First"))
    room.page.list.setFocus()
    room.key(Key.Key_Up, ALT, times=3)
    assert room.listed()[0] == "First"
    room.key(Key.Key_S, CTRL)
    room.rest()
    assert room.stored()[0].name == "First"


def test_a_rule_suggested_elsewhere_brings_the_page_up(room: Room) -> None:
    room.window.go("areas")
    room.context.rule_wanted.emit(replace(CHARGE, name="Suggested"))
    room.rest()
    assert room.window.shown == "rules"
    assert room.page.editor.name.text() == "Suggested"
    assert room.page.matches.head.beside.text().endswith("of 18 in 7 days")


def test_a_rule_suggested_before_the_rules_are_read_still_comes_last_and_knows_the_areas(room: Room) -> None:
    page = RulesPage(room.context, room.window)
    room.window._stack.addWidget(page)
    room.page = page
    wanted = Rule("Suggested", When(text_any=("refund",), area=("Unsorted",)), Then(area="Billing"))
    page.edit_new(wanted)
    room.window._stack.setCurrentWidget(page)
    room.rest()
    assert room.listed() == ["Lost bag", "Double charge", "Competitions", "Suggested"]
    assert page.list.currentIndex().row() == 3
    combo = page.editor.thens.rows[0].editor.focusProxy()
    assert isinstance(combo, QComboBox)
    assert combo.count() > 5
    page.save()
    room.rest()
    assert room.stored()[-1] == wanted
