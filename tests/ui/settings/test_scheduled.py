"""Scheduled reports in the settings: listed with what came of them, changed with undo, and made at once."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, time
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from inbox.flow import schedule
from inbox.model.workspace import Every, FileKind, ScheduledReport, Workspace
from inbox.store import config, report_runs
from inbox.store.engine import Store
from inbox.ui.context import Context
from inbox.ui.settings.scheduled import ReportsCard
from inbox.ui.settings.scheduled.words import described
from inbox.ui.widgets import Label
from tests.support.desk import staffed

pytestmark = pytest.mark.usefixtures("theme")

NOW = datetime(2026, 3, 9, 12, tzinfo=UTC)
WAIT_MS = 20_000
Undo = Callable[[], None]


class Desk:
    """The card on a store, and what it said."""

    def __init__(self, qtbot: QtBot, store: Store) -> None:
        self.qtbot, self.store = qtbot, store
        staffed(store)
        self.context = Context(now=lambda: NOW)
        self.context.employee = "ana"
        self.said: list[tuple[str, Undo | None]] = []
        self.context.toast_wanted.connect(lambda text, undo: self.said.append((text, undo)))
        self.card = ReportsCard(self.context)
        qtbot.addWidget(self.card)
        self.card.resize(700, 800)
        self.card.show()
        self.context.open(store, store.address)
        self.settle()

    def settle(self) -> None:
        """Waits until nothing is under way."""
        self.qtbot.waitUntil(lambda: self.context.lanes.busy == 0, timeout=WAIT_MS)

    def there(self) -> Workspace:
        with self.store.read() as s:
            return config.load(s)

    def wait_for(self, text: str) -> None:
        """Waits until the card says it: what a layout takes in is shown a moment later."""
        self.qtbot.waitUntil(lambda: text in self.words(), timeout=WAIT_MS)

    def words(self) -> str:
        return "\n".join(label.text() for label in self.card.findChildren(Label) if label.isVisibleTo(self.card))


@pytest.fixture
def desk(qtbot: QtBot, sqlite_store: Store) -> Iterator[Desk]:
    made = Desk(qtbot, sqlite_store)
    yield made
    made.settle()
    made.context.lanes.close()


def _report(folder: Path) -> ScheduledReport:
    return ScheduledReport("Daily", "volume", Every.DAY, time(6), (FileKind.CSV,), str(folder))


def _with(desk: Desk, report: ScheduledReport) -> None:
    schedule.save_report(desk.store, report, actor="ben", now=NOW)
    desk.card.read()
    desk.settle()


def test_without_reports_it_says_so(desk: Desk) -> None:
    desk.wait_for("No report is scheduled")


def test_a_report_is_added_by_the_form_and_can_be_taken_back(desk: Desk) -> None:
    desk.card.add.click()
    form = desk.card.form
    assert form is not None
    form.name.setText("Voices")
    form.save.click()
    desk.settle()
    desk.settle()
    assert [each.name for each in desk.there().reports] == ["Voices"]
    assert desk.card.form is None
    assert [entry.report.name for entry in desk.card.entries] == ["Voices"]
    text, undo = desk.said[-1]
    assert text == "The report “Voices” is added."
    assert undo is not None
    undo()
    desk.settle()
    assert desk.there().reports == ()


def test_what_is_wrong_stands_below_the_form_and_nothing_is_saved(desk: Desk) -> None:
    desk.card.add.click()
    form = desk.card.form
    assert form is not None
    form.folder.setText("../out")
    for chip in form.files.values():
        chip.setChecked(False)
    form.save.click()
    desk.settle()
    assert "leads out of" in form.wrong.text()
    assert "at least one kind of file" in form.wrong.text()
    assert form.name.property("wrong") == "true"
    form.at.setText("25:00")
    form.save.click()
    assert form.wrong.text() == "Write the time like 06:00."
    assert desk.there().reports == ()


def test_only_what_a_report_knows_is_asked(desk: Desk) -> None:
    desk.card.add.click()
    form = desk.card.form
    assert form is not None
    assert not form.figure.isVisibleTo(form)
    form.report.setCurrentIndex(form.report.findData("response-times"))
    assert form.figure.isVisibleTo(form)
    assert form.timing.isVisibleTo(form)


def test_editing_keeps_what_the_form_does_not_ask(desk: Desk, tmp_path: Path) -> None:
    _with(desk, replace(_report(tmp_path), areas=("Billing", "Baggage")))
    desk.card.entries[0].edit.click()
    form = desk.card.form
    assert form is not None
    form.at.setText("7:30")
    form.save.click()
    desk.settle()
    report = desk.there().reports[0]
    assert (report.at, report.areas) == (time(7, 30), ("Billing", "Baggage"))


def test_a_report_is_switched_and_removed(desk: Desk, tmp_path: Path) -> None:
    _with(desk, _report(tmp_path))
    desk.card.entries[0].switch.click()
    desk.settle()
    desk.settle()
    assert not desk.there().reports[0].on
    assert desk.card.entries[0].switch.text() == "Switch on"
    desk.card.entries[0].remove.click()
    desk.settle()
    assert desk.there().reports == ()


def test_one_is_made_at_once_and_says_where(desk: Desk, tmp_path: Path) -> None:
    _with(desk, _report(tmp_path / "reports"))
    desk.card.entries[0].make.click()
    assert not desk.card.entries[0].make.isEnabled()
    desk.settle()
    desk.settle()
    assert (tmp_path / "reports" / "Daily 2026-03-08.csv").is_file()
    assert str(tmp_path / "reports") in desk.said[-1][0]
    desk.wait_for("Daily 2026-03-08.csv")
    assert desk.card.entries[0].make.isEnabled()


def test_a_failure_is_said_with_its_reason(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "reports").write_text("no folder")
    _with(desk, _report(tmp_path / "reports"))
    desk.card.entries[0].make.click()
    desk.settle()
    desk.settle()
    assert "could not be made" in desk.said[-1][0]
    desk.wait_for("Failed 9 Mar")


def test_somebody_elses_change_is_not_overwritten(desk: Desk, tmp_path: Path) -> None:
    _with(desk, _report(tmp_path))
    schedule.switch_report(desk.store, "Daily", on=False, actor="ben", now=NOW)
    desk.card.entries[0].remove.click()
    desk.settle()
    assert "meanwhile" in desk.said[-1][0]
    assert len(desk.there().reports) == 1


def test_every_button_says_which_report_it_is_for(desk: Desk, tmp_path: Path) -> None:
    _with(desk, _report(tmp_path))
    entry = desk.card.entries[0]
    names = [each.accessibleName() for each in (entry.make, entry.edit, entry.switch, entry.remove)]
    assert all(name.endswith(": Daily") for name in names)


def test_a_report_is_told_in_a_sentence() -> None:
    weekly = ScheduledReport("x", "digest", files=(FileKind.PDF, FileKind.XLSX))
    assert described(weekly) == "What customers said, every Monday at 06:00 for the week before; PDF, Excel"


def test_one_that_begins_now_says_so(desk: Desk, tmp_path: Path) -> None:
    _with(desk, _report(tmp_path))
    with desk.store.write() as s:
        due = schedule.ended(_report(tmp_path), "UTC", NOW)[0]
        report_runs.skip(s, "Daily", due.period, NOW)
    desk.card.read()
    desk.settle()
    desk.wait_for("Begins with the time that runs now.")
