"""Business time of many waits at once equals that of one wait at a time."""

import random
from datetime import UTC, date, datetime, time, timedelta

import pytest

from inbox.model.people import Interval
from inbox.model.workspace import Calendar
from inbox.sla import calendar as time_of
from inbox.sla.hours import EPOCH, MICRO
from inbox.sla.measured import differences

START = datetime(2026, 1, 1, tzinfo=UTC)
DAYS = ("mon", "tue", "wed", "thu", "fri")
CALENDARS = [
    Calendar("always"),
    Calendar("office", "America/New_York", dict.fromkeys(DAYS, (Interval(time(9), time(17, 30)),))),
    Calendar(
        "odd", "Asia/Kathmandu", {"mon": (Interval(time(9, 7), time(12, 13)),), "sun": (Interval(time(22), time(2)),)}
    ),
    Calendar(
        "closed days",
        "Australia/Lord_Howe",
        dict.fromkeys(DAYS, (Interval(time(8), time(12)), Interval(time(13), time(0)))),
        holidays=("AU", None),
        closed=(date(2026, 3, 3),),
        open={date(2026, 3, 7): (Interval(time(10), time(14)),)},
    ),
]


@pytest.mark.parametrize("calendar", CALENDARS, ids=lambda each: each.name)
@pytest.mark.parametrize("years", [1, 12])
def test_many_waits_at_once_are_measured_as_each_alone(calendar: Calendar, years: int) -> None:
    chance = random.Random(years)
    pairs = []
    for _ in range(300):
        begin = START + timedelta(seconds=chance.randrange(years * 365 * 86_400), microseconds=chance.randrange(10**6))
        pairs.append((begin, begin + timedelta(seconds=chance.randrange(-3600, 40 * 86_400))))
    found = differences(calendar, [((a - EPOCH) // MICRO, (b - EPOCH) // MICRO) for a, b in pairs])
    assert [value * MICRO for value in found] == [time_of.elapsed(calendar, a, b) for a, b in pairs]


def test_no_wait_is_no_question() -> None:
    assert differences(CALENDARS[1], []) == []
