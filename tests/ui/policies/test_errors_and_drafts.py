"""What is wrong stands at its field, what is written is kept, and nobody writes over a colleague."""

from dataclasses import replace

from PySide6.QtCore import Qt

from inbox.flow.policies import remove_policy
from inbox.model.words import Metric
from inbox.model.workspace import When
from tests.ui.policies.room import CTRL, HOUR, POLICIES, PRESS, REST, URGENT, Room

Key = Qt.Key


def test_what_is_missing_is_said_once_somebody_wants_to_save(room: Room) -> None:
    room.key(Key.Key_N, CTRL)
    room.rest()
    assert room.page.editor.name_line.error.isHidden()
    room.key(Key.Key_S, CTRL)
    assert room.page.editor.name_line.error.text() == "Give the policy a name."
    assert room.name() == "Name"
    room.type("A")
    assert room.page.editor.name_line.error.isHidden()
    assert room.stored() == POLICIES


def test_a_duration_that_cannot_be_read_is_told_when_its_field_is_left(room: Room) -> None:
    room.key(Key.Key_Return)
    room.tab_to("First response")
    room.fill("soon")
    room.rest()
    target = room.page.editor.targets[Metric.FIRST]
    assert target.error.isHidden()
    room.key(Key.Key_Tab)
    assert target.error.text() == "“soon” is not a duration: write it like 90s, 15m, 4h or 1d."
    assert target.one.accessibleDescription() == target.error.text()
    room.key(Key.Key_S, CTRL)
    assert room.name() == "First response"
    assert room.stored() == POLICIES
    room.fill("20m")
    room.key(Key.Key_S, CTRL)
    room.rest()
    assert room.stored()[0].first_response == HOUR / 3


def test_what_can_never_be_kept_is_told_at_its_field_while_typing(room: Room) -> None:
    room.key(Key.Key_Return)
    room.tab_to("Warn before the deadline")
    room.fill("20m")
    room.rest()
    editor = room.page.editor
    assert "first response has 15m only" in editor.warn_line.error.text()
    room.fill("5m")
    room.tab_to("Resolution")
    room.fill("10m")
    room.rest()
    assert editor.warn_line.error.isHidden()
    assert "is due before the first response (15m)" in editor.targets[Metric.RESOLUTION].error.text()
    room.key(Key.Key_S, CTRL)
    room.rest()
    assert room.stored() == POLICIES
    assert room.name() == "Resolution"


def test_a_name_that_is_taken_is_told_at_the_name(room: Room) -> None:
    room.key(Key.Key_Return)
    room.fill("PRESS")
    room.rest()
    assert room.page.editor.name_line.error.text() == (
        "There is a policy “press” already. Give this one a name of its own."
    )


def test_edits_are_kept_while_others_are_looked_at_and_discarded_with_a_way_back(room: Room) -> None:
    room.key(Key.Key_Return)
    room.fill("hasty")
    room.key(Key.Key_Escape)
    room.key(Key.Key_Down)
    assert room.page.editor.name.text() == "press"
    room.key(Key.Key_Up)
    assert room.page.editor.name.text() == "hasty"
    assert room.page.list.policies.entries[0].edited
    assert room.page.unsaved._title(room.page.book.unsaved()) == "1 policy is edited and not saved"
    room.click(room.page.columns.discard)
    assert room.page.editor.name.text() == "urgent"
    room.undo()
    assert room.page.editor.name.text() == "hasty"
    assert room.stored() == POLICIES


def test_a_change_by_somebody_else_is_told_and_theirs_can_be_taken(room: Room) -> None:
    room.key(Key.Key_Return)
    room.tab_to("First response")
    room.fill("10m")
    room.ben_saves(replace(URGENT, resolution=6 * HOUR), "urgent")
    room.hear()
    trouble = room.page.editor.trouble
    assert trouble.words.text() == "Ben changed this policy while you were editing it. Nothing of yours is lost."
    room.click(trouble.take)
    room.rest()
    assert room.page.editor.targets[Metric.FIRST].one.text() == "15m"
    assert room.page.editor.targets[Metric.RESOLUTION].one.text() == "6h"


def test_mine_can_be_kept_over_theirs(room: Room) -> None:
    room.key(Key.Key_Return)
    room.tab_to("First response")
    room.fill("10m")
    room.ben_saves(replace(URGENT, resolution=6 * HOUR), "urgent")
    room.hear()
    room.click(room.page.editor.trouble.keep)
    room.key(Key.Key_S, CTRL)
    room.rest()
    assert room.stored()[0] == replace(URGENT, first_response=HOUR / 6)


def test_saving_over_a_change_that_was_not_heard_of_is_refused_and_nothing_is_lost(room: Room) -> None:
    room.key(Key.Key_Return)
    room.tab_to("First response")
    room.fill("10m")
    room.ben_saves(replace(PRESS, when=When(author_tags=("press",))), "press")
    room.key(Key.Key_S, CTRL)
    room.rest()
    assert "Ben saved the policy “press” meanwhile" in room.page.editor.trouble.words.text()
    assert room.stored()[0] == URGENT
    assert room.page.editor.targets[Metric.FIRST].one.text() == "10m"
    room.key(Key.Key_S, CTRL)
    room.rest()
    assert room.stored()[0] == replace(URGENT, first_response=HOUR / 6)


def test_a_policy_that_somebody_took_away_can_be_written_anew(room: Room) -> None:
    room.key(Key.Key_Return)
    room.fill("pressing")
    remove_policy(room.store, "urgent", actor="ben", now=room.context.now())
    room.hear()
    assert "took this policy away" in room.page.editor.trouble.words.text()
    room.click(room.page.editor.trouble.keep)
    room.key(Key.Key_S, CTRL)
    room.rest()
    assert room.stored() == (replace(URGENT, name="pressing"), PRESS, REST)


def test_a_policy_saved_elsewhere_is_followed_where_nobody_edits(room: Room) -> None:
    room.ben_saves(replace(URGENT, first_response=HOUR / 2), "urgent")
    room.hear()
    assert room.page.editor.targets[Metric.FIRST].one.text() == "30m"
    assert room.page.editor.trouble.isHidden()


def test_a_refusal_is_not_told_at_another_policy_that_was_turned_to_meanwhile(room: Room) -> None:
    room.key(Key.Key_Return)
    room.fill("PRESS")
    room.page.save()
    room.page.list.setCurrentIndex(room.page.list.policies.index(2))
    room.rest()
    editor = room.page.editor
    assert (editor.name.text(), editor.name_line.error.isHidden()) == ("rest", True)
    assert room.toasts[-1][0] == "There is a policy “press” already. Give this one a name of its own."
    room.page.list.setCurrentIndex(room.page.list.policies.index(0))
    room.rest()
    assert (editor.name.text(), editor.name_line.error.isHidden()) == ("PRESS", False)


def test_a_policy_whose_name_is_being_retyped_is_headed_by_the_name_it_is_stored_under(room: Room) -> None:
    room.key(Key.Key_Return)
    room.fill("\b")
    assert room.page.editor.name.text() == ""
    assert room.page.columns.head.title.text() == "urgent"
