"""Escalation policies are written by keys alone, each error stands at its field, and nothing of anybody is lost."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from inbox.flow.escalate.editing import remove_ladder, save_ladder
from inbox.model.escalation import Ladder, LadderStep
from inbox.ui.entries.columns import Fold
from tests.ui.ladders.room import ALT, CTRL, Room

MINUTE = timedelta(minutes=1)
FIRE = Ladder("press", (LadderStep(("ben",), MINUTE),))


def test_a_policy_is_written_by_keys_alone(room: Room) -> None:
    room.page.list.setFocus()
    room.key(Qt.Key.Key_N, CTRL)
    assert room.name() == "Name"
    room.type("fire")
    room.tab_to("Step 1: whom it calls")
    QTest.keyClicks(room.focus(), "Ana Ruiz,crisis lead,apprise:slack")
    room.key(Qt.Key.Key_Return)
    room.window.activateWindow()  # offscreen, a list of suggestions takes it away for good
    room.key(Qt.Key.Key_Tab)
    assert room.name() == "Step 1: how long it waits"
    room.type("90s")
    room.tab_to("Add a step")
    room.key(Qt.Key.Key_Space)
    assert room.name() == "Step 2: whom it calls"
    QTest.keyClicks(room.focus(), "on shift:Safety")
    room.save()
    assert room.ladders()[-1] == Ladder(
        "fire",
        (
            LadderStep(("ana", "crisis lead", "apprise:slack"), timedelta(seconds=90)),
            LadderStep(("on shift:Safety",), 5 * MINUTE),
        ),
    )
    assert room.toasts[-1][0] == "The escalation policy “fire” is added."
    assert not room.page.columns.save.isEnabled()
    room.undo()
    assert [each.name for each in room.ladders()] == ["safety", "press"]


def test_tab_goes_through_the_steps_as_they_stand(room: Room) -> None:
    room.page.editor.name.setFocus()
    seen = []
    for _ in range(12):
        room.key(Qt.Key.Key_Tab)
        seen.append(room.name())
    assert seen[:3] == ["Step 1: whom it calls", "Step 1: how long it waits", "Step 1: later"]
    assert seen[4:6] == ["Step 2: whom it calls", "Step 2: how long it waits"]
    assert seen[8:10] == ["Add a step", "How often all of it is repeated"]
    assert all(seen)


def test_steps_change_places_and_go(room: Room) -> None:
    room.page.editor.steps[0].down.setFocus()
    room.key(Qt.Key.Key_Space)
    assert room.name() == "Step 2: earlier"
    assert [each.whom.value() for each in room.page.editor.steps] == [
        ("crisis lead", "apprise:duty"),
        ("on shift:Safety",),
    ]
    room.page.editor.steps[0].remove.setFocus()
    room.key(Qt.Key.Key_Space)
    assert room.name() == "Step 1: whom it calls"
    room.save()
    assert [step.to for step in room.ladders()[0].steps] == [("on shift:Safety",)]


def test_what_is_missing_or_unknown_is_said_at_its_field(room: Room) -> None:
    room.key(Qt.Key.Key_N, CTRL)
    room.page._new()
    room.save()
    editor = room.page.editor
    assert (room.name(), editor.name_line.error.text()) == ("Name", "Give the policy a name.")
    assert editor.steps[0].error.text() == "Say who is called."
    room.type("Press")
    editor.steps[0].whom.set_value(["zoe", "on shift:Bags"])
    editor.steps[0].wait.setText("soon")
    editor.changed.emit()
    room.rest()
    assert "There is an escalation policy “press” already" in editor.name_line.error.text()
    assert "nobody called “zoe”" in editor.steps[0].error.text()
    room.save()
    assert "Write it like 90s, 5m or 1h." in editor.steps[0].error.text()
    assert room.name() == "Step 1: how long it waits"
    assert len(room.ladders()) == 2


def test_rules_follow_a_new_name(room: Room) -> None:
    room.page.editor.name.setFocus()
    room.type("fire alarm")
    room.save()
    assert room.workspace().rules[0].then.escalate == "fire alarm"
    assert room.names() == ["fire alarm", "press"]


def test_the_order_is_changed_by_keys_and_taken_back(room: Room) -> None:
    room.page.list.setFocus()
    room.key(Qt.Key.Key_Down, ALT)
    room.rest()
    assert [each.name for each in room.ladders()] == ["press", "safety"]
    assert room.page.list.key() == "safety"
    room.undo()
    assert [each.name for each in room.ladders()] == ["safety", "press"]


def test_a_copy_has_a_name_of_its_own_and_stands_behind(room: Room) -> None:
    room.page.list.setFocus()
    room.key(Qt.Key.Key_D, CTRL)
    assert room.page.editor.name.text() == "safety 2"
    room.save()
    assert [each.name for each in room.ladders()] == ["safety", "safety 2", "press"]


def test_a_policy_is_deleted_with_what_became_of_its_rules_and_comes_back(room: Room) -> None:
    room.page.list.setFocus()
    room.key(Qt.Key.Key_Delete)
    room.rest()
    assert room.names() == ["press"]
    assert "no longer do: “smoke”" in room.toasts[-1][0]
    room.undo()
    assert room.names() == ["safety", "press"]
    assert room.workspace().rules[0].on


def test_edits_stay_while_another_policy_is_looked_at_and_can_be_dropped(room: Room) -> None:
    room.page.editor.name.setFocus()
    room.type("smoke")
    room.choose("press")
    assert room.page.editor.name.text() == "press"
    assert room.names() == ["smoke", "press"]
    room.choose("safety")
    assert room.page.editor.name.text() == "smoke"
    room.page.discard()
    assert room.page.editor.name.text() == "safety"
    room.toasts[-1][1]()  # type: ignore[misc]  # it offers a way back
    assert room.page.editor.name.text() == "smoke"
    assert room.page.unsaved._count() == 1


@pytest.mark.parametrize("mine", [True, False])
def test_somebody_who_was_quicker_is_named_and_nothing_is_overwritten(room: Room, *, mine: bool) -> None:
    room.choose("press")
    room.page.editor.steps[0].wait.setFocus()
    room.type("9m")
    room.somebody(save_ladder, FIRE, replaces="press")
    trouble = room.page.editor.trouble
    assert trouble.words.text().startswith("Ben changed this policy while you were editing it.")
    (trouble.keep if mine else trouble.take).click()
    room.rest()
    room.save()
    assert room.ladders()[1].steps == ((LadderStep(("ana",), 9 * MINUTE),) if mine else FIRE.steps)


def test_a_policy_that_somebody_took_away_can_be_written_anew(room: Room) -> None:
    room.choose("press")
    room.page.editor.steps[0].wait.setFocus()
    room.type("9m")
    room.somebody(remove_ladder, "press")
    assert "took this policy away" in room.page.editor.trouble.words.text()
    room.page.editor.trouble.keep.click()
    room.save()
    assert room.ladders()[-1].steps == (LadderStep(("ana",), 9 * MINUTE),)


def test_what_somebody_else_changes_is_shown_where_nothing_is_edited(room: Room) -> None:
    room.choose("press")
    room.somebody(save_ladder, FIRE, replaces="press")
    assert room.page.editor.steps[0].wait.text() == "1m"
    assert room.page.editor.steps[0].whom.value() == ("ben",)


def test_without_policies_the_usual_one_is_offered(bare: Room) -> None:
    assert "no escalation policies yet" in bare.page.nothing.label.text()
    bare.page.nothing.button.click()
    bare.rest()
    assert bare.page.editor.name.text() == "help"
    bare.save()
    (made,) = bare.ladders()
    assert (made.name, made.repeat, made.steps[0]) == ("help", 2, LadderStep(("supervisor",), 5 * MINUTE))


def test_in_a_small_window_the_list_and_the_policy_take_turns(room: Room) -> None:
    room.window.resize(640, 480)
    room.rest()
    columns = room.page.columns
    assert (columns.fold, columns.middle.isHidden()) == (Fold.ONE, True)
    room.page.list.setFocus()
    room.key(Qt.Key.Key_Return)
    assert columns.left.isHidden()
    assert room.name() == "Name"
    room.key(Qt.Key.Key_Escape)
    assert (columns.left.isHidden(), room.focus()) == (False, room.page.list)
