"""Who gets a thread, and when somebody is on shift."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from inbox.model.ids import EmployeeId
from inbox.model.people import Employee, Interval
from inbox.routing.assignment import choose
from inbox.routing.shift import on_shift

MONDAY = datetime(2026, 11, 2, 9, tzinfo=UTC)


def employee(number: int, name: str, **more: Any) -> Employee:
    return Employee(EmployeeId(number), name, more.pop("full_name", name.title()), areas=("Baggage",), **more)


def shift(day: str, start: str, end: str) -> dict[str, tuple[Interval, ...]]:
    return {day: (Interval(time.fromisoformat(start), time.fromisoformat(end)),)}


def test_the_one_who_last_spoke_with_the_author_gets_it() -> None:
    ana, ben = employee(1, "ana", full_name="Ana Ruiz", capacity=12, open_threads=7), employee(2, "ben")
    choice = choose([ana, ben], area="Baggage", now=MONDAY, last_spoke=ana.id)
    assert choice.employee is ana
    assert choice.sentence == "Assigned to Ana: last spoke with this author, 7 of 12 threads."


@pytest.mark.parametrize(
    "busy",
    [
        {"capacity": 3, "open_threads": 3},
        {"away": True},
        {"shifts": shift("tue", "09:00", "17:00")},
        {"certified_until": date(2026, 11, 1)},
    ],
)
def test_whoever_cannot_take_it_is_passed_over_even_when_known(busy: dict[str, Any]) -> None:
    ana, ben = employee(1, "ana", **busy), employee(2, "ben", open_threads=9)
    assert choose([ana, ben], area="Baggage", now=MONDAY, last_spoke=ana.id).employee is ben


def test_the_least_loaded_then_the_longest_idle_then_the_name_decides() -> None:
    ana, ben, cem = employee(1, "ana", open_threads=2), employee(2, "ben"), employee(3, "cem")
    idle = {ben.id: MONDAY, cem.id: MONDAY - timedelta(hours=1)}
    assert choose([ana, ben, cem], area="Baggage", now=MONDAY, idle_since=idle).employee is cem
    assert choose([cem, ben, ana], area="Baggage", now=MONDAY).employee is ben
    said = choose([ana, ben, cem], area="Baggage", now=MONDAY, idle_since=idle)
    assert said.sentence == "Assigned to Cem: least loaded of 3 available, 0 threads."
    assert said.details["loads"] == {"ana": 2, "ben": 0, "cem": 0}


def test_a_language_is_asked_for_only_where_somebody_speaks_it() -> None:
    ana, ben = employee(1, "ana", skills=("es",), open_threads=5), employee(2, "ben")
    assert choose([ana, ben], area="Baggage", now=MONDAY, skills=["es"]).employee is ana
    assert choose([ana, ben], area="Baggage", now=MONDAY, skills=["fr"]).employee is ben


def test_when_those_who_speak_it_are_busy_somebody_else_takes_it() -> None:
    ana, ben = employee(1, "ana", skills=("es",), away=True), employee(2, "ben")
    assert choose([ana, ben], area="Baggage", now=MONDAY, skills=["es"]).employee is ben


def test_nobody_available_says_which_step_left_nobody() -> None:
    ana = employee(1, "ana", capacity=1, open_threads=1)
    assert choose([ana], area="Billing", now=MONDAY).sentence.startswith("No employee of Billing is set up")
    assert choose([ana], area="Baggage", now=MONDAY).sentence.startswith("Nobody of Baggage is under capacity")
    assert choose([employee(1, "a", away=True)], area="Baggage", now=MONDAY).employee is None


def test_a_workspace_without_areas_is_answered_by_those_without_areas() -> None:
    only = Employee(EmployeeId(1), "only", "")
    assert choose([only], area=None, now=MONDAY).employee is only


def test_no_shifts_means_always_and_away_means_never() -> None:
    assert on_shift(employee(1, "ana"), MONDAY, "UTC")
    assert not on_shift(employee(1, "ana", away=True), MONDAY, "UTC")


def test_a_shift_past_midnight_belongs_to_the_day_it_starts_on() -> None:
    night = employee(1, "ana", shifts=shift("mon", "22:00", "06:00"))
    berlin = ZoneInfo("Europe/Berlin")
    for moment, expected in (
        (datetime(2026, 11, 2, 21, 59, tzinfo=berlin), False),
        (datetime(2026, 11, 2, 22, 0, tzinfo=berlin), True),
        (datetime(2026, 11, 3, 5, 59, tzinfo=berlin), True),
        (datetime(2026, 11, 3, 6, 0, tzinfo=berlin), False),
        (datetime(2026, 11, 2, 3, 0, tzinfo=berlin), False),
    ):
        assert on_shift(night, moment.astimezone(UTC), "Europe/Berlin") is expected


def test_a_shift_is_in_the_employee_s_zone_when_it_has_one() -> None:
    tokyo = employee(1, "ana", shifts=shift("mon", "18:00", "19:00"), time_zone="Asia/Tokyo")
    assert on_shift(tokyo, MONDAY + timedelta(minutes=30), "UTC")


def test_a_shift_that_ends_at_midnight_lasts_the_whole_day() -> None:
    whole = employee(1, "ana", shifts={"mon": (Interval(time(0), time(0)),)})
    assert on_shift(whole, datetime(2026, 11, 2, 23, 59, tzinfo=UTC), "UTC")
    assert not on_shift(whole, datetime(2026, 11, 3, 0, 0, tzinfo=UTC), "UTC")


def test_the_sentence_says_what_the_skill_decided() -> None:
    ana, ben = employee(1, "ana", skills=("es",), open_threads=5), employee(2, "ben", skills=("de", "es"))
    cem = employee(3, "cem", skills=("de",))

    def said(*skills: str) -> str:
        return choose([ana, ben, cem], area="Baggage", now=MONDAY, skills=skills).sentence

    assert said() == "Assigned to Ben: least loaded of 3 available, 0 threads."
    assert said("es") == "Assigned to Ben: least loaded of 2 available with the skill es, 0 threads."
    assert said("es", "de") == "Assigned to Ben: the only one available with the skills es and de, 0 threads."
    assert choose([ana], area="Baggage", now=MONDAY, skills=["es"]).sentence == (
        "Assigned to Ana: the only one available, has the skill es, 5 threads."
    )
