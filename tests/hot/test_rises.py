"""Streams that climb so slowly that no hour stands out are seen within the day."""

from datetime import timedelta

import pytest

from inbox.hot.climbing import Day
from inbox.hot.detector import Detector, Settings
from inbox.hot.seen import Seen
from inbox.model.incident import Alert, AlertKind
from tests.hot.scene import ACCOUNT, climbing, onset_of

HOUR = timedelta(hours=1)


def _alarms(mentions: list[Seen]) -> list[Alert]:
    detector = Detector(Settings())
    return [alert for mention in mentions for alert in detector.see(mention)]


@pytest.mark.parametrize(("times", "over"), [(2.0, 6 * HOUR), (3.0, 24 * HOUR)])
def test_a_busy_stream_that_climbs_slowly_gives_one_alarm_that_says_over_how_long(
    times: float, over: timedelta
) -> None:
    onset = onset_of(seed=4)
    alarms = [each for each in _alarms(list(climbing(times, over, per_hour=60, seed=4))) if each.at >= onset]
    rises = [each for each in alarms if each.kind is AlertKind.RISE]
    assert len(rises) == 1
    assert rises[0].stream == f"account:{ACCOUNT}"
    assert rises[0].at <= onset + over
    assert 3 * HOUR <= rises[0].length <= 24 * HOUR
    assert rises[0].observed >= 1.4 * rises[0].expected
    assert rises[0].authors >= Settings().min_authors
    assert rises[0].examples


def test_the_same_stream_without_a_climb_gives_none() -> None:
    assert _alarms(list(climbing(1.0, HOUR, per_hour=60, seed=4))) == []


def test_a_burst_is_not_said_again_as_a_rise() -> None:
    onset = onset_of(seed=4)
    crowd = [Seen(f"x{n}", onset + n * HOUR / 400, ACCOUNT, f"crowd{n}", f"{n}w") for n in range(1200)]
    calm = climbing(1.0, HOUR, per_hour=60, seed=4)
    alarms = _alarms(sorted([*calm, *crowd], key=lambda each: each.at))
    assert [each.kind for each in alarms] == [AlertKind.BURST]


def test_a_rise_does_not_silence_the_burst_that_follows_it() -> None:
    onset = onset_of(seed=4)
    climb = list(climbing(2.0, 6 * HOUR, per_hour=60, seed=4))
    crowd = [Seen(f"x{n}", onset + 7 * HOUR + n * HOUR / 600, ACCOUNT, f"crowd{n}", f"{n}w") for n in range(600)]
    alarms = [each for each in _alarms(sorted([*climb, *crowd], key=lambda each: each.at)) if each.at >= onset]
    assert [each.kind for each in alarms] == [AlertKind.RISE, AlertKind.BURST]


def test_in_the_first_week_nothing_is_called_a_rise() -> None:
    early = list(climbing(3.0, 24 * HOUR, per_hour=60, seed=4, quiet=timedelta(days=5)))
    assert AlertKind.RISE not in {each.kind for each in _alarms(early)}


def test_one_author_who_never_stops_is_no_rise() -> None:
    onset = onset_of(seed=4)
    calm = climbing(1.0, HOUR, per_hour=20, seed=4)
    one = [Seen(f"s{n}", onset + n * HOUR / 40, ACCOUNT, "one", f"{n}w {n}v") for n in range(40 * 20)]
    assert _alarms(sorted([*calm, *one], key=lambda each: each.at)) == []


def test_where_days_differ_more_it_takes_more() -> None:
    calm, wild = Day(), Day()
    for hour in range(24 * 20):
        calm.add(hour, 60, 60.0)
        wild.add(hour, 20 if hour // 24 % 2 else 100, 60.0)
    steady, unsteady = calm.climb(150, 60.0), wild.climb(150, 60.0)
    assert steady is not None
    assert steady.score > 4.5
    assert unsteady is None or unsteady.score < steady.score / 2
