"""The hour of the week is known once weeks agree on it, and not before."""

import random
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from inbox.hot.detector import Detector, Settings
from inbox.hot.weekly import Week
from inbox.model.incident import AlertKind
from tests.hot.scene import BERLIN, MONDAYS, WEDNESDAY, busy_mondays

CLOCKS_CHANGE = datetime(2026, 3, 29, tzinfo=UTC)
HOUR = timedelta(hours=1)


def bursts(zone: ZoneInfo, weeks: int = 10) -> list[datetime]:
    detector = Detector(Settings(zone=zone))
    alarms = [alert for mention in busy_mondays(weeks) for alert in detector.see(mention)]
    return [each.at for each in alarms if each.kind is AlertKind.BURST]


def test_mondays_that_are_always_busy_alarm_no_more_from_the_third_on_and_a_wednesday_does() -> None:
    alarms = bursts(BERLIN)
    known = [at for at in alarms if at >= MONDAYS + timedelta(weeks=3)]
    assert any(MONDAYS + timedelta(weeks=1) <= at < MONDAYS + timedelta(weeks=2) for at in alarms)
    assert [at.date() for at in known] == [WEDNESDAY.date()]


def test_by_another_clock_the_week_is_off_by_an_hour_when_clocks_change() -> None:
    """What the zone is good for: without it the Monday after the change begins an hour too early."""
    changed = [at for at in bursts(ZoneInfo("UTC"), 9) if at >= CLOCKS_CHANGE]
    assert [at.weekday() for at in changed] == [0]


def _weeks(*values: float) -> Week:
    week = Week()
    for number, value in enumerate(values):
        for hour in range(168):
            week.learn(MONDAYS + timedelta(weeks=number) + hour * HOUR, value if hour == 9 else 0.0)
    week.learn(MONDAYS + timedelta(weeks=len(values)), 0.0)
    return week


@pytest.mark.parametrize(
    ("values", "known"),
    [((2.0,), 0.0), ((2.0, 2.0), 2.0), ((2.0, -2.0), 0.0), ((0.0, 0.0, 5.0), 0.0), ((2.0, 2.0, 0.0), 2.0)],
    ids=["one week is nothing", "two agree", "two differ", "one crisis is no habit", "one holiday ends no habit"],
)
def test_a_deviation_counts_once_weeks_agree(values: tuple[float, ...], known: float) -> None:
    assert _weeks(*values).deviation(MONDAYS + 9 * HOUR) == pytest.approx(known, abs=0.05)


def test_what_changes_from_week_to_week_is_noise_and_not_believed() -> None:
    chance, week = random.Random(1), Week()
    for hour in range(168 * 6):
        week.learn(MONDAYS + hour * HOUR, chance.gauss(0, 1))
    believed = [abs(week.deviation(MONDAYS + hour * HOUR)) for hour in range(168)]
    assert sum(believed) / len(believed) < 0.1
