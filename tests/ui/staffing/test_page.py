"""The page: a question from asking to figures, by mouse and by keyboard, and every way in which it can end."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QProgressBar, QWidget
from pytestqt.qtbot import QtBot

from inbox.model.change import Change
from inbox.model.ids import AreaId
from inbox.model.people import Area
from inbox.model.workspace import Workspace
from inbox.store.engine import Store
from inbox.ui.context import Context
from inbox.ui.staffing import StaffingPage
from inbox.ui.staffing.child import StaffingRun, command
from inbox.ui.staffing.found import Asked
from inbox.ui.theme import Scheme, Theme
from inbox.ui.widgets import Label
from tests.support.desk import many_waiting, staffed
from tests.ui.fakes import context
from tests.ui.staffing.figures import FAILS, SLEEPS, Make, document, says, script

WAIT_MS = 30_000
PRESENT = Workspace(areas=(Area(AreaId(1), "Baggage"), Area(AreaId(2), "Billing")))


@pytest.fixture
def desk(theme: Theme) -> Iterator[Context]:
    """A context whose lanes are closed afterwards."""
    del theme
    made = context()
    made.store = None  # what is shown is given here
    yield made
    made.lanes.close()


def page(qtbot: QtBot, desk: Context, make: Make | None = None) -> StaffingPage:
    made = StaffingPage(desk, None, StaffingRun(desk, None, make or says()))
    qtbot.addWidget(made)
    made.resize(1224, 900)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow, timeout=WAIT_MS)
    made._show(PRESENT)
    return made


def answered(qtbot: QtBot, made: StaffingPage) -> StaffingPage:
    qtbot.waitUntil(lambda: not made.child.running, timeout=WAIT_MS)
    QApplication.processEvents()
    return made


def texts(part: QWidget) -> list[str]:
    return [label.text() for label in part.findChildren(Label) if label.isVisible()]


def test_it_works_the_usual_question_out_when_it_is_first_shown(qtbot: QtBot, desk: Context) -> None:
    made = page(qtbot, desk)
    assert made.child.running
    assert made.halt.isVisible()
    answered(qtbot, made)
    assert made.stack.currentWidget() is made.results
    assert made.head.beside.text() == "last 28 days, 1,234 answers asked for"
    said = texts(made.results)
    assert "85%" in said
    assert "90%" in said
    assert "1" in said  # one hour is short
    assert "The people with whom 90% would have been in time." in said
    assert "Too few replies were timed." in said


def test_what_is_chosen_is_asked(qtbot: QtBot, desk: Context) -> None:
    heard: list[Asked] = []

    def make(address: str, asked: Asked) -> Sequence[str]:
        heard.append(asked)
        return says()(address, asked)

    made = answered(qtbot, page(qtbot, desk, make))
    assert heard == [Asked()]
    choices = made.choices
    assert [choices.area.itemText(at) for at in range(choices.area.count())] == [
        "All as one team", "Baggage", "Billing", "Unsorted",
    ]  # fmt: skip
    choices.area.setCurrentIndex(2)
    choices.response.set_value("next")
    choices.share.setCurrentIndex(choices.share.findData(95))
    choices.handling.setCurrentIndex(choices.handling.findData(8))
    choices.target.setCurrentIndex(choices.target.findData(60))
    made.period.setCurrentIndex(made.period.findData(91))
    assert "work out again" in made.head.beside.text()
    made.start.click()
    answered(qtbot, made)
    assert heard[1] == Asked("Billing", "next", 91, 0.95, 8, 60)
    words = command("w.inbox", heard[1])
    assert words[words.index("staffing") :] == [
        "staffing", "--metric", "next", "--since", "91d", "--share", "0.95", "--area=Billing", "--handling", "8m",
        "--target", "60m", "--progress", "json",
    ]  # fmt: skip


def test_the_area_stays_chosen_when_the_workspace_changes_and_goes_with_its_area(qtbot: QtBot, desk: Context) -> None:
    made = answered(qtbot, page(qtbot, desk))
    made.choices.area.setCurrentIndex(2)
    made._show(PRESENT)
    assert made.choices.area.currentData() == "Billing"
    made._show(Workspace())
    assert made.choices.area.currentData() is None
    made._changed(Change(topics=frozenset({"config"})))
    assert made._stale


def test_short_hours_are_told_by_words_hatching_and_the_table(qtbot: QtBot, desk: Context) -> None:
    made = answered(qtbot, page(qtbot, desk))
    chart = made.results.week
    assert "Most are needed on Tuesday at 10:00: 3." in chart.sentence
    assert "1 hour of the week have fewer" in chart.sentence or "1 hour" in chart.sentence
    chart.plot.go_to((1, 10))
    assert chart.plot.read_out() == "Tuesday, 10:00 to 11:00: 3 needed, 1.5 on shift; 12.2 answers asked for"
    item = chart.table.item(1, 11)
    assert item is not None
    assert item.text() == "3 / 1.5"
    assert made.results.days.value() == "tue"
    assert made.results.day.title.text() == "Tuesday"


def test_an_hour_picked_by_keyboard_shows_its_day(qtbot: QtBot, desk: Context) -> None:
    made = answered(qtbot, page(qtbot, desk))
    plot = made.results.week.plot
    plot.setFocus(Qt.FocusReason.TabFocusReason)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Return):
        QTest.keyClick(plot, key)
    assert made.results.days.value() == "wed"
    assert made.results.day.title.text() == "Wednesday"


def test_it_can_be_stopped(qtbot: QtBot, desk: Context) -> None:
    made = page(qtbot, desk, SLEEPS)
    qtbot.waitUntil(lambda: made.child.process is not None, timeout=WAIT_MS)
    made.halt.click()
    answered(qtbot, made)
    assert made.head.beside.text() == "stopped"
    assert made.stack.currentWidget() is made.empty
    assert made.start.isEnabled()


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (FAILS, "There is no area “Press”."),
        (script("print('no json')"), "no result that can be read"),
        (script("import os; os.abort()"), "ended from outside"),
        (lambda _address, _asked: ["/nowhere/inbox"], "could not be started"),
    ],
)
def test_what_goes_wrong_is_said_and_can_be_tried_again(qtbot: QtBot, desk: Context, make: Make, said: str) -> None:
    made = page(qtbot, desk, make)
    answered(qtbot, made)
    assert made.stack.currentWidget() is made.trouble
    assert said in made.trouble.label.text()
    made.child._make = says()
    made.trouble.acted.emit()
    answered(qtbot, made)
    assert made.stack.currentWidget() is made.results


def test_without_history_or_promises_it_says_so(qtbot: QtBot, desk: Context) -> None:
    note = "No policy promises first responses here. Add a policy, or try a target of your own."
    made = answered(qtbot, page(qtbot, desk, says(counted=0, share_now=None, share_with_needed=None, notes=[note])))
    assert made.stack.currentWidget() is made.empty
    assert note in texts(made.empty)


def test_a_workspace_that_cannot_be_read_is_said(qtbot: QtBot, desk: Context) -> None:
    made = StaffingPage(desk, None, StaffingRun(desk, None, says()))
    qtbot.addWidget(made)
    made.show()
    assert made.stack.currentWidget() is made.loading
    assert not made.start.isEnabled()
    made._not_read(OSError("The workspace cannot be read."))
    assert "cannot be read" in made.trouble.label.text()


def test_everything_has_a_name_for_those_who_do_not_see_it(qtbot: QtBot, desk: Context) -> None:
    made = answered(qtbot, page(qtbot, desk))
    for part in made.findChildren(QWidget):
        if isinstance(part, QAbstractButton | QComboBox | QProgressBar) and part.isVisibleTo(made):
            interface = QAccessible.queryAccessibleInterface(part)
            assert interface is not None
            assert interface.text(QAccessible.Text.Name), part


@pytest.mark.parametrize("scheme", list(Scheme))
@pytest.mark.parametrize("size", [(1224, 844), (584, 424)])
def test_it_is_drawn_in_every_theme_and_size(
    qtbot: QtBot, desk: Context, theme: Theme, scheme: Scheme, size: tuple[int, int]
) -> None:
    theme.use(scheme, 1.0)
    made = page(qtbot, desk)
    made.resize(*size)
    answered(qtbot, made)
    assert made.minimumSizeHint().width() <= 584
    assert not made.grab().isNull()
    inside = made.results.widget()
    assert inside is not None
    assert inside.width() <= size[0]


def test_a_real_child_answers_for_a_real_workspace(
    qtbot: QtBot, theme: Theme, sqlite_store: Store, tmp_path: Path
) -> None:
    del theme
    staffed(sqlite_store)
    for day in range(10):
        many_waiting(sqlite_store, "Billing", 3, at=datetime.now(UTC) - timedelta(days=day + 1))
    desk = Context()
    desk.open(sqlite_store, str(tmp_path / "workspace.inbox"))
    made = StaffingPage(desk)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: made.stack.currentWidget() is not made.loading, timeout=WAIT_MS)
    assert made.stack.currentWidget() is made.results, made.trouble.label.text()
    assert "30 answers" in made.head.beside.text()
    desk.lanes.close()


def test_the_document_is_what_the_page_reads() -> None:
    assert {"target_share", "handling_seconds", "hours", "share_now"} <= set(document())
