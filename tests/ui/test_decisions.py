"""What is asked before a decision, and times as people type them."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from inbox.model.ids import EmployeeId
from inbox.model.people import Employee
from inbox.model.words import Outcome
from inbox.ui.decisions import Choice, Picker, choices
from inbox.ui.theme import Theme

NOW = datetime(2026, 5, 12, 14, 20, tzinfo=UTC)


def person(name: str, load: int, *areas: str, away: bool = False) -> Employee:
    return Employee(EmployeeId(1), name, name.title(), areas=areas, open_threads=load, away=away)


def test_i_come_first_then_who_works_in_the_area_by_load_and_away_ones_last() -> None:
    staff = [person("ben", 5, "Billing"), person("ana", 9), person("cy", 1), person("dee", 2, "Billing"),
             person("eve", 0, "Billing", away=True)]  # fmt: skip
    found = [choice.value for choice in choices.people(staff, "ana", "Billing")]
    assert found == ["ana", "dee", "ben", "cy", "eve", None]


@pytest.mark.parametrize(
    ("typed", "until"),
    [("2h", timedelta(hours=2)), ("30m", timedelta(minutes=30)), ("1 d", timedelta(days=1))],
)
def test_a_length_of_time_can_be_typed(typed: str, until: timedelta) -> None:
    found = choices.typed_time(typed, NOW)
    assert found is not None
    assert found.value == NOW + until


def test_a_time_of_day_that_has_passed_is_tomorrows() -> None:
    local = NOW.astimezone()
    earlier = local - timedelta(hours=1)
    found = choices.typed_time(f"{earlier:%H:%M}", NOW)
    assert found is not None
    assert found.value.date() == (earlier + timedelta(days=1)).date()


@pytest.mark.parametrize("typed", ["25:00", "soon", "12:99", "-3h", ""])
def test_what_is_no_time_is_not_offered(typed: str) -> None:
    assert choices.typed_time(typed, NOW) is None


def test_a_tag_that_is_worn_can_be_taken_off_and_a_new_one_typed() -> None:
    found = choices.tags(["vip", "refund"], ["vip"])
    assert [choice.value for choice in found] == [("remove", "vip"), ("add", "refund")]
    made = choices.new_tag("Gold Card")
    assert made is not None
    assert made.value == ("add", "gold card")


def test_the_outcome_that_a_thread_suggests_comes_first() -> None:
    found = choices.outcomes(Outcome.THANKS)
    assert [choice.value for choice in found] == [
        Outcome.THANKS, Outcome.HEARD, Outcome.SAVED, Outcome.COMPLAINT_FILED, None,
    ]  # fmt: skip
    assert [choice.beside for choice in found][:2] == ["suggested", ""]
    assert choices.outcomes(None)[0].value is Outcome.HEARD


def test_a_picker_is_used_by_keys_alone(qtbot: QtBot, theme: Theme) -> None:
    del theme
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    picker = Picker("Move to", [Choice(1, "Baggage"), Choice(2, "Billing"), Choice(3, "Press")], window)
    picker.open_at(window.pos())
    QTest.keyClicks(picker.field, "b")
    assert [choice.text for choice in picker.model.shown] == ["Baggage", "Billing"]
    QTest.keyClick(picker.field, Qt.Key.Key_Down)
    with qtbot.waitSignal(picker.picked) as picked:
        QTest.keyClick(picker.field, Qt.Key.Key_Return)
    assert picked.args == [2]
