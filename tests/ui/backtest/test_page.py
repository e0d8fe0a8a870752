"""The page: what can be tried, a run from beginning to end, and what it shows."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import time
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QSlider, QTableWidget
from pytestqt.qtbot import QtBot

from inbox.model.change import Change
from inbox.model.ids import AreaId, EmployeeId
from inbox.model.people import Area, Employee, Interval
from inbox.model.workspace import Rule, Settings, Then, When, Workspace
from inbox.ui.backtest import BacktestPage
from inbox.ui.backtest.child import BacktestRun
from inbox.ui.backtest.tries import FileTry, RuleTry, StaffTry, ThresholdTry
from inbox.ui.context import Context
from inbox.ui.theme import Scheme, Theme
from inbox.ui.widgets import Label
from tests.ui.backtest.figures import AREAS, SLEEPS, Make, document, says, script
from tests.ui.fakes import context

WAIT_MS = 30_000
BEN = Employee(EmployeeId(2), "ben", "Ben Lee", areas=("Billing",), shifts={"mon": (Interval(time(9), time(17)),)})
PRESENT = Workspace(
    Settings(confidence=0.55),
    areas=(Area(AreaId(1), "Baggage"), Area(AreaId(2), "Billing")),
    employees=(BEN,),
    rules=(Rule("Lost bag", When(), Then("Baggage")), Rule("Skis", When(), Then("Baggage"), on=False)),
)


@pytest.fixture
def desk(theme: Theme) -> Iterator[Context]:
    """A context whose lanes are closed afterwards."""
    del theme
    made = context()
    made.store = None  # what is shown is given here
    yield made
    made.lanes.close()


def page(qtbot: QtBot, desk: Context, make: Make | None = None, present: Workspace = PRESENT) -> BacktestPage:
    made = BacktestPage(desk, None, BacktestRun(desk, None, make or says()))
    qtbot.addWidget(made)
    made.resize(1224, 900)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow, timeout=WAIT_MS)
    made._show(present)
    return made


def ran(qtbot: QtBot, made: BacktestPage) -> BacktestPage:
    made.start.click()
    assert made.halt.isVisible()
    qtbot.waitUntil(lambda: not made.child.running, timeout=WAIT_MS)
    QApplication.processEvents()
    return made


def test_before_the_workspace_is_read_nothing_can_be_run(qtbot: QtBot, desk: Context) -> None:
    made = BacktestPage(desk, None, BacktestRun(desk, None, says()))
    qtbot.addWidget(made)
    made.show()
    assert not made.start.isEnabled()
    assert made.stack.currentWidget() is made.loading
    made._not_read(OSError("The workspace cannot be read."))
    assert "cannot be read" in made.trouble.label.text()
    made._show(PRESENT)
    assert made.start.isEnabled()
    assert made.stack.currentWidget() is made.empty


def test_a_run_goes_from_progress_to_figures(qtbot: QtBot, desk: Context) -> None:
    made = ran(qtbot, page(qtbot, desk))
    assert made.stack.currentWidget() is made.results
    assert made.head.beside.text() == "last 30 days, 6,218 threads, 1.4 s"
    assert made.start.isVisible()
    said = [label.text() for label in made.results.figures.findChildren(Label) if label.isVisible()]
    assert said == [
        "Threads", "6,218", "1.4 s", "Would go elsewhere", "38", "0.6%",
        "Sorted by hand", "54", "34 fewer than before (88)",
        "Deadlines missed", "104", "3 fewer than before (107)",
        "Where people moved them", "33 of 40", "12 more than before (21)",
    ]  # fmt: skip


def test_the_charts_hold_every_area_and_hour(qtbot: QtBot, desk: Context) -> None:
    whole = ran(qtbot, page(qtbot, desk))
    made = whole.results
    table = made.areas.table
    rows = [[_cell(table, row, column) for column in range(3)] for row in range(table.rowCount())]
    assert rows == [[area, f"{before}", f"{after}"] for area, before, after, *_ in AREAS]
    assert made.hours.chart.table.rowCount() == len(AREAS)
    assert made.hours.chart.table.columnCount() == 25
    assert made.hours.chart.plot.says((0, 4))[0] == "Baggage, 04:00 to 05:00"
    assert "As it was" in made.hours.chart.plot.says((0, 4))[1]
    assert made.missed.sentence.startswith("Baggage: As it was 61, With the change 66")
    assert made.coverage.plot.says((0, 11)) == ("55%", "79%")
    assert "Answers take as long" in made.notes.text()


def test_the_load_is_shown_as_it_was_and_as_a_difference_too(qtbot: QtBot, desk: Context) -> None:
    keys = ("area", "hour", "before", "after")
    hours = [dict(zip(keys, each, strict=True)) for each in (("Baggage", 9, 4, 7), ("Billing", 9, 5, 5))]
    made = ran(qtbot, page(qtbot, desk, says(by_hour=hours)))
    card = made.results.hours
    names = [_cell(card.chart.table, row, 0) for row in range(card.chart.table.rowCount())]
    nine = {}
    for kind in ("after", "before", "change"):
        card.kind.set_value(kind)
        card.kind.chosen.emit(kind)
        nine[kind] = [_cell(card.chart.table, names.index(name), 10) for name in ("Baggage", "Billing")]
    assert nine == {"after": ["7", "5"], "before": ["4", "5"], "change": ["+3", "–"]}
    assert card.chart.plot.says((names.index("Billing"), 9))[1] == "As it was 5, with the change 5"


def test_enter_opens_a_thread_that_would_differ(qtbot: QtBot, desk: Context) -> None:
    made = ran(qtbot, page(qtbot, desk))
    listed = made.results.differing
    assert [each.title for each in listed.entries.rows] == ["aurelio", "nils.h", "chiamaka"]
    spoken = str(listed.entries.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole))
    assert spoken.startswith("nils.h. App support to Baggage. App says")
    listed.setFocus()
    QTest.keyClick(listed, Qt.Key.Key_Down)
    with qtbot.waitSignal(desk.thread_wanted) as wanted:
        QTest.keyClick(listed, Qt.Key.Key_Return)
    assert wanted.args == [12]


def test_a_bar_leads_to_the_threads_of_its_area(qtbot: QtBot, desk: Context) -> None:
    made = ran(qtbot, page(qtbot, desk))
    made.results.areas.picked.emit(0, 3)
    assert made.results.differing.currentIndex().row() == 1


def test_when_nothing_differs_it_says_so(qtbot: QtBot, desk: Context) -> None:
    made = ran(qtbot, page(qtbot, desk, says(moved=0, examples=[])))
    assert made.results.same.isVisible()
    assert not made.results.differing.isVisible()


def test_what_cannot_be_computed_is_said_beside_its_figure(qtbot: QtBot, desk: Context) -> None:
    areas = [{**each, "missed_after": None} for each in document()["by_area"]]
    made = ran(qtbot, page(qtbot, desk, says(missed_after=None, by_area=areas)))
    said = [label.text() for label in made.results.figures.findChildren(Label)]
    assert "107 before; after is not known" in said
    assert made.results.missed.table.columnCount() == 2


def test_without_history_it_says_so(qtbot: QtBot, desk: Context) -> None:
    nothing = document(threads=0, by_area=[], by_hour=[], examples=[], coverage=[], notes=["There is no history yet."])
    made = ran(qtbot, page(qtbot, desk, says(**nothing)))
    assert made.stack.currentWidget() is made.empty
    assert made.empty.label.text() == "There is no history yet."


def test_trouble_is_told_with_a_way_on(qtbot: QtBot, desk: Context) -> None:
    made = ran(qtbot, page(qtbot, desk, script("import sys; sys.stderr.write('It is locked.'); sys.exit(1)")))
    assert made.trouble.label.text() == "It is locked."
    made.child._make = says()
    made.trouble.button.click()
    qtbot.waitUntil(lambda: made.stack.currentWidget() is made.results, timeout=WAIT_MS)


def test_a_run_can_be_stopped_by_keyboard(qtbot: QtBot, desk: Context) -> None:
    made = page(qtbot, desk, SLEEPS)
    made.start.setFocus()
    QTest.keyClick(made.start, Qt.Key.Key_Space)
    assert made.focusWidget() is made.halt
    QTest.keyClick(made.halt, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not made.child.running, timeout=WAIT_MS)
    assert made.head.beside.text() == "stopped"
    assert made.focusWidget() is made.start


def test_a_rule_is_switched_the_other_way_round(qtbot: QtBot, desk: Context) -> None:
    made = page(qtbot, desk)
    rule = cast("RuleTry", made.tries["rule"])
    assert [rule.rule.itemText(at) for at in range(2)] == ["Switch off “Lost bag”", "Switch on “Skis”"]
    assert [each.on for each in _rules(rule)] == [False, False]
    rule.rule.setCurrentIndex(1)
    assert [each.on for each in _rules(rule)] == [True, True]
    made._show(replace(PRESENT, rules=PRESENT.rules[1:]))
    assert [each.on for each in _rules(rule)] == [True]
    made._show(replace(PRESENT, rules=()))
    assert rule.changed() is None
    assert not made.start.isEnabled()
    assert "no rules yet" in rule.said.text()


def test_without_rules_it_begins_with_staff(qtbot: QtBot, desk: Context) -> None:
    assert page(qtbot, desk, present=replace(PRESENT, rules=())).kind.value() == "staff"


def test_a_threshold_says_what_it_leaves_to_people(qtbot: QtBot, desk: Context) -> None:
    made = page(qtbot, desk)
    made._choose("threshold")
    threshold = cast("ThresholdTry", made.tries["threshold"])
    assert threshold.value.text() == "55%, as it is"
    assert "After a run" in threshold.said.text()
    ran(qtbot, made)
    threshold.slider.setFocus()
    QTest.keyClick(threshold.slider, Qt.Key.Key_PageUp)
    assert threshold.value.text() == "60% instead of 55%"
    assert threshold.said.text() == (
        "By the last run 75% of threads get an area at that threshold; at the present one 79%."
    )
    changed = threshold.changed()
    assert changed is not None
    assert changed.settings.confidence == 0.6
    made._show(PRESENT)
    assert threshold.slider.value() == 60


def test_one_more_employee_joins_an_area(qtbot: QtBot, desk: Context) -> None:
    made = page(qtbot, desk)
    made._choose("staff")
    staff = cast("StaffTry", made.tries["staff"])
    staff.area.setCurrentIndex(1)
    staff.hours.setCurrentIndex(1)
    staff.capacity.setCurrentIndex(2)
    changed = staff.changed()
    assert changed is not None
    more = changed.employees[-1]
    assert (more.areas, more.capacity, more.shifts) == (("Billing",), 5, BEN.shifts)
    made._show(replace(PRESENT, employees=changed.employees))
    again = staff.changed()
    assert again is not None
    assert len({each.name for each in again.employees}) == 3


def test_a_file_is_read_and_its_errors_are_named(qtbot: QtBot, desk: Context, tmp_path: Path) -> None:
    made = page(qtbot, desk)
    made._choose("file")
    assert not made.start.isEnabled()
    file = tmp_path / "rules.toml"
    file.write_text('[[rules]]\nname = "r"\nthen = { area = "Bagage" }\n', encoding="utf-8")
    tried = cast("FileTry", made.tries["file"])
    tried.read_from(file)
    qtbot.waitUntil(lambda: "rules.toml:3" in tried.said.text(), timeout=WAIT_MS)
    assert not made.start.isEnabled()
    file.write_text('[[rules]]\nname = "r"\nthen = { area = "Billing" }\n', encoding="utf-8")
    tried.read_from(file)
    qtbot.waitUntil(lambda: made.start.isEnabled(), timeout=WAIT_MS)
    changed = tried.changed()
    assert changed is not None
    assert [rule.name for rule in changed.rules] == ["r"]
    tried.read_from(tmp_path / "none.toml")
    qtbot.waitUntil(lambda: "No such file" in tried.said.text(), timeout=WAIT_MS)


def test_another_configuration_is_read_when_the_page_is_seen(qtbot: QtBot, desk: Context) -> None:
    made = page(qtbot, desk)
    made.hide()
    desk.changed.emit(Change(topics=frozenset({"config"})))
    assert made._stale
    asked = []
    made.read = lambda: asked.append(1)  # type: ignore[method-assign]
    made.show()
    assert asked == [1]


@pytest.mark.parametrize("size", [(1224, 900), (844, 700), (584, 480)])
@pytest.mark.parametrize("scale", [1.0, 1.6])
def test_nothing_is_wider_than_the_page(
    qtbot: QtBot, desk: Context, theme: Theme, size: tuple[int, int], scale: float
) -> None:
    theme.use(Scheme.LIGHT, scale)
    made = page(qtbot, desk)
    made.resize(*size)
    made._done(document())
    for kind in made.tries:
        made._choose(kind)
        QApplication.processEvents()
        assert made.width() == size[0]
    inside = made.results.widget()
    assert inside is not None
    assert inside.width() <= made.results.viewport().width()


def test_every_control_has_a_name(qtbot: QtBot, desk: Context) -> None:
    made = ran(qtbot, page(qtbot, desk))
    kinds = (QAbstractButton, QComboBox, QSlider)
    unnamed = [each for kind in kinds for each in made.findChildren(kind) if not each.accessibleName()]
    assert [type(each).__name__ for each in unnamed if each.isVisible()] == []


def _rules(rule: RuleTry) -> tuple[Rule, ...]:
    changed = rule.changed()
    assert changed is not None
    return changed.rules


def _cell(table: QTableWidget, row: int, column: int) -> str:
    item = table.item(row, column)
    assert item is not None
    return item.text()
