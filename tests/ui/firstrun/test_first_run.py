"""The guide: five steps that write as one goes, and can be skipped."""

from datetime import UTC, datetime, time, timedelta

import pytest
from pytestqt.qtbot import QtBot

from inbox.model.people import WEEKDAYS
from inbox.model.words import Role
from inbox.model.workspace import Workspace
from inbox.store import config
from inbox.store.engine import Store
from inbox.ui.context import Context
from inbox.ui.firstrun import FirstRunPage
from inbox.ui.firstrun.deeds import WithAreas, WithHours, WithPeople
from inbox.ui.firstrun.steps import AreasStep, HoursStep, NameStep, PeopleStep

pytestmark = pytest.mark.usefixtures("theme")

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
WAIT_MS = 5_000


def opened(qtbot: QtBot, store: Store | None = None) -> tuple[Context, FirstRunPage]:
    context = Context(now=lambda: NOW)
    page = FirstRunPage(context)
    qtbot.addWidget(page)
    page.resize(1440, 900)
    page.show()
    if store is not None:
        context.open(store, "workspace.inbox")
    return context, page


def stored(store: Store) -> Workspace:
    with store.read() as s:
        return config.load(s)


def test_going_through_the_guide_makes_a_workspace_that_works(qtbot: QtBot, sqlite_store: Store) -> None:
    context, page = opened(qtbot, sqlite_store)
    gone: list[str] = []
    context.view_wanted.connect(gone.append)
    name, _connect, areas, _hours, people = page.steps
    assert isinstance(name, NameStep)
    assert isinstance(areas, AreasStep)
    assert isinstance(people, PeopleStep)
    name.name.set_text("Example Air")
    page.go_on.click()
    qtbot.waitUntil(lambda: page.at == 1, timeout=WAIT_MS)
    page.skip.click()
    areas.rows[0][0].setText("Billing")
    areas.rows[0][1].setText("invoice, charged twice")
    page.go_on.click()
    qtbot.waitUntil(lambda: page.at == 3, timeout=WAIT_MS)
    page.go_on.click()
    qtbot.waitUntil(lambda: page.at == 4, timeout=WAIT_MS)
    people.rows[0][0].setText("Ana Ruiz")
    people.rows[0][1].setText("ana")
    page.go_on.click()
    qtbot.waitUntil(lambda: gone == ["areas"], timeout=WAIT_MS)
    made = stored(sqlite_store)
    assert made.settings.name == "Example Air"
    assert [(area.name, area.keywords) for area in made.areas] == [("Billing", ("invoice", "charged twice"))]
    assert made.calendars[0].name == "service"
    assert made.policies[0].first_response == timedelta(hours=4)
    assert [(person.name, person.roles) for person in made.employees] == [("ana", (Role.ADMIN,))]
    context.lanes.close()


def test_a_skipped_step_writes_nothing_and_is_not_ticked(qtbot: QtBot, sqlite_store: Store) -> None:
    context, page = opened(qtbot, sqlite_store)
    before = stored(sqlite_store)
    for _ in range(4):
        page.skip.click()
    assert page.at == 4
    assert stored(sqlite_store) == before
    assert all(line.mark.state != "done" for line in page.side.lines)
    context.lanes.close()


def test_a_name_is_asked_for_and_back_goes_back(qtbot: QtBot) -> None:
    _context, page = opened(qtbot)
    assert not page.back.isEnabled()
    page.go_on.click()
    assert page.at == 0
    assert page.trouble.text()
    page.skip.click()
    page.back.click()
    assert page.at == 0


def test_the_connection_is_tested_before_the_guide_goes_on(qtbot: QtBot) -> None:
    _context, page = opened(qtbot)
    page.skip.click()
    assert page.go_on.text() == "Test and connect"
    page.go_on.click()
    assert page.at == 1
    assert page.connect_step.form.handle.below.text() == "This is needed."
    page.connect_step.form.done = True
    page.connect_step.form.busy_changed.emit()
    assert page.go_on.text() == "Continue"
    page.go_on.click()
    assert page.at == 2


def test_an_area_keeps_what_else_it_has_when_its_words_change() -> None:
    before = WithAreas((("Billing", ("a",)), ("Press", ())))(Workspace())
    after = WithAreas((("Billing", ("b",)),))(before)
    assert [(area.name, area.keywords, area.color) for area in after.areas] == [("Billing", ("b",), 0)]


def test_unsorted_is_no_name_for_an_area(qtbot: QtBot) -> None:
    step = AreasStep()
    qtbot.addWidget(step)
    step.rows[0][0].setText(" unsorted ")
    step.rows[1][0].setText("Press")
    assert step.areas() == (("Press", ()),)


def test_around_the_clock_is_a_calendar_without_a_week() -> None:
    made = WithHours((), time(9), time(17), None)(Workspace())
    assert made.calendars[0].week is None
    assert not made.policies
    again = WithHours(("mon",), time(9), time(17), timedelta(hours=1))(made)
    assert len(again.calendars) == 1
    assert again.policies[0].calendar == "service"


def test_no_day_at_all_is_refused(qtbot: QtBot) -> None:
    step = HoursStep()
    qtbot.addWidget(step)
    assert step.wrong() == ""
    for box in step.days.values():
        box.setChecked(False)
    assert step.wrong()
    step.when.set_value("always")
    assert step.wrong() == ""
    assert len(step.days) == len(WEEKDAYS)


def test_a_time_that_is_none_is_refused(qtbot: QtBot) -> None:
    step = HoursStep()
    qtbot.addWidget(step)
    step.start.setText("29:00")
    assert step.wrong() == "Write times like 09:00."


def test_people_who_are_there_stay_as_they_are() -> None:
    before = WithPeople((("ana", "Ana Ruiz", Role.ADMIN),))(Workspace())
    after = WithPeople((("ana", "Somebody", Role.EMPLOYEE), ("ben", "Ben", Role.EMPLOYEE)))(before)
    assert [(person.name, person.full_name) for person in after.employees] == [("ana", "Ana Ruiz"), ("ben", "Ben")]


@pytest.mark.parametrize("size", [(1440, 900), (900, 700), (640, 480)])
def test_every_step_draws_at_every_size(size: tuple[int, int], qtbot: QtBot) -> None:
    _context, page = opened(qtbot)
    page.resize(*size)
    for _ in page.steps:
        page.grab()
        if page.at < len(page.steps) - 1:
            page.skip.click()
