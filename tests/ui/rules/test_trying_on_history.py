"""Under the editor: the rule as it stands, tried on the stored history."""

from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import Qt

from inbox.model.workspace import Rule, Then, When, Workspace
from inbox.ui.rules.book import RuleBook
from inbox.ui.rules.draft import draft_of
from tests.ui.rules.room import CHARGE, CTRL, LOST, QUIET, Room

Key = Qt.Key


class FakeRun:
    """Remembers what was tried."""

    running = False

    def __init__(self) -> None:
        self.tried: list[Workspace] = []

    def start(self, workspace: Workspace, since: timedelta) -> None:
        del since
        self.tried.append(workspace)

    def end(self) -> None:
        pass


def pressed(room: Room) -> FakeRun:
    run = FakeRun()
    room.page.columns.backtest.child = run  # type: ignore[assignment]
    room.page.columns.backtest.button.click()
    room.rest()
    return run


def test_the_rule_is_tried_as_it_stands_with_the_word_being_typed(room: Room) -> None:
    row = room.page.editor.whens.row_of("text_any")
    assert row is not None
    row.take_focus()
    room.type("where is it")
    tried = pressed(room).tried[0].rules
    assert tried[0].when.text_any == ("my suitcase", "lost bag", "where is it")
    assert tried[1:] == (CHARGE, QUIET)
    assert room.stored() == (LOST, CHARGE, QUIET)


def test_a_new_rule_needs_no_name_to_be_tried_and_stands_at_its_place(room: Room) -> None:
    room.context.rule_wanted.emit(Rule("", When(text_any=("refund",)), Then(area="Billing")))
    tried = pressed(room).tried[0].rules
    assert [rule.then for rule in tried[3:]] == [Then(area="Billing")]


def test_what_is_missing_is_told_instead_of_tried(room: Room) -> None:
    room.key(Key.Key_N, CTRL)
    assert pressed(room).tried == []
    assert room.name() == "Text has any of"


def test_the_whole_backtest_is_one_press_away(room: Room) -> None:
    with room.qtbot.waitSignal(room.context.view_wanted) as wanted:
        room.page.columns.whole_backtest.click()
    assert wanted.args == ["backtest"]


def test_a_rule_that_is_off_is_tried_as_if_it_were_on() -> None:
    book = RuleBook()
    book.see(Workspace(rules=(LOST, QUIET)))
    tried = book.trial("Competitions", replace(QUIET, then=Then(hide=False)))
    assert tried.rules == (LOST, replace(QUIET, then=Then(hide=False), on=True))


def test_a_new_rule_is_tried_where_it_is_to_stand() -> None:
    book = RuleBook()
    book.see(Workspace(rules=(LOST, QUIET)))
    key = book.add(draft_of(CHARGE), 1)
    assert book.trial(key, CHARGE).rules == (LOST, CHARGE, QUIET)
    book.keep(key, replace(draft_of(CHARGE, 99), base=None))
    assert book.trial(key, CHARGE).rules == (LOST, QUIET, CHARGE)
