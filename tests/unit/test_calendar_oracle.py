"""Business time to the second against a judge that paints open minutes and counts them."""

import random
from datetime import timedelta
from itertools import pairwise

import pytest

from inbox.model.workspace import Calendar
from inbox.sla.calendar import due, elapsed, is_open, open_spans
from tests.unit.calendar_judge import ODD, Judge, Walk, a_calendar, utc

SIDES = 30
"""Days walked to each side of an odd moment."""

FINE_SIDES = 5
"""The same where hours have seconds."""


@pytest.mark.parametrize("zone", sorted(ODD))
def test_some_thousand_questions_are_answered_as_the_judge_answers_them(zone: str) -> None:
    rng = random.Random(f"a few {zone}")
    asked = sum(_asked(rng, zone, odd, calendars=3, questions=60, days=8) for odd in ODD[zone])
    assert asked == len(ODD[zone]) * 3 * 60


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_hundred_thousand_questions_are_answered_as_the_judge_answers_them() -> None:
    rng = random.Random("a hundred thousand")
    moments = [(zone, odd) for zone, odds in ODD.items() for odd in odds]
    assert len({zone for zone, _ in moments}) >= 10
    asked = 0
    for zone, odd in moments:
        asked += _asked(rng, zone, odd, calendars=60, questions=60, days=SIDES)
        asked += _asked(rng, zone, odd, calendars=6, questions=50, days=FINE_SIDES, seconds=True)
    assert asked >= 100_000


def _asked(  # noqa: PLR0917 - what is asked, and of what
    rng: random.Random, zone: str, odd: str, calendars: int, questions: int, days: int, *, seconds: bool = False
) -> int:
    """Put questions to the code and to the judge; how many."""
    middle = utc(odd)
    walk = Walk(zone, middle, days)
    for _ in range(calendars):
        calendar = a_calendar(rng, zone, middle, seconds=seconds)
        judge = Judge(walk, calendar, 1 if seconds else 60)
        compared = 0
        while compared < questions:
            compared += _one(rng, judge, calendar, days)
    return calendars * questions


def _one(rng: random.Random, judge: Judge, calendar: Calendar, days: int) -> bool:
    """One question: half ``elapsed``, half ``due``; whether the judge knows its answer, which it does not beyond its
    walk. Night shifts reach into the walk from before it, and out of it: two days at each end are left alone.
    """
    low, high = 2 * 86_400, (2 * days - 2) * 86_400
    begin = rng.randint(low, high)
    if rng.random() < 0.5:
        begin = days * 86_400 + rng.randint(-100_000, 100_000)
    start = judge.begin + timedelta(seconds=begin)
    if rng.random() < 0.5:
        end = min(high, begin + int(86_400 * rng.choice((0.01, 0.2, 1, 3, 30)) * rng.random()))
        found = elapsed(calendar, start, judge.begin + timedelta(seconds=end))
        assert found == timedelta(seconds=judge.seconds(begin, end)), (calendar, start, end - begin)
        assert is_open(calendar, start) is bool(judge.row[begin // judge.unit]), (calendar, start)
        return True
    target = int(3600 * rng.choice((0.1, 1, 8, 40, 200)) * rng.random())
    reached = judge.reached(begin, target)
    if reached is None or reached > high:
        return False
    found_at = due(calendar, start, timedelta(seconds=target))
    assert found_at == judge.begin + timedelta(seconds=reached), (calendar, start, target)
    return True


def test_the_open_spans_add_up_to_what_the_judge_counts() -> None:
    rng = random.Random("spans")
    for zone, odds in list(ODD.items())[:6]:
        middle = utc(odds[0])
        walk = Walk(zone, middle, 6)
        calendar = a_calendar(rng, zone, middle)
        judge = Judge(walk, calendar, 60)
        begin, end = 2 * 86_400, 10 * 86_400
        spans = open_spans(calendar, judge.begin + timedelta(seconds=begin), judge.begin + timedelta(seconds=end))
        assert sum((closes - opens for opens, closes in spans), timedelta()).total_seconds() == judge.seconds(
            begin, end
        )
        assert all(opens < closes for opens, closes in spans)
        assert all(first[1] < second[0] for first, second in pairwise(spans))
