"""The list by mouse, the room the page has, names for screen readers, the other direction, other text sizes."""

from collections.abc import Iterable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QComboBox, QLineEdit, QWidget

from inbox.model.words import Metric
from inbox.ui.entries.columns import Fold
from inbox.ui.entries.folding import fold
from inbox.ui.policies.listing import PoliciesView
from inbox.ui.theme import Scheme, Theme
from tests.ui.policies.room import ALT, POLICIES, PRESS, REST, URGENT, Room

Key = Qt.Key


def row_center(view: PoliciesView, row: int) -> QPoint:
    return view.visualRect(view.policies.index(row)).center()


def drag(view: PoliciesView, start: int, to: QPoint, *, drop: bool = True) -> None:
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=row_center(view, start))
    for at in (row_center(view, start) + QPoint(0, 15), to):
        QTest.mouseMove(view.viewport(), at)
        QApplication.processEvents()
    assert not view.viewport().grab().isNull()
    if drop:
        QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=to)


def test_a_policy_is_dragged_to_its_place_among_rows_of_unlike_height(room: Room) -> None:
    view = room.page.list
    assert view.visualRect(view.policies.index(2)).height() > view.visualRect(view.policies.index(0)).height()
    drag(view, 0, row_center(view, 2) + QPoint(0, 12))
    room.rest()
    assert room.stored() == (PRESS, REST, URGENT)
    drag(view, 1, row_center(view, 0) - QPoint(0, 12))
    room.rest()
    assert room.stored() == (REST, PRESS, URGENT)
    room.undo()
    assert room.stored() == (PRESS, REST, URGENT)


def test_escape_gives_a_drag_up(room: Room) -> None:
    view = room.page.list
    drag(view, 0, row_center(view, 2), drop=False)
    QTest.keyClick(view, Key.Key_Escape)
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=row_center(view, 2))
    room.rest()
    assert room.stored() == POLICIES


def test_a_policy_is_written_by_mouse(room: Room) -> None:
    columns, editor = room.page.columns, room.page.editor
    QTest.mouseClick(room.page.list.viewport(), Qt.MouseButton.LeftButton, pos=row_center(room.page.list, 1))
    assert editor.name.text() == "press"
    room.click(columns.copy)
    room.click(editor.targets[Metric.NEXT].split)
    assert editor.targets[Metric.NEXT].split.isChecked()
    room.click(columns.save)
    room.rest()
    assert [policy.name for policy in room.stored()] == ["urgent", "press 2", "press", "rest"]
    room.click(columns.remove)
    room.rest()
    assert room.stored() == POLICIES


def test_the_model_keeps_to_the_rules_of_models(room: Room) -> None:
    tester = QAbstractItemModelTester(room.page.list.policies, QAbstractItemModelTester.FailureReportingMode.Fatal)
    room.key(Key.Key_Down, ALT)
    room.rest()
    assert tester.model().rowCount() == 3


@pytest.mark.parametrize(("width", "found"), [(1224, Fold.WIDE), (1000, Fold.TWO), (780, Fold.TWO), (584, Fold.ONE)])
def test_columns_fold_by_width(width: int, found: Fold) -> None:
    assert fold(width) is found


def test_in_a_small_window_the_list_comes_first_and_back_brings_it_again(room: Room) -> None:
    room.window.resize(640, 480)
    room.rest()
    columns, preview = room.page.columns, room.page.preview
    assert not columns.middle.isVisible()
    room.page.list.setFocus()
    room.key(Key.Key_Return)
    room.rest()
    assert not columns.left.isVisible()
    assert columns.editor.isAncestorOf(preview)
    assert preview.cards[Metric.FIRST].sentence.isVisible()
    room.key(Key.Key_Left, ALT)
    assert columns.left.isVisible()
    assert room.focus() is room.page.list
    room.window.resize(1440, 900)
    room.rest()
    assert columns.preview.isAncestorOf(preview)
    assert columns.preview.isVisible()


@pytest.mark.parametrize(
    ("size", "scale"), [((1440, 900), 1.0), ((900, 700), 1.0), ((640, 480), 1.0), ((640, 480), 1.6)]
)
@pytest.mark.parametrize("row", [1, 2])
def test_nothing_of_the_editor_is_cut_off_at_the_side(
    room: Room, theme: Theme, size: tuple[int, int], scale: float, row: int
) -> None:
    room.window.resize(*size)
    theme.use(Scheme.LIGHT, scale)
    room.rest()
    room.page.list.setCurrentIndex(room.page.list.policies.index(row))
    room.page.columns.open_editor()
    room.rest()
    editor = room.page.editor
    assert editor.inside.minimumSizeHint().width() <= editor.area.viewport().width()


def interactive(page: QWidget) -> Iterable[QWidget]:
    for kind in (QAbstractButton, QComboBox, QLineEdit, QCheckBox):
        yield from page.findChildren(kind)


def test_everything_that_can_be_used_has_a_name(room: Room) -> None:
    room.key(Key.Key_Down, times=2)
    room.rest()
    nameless = [each for each in interactive(room.page) if not each.accessibleName() and each.isVisible()]
    assert nameless == []
    names = [edit.accessibleName() for edit in room.page.editor.targets[Metric.FIRST].findChildren(QLineEdit)]
    assert names == [
        "First response", "First response, low", "First response, normal", "First response, high",
        "First response, urgent",
    ]  # fmt: skip


def test_it_is_drawn_from_right_to_left(room: Room) -> None:
    room.window.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    room.rest()
    assert not room.window.grab().isNull()
    timeline = room.page.preview.cards[Metric.FIRST].timeline
    assert timeline.layoutDirection() is Qt.LayoutDirection.LeftToRight
    lefts = [left for _stretch, left, _right in timeline.boxes()]
    assert lefts == sorted(lefts)
