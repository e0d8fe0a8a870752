"""The queue as it is played through: against a slow play by the second, and that more staff never misses more."""

import random
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from inbox.flow.backtest.judging import Judged
from inbox.flow.backtest.play import Play, pace
from inbox.flow.backtest.queue import NEVER, starts
from inbox.flow.backtest.staff import MICRO, Slots, micros, slots
from inbox.flow.backtest.tally import Tally
from inbox.model.ids import AreaId, EmployeeId, MentionId, ThreadId
from inbox.model.people import WEEKDAYS, Area, Employee, Interval, Week
from inbox.model.workspace import UNSORTED, Settings, Workspace
from inbox.store.history import Deadlines, Move, Past

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
HOUR = timedelta(hours=1)
AREAS = ("Baggage", "Billing", "Press", UNSORTED)
DAYS: Week = dict.fromkeys(WEEKDAYS, (Interval(time(8), time(16)),))
NIGHTS: Week = {"mon": (Interval(time(22), time(6)),)}


def slowly(arrivals: list[int], steps: Slots, handling: int, end: int) -> list[int]:
    """The same queue, looked at instant by instant."""
    begun: list[int] = []
    waiting: list[int] = []
    coming = sorted(arrivals)
    for now in range(end):
        waiting += [at for at in coming if at == now]
        there = [count for start, count in zip(steps.starts, steps.counts, strict=True) if start <= now]
        busy = sum(start + handling > now for start in begun)
        while waiting and there and there[-1] > busy:
            waiting.pop(0)
            begun.append(now)
            busy += handling > 0
            if handling == 0 and not waiting:
                break
    return begun + [NEVER] * len(waiting)


@pytest.mark.parametrize("seed", range(60))
def test_it_starts_each_thread_when_a_slow_play_does(seed: int) -> None:
    draw = random.Random(seed)
    arrivals = sorted(draw.choices(range(80), k=draw.randint(0, 30)))
    starting = sorted(draw.sample(range(100), 6))
    steps = Slots(tuple(starting), tuple(draw.randint(0, 3) for _ in starting))
    handling = draw.randint(1, 20)
    found = starts(arrivals, steps, handling)
    expected = slowly(arrivals, steps, handling, 1200)
    assert [min(at, 1200) for at in found] == [min(at, 1200) for at in expected]


def employee(draw: random.Random, number: int) -> Employee:
    start, end = draw.randint(0, 23), draw.randint(0, 23)
    shifts: Week = {day: (Interval(time(start), time(end)),) for day in draw.sample(WEEKDAYS, 4)}
    return Employee(
        EmployeeId(number),
        f"e{number}",
        "",
        areas=tuple(draw.sample(AREAS, draw.randint(0, 3))),
        capacity=draw.choice((None, 0, 1, 2, 5)),
        shifts=None if draw.random() < 0.2 else shifts,
        certified_until=draw.choice((None, date(2026, 3, 4))),
    )


def past(number: int, posted: datetime, draw: random.Random) -> Past:
    move = Move(draw.choice(AREAS[:3]), posted + HOUR) if draw.random() < 0.5 else None
    answered = Deadlines(1, 0, posted, posted + timedelta(minutes=draw.randint(5, 90)), posted)
    return Past(
        ThreadId(number), MentionId(number), "kim", "demo", "air", "x", posted, "mention", None, None, True,
        False, None, False, frozenset(), None, move, answered,
    )  # fmt: skip


def played(seed: int) -> tuple[Tally, Play, random.Random]:
    draw = random.Random(seed)
    tally = Tally("UTC")
    for number in range(draw.randint(1, 150)):
        posted = MONDAY + timedelta(minutes=draw.randint(0, 5 * 24 * 60))
        due = micros(posted + draw.choice((HOUR, 4 * HOUR))) if draw.random() < 0.9 else NEVER
        judged = Judged(draw.choice(AREAS), due, waits=draw.random() < 0.8, by_rule=True, surest=None)
        tally.add(past(number, posted, draw), judged, judged)
    return tally, Play(tally, pace(tally), MONDAY, MONDAY + timedelta(days=5)), draw


@pytest.mark.parametrize("seed", range(120))
def test_more_staff_never_misses_more(seed: int) -> None:
    tally, play, draw = played(seed)
    staff = tuple(employee(draw, number) for number in range(draw.randint(0, 5)))
    areas = tuple(Area(AreaId(n), name) for n, name in enumerate(AREAS[:3])) if draw.random() < 0.8 else ()
    missed = []
    for more in range(4):
        added = tuple(employee(draw, 100 + number) for number in range(more))
        staff = (*staff, *added)
        missed.append(play.missed(tally.after, Workspace(areas=areas, employees=staff)).total())
    assert missed == sorted(missed, reverse=True)


@pytest.mark.parametrize("seed", range(40))
def test_more_capacity_never_misses_more_and_the_same_misses_the_same(seed: int) -> None:
    tally, play, draw = played(seed)
    staff = tuple(employee(draw, number) for number in range(4))
    areas = tuple(Area(AreaId(n), name) for n, name in enumerate(AREAS[:3]))
    few = play.missed(tally.before, Workspace(areas=areas, employees=staff))
    assert few == play.missed(tally.after, Workspace(areas=areas, employees=staff))
    roomier = tuple(replace(each, capacity=each.capacity and each.capacity + 2) for each in staff)
    assert play.missed(tally.after, Workspace(areas=areas, employees=roomier)).total() <= few.total()


def test_capacity_is_shared_by_what_each_area_gets() -> None:
    ana = Employee(EmployeeId(1), "ana", "", areas=("Baggage", "Billing"), capacity=8)
    found = slots(Workspace(employees=(ana,)), Counter(Baggage=30, Billing=10), MONDAY, MONDAY + HOUR)
    assert (found["Baggage"].counts[0], found["Billing"].counts[0]) == (6, 2)
    assert found["Baggage"].counts[-1] == 0
    assert set(found) == {"Baggage", "Billing"}


def test_shifts_certificates_and_zones_bound_who_is_there() -> None:
    ana = Employee(EmployeeId(1), "ana", "", areas=("Baggage",), shifts=DAYS, time_zone="Europe/Madrid")
    found = slots(Workspace(employees=(ana,)), {}, MONDAY, MONDAY + timedelta(days=2))["Baggage"]
    hours = [(MONDAY + at * MICRO - (MONDAY - datetime(1970, 1, 1, tzinfo=UTC))).hour for at in found.starts]
    assert hours == [7, 15, 7, 15, 0][: len(hours)]
    night = replace(ana, shifts=NIGHTS, time_zone=None, certified_until=date(2026, 3, 2))
    found = slots(Workspace(Settings(), employees=(night,)), {}, MONDAY, MONDAY + timedelta(days=2))["Baggage"]
    assert [(at - micros(MONDAY)) * MICRO // HOUR for at in found.starts] == [22, 24]
    assert [bool(count) for count in found.counts] == [True, False]


def test_somebody_without_areas_answers_what_has_none() -> None:
    ana = Employee(EmployeeId(1), "ana", "", capacity=2)
    assert set(slots(Workspace(employees=(ana,)), {}, MONDAY, MONDAY + HOUR)) == {UNSORTED}
    nobody = replace(ana, capacity=0)
    assert slots(Workspace(employees=(nobody,)), {}, MONDAY, MONDAY + HOUR) == {}
