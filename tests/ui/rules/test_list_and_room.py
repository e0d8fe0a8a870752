"""The list of rules and the room it has: many rules, dragging, folding, names for screen readers, other text sizes."""

import time
from collections.abc import Iterable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QListView, QWidget
from pytestqt.qtbot import QtBot

from inbox.model.words import Priority
from inbox.model.workspace import Rule, Then, When
from inbox.ui.entries.columns import Fold
from inbox.ui.rules.columns import fold
from inbox.ui.rules.listing import RulesView
from inbox.ui.rules.model import Entry
from inbox.ui.rules.sentence import does
from inbox.ui.theme import Theme
from tests.ui.rules.room import ALT, Room

Key = Qt.Key


def entries(count: int) -> list[Entry]:
    return [Entry(f"Rule {at}", Rule(f"Rule {at}", When(), Then(area="Baggage"))) for at in range(count)]


def row_center(view: QListView, row: int) -> QPoint:
    return view.visualRect(view.model().index(row, 0)).center()


def drag(view: RulesView, start: int, to: int, *, drop: bool = True) -> None:
    """From one row to just below another."""
    target = row_center(view, to) + QPoint(0, 20)
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=row_center(view, start))
    for at in (row_center(view, start) + QPoint(0, 15), target):
        QTest.mouseMove(view.viewport(), at)
        QApplication.processEvents()
    assert not view.viewport().grab().isNull()
    if drop:
        QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=target)


def test_five_thousand_rules_are_listed_without_a_widget_each(qtbot: QtBot, theme: Theme) -> None:
    del theme
    view = RulesView()
    qtbot.addWidget(view)
    view.resize(288, 800)
    view.show()
    begun = time.perf_counter()
    view.rules.show_entries(entries(5_000))
    view.rules.show_counts({f"Rule {at}": at for at in range(5_000)})
    view.scrollToBottom()
    view.grab()
    assert time.perf_counter() - begun < 1
    assert len(view.findChildren(QWidget)) < 20
    changed = entries(5_000)
    changed[4_000] = Entry("Rule 4000", Rule("Rule 4000", When(), Then(area="Press")), edited=True)
    begun = time.perf_counter()
    view.rules.show_entries(changed)
    assert time.perf_counter() - begun < 0.1


def test_the_model_keeps_qt_s_promises(qtbot: QtBot, theme: Theme) -> None:
    del theme
    view = RulesView()
    qtbot.addWidget(view)
    tester = QAbstractItemModelTester(view.rules, QAbstractItemModelTester.FailureReportingMode.Fatal)
    view.rules.show_entries(entries(5))
    view.rules.show_entries(entries(3))
    view.rules.show_counts({"Rule 1": 4})
    assert tester.model() is view.rules


def test_dragging_a_rule_puts_it_where_the_bar_is(room: Room) -> None:
    drag(room.page.list, 0, 1)
    room.rest()
    assert [rule.name for rule in room.stored()] == ["Double charge", "Lost bag", "Competitions"]
    room.undo()
    assert [rule.name for rule in room.stored()] == ["Lost bag", "Double charge", "Competitions"]


def test_escape_gives_a_drag_up(room: Room) -> None:
    view = room.page.list
    drag(view, 0, 2, drop=False)
    room.key(Key.Key_Escape)
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=row_center(view, 2))
    room.rest()
    assert [rule.name for rule in room.stored()] == ["Lost bag", "Double charge", "Competitions"]


def test_a_click_on_the_switch_switches_and_does_not_choose(room: Room) -> None:
    view = room.page.list
    switch = view.delegate.switch_rect(view.visualRect(view.rules.index(2)), mirror=False)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=switch.center())
    room.rest()
    assert room.stored()[2].on
    assert view.currentIndex().row() == 0


@pytest.mark.parametrize(
    ("then", "words"),
    [
        (Then(area="Baggage", priority=Priority.HIGH), "Baggage, high"),
        (Then(area="Safety", priority=Priority.URGENT, escalate="safety"), "Safety, urgent, escalate"),
        (Then(hide=True), "Hide as noise"),
        (Then(needs_reply=False), "No reply needed"),
        (Then(tags=("bag", "late"), policy="press"), "Bag, late, policy press"),
        (Then(), "Does nothing yet"),
    ],
)
def test_what_a_rule_does_is_said_in_a_line(then: Then, words: str) -> None:
    assert does(Rule("r", When(), then)) == words


def test_columns_fold_as_the_page_narrows(room: Room) -> None:
    assert [fold(width) for width in (1224, 1060, 1059, 860, 844, 584)] == [
        Fold.WIDE, Fold.WIDE, Fold.TWO, Fold.TWO, Fold.ONE, Fold.ONE,
    ]  # fmt: skip
    columns = room.page.columns
    assert columns.matches.isVisible()
    assert columns.list.isVisible()
    assert not columns.tab_bar.isVisible()
    room.window.resize(1200, 800)
    QApplication.processEvents()
    assert not columns.matches.isVisible()
    columns.tabs.setFocus()
    room.key(Key.Key_Right)
    assert columns.matches.isVisible()
    assert not columns.editor.isVisible()
    room.window.resize(1440, 900)
    QApplication.processEvents()
    assert columns.matches.isVisible()
    assert columns.editor.isVisible()


def test_in_a_small_window_one_goes_into_a_rule_and_back_by_keys(room: Room) -> None:
    room.window.resize(640, 480)
    QApplication.processEvents()
    page, columns = room.page, room.page.columns
    assert page.list.isVisible()
    assert not columns.middle.isVisible()
    page.list.setFocus()
    room.key(Key.Key_Return)
    assert columns.middle.isVisible()
    assert not page.list.isVisible()
    assert room.focus() is page.editor.name
    assert columns.middle.width() <= 584
    room.key(Key.Key_Left, ALT)
    assert page.list.isVisible()
    assert room.focus() is page.list
    room.key(Key.Key_Return)
    room.key(Key.Key_Escape)
    assert page.list.isVisible()


def unnamed(parts: Iterable[QWidget]) -> list[QWidget]:
    return [part for part in parts if part.isVisible() and not part.accessibleName()]


def test_everything_that_takes_the_keyboard_has_a_name(room: Room) -> None:
    kinds: tuple[type[QWidget], ...] = (QAbstractButton, QLineEdit, QComboBox, QListView)
    for kind in kinds:
        assert unnamed(room.page.findChildren(kind)) == []


def test_another_direction_and_text_size_fit(room: Room, theme: Theme) -> None:
    room.window.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    theme.use(theme.scheme, 1.6)
    room.rest()
    page = room.page
    assert page.list.visualRect(page.list.rules.index(0)).height() == round(52 * 1.6)
    tags = page.editor.thens.row_of("tags")
    assert tags is not None
    assert tags.editor.height() == round(22 * 1.6) + 2 * round(4 * 1.6)
    for row in (*page.editor.whens.rows, *page.editor.thens.rows):
        assert row.editor.geometry().right() <= row.combo.geometry().left()
    assert not page.grab().isNull()
