"""The table under the rule editor: before, after, and the difference in words."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from inbox.model.workspace import Workspace
from inbox.ui.backtest import BacktestSummary
from inbox.ui.backtest.child import BacktestRun
from inbox.ui.context import Context
from inbox.ui.theme import Theme
from inbox.ui.widgets import Label
from tests.ui.backtest.figures import AREAS, SLEEPS, Make, document, says, script
from tests.ui.fakes import context

WAIT_MS = 30_000


@pytest.fixture
def desk(theme: Theme) -> Iterator[Context]:
    """A context whose lanes are closed afterwards."""
    del theme
    made = context()
    yield made
    made.lanes.close()


def summary(qtbot: QtBot, desk: Context, make: Make) -> BacktestSummary:
    made = BacktestSummary(desk, None, BacktestRun(desk, None, make))
    qtbot.addWidget(made)
    made.resize(460, 260)
    made.show()
    return made


def cells(made: BacktestSummary) -> list[str]:
    return [label.text() for label in made._lines.findChildren(Label) if not label.isHidden()]


def ran(qtbot: QtBot, made: BacktestSummary, area: str | None = None) -> list[str]:
    made.run(Workspace(), area)
    qtbot.waitUntil(lambda: not made.child.running, timeout=WAIT_MS)
    QApplication.processEvents()
    return [text.strip("\u2068\u2069") for text in cells(made)]


def test_before_the_first_run_it_says_what_it_is_for(qtbot: QtBot, desk: Context) -> None:
    made = summary(qtbot, desk, says())
    assert made.button.text() == "Run"
    assert "before you save" in made.said.text()
    assert cells(made) == []


def test_it_shows_the_area_that_changes_most_with_the_change_in_words(qtbot: QtBot, desk: Context) -> None:
    made = summary(qtbot, desk, says())
    assert ran(qtbot, made) == [
        "As it was", "With this rule", "Change",
        "Threads in Baggage", "702", "739", "37 more",
        "Sorted by hand", "88", "54", "34 fewer",
        "Deadlines missed, Baggage", "61", "66", "5 more",
    ]  # fmt: skip
    assert made.about.text() == "last 30 days, 6,218 threads, 1.4 s"
    assert made.button.text() == "Run again"
    assert made.said.text() == "38 threads would go elsewhere."


def test_the_area_can_be_chosen_and_one_that_gets_nothing_shows_none(qtbot: QtBot, desk: Context) -> None:
    made = summary(qtbot, desk, says())
    assert ran(qtbot, made, "Rebooking")[3:7] == ["Threads in Rebooking", "311", "311", "same"]
    assert ran(qtbot, made, "Cabin")[3:7] == ["Threads in Cabin", "0", "0", "same"]


def test_what_cannot_be_computed_is_a_dash_with_its_reason(qtbot: QtBot, desk: Context) -> None:
    keys = ("area", "before", "after")
    areas = [
        {**dict(zip(keys, each[:3], strict=True)), "missed_before": None, "missed_after": None, "gone": False}
        for each in AREAS
    ]
    made = summary(
        qtbot, desk, says(missed_before=None, missed_after=None, by_area=areas, notes=["No policy promises anything."])
    )
    assert ran(qtbot, made)[-4:] == ["Deadlines missed, Baggage", "–", "–", "–"]
    assert made.said.text() == "No policy promises anything."


def test_without_history_there_is_a_sentence_instead_of_a_table(qtbot: QtBot, desk: Context) -> None:
    nothing = document(threads=0, moved=0, by_area=[], examples=[], notes=["There is no history yet."])
    made = summary(qtbot, desk, says(**nothing))
    assert ran(qtbot, made) == []
    assert made.said.text() == "There is no history yet."


def test_trouble_is_told_and_the_way_back_is_there(qtbot: QtBot, desk: Context) -> None:
    made = summary(qtbot, desk, script("import sys; sys.stderr.write('The workspace is locked.'); sys.exit(1)"))
    ran(qtbot, made)
    assert made.said.text() == "The workspace is locked."
    assert made.button.isVisible()


def test_it_can_be_stopped(qtbot: QtBot, desk: Context) -> None:
    made = summary(qtbot, desk, SLEEPS)
    made.run(Workspace())
    assert made.halt.isVisible()
    assert not made.button.isVisible()
    made.halt.click()
    qtbot.waitUntil(lambda: not made.child.running, timeout=WAIT_MS)
    assert made.about.text() == "stopped"
    assert made.button.isVisible()


def test_run_asks_the_owner_or_repeats_the_last(qtbot: QtBot, desk: Context) -> None:
    made = summary(qtbot, desk, says())
    with qtbot.waitSignal(made.wanted):
        made.button.click()
    ran(qtbot, made)
    made.expire()
    assert "Edited since" in made.said.text()
    with qtbot.waitSignal(made.child.done, timeout=WAIT_MS):
        made.button.click()
    assert "Edited since" not in made.said.text()
