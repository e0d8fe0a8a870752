"""A series of counts is judged by what came before each row."""

import random
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from inbox.hot.series import COLD_START, judge

START = datetime(2026, 3, 2, tzinfo=UTC)
STEP = timedelta(minutes=5)


def _rows(counts: list[float]) -> list[tuple[datetime, float]]:
    return [(START + n * STEP, count) for n, count in enumerate(counts)]


def _noise(days: int, mean: float, seed: int = 3) -> list[float]:
    chance = random.Random(seed)
    return [float(sum(chance.random() < mean / 20 for _ in range(20))) for _ in range(days * 288)]


def test_noise_alone_alarms_seldom() -> None:
    assert sum(each.alert for each in judge(_rows(_noise(20, 5)))) <= 1


def test_a_spike_alarms_at_once_and_only_once() -> None:
    counts = _noise(6, 5)
    spike = 5 * 288
    counts[spike : spike + 24] = [80.0] * 24
    alerts = [each for each in judge(_rows(counts)) if each.alert]
    assert len(alerts) == 1
    assert START + spike * STEP <= alerts[0].at <= START + (spike + 6) * STEP
    assert alerts[0].expected < 10


def test_a_slow_rise_alarms_too() -> None:
    counts = _noise(6, 5)
    start = 5 * 288
    for n in range(start, len(counts)):
        counts[n] += (n - start) / 8
    assert any(each.alert for each in judge(_rows(counts)))


def test_the_first_days_alarm_nothing() -> None:
    counts = _noise(1, 5) + [200.0] * 12 + _noise(1, 5)
    assert not any(each.alert and each.at < START + COLD_START for each in judge(_rows(counts)))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 400), min_size=2, max_size=60), st.integers(1, 59))
def test_what_is_said_of_a_prefix_does_not_change_with_what_follows(counts: list[int], cut: int) -> None:
    rows = _rows([float(each) for each in _noise(3, 4)] + [float(each) for each in counts])
    place = len(rows) - min(cut, len(counts))
    assert list(judge(rows))[:place] == list(judge(rows[:place]))


def test_scores_are_half_and_more_just_where_there_is_an_alarm() -> None:
    counts = _noise(6, 5)
    counts[1500:1520] = [70.0] * 20
    for each in judge(_rows(counts)):
        assert 0 <= each.score <= 1
        assert (each.score >= 0.5) == each.alert
