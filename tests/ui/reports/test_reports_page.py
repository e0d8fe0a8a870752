"""The reports page on a real store: figures, charts, rows, and the threads behind them."""

from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from inbox.flow import decide
from inbox.model.change import Change
from inbox.model.report import By, Timing
from inbox.model.words import CloseReason, Metric
from inbox.store.engine import Store
from inbox.ui.theme import Theme
from tests.support.desk import NOON, replied, staffed, waiting_thread
from tests.ui.reports.office import answered, filled, office


def test_the_figures_are_those_of_the_waits(qtbot: QtBot, theme: Theme, store: Store) -> None:
    del theme
    filled(store)
    with office(qtbot, store) as made:
        assert made.figures() == [
            "n: 8 answered threads. nothing to compare with",
            "Mean: 35 min. nothing to compare with",
            "Median: 25 min. nothing to compare with",
            "p90: 1 h 30. nothing to compare with",
            "Within target: 75% 6 of 8. nothing to compare with",
        ]
        assert made.page.definition.lead.text() == "First response."
        assert made.page.times.distribution.plot.data.target == "Target 1 h: 75% met"  # type: ignore[attr-defined]


def test_a_figure_says_in_words_how_it_differs_from_the_period_before(
    qtbot: QtBot, theme: Theme, sqlite_store: Store
) -> None:
    del theme
    filled(sqlite_store)
    for at in range(4):
        answered(sqlite_store, "Billing", 50, days=-25 - at, who=f"old{at}")
    with office(qtbot, sqlite_store) as made:
        made.page.ask(replace(made.page.asked, span="14"))
        made.rest()
        assert made.figures()[0].endswith("nothing to compare with")
        made.page.ask(replace(made.page.asked, span="28"))
        made.rest()
        shifts = [figure.split(". ")[1] for figure in made.figures()]
        assert shifts[0] == "4 more than before"
        assert shifts[2] == "25 min shorter than before"
        assert shifts[4] == "25 points less than before"


def test_charts_show_the_days_the_steps_and_the_hours_of_the_week(
    qtbot: QtBot, theme: Theme, sqlite_store: Store
) -> None:
    del theme
    filled(sqlite_store)
    with office(qtbot, sqlite_store) as made:
        body = made.page.times
        made.page.ask(replace(made.page.asked, timing=Timing.CALENDAR))
        made.rest()
        assert "from 30 (2 Mar) to 15 (3 Mar)" in body.trend.sentence
        assert body.week.plot.says((0, 12)) == (
            "Monday 12:00 to 13:00",
            "Median 30 min, p90 1 h 30, n = 5. Enter opens the threads",
        )
        assert body.week.plot.says((2, 3))[1] == "Nothing began in this hour."
        body.distribution.show_table(on=True)
        keys = [body.distribution.table.item(at, 0) for at in range(body.distribution.table.rowCount())]
        assert [item.text() for item in keys if item][-1] == "2 h"


def test_every_place_of_a_chart_opens_the_threads_behind_it(qtbot: QtBot, theme: Theme, store: Store) -> None:
    del theme
    ids = filled(store)
    with office(qtbot, store) as made:
        body = made.page.times
        body.week.plot.setFocus()
        body.week.plot.go_to((0, 12))
        QTest.keyClick(body.week.plot, Qt.Key.Key_Return)
        made.rest()
        assert made.listed() == ids["Baggage"][::-1]
        assert made.page.behind.head.title.text() == "Monday 12:00 to 13:00"
        body.trend.picked.emit(0, 1)
        made.rest()
        assert made.listed() == ids["Billing"][::-1]
        body.distribution.picked.emit(0, 4)
        made.rest()
        assert made.listed() == [ids["Baggage"][4], ids["Billing"][2]]
        body.strip.figures[4].click()
        made.rest()
        assert set(made.listed()) == {ids["Baggage"][4], ids["Billing"][2]}
        body.strip.figures[0].click()
        made.rest()
        assert len(made.listed()) == 8


def test_escape_goes_back_to_the_cell_that_was_asked(qtbot: QtBot, theme: Theme, sqlite_store: Store) -> None:
    del theme
    ids = filled(sqlite_store)
    with office(qtbot, sqlite_store) as made:
        plot = made.page.times.week.plot
        plot.setFocus()
        plot.go_to((0, 12))
        QTest.keyClick(plot, Qt.Key.Key_Return)
        made.rest()
        with qtbot.waitSignal(made.context.thread_wanted) as wanted:
            QTest.keyClick(made.page.behind.list, Qt.Key.Key_Return)
        assert wanted.args == [ids["Baggage"][4]]
        QTest.keyClick(made.page.behind.list, Qt.Key.Key_Escape)
        assert not made.page.behind.isVisible()
        assert QApplication.focusWidget() is plot


def test_rows_are_grouped_sorted_by_key_and_open_their_threads(qtbot: QtBot, theme: Theme, sqlite_store: Store) -> None:
    del theme
    ids = filled(sqlite_store)
    with office(qtbot, sqlite_store) as made:
        table = made.page.times.rows.table
        assert [row[0] for row in table.rows()] == ["Baggage", "Billing"]
        table.setFocus()
        table.setCurrentCell(0, 3)
        QTest.keyClick(table, Qt.Key.Key_S)
        QTest.keyClick(table, Qt.Key.Key_S)
        assert [row[0] for row in table.rows()] == ["Billing", "Baggage"]
        made.page.read()
        made.rest()
        assert [row[0] for row in table.rows()] == ["Billing", "Baggage"]
        assert table.currentColumn() == 3
        table.setCurrentCell(0, 1)
        QTest.keyClick(table, Qt.Key.Key_Return)
        made.rest()
        assert made.listed() == ids["Billing"][::-1]
        made.page.times.rows.by.chosen.emit("priority")
        made.rest()
        assert [row[:2] for row in table.rows()] == [("normal", 8)]


def test_figures_are_kept_to_an_area(qtbot: QtBot, theme: Theme, sqlite_store: Store) -> None:
    del theme
    filled(sqlite_store)
    with office(qtbot, sqlite_store) as made:
        made.page.definition.filters[By.AREA].chosen.emit("Billing")
        made.rest()
        assert made.figures()[0].startswith("n: 3 ")
        assert made.page.definition.filters[By.AREA].text() == "Billing"
        made.page.definition.filters[By.AREA].chosen.emit("")
        made.rest()
        assert made.figures()[0].startswith("n: 8 ")


def test_another_wait_is_read_at_the_press_of_a_key(qtbot: QtBot, theme: Theme, sqlite_store: Store) -> None:
    del theme
    filled(sqlite_store)
    with office(qtbot, sqlite_store) as made:
        QTest.keyClick(made.page.head.metrics[Metric.NEXT], Qt.Key.Key_Space)
        made.rest()
        assert made.page.asked.metric is Metric.NEXT
        assert made.page.empty.label.text() == "No wait began in this time."
        assert made.page.stack.currentWidget() is made.page.empty


def test_targets_are_stacked_by_what_became_of_them(qtbot: QtBot, theme: Theme, sqlite_store: Store) -> None:
    del theme
    ids = filled(sqlite_store)
    with office(qtbot, sqlite_store) as made:
        made.page.head.report.chosen.emit("sla")
        made.rest()
        body = made.page.rows
        assert body.bars.plot.says((0, 0)) == ("Baggage", "Met 4, Open 0, Breached 1, Cancelled 0")
        body.bars.picked.emit(2, 0)
        made.rest()
        assert made.listed() == [ids["Baggage"][4]]
        assert not made.page.head._times.isVisible()


def test_volume_is_drawn_day_by_day(qtbot: QtBot, theme: Theme, sqlite_store: Store) -> None:
    del theme
    filled(sqlite_store)
    with office(qtbot, sqlite_store) as made:
        made.page.head.report.chosen.emit("volume")
        made.rest()
        assert made.page.found is not None
        course = dict(made.page.found.course)
        assert len(course) == 28
        assert course[date(2026, 3, 2)] == (5, 5, 5)
        assert course[date(2026, 3, 3)] == (3, 3, 3)


def test_a_workspace_without_waits_says_so_and_offers_a_longer_time(
    qtbot: QtBot, theme: Theme, sqlite_store: Store
) -> None:
    del theme
    staffed(sqlite_store)
    with office(qtbot, sqlite_store) as made:
        assert made.page.empty.label.text() == "No wait began in this time."
        made.page.ask(replace(made.page.asked, span="7"))
        made.rest()
        assert made.page.empty.button.text() == "Last 28 days"
        made.page.empty.button.click()
        made.rest()
        assert made.page.asked.span == "28"


def test_trouble_is_said_with_a_way_to_try_again(qtbot: QtBot, theme: Theme, sqlite_store: Store) -> None:
    del theme
    filled(sqlite_store)
    with office(qtbot, sqlite_store) as made:
        made.page.found = None
        made.page._unreadable(RuntimeError("The workspace does not answer."))
        assert made.page.trouble.label.text() == "The workspace does not answer."
        made.page.trouble.button.click()
        made.rest()
        assert made.page.stack.currentWidget() is made.page._scrolls[made.page.times]


def test_figures_stay_where_newer_ones_cannot_be_read(qtbot: QtBot, theme: Theme, sqlite_store: Store) -> None:
    del theme
    filled(sqlite_store)
    with office(qtbot, sqlite_store) as made:
        made.page._unreadable(RuntimeError("The workspace does not answer."))
        assert made.page.stack.currentWidget() is made.page._scrolls[made.page.times]
        assert made.page.waiting.said.text() == "These are the figures last read. The workspace does not answer."
        assert made.page.waiting.isVisible()
        made.page.waiting.retry.click()
        made.rest()
        assert not made.page.waiting.isVisible()


def test_reading_can_be_stopped_and_begun_again(qtbot: QtBot, theme: Theme, sqlite_store: Store) -> None:
    del theme
    filled(sqlite_store)
    with office(qtbot, sqlite_store) as made:
        made.page.ask(replace(made.page.asked, report="volume"))
        made.page.waiting.halt.click()
        made.rest()
        assert made.page.empty.label.text() == "Stopped. Nothing was changed."
        made.page.empty.button.click()
        made.rest()
        assert made.page.stack.currentWidget() is made.page._scrolls[made.page.rows]


def test_what_changes_is_read_a_moment_later_and_keeps_the_place(
    qtbot: QtBot, theme: Theme, sqlite_store: Store
) -> None:
    del theme
    filled(sqlite_store)
    with office(qtbot, sqlite_store) as made:
        plot = made.page.times.week.plot
        plot.setFocus()
        plot.go_to((0, 12))
        new = answered(sqlite_store, "Baggage", 25, days=0, who="late")
        made.page._soon.setInterval(0)
        made.context.changed.emit(Change(threads=frozenset({new})))
        qtbot.waitUntil(lambda: made.figures()[0].startswith("n: 9 "), timeout=10_000)
        assert plot.at == (0, 12)
        assert QApplication.focusWidget() is plot


def test_in_a_small_window_the_threads_take_the_figures_place(qtbot: QtBot, theme: Theme, sqlite_store: Store) -> None:
    del theme
    filled(sqlite_store)
    with office(qtbot, sqlite_store, (584, 440)) as made:
        made.page.times.strip.figures[0].click()
        made.rest()
        assert not made.page.stack.isVisible()
        made.page.behind.close_button.click()
        assert made.page.stack.isVisible()
        assert made.page.head._lines == 2


def test_waits_are_those_of_the_employee_who_had_the_thread_when_it_was_answered(
    qtbot: QtBot, theme: Theme, store: Store
) -> None:
    del theme
    staffed(store)
    for at, who in enumerate(("ana", "ben", "ana")):
        thread_id = waiting_thread(store, "Billing", at=NOON + timedelta(hours=at), who=f"kim{at}")
        decide.assign(store, [thread_id], who, actor="command", now=NOON + timedelta(hours=at, minutes=1))
        replied(store, thread_id, None, at=NOON + timedelta(hours=at, minutes=9))
        decide.close(
            store, [thread_id], CloseReason.ANSWERED, actor="command", now=NOON + timedelta(hours=at, minutes=9)
        )
    with office(qtbot, store) as made:
        made.page.times.rows.by.chosen.emit("employee")
        made.rest()
        assert [row[:2] for row in made.page.times.rows.table.rows()] == [("ana", 2), ("ben", 1)]


def test_what_is_on_screen_can_be_exported(qtbot: QtBot, theme: Theme, sqlite_store: Store) -> None:
    del theme
    filled(sqlite_store)
    with office(qtbot, sqlite_store) as made:
        assert made.page.export.isEnabled()
        made.page.export.copy()
        made.rest()
        assert QApplication.clipboard().text().splitlines()[1].startswith("Baggage\t5\t")
        made.page.ask(replace(made.page.asked, metric=Metric.NEXT))
        made.rest()
        assert not made.page.export.isEnabled()


def test_what_customers_said_is_told_week_by_week(qtbot: QtBot, theme: Theme, sqlite_store: Store) -> None:
    del theme
    filled(sqlite_store)
    with office(qtbot, sqlite_store) as made:
        made.page.head.report.chosen.emit("digest")
        made.rest()
        assert made.page.asked.span == "7"
        assert made.page.found is not None
        assert made.page.found.digest is not None
        assert made.page.found.digest.mentions == 8
        assert made.page.stack.currentWidget() is made.page._scrolls[made.page.digest]


def test_escape_puts_an_empty_list_away_too(qtbot: QtBot, theme: Theme, sqlite_store: Store) -> None:
    del theme
    filled(sqlite_store)
    with office(qtbot, sqlite_store) as made:
        plot = made.page.times.week.plot
        plot.setFocus()
        plot.go_to((6, 3))
        QTest.keyClick(plot, Qt.Key.Key_Return)
        made.rest()
        assert made.listed() == []
        assert made.page.behind.isVisible()
        QTest.keyClick(plot, Qt.Key.Key_Escape)
        QTest.keyClick(plot, Qt.Key.Key_Escape)
        assert not made.page.behind.isVisible()
