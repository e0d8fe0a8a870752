"""What the detector knows survives a restart, and what a former program kept can still be read."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from inbox.hot import keeping
from inbox.hot.detector import Detector, Settings
from inbox.hot.seen import Seen
from inbox.hot.weekly import Week
from inbox.model.incident import Alert, AlertKind
from tests.hot.scene import ACCOUNT, climbing, onset_of

BERLIN = ZoneInfo("Europe/Berlin")
STREAM = f"account:{ACCOUNT}"
OVER = timedelta(hours=24)


def _again(detector: Detector, settings: Settings) -> Detector:
    """What a program that starts next knows."""
    found = Detector(settings)
    keeping.restore(found, json.loads(json.dumps(keeping.documents(detector))))
    return found


def _fed(detector: Detector, mentions: list[Seen]) -> list[Alert]:
    return [alert for mention in mentions for alert in detector.see(mention)]


def test_a_restart_forgets_neither_week_nor_day_nor_mood_nor_budget() -> None:
    settings = Settings(zone=BERLIN)
    before = Detector(settings)
    _fed(before, list(climbing(3, OVER, per_hour=20, seed=4, quiet=timedelta(days=22))))
    before.learn(AlertKind.CLUSTER, f"topic:{ACCOUNT}:x", ("x",), was_real=False, at=onset_of(4))
    after = _again(before, settings)
    one, other = before.streams[STREAM], after.streams[STREAM]
    assert other.rates.baseline.week.weeks[2][30] == pytest.approx(one.rates.baseline.week.weeks[2][30], abs=0.001)
    assert other.rates.baseline.week.noise == one.rates.baseline.week.noise
    assert str(other.rates.baseline.week.zone) == "Europe/Berlin"
    assert list(other.rates.day.hours) == [(n, round(usual, 3)) for n, usual in one.rates.day.hours]
    assert other.rates.day.scatters == one.rates.day.scatters
    assert other.mood == one.mood
    assert after.budget.first_at == before.budget.first_at
    assert list(after.budget.peaks) == list(before.budget.peaks) != []
    assert after.thresholds[AlertKind.CLUSTER].taught == before.thresholds[AlertKind.CLUSTER].taught > 0
    assert [each.noticed_at for each in after.matters.open] == [each.noticed_at for each in before.matters.open]


def test_a_rise_is_seen_across_a_restart_and_said_once() -> None:
    stream = list(climbing(3, OVER, per_hour=60, seed=4))
    onset = onset_of(4)
    detector = Detector(Settings())
    _fed(detector, [each for each in stream if each.at < onset + timedelta(hours=5)])
    alarms = []
    for hour in range(5, 30, 5):
        detector = _again(detector, Settings())
        begin, end = onset + timedelta(hours=hour), onset + timedelta(hours=hour + 5)
        alarms += _fed(detector, [each for each in stream if begin <= each.at < end])
    assert [each.kind for each in alarms].count(AlertKind.RISE) == 1


def test_another_time_zone_begins_the_week_anew_and_keeps_the_rest() -> None:
    before = Detector(Settings(zone=BERLIN))
    _fed(before, list(climbing(1, OVER, per_hour=20, seed=4)))
    after = _again(before, Settings())
    assert after.streams[STREAM].rates.baseline.week == Week()
    assert after.streams[STREAM].rates.baseline.level == before.streams[STREAM].rates.baseline.level


def test_utc_by_whatever_name_is_the_same_clock() -> None:
    before = Detector(Settings(zone=ZoneInfo("UTC")))
    _fed(before, list(climbing(1, OVER, per_hour=20, seed=4)))
    week = _again(before, Settings(zone=ZoneInfo("UTC"))).streams[STREAM].rates.baseline.week
    assert week.compared > 0


def _first_format() -> dict[str, Any]:
    """What the first program kept."""
    at = int(datetime(2026, 3, 9, tzinfo=UTC).timestamp() * 1_000_000)
    day = 86_400_000_000
    baseline = {"first_at": at - 9 * day, "last_at": at, "level": 1.2, "variance": 0.4, "excess": 0.1}
    return {
        STREAM: {
            "baseline": baseline | {"hours": [0.1] * 24},
            "open": {str(at // 300_000_000): 3},
            "learnt_to": at // 300_000_000 - 1,
            "terms": {"charg": 7.5},
            "total": 120.0,
            "at": at,
        },
        "alarms": {
            "format": 1,
            "bursts": {"taught": 0.5, "first_at": at - 5 * day, "peaks": [[at - day, 5.1]]},
            "clusters": {"taught": 0.0, "first_at": at - 6 * day, "peaks": [[at - 2 * day, 4.2], [at, 6.0]]},
            "matters": [{"stream": STREAM, "terms": [], "last_at": at, "peak": 5.1, "alarmed": True}],
        },
        "cursor": {"mention": 7},
    }


def test_what_the_first_program_kept_is_read_and_its_week_begins_anew() -> None:
    detector = Detector(Settings(zone=BERLIN))
    keeping.restore(detector, _first_format())
    baseline = detector.streams[STREAM].rates.baseline
    assert (baseline.level, baseline.hours[3]) == (1.2, 0.1)
    assert baseline.week == Week(zone=BERLIN)
    assert detector.streams[STREAM].mood.usual is None
    assert detector.streams[STREAM].history.weight("charg", datetime(2026, 3, 9, tzinfo=UTC)) == pytest.approx(7.5)
    assert detector.budget.first_at == datetime(2026, 3, 3, tzinfo=UTC)
    assert sorted(detector.budget.peaks.values()) == [4.2, 5.1, 6.0]
    assert detector.thresholds[AlertKind.BURST].taught == 0.5
    assert detector.thresholds[AlertKind.RISE].taught == 0.0
    assert [each.alarmed for each in detector.matters.open] == [True]
    assert _again(detector, Settings(zone=BERLIN)).budget.peaks == detector.budget.peaks


def test_what_a_later_program_kept_is_left_aside() -> None:
    document = _first_format()
    document["alarms"]["format"] = 99
    detector = Detector(Settings())
    keeping.restore(detector, document)
    assert detector.streams == {}
