"""The configuration in the store: read once per version, saved whole, nothing forgotten."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from inbox.model.ids import AreaId, EmployeeId
from inbox.model.people import Area, Employee, Interval
from inbox.model.words import Priority, Role
from inbox.model.workspace import Calendar, Policy, Rule, Settings, Then, When, Workspace
from inbox.store import config, people
from inbox.store.engine import Store
from inbox.store.errors import NotFound

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
NIGHT = Interval(time(22), time(6))
FULL = Workspace(
    settings=Settings("Example Air", "America/New_York", 0.6, timedelta(minutes=20), timedelta(seconds=5)),
    areas=(
        Area(AreaId(0), "Baggage", ("suitcase",), approval=True, calendar="service"),
        Area(AreaId(0), "Billing", color=1),
    ),
    employees=(
        Employee(
            EmployeeId(0), "ana", "Ana Ruiz", (Role.EMPLOYEE, Role.CRISIS_LEAD), ("Baggage",), ("es",), 12,
            {"tue": (NIGHT,)}, "Europe/Madrid", date(2027, 1, 31),
        ),
        Employee(EmployeeId(0), "ben", "Ben Ode", areas=("Billing",)),
    ),
    calendars=(
        Calendar(
            "service", "America/New_York", {"mon": (Interval(time(9), time(0)),)}, ("US", "NY"), (date(2026, 12, 24),),
            {date(2026, 11, 28): (Interval(time(10), time(14)),)},
        ),
    ),
    policies=(
        Policy(
            "urgent", When(priority=(Priority.URGENT,), hours=(False, "service")), "service", timedelta(minutes=15),
            {Priority.HIGH: timedelta(hours=4)}, None, timedelta(minutes=5),
        ),
    ),
    rules=(
        Rule(
            "lost bag",
            When(text_any=("lost bag",), text_regex="bag(s)?", followers_min=0, verified=False),
            Then("Baggage", Priority.HIGH, ("bag",), "urgent", "safety", hide=False, needs_reply=True),
        ),
        Rule("off", When(), Then(needs_reply=False), on=False),
    ),
    escalations=({"name": "safety", "steps": [{"to": ["crisis lead"], "wait": "5m"}]},),
    hot={"watch": ["recall"], "min_authors": 4},
)  # fmt: skip


def saved(store: Store, workspace: Workspace) -> Workspace:
    with store.write() as s:
        config.save(s, workspace, "command", NOON)
    with store.read() as s:
        return config.load(s)


def without_ids(workspace: Workspace) -> Workspace:
    return replace(
        workspace,
        areas=tuple(replace(each, id=AreaId(0)) for each in workspace.areas),
        employees=tuple(replace(each, id=EmployeeId(0)) for each in workspace.employees),
    )


def test_a_configuration_comes_back_as_it_was_saved(store: Store) -> None:
    assert without_ids(saved(store, FULL)) == FULL


def test_the_supervisor_may_be_told_never(store: Store) -> None:
    never = replace(FULL, settings=replace(FULL.settings, tell_after=None))
    assert saved(store, never).settings.tell_after is None
    later = replace(FULL, settings=replace(FULL.settings, tell_after=timedelta(hours=1)))
    assert saved(store, later).settings.tell_after == timedelta(hours=1)


def test_a_new_workspace_has_the_default_settings(store: Store) -> None:
    with store.read() as s:
        assert config.load(s) == Workspace()


def test_the_configuration_is_read_once_per_version(store: Store) -> None:
    first = saved(store, FULL)
    with store.read() as s:
        assert config.load(s) is first
    second = saved(store, replace(FULL, settings=replace(FULL.settings, name="Other")))
    assert (first.settings.name, second.settings.name) == ("Example Air", "Other")


def test_a_save_that_is_rolled_back_is_not_remembered(store: Store) -> None:
    saved(store, FULL)
    other = replace(FULL, settings=replace(FULL.settings, name="Never"))
    with pytest.raises(RuntimeError), store.write() as s:
        config.save(s, other, "command", NOON)
        assert config.load(s).settings.name == "Never"
        raise RuntimeError
    with store.read() as s:
        assert config.load(s).settings.name == "Example Air"


def test_a_removed_area_keeps_its_number_for_when_it_returns(store: Store) -> None:
    before = saved(store, FULL).areas[1].id
    shorter = saved(store, replace(FULL, areas=FULL.areas[:1]))
    assert [each.name for each in shorter.areas] == ["Baggage"]
    with store.read() as s:
        assert [each.name for each in people.areas(s, removed=True)] == ["Baggage", "Billing"]
    assert saved(store, FULL).areas[1].id == before


def test_somebody_away_stays_away_when_the_file_is_imported_again(store: Store) -> None:
    saved(store, FULL)
    with store.write() as s:
        assert people.set_away(s, "Ana", away=True, actor="ben", now=NOON).away
    with store.read() as s:
        assert config.load(s).employees[0].away
    assert saved(store, FULL).employees[0].away


def test_an_unknown_employee_is_told_who_there_is(store: Store) -> None:
    saved(store, FULL)
    with store.read() as s, pytest.raises(NotFound, match=r"There is no employee “zoe”\. There are: ana, ben\."):
        people.employee(s, "zoe")


def test_the_workspace_keeps_one_identity(store: Store) -> None:
    with store.write() as s:
        first = config.workspace_id(s)
    saved(store, FULL)
    with store.read() as s:
        assert first
        assert config.workspace_id(s) == first
        assert config.created_at(s) == NOON
