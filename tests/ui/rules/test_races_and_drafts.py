"""Edits are never lost: kept for each rule, kept when somebody else was quicker, and told with who it was."""

from dataclasses import replace

from PySide6.QtCore import Qt

from inbox.flow.rules import remove_rule, switch_rule
from inbox.model.words import Priority
from inbox.model.workspace import Then
from tests.ui.rules.room import CHARGE, CTRL, LOST, QUIET, Room

Key = Qt.Key


def edit(room: Room, words: str = "where is it") -> None:
    """A word more for the first rule."""
    room.page.list.setFocus()
    room.page.list.setCurrentIndex(room.page.list.rules.index(0))
    row = room.page.editor.whens.row_of("text_any")
    assert row is not None
    row.take_focus()
    room.type(words)
    room.key(Key.Key_Return)
    room.rest()


def test_edits_wait_for_whoever_looks_at_another_rule(room: Room) -> None:
    edit(room)
    room.page.list.setFocus()
    room.key(Key.Key_Down)
    room.rest()
    assert room.page.editor.name.text() == "Double charge"
    assert room.page.columns.head.beside.text() == ""
    room.key(Key.Key_Up)
    assert room.page.columns.head.beside.text() == "edited, not saved"
    assert room.page.editor.draft().conditions[0] == ("text_any", ("my suitcase", "lost bag", "where is it"))


def test_a_word_that_was_not_ended_is_kept_too(room: Room) -> None:
    room.key(Key.Key_Return)
    row = room.page.editor.whens.row_of("text_any")
    assert row is not None
    row.take_focus()
    room.type("where is")
    room.page.list.setFocus()
    room.key(Key.Key_Down)
    room.key(Key.Key_Up)
    assert room.page.editor.draft().conditions[0] == ("text_any", ("my suitcase", "lost bag", "where is"))


def test_edits_outlive_going_to_another_page(room: Room) -> None:
    edit(room)
    room.window.go("areas")
    room.window.go("rules")
    room.rest()
    assert room.page.columns.head.beside.text() == "edited, not saved"


def test_discarding_can_be_taken_back(room: Room) -> None:
    edit(room)
    room.page.columns.discard.click()
    assert room.page.editor.draft().conditions[0] == ("text_any", ("my suitcase", "lost bag"))
    assert not room.page.columns.save.isEnabled()
    room.undo()
    assert room.page.editor.draft().conditions[0] == ("text_any", ("my suitcase", "lost bag", "where is it"))
    assert room.page.columns.save.isEnabled()


def test_a_new_rule_that_is_deleted_can_come_back(room: Room) -> None:
    room.key(Key.Key_N, CTRL)
    room.type("Something")
    room.page.columns.remove.click()
    assert "Something" not in room.listed()
    room.undo()
    assert room.listed()[-1] == "Something"


def test_what_an_edit_undoes_by_hand_is_no_edit(room: Room) -> None:
    edit(room)
    room.key(Key.Key_Backspace, times=len("where is it") + 1)
    assert room.page.columns.head.beside.text() == ""
    assert not room.page.columns.save.isEnabled()


def test_whoever_changed_the_same_rule_is_named_and_nothing_is_lost(room: Room) -> None:
    edit(room)
    room.ben_saves(LOST, "Lost bag", then=Then(area="Baggage", priority=Priority.URGENT))
    room.hear()
    trouble = room.page.editor.trouble
    assert trouble.isVisible()
    assert trouble.words.text() == "Ben changed this rule while you were editing it. Nothing of yours is lost."
    trouble.keep.click()
    assert not trouble.isVisible()
    room.key(Key.Key_S, CTRL)
    room.rest()
    assert room.stored()[0].when.text_any == ("my suitcase", "lost bag", "where is it")
    assert room.stored()[0].then == LOST.then


def test_theirs_can_be_taken_and_that_undone(room: Room) -> None:
    edit(room)
    room.ben_saves(LOST, "Lost bag", then=Then(area="Press"))
    room.hear()
    room.page.editor.trouble.take.click()
    room.rest()
    assert room.page.editor.draft().actions == (("area", "Press"),)
    assert room.page.columns.head.beside.text() == ""
    room.undo()
    assert room.page.columns.head.beside.text() == "edited, not saved"
    assert room.page.editor.trouble.isVisible()


def test_saving_over_somebody_is_refused_with_their_name(room: Room) -> None:
    edit(room)
    room.ben_saves(LOST, "Lost bag", then=Then(area="Press"))
    room.key(Key.Key_S, CTRL)
    room.rest()
    assert room.stored()[0].then == Then(area="Press")
    assert room.page.editor.trouble.isVisible()
    assert room.page.editor.trouble.words.text().startswith("Ben changed this rule")
    assert room.page.columns.head.beside.text() == "edited, not saved"


def test_a_change_of_another_rule_is_told_once_and_does_not_stand_in_the_way(room: Room) -> None:
    edit(room)
    switch_rule(room.store, "Double charge", on=False, actor="ben", now=room.context.now())
    room.key(Key.Key_S, CTRL)
    room.rest()
    said = room.page.editor.trouble.words.text()
    assert said == "Ben switched off the rule “Double charge” meanwhile. Nothing was overwritten; look again."
    assert not room.page.editor.trouble.keep.isVisible()
    room.key(Key.Key_S, CTRL)
    room.rest()
    assert "where is it" in room.stored()[0].when.text_any
    assert room.stored()[1] == replace(CHARGE, on=False)
    assert not room.page.editor.trouble.isVisible()


def test_a_rule_that_somebody_removed_can_be_written_anew(room: Room) -> None:
    edit(room)
    remove_rule(room.store, "Lost bag", actor="ben", now=room.context.now())
    room.hear()
    assert "Ben took this rule away" in room.page.editor.trouble.words.text()
    room.page.editor.trouble.keep.click()
    room.key(Key.Key_S, CTRL)
    room.rest()
    assert [rule.name for rule in room.stored()] == ["Lost bag", "Double charge", "Competitions"]


def test_a_switch_that_came_too_late_is_told_and_shown_as_it_is(room: Room) -> None:
    remove_rule(room.store, "Lost bag", actor="ben", now=room.context.now())
    room.key(Key.Key_Space)
    room.rest()
    assert room.toasts[-1][0].startswith("Ben removed the rule “Lost bag” meanwhile.")
    assert room.listed() == ["Double charge", "Competitions"]


def test_what_others_save_appears_without_asking(room: Room) -> None:
    room.ben_saves(LOST, "Lost bag", then=Then(area="Press"))
    room.hear()
    assert room.page.editor.draft().actions == (("area", "Press"),)
    assert room.page.list.rules.entries[0].entry.then == Then(area="Press")
    assert room.stored()[1:] == (CHARGE, QUIET)
