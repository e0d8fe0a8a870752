"""The field of tokens: what makes one, what takes one back, and what a paste becomes."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from inbox.ui.rules.tokens import FOLDED_FROM, TokenField
from inbox.ui.theme import Theme

Key = Qt.Key
KINDS = {"mention": "Mention", "comment": "Comment", "message": "Message"}


@pytest.fixture
def host(qtbot: QtBot, theme: Theme) -> QWidget:
    del theme
    made = QWidget()
    QVBoxLayout(made)
    qtbot.addWidget(made)
    made.resize(300, 200)
    made.show()
    made.activateWindow()
    return made


def put(host: QWidget, *values: str, options: dict[str, str] | None = None, strict: bool = False) -> TokenField:
    field = TokenField("Text has any of", "A word", options, strict=strict)
    field.set_value(values)
    layout = host.layout()
    assert layout is not None
    layout.addWidget(field)
    host.adjustSize()
    host.resize(300, 200)
    field.show()
    field.edit.setFocus()
    return field


def press(field: TokenField, key: Qt.Key, times: int = 1) -> None:
    for _ in range(times):
        QTest.keyClick(field.edit, key)


def test_enter_and_a_comma_make_a_token_without_needless_blanks(host: QWidget) -> None:
    field = put(host)
    QTest.keyClicks(field.edit, "  lost   bag ")
    press(field, Key.Key_Return)
    QTest.keyClicks(field.edit, "suitcase,")
    assert field.value() == ("lost bag", "suitcase")
    assert field.typing() == ""


def test_the_same_words_are_no_second_token(host: QWidget) -> None:
    field = put(host, "Lost bag")
    QTest.keyClicks(field.edit, "lost BAG,")
    assert field.value() == ("Lost bag",)


def test_backspace_takes_the_last_token_back_to_be_changed(host: QWidget) -> None:
    field = put(host, "lost bag", "suitcases")
    press(field, Key.Key_Backspace)
    assert (field.value(), field.typing()) == (("lost bag",), "suitcases")
    press(field, Key.Key_Backspace)
    press(field, Key.Key_Return)
    assert field.value() == ("lost bag", "suitcase")


def test_arrows_reach_any_token_and_delete_removes_it(host: QWidget) -> None:
    field = put(host, "one", "two", "three")
    press(field, Key.Key_Left, times=2)
    press(field, Key.Key_Delete)
    assert field.value() == ("one", "three")
    press(field, Key.Key_Left)
    press(field, Key.Key_Return)
    assert (field.value(), field.typing()) == (("three",), "one")


def test_a_paste_of_many_lines_makes_many_tokens(host: QWidget) -> None:
    field = put(host, "lost bag")
    QGuiApplication.clipboard().setText("my suitcase\r\nLost bag\nMY SUITCASE\n\n  my   luggage\twhere, is it\n")
    QTest.keyClick(field.edit, Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert field.value() == ("lost bag", "my suitcase", "my luggage", "where", "is it")
    QGuiApplication.clipboard().setText("carousel")
    QTest.keyClick(field.edit, Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert field.typing() == "carousel"


def test_thousands_of_pasted_lines_are_taken_at_once_and_counted(host: QWidget) -> None:
    field = put(host)
    field.paste("\n".join(f"phrase {number}" for number in range(5_000)))
    assert len(field.value()) == 5_000
    assert len(field._boxes) == FOLDED_FROM
    height = field.height()
    QTest.mouseClick(field, Qt.MouseButton.LeftButton, pos=field._more.center())
    assert field.minimumHeight() > height


def test_leaving_the_field_ends_the_word(host: QWidget) -> None:
    field = put(host)
    other = put(host)
    field.edit.setFocus()
    QTest.keyClicks(field.edit, "suitcase")
    other.edit.setFocus()
    assert field.value() == ("suitcase",)


def test_only_listed_choices_are_taken_where_it_is_strict(host: QWidget, qtbot: QtBot) -> None:
    field = put(host, options=KINDS, strict=True)
    QTest.keyClicks(field.edit, "men")
    press(field, Key.Key_Return)
    assert field.value() == ("mention",)
    with qtbot.waitSignal(field.refused) as refused:
        QTest.keyClicks(field.edit, "post,")
    assert refused.args == ["post"]
    assert (field.value(), field.typing()) == (("mention",), "post")


def test_down_offers_what_is_not_chosen_yet_and_enter_takes_it(host: QWidget) -> None:
    field = put(host, "mention", options=KINDS, strict=True)
    press(field, Key.Key_Down)
    assert field._completer is not None
    popup = field._completer.popup()
    assert popup is not None
    assert popup.isVisible()
    assert [popup.model().index(at, 0).data() for at in range(popup.model().rowCount())] == ["Comment", "Message"]
    QTest.keyClick(popup, Key.Key_Down)
    QTest.keyClick(popup, Key.Key_Return)
    assert field.value() == ("mention", "comment")
    assert field.typing() == ""


def test_a_click_on_the_cross_removes_and_a_double_click_takes_back(host: QWidget) -> None:
    field = put(host, "one", "two")
    box = field._boxes[0]
    QTest.mouseClick(field, Qt.MouseButton.LeftButton, pos=QPoint(box.right() - 6, box.center().y()))
    assert field.value() == ("two",)
    QTest.mouseDClick(field, Qt.MouseButton.LeftButton, pos=field._boxes[0].topLeft() + QPoint(6, 8))
    assert (field.value(), field.typing()) == ((), "two")


def test_tokens_break_into_rows_and_mirror(host: QWidget) -> None:
    field = put(host, *(f"a longer phrase {number}" for number in range(6)))
    tops = {box.top() for box in field._boxes}
    assert len(tops) > 2
    assert all(box.right() <= field.width() for box in field._boxes)
    left = field._mirrored(field._boxes[0]).left()
    field.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert field._mirrored(field._boxes[0]).left() > left
    press(field, Key.Key_Right)
    assert field._marked == 5


def test_another_text_size_gives_the_tokens_room(host: QWidget, theme: Theme) -> None:
    field = put(host, "one", "two")
    host.resize(700, 200)
    theme.use(theme.scheme, 1.6)
    assert field.minimumHeight() == field.maximumHeight() == round(22 * 1.6) + 2 * round(4 * 1.6)
