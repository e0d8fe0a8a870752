"""Periods and choices of the reports page, and how figures are said."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from inbox.model.report import By, ColumnKind, Period, Shape, Slot, Step
from inbox.ui.reports import pictures, words
from inbox.ui.reports.asked import Asked, before, days, period
from inbox.ui.reports.dates import DatesPopup
from inbox.ui.theme import Theme

BERLIN = "Europe/Berlin"
NOW = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
"""Already the 24th in Berlin."""


@pytest.mark.parametrize(
    ("span", "first", "last"),
    [
        ("7", date(2026, 11, 18), date(2026, 11, 24)),
        ("28", date(2026, 10, 28), date(2026, 11, 24)),
        ("month", date(2026, 11, 1), date(2026, 11, 24)),
        ("last-month", date(2026, 10, 1), date(2026, 10, 31)),
    ],
)
def test_periods_are_days_of_the_workspaces_zone(span: str, first: date, last: date) -> None:
    assert days(Asked(span=span), BERLIN, NOW) == (first, last)


def test_a_month_in_which_the_clocks_change_is_an_hour_longer() -> None:
    found = period(Asked(span="last-month"), BERLIN, NOW)
    assert found.start is not None
    assert found.end is not None
    assert found.end.astimezone(UTC) - found.start.astimezone(UTC) == timedelta(days=31, hours=1)


def test_a_period_up_to_today_is_open_and_the_one_before_just_as_long() -> None:
    start = datetime(2026, 11, 17, tzinfo=UTC)
    found = period(Asked(span="7"), "UTC", NOW)
    assert found == Period(start)
    assert before(found, NOW) == Period(start - (NOW - start), start)


def test_own_dates_may_be_given_in_any_order() -> None:
    asked = Asked(span="dates", first=date(2026, 11, 9), last=date(2026, 11, 3))
    assert days(asked, BERLIN, NOW) == (date(2026, 11, 3), date(2026, 11, 9))


def test_one_key_of_each_grouping_is_kept() -> None:
    asked = Asked().keep(By.AREA, "Baggage").keep(By.ACCOUNT, "us").keep(By.AREA, "Billing")
    assert set(asked.only) == {(By.AREA, "Billing"), (By.ACCOUNT, "us")}
    assert asked.keep(By.AREA, None).only == ((By.ACCOUNT, "us"),)


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(0.4, "0 min"), (59.4, "59 min"), (60, "1 h"), (83, "1 h 23"), (2879, "47 h 59"), (4320, "3 d")],
)
def test_lengths_are_minutes_then_hours_then_days(minutes: float, said: str) -> None:
    assert words.length(minutes) == said


def test_values_of_tables_are_said_by_their_kind() -> None:
    assert words.cell(ColumnKind.SHARE, 0.899) == "90%"
    assert words.cell(ColumnKind.SHARE, 0.9988) == "99.9%"
    assert words.cell(ColumnKind.COUNT, 1704) == "1,704"
    assert words.cell(ColumnKind.MINUTES, None) == words.NONE
    assert words.cell(ColumnKind.NUMBER, 0.825) == "0.82"


def test_changes_are_said_in_words_with_a_way_and_a_tone() -> None:
    assert words.shorter(27, 31) == words.Shift("4 min shorter than before", "ok", -1, "4 min shorter")
    assert words.shorter(98, 87).tone == "late"
    assert words.shorter(31, 31.2).way == 0
    assert words.better(0.79, 0.80) == words.Shift("1 point less than before", "late", -1, "1 point less")
    assert words.more(5, None).way == 0


def test_days_are_said_shortly() -> None:
    assert words.days(date(2026, 11, 10), date(2026, 11, 23)) == "10 to 23 Nov"
    assert words.days(date(2026, 10, 28), date(2026, 11, 3)) == "28 Oct to 3 Nov"
    assert words.days(date(2026, 11, 3), date(2026, 11, 3)) == "3 Nov"


def made(**changes: object) -> Shape:
    steps = (Step(30, 4, False), Step(60, 2, False), Step(90, 1, True), Step(None, 0, True))
    week = (tuple(Slot(2 + at % 3, 20.0 + at, 40.0) if at > 6 else None for at in range(24)),) * 7
    usual = Shape(None, None, 6, 1, 60.0, ((date(2026, 11, 10), Slot(7, 25, 80)),), steps, week)
    return replace(usual, **changes)  # type: ignore[arg-type]


def test_the_distribution_marks_the_target_and_what_is_late() -> None:
    data = pictures.distribution(made(), "waits")
    assert list(data.keys) == ["30", "60", "1.5 h"]
    assert (data.late_from, data.target) == (2, "Target 1 h: 86% met")
    mixed = pictures.distribution(made(target_minutes=None, steps=(Step(30, 4, False),)), "waits")
    assert (mixed.late_from, mixed.target, mixed.about) == (None, "", "waits; targets differ")


def test_an_hour_with_fewer_than_three_waits_has_no_median() -> None:
    data = pictures.week(made())
    assert data.values[0][:3] == [None, None, None]
    assert all((value is None) == (at < 7 or (2 + at % 3) < 3) for at, value in enumerate(data.values[0]))
    assert data.read is not None
    assert data.read(0, 9) == "n = 2, too few for a median. Enter opens the threads"


def test_own_dates_are_typed_and_enter_shows_them(qtbot: QtBot, theme: Theme) -> None:
    del theme
    popup = DatesPopup()
    qtbot.addWidget(popup)
    popup.ask(date(2026, 11, 1), date(2026, 11, 23), QPoint(0, 0))
    popup.first.setDate(QDate(2026, 11, 9))
    with qtbot.waitSignal(popup.chosen) as chosen:
        QTest.keyClick(popup, Qt.Key.Key_Return)
    assert chosen.args == [date(2026, 11, 9), date(2026, 11, 23)]
    assert not popup.isVisible()
