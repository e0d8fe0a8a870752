"""What is wrong with a rule stands at its field in plain words, while it is typed, and nothing wrong is saved."""

from PySide6.QtCore import Qt

from tests.ui.rules.room import CHARGE, CTRL, LOST, QUIET, Room

Key = Qt.Key


def condition(room: Room, key: str) -> None:
    """Another kind for the first condition of the second rule, and the keyboard in it."""
    room.page.list.setCurrentIndex(room.page.list.rules.index(1))
    combo = room.page.editor.whens.rows[0].combo
    combo.setCurrentIndex(combo.findData(key))
    room.page.editor.whens.rows[0].take_focus()
    room.rest()


def test_a_pattern_that_cannot_run_is_refused_while_it_is_typed(room: Room) -> None:
    condition(room, "text_regex")
    room.type("charged (twice")
    room.rest()
    row = room.page.editor.whens.rows[0]
    assert row.error.isVisible()
    assert "regular expression" in row.error.text()
    assert room.page.matches.nothing.isVisible()
    assert "Mend what is marked" in room.page.matches.nothing.label.text()
    room.key(Key.Key_S, CTRL)
    room.rest()
    assert room.stored() == (LOST, CHARGE, QUIET)
    assert room.name() == "Text fits pattern"
    room.type(")")
    room.rest()
    assert not row.error.isVisible()
    assert room.page.matches.head.beside.text() == "1 of 18 in 7 days"


def test_a_name_that_is_taken_is_told_at_the_name(room: Room) -> None:
    room.key(Key.Key_Return)
    room.key(Key.Key_A, CTRL)
    room.type("double charge")
    room.rest()
    assert "There is a rule “Double charge” already" in room.page.editor.name_error.text()
    assert room.page.editor.name_error.isVisible()
    room.key(Key.Key_S, CTRL)
    room.rest()
    assert room.stored()[0] == LOST
    assert room.name() == "Name"


def test_what_is_only_missing_is_told_when_somebody_saves(room: Room) -> None:
    room.key(Key.Key_N, CTRL)
    room.rest()
    room.type("Wifi")
    room.key(Key.Key_A, CTRL)
    room.key(Key.Key_Delete)
    room.rest()
    assert not room.page.editor.name_error.isVisible()
    assert not room.page.editor.whens.rows[0].error.isVisible()
    assert not room.page.editor.thens.note.isVisible()
    room.key(Key.Key_S, CTRL)
    room.rest()
    assert room.page.editor.name_error.text() == "Give the rule a name."
    assert room.page.editor.whens.rows[0].error.isVisible()
    assert room.page.editor.thens.rows[0].error.isVisible()
    assert room.name() == "Name"
    room.type("Praise")
    assert not room.page.editor.name_error.isVisible()


def test_a_rule_that_does_nothing_is_not_saved(room: Room) -> None:
    room.page.list.setCurrentIndex(room.page.list.rules.index(1))
    room.page.editor.thens.rows[0].remove.click()
    room.key(Key.Key_S, CTRL)
    room.rest()
    assert room.page.editor.thens.note.text() == "Say what the rule does: add an action."
    assert room.focus() is room.page.editor.thens.add
    assert room.stored()[1] == CHARGE


def test_a_rule_without_conditions_says_that_it_takes_everything(room: Room) -> None:
    room.page.list.setCurrentIndex(room.page.list.rules.index(1))
    room.page.editor.whens.rows[0].remove.click()
    room.rest()
    assert room.page.editor.whens.note.text() == "Without a condition the rule takes every mention."
    assert room.page.matches.head.beside.text() == "18 of 18 in 7 days"


def test_nothing_but_what_is_listed_is_taken_for_a_choice(room: Room) -> None:
    condition(room, "sentiment")
    room.type("angry,")
    row = room.page.editor.whens.rows[0]
    assert row.error.text() == "“angry” is none of these: Positive, Neutral, Negative, Mixed."
    room.key(Key.Key_A, CTRL)
    room.type("neg")
    room.key(Key.Key_Return)
    assert not row.error.isVisible()
    assert row.part() == ("sentiment", ("negative",))


def test_each_kind_of_condition_can_stand_there_once(room: Room) -> None:
    combo = room.page.editor.whens.rows[1].combo
    assert combo.findData("text_any") < 0
    assert combo.findData("text_none") >= 0
    assert combo.findData("hours") >= 0


def test_words_stay_when_any_becomes_all(room: Room) -> None:
    combo = room.page.editor.whens.rows[0].combo
    combo.setCurrentIndex(combo.findData("text_all"))
    assert room.page.editor.draft().conditions[0] == ("text_all", ("my suitcase", "lost bag"))
    combo.setCurrentIndex(combo.findData("verified"))
    assert room.page.editor.draft().conditions[0] == ("verified", True)
