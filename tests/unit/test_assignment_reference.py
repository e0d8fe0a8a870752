"""The choice against a naive one, written from the rules' own words; and shifts against a walk minute by minute."""

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from inbox.flow.assign_inputs import Question, packed, settled, unpacked
from inbox.model.ids import EmployeeId
from inbox.model.people import WEEKDAYS, Employee, Interval
from inbox.routing.assignment import certified, choose
from inbox.routing.shift import on_shift, shift_began, shift_ended

NOW = datetime(2026, 3, 2, 12, 30, tzinfo=UTC)
"""A Monday."""
LONG_AGO = datetime.min.replace(tzinfo=UTC)
ON, OFF = {"mon": (Interval(time(8), time(16)),)}, {"mon": (Interval(time(18), time(22)),)}

people = st.builds(
    Employee,
    st.integers(1, 9).map(EmployeeId),
    st.sampled_from(["ana", "ben", "cem", "dora", "eve"]),
    st.just(""),
    areas=st.lists(st.sampled_from(["Billing", "Baggage"]), unique=True).map(tuple),
    skills=st.lists(st.sampled_from(["es", "de", "vip"]), unique=True).map(tuple),
    capacity=st.none() | st.integers(0, 4),
    shifts=st.none() | st.sampled_from([ON, OFF]),
    certified_until=st.none() | st.sampled_from([date(2026, 3, 1), date(2026, 3, 2)]),
    away=st.booleans(),
    open_threads=st.integers(0, 4),
)
teams = st.lists(people, max_size=7, unique_by=(lambda each: each.id, lambda each: each.name))


def naive(
    team: list[Employee],
    area: str | None,
    skills: list[str],
    spoke: EmployeeId | None,
    idle: dict[EmployeeId, datetime],
) -> Employee | None:
    """Section 4, step 4, said in code as plainly as it can be."""
    able = [
        each
        for each in team
        if ((area in each.areas) if area else not each.areas)
        and not each.away
        and each.shifts is not OFF
        and (each.certified_until is None or each.certified_until >= NOW.date())
        and (each.capacity is None or each.open_threads < each.capacity)
    ]
    for each in able:
        if each.id == spoke:
            return each
    for skill in skills:
        with_it = [each for each in able if skill in each.skills]
        if with_it:
            able = with_it
    able.sort(key=lambda each: each.name)
    able.sort(key=lambda each: idle.get(each.id, LONG_AGO))
    able.sort(key=lambda each: each.open_threads)
    return able[0] if able else None


@settings(max_examples=400, deadline=None)
@given(
    team=teams,
    area=st.sampled_from(["Billing", "Baggage", None]),
    skills=st.lists(st.sampled_from(["es", "de", "vip", "fr"]), unique=True, max_size=3),
    spoke=st.none() | st.integers(1, 9).map(EmployeeId),
    idle=st.dictionaries(st.integers(1, 9).map(EmployeeId), st.sampled_from([NOW, NOW - timedelta(hours=1)])),
)
def test_the_choice_is_the_one_that_the_rules_name(
    team: list[Employee],
    area: str | None,
    skills: list[str],
    spoke: EmployeeId | None,
    idle: dict[EmployeeId, datetime],
) -> None:
    expected = naive(team, area, skills, spoke, idle)
    choice = choose(team, area=area, now=NOW, skills=skills, last_spoke=spoke, idle_since=idle)
    assert choice.employee == expected
    assert choice.sentence.endswith(".")
    backwards = choose(team[::-1], area=area, now=NOW, skills=skills, last_spoke=spoke, idle_since=idle)
    assert backwards.employee == expected
    ready = [settled(each, NOW, "UTC", certified=certified(each, NOW, "UTC")) for each in team]
    again = unpacked(packed(Question(ready, area, tuple(skills), spoke, idle, NOW))).answer()
    assert (again.employee.name if again.employee else None) == (expected.name if expected else None)


clock_times = st.integers(0, 47).map(lambda half: time(half // 2, half % 2 * 30))
weeks = st.dictionaries(
    st.sampled_from(WEEKDAYS), st.lists(st.builds(Interval, clock_times, clock_times), max_size=2).map(tuple)
)


@settings(max_examples=60, deadline=None)
@given(
    week=weeks,
    zone=st.sampled_from(["UTC", "Europe/Berlin", "Asia/Kolkata"]),
    half_hours=st.integers(0, 7 * 48),
)
def test_a_shift_began_and_ended_where_a_walk_back_finds_it(
    week: dict[str, tuple[Interval, ...]], zone: str, half_hours: int
) -> None:
    ana = Employee(EmployeeId(1), "ana", "", shifts=week)
    now = datetime(2026, 3, 24, tzinfo=UTC) + timedelta(minutes=30 * half_hours)
    step, back = timedelta(minutes=30), now
    if on_shift(ana, now, zone):
        while on_shift(ana, back - step, zone) and now - back < timedelta(days=7):
            back -= step
        if now - back < timedelta(days=7):
            assert shift_began(ana, now, zone) == back
    else:
        assert shift_began(ana, now, zone) is None
        while not on_shift(ana, back - step, zone) and now - back < timedelta(days=7):
            back -= step
        if now - back < timedelta(days=7):
            assert shift_ended(ana, now, zone) == back


def test_without_shifts_nothing_begins_and_nothing_ends() -> None:
    ana = Employee(EmployeeId(1), "ana", "")
    assert (shift_began(ana, NOW, "UTC"), shift_ended(ana, NOW, "UTC")) == (None, None)
