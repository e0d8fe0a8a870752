"""Bots, jokes, outages, wrong clocks and odd texts neither alarm for nothing nor hide what is real."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

import pytest

from inbox.hot.detector import Detector, Settings
from inbox.hot.seen import Seen
from inbox.model.incident import Alert, AlertKind, Severity
from tests.hot.scene import ACCOUNT, START, ordinary

MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)
NOON = START + timedelta(days=8, hours=12)


def _fed(detector: Detector, mentions: Iterable[Seen]) -> list[Alert]:
    return [alert for mention in mentions for alert in detector.see(mention)]


def _alarms(crowd: Iterable[Seen], days: float = 9) -> list[Alert]:
    every = sorted([*ordinary(days), *crowd], key=lambda each: each.at)
    return [each for each in _fed(Detector(Settings()), every) if each.at >= NOON]


def _complaints(begin: int = 0) -> list[Seen]:
    texts = ("my card was charged twice", "charged twice, really", "you charged twice", "charged twice again, Anna")
    return [
        Seen(f"c{n}", NOON + (begin + 3 * n) * MINUTE, ACCOUNT, f"c{n}", f"{texts[n % 4]} {n}abc") for n in range(8)
    ]


def test_a_bot_that_posts_the_same_10_000_times_is_one_alarm_of_low_severity_and_hides_no_complaint() -> None:
    bots = [
        Seen(f"b{n}", NOON + n * SECOND / 3, ACCOUNT, f"bot{n}", "Boycott their luggage fees") for n in range(10_000)
    ]
    alarms = _alarms([*bots, *_complaints(begin=60)])
    assert [each.kind for each in alarms] == [AlertKind.BURST, AlertKind.CLUSTER]
    assert alarms[0].severity is Severity.LOW
    assert "charged" in alarms[1].terms


def test_one_author_who_posts_500_times_gives_no_alarm_and_does_not_raise_what_is_usual() -> None:
    one = [Seen(f"s{n}", NOON + n * 7 * SECOND, ACCOUNT, "one", f"charged twice {n}a {n}b") for n in range(500)]
    assert _alarms(one) == []
    with_him, without = Detector(Settings()), Detector(Settings())
    _fed(with_him, sorted([*ordinary(9), *one], key=lambda each: each.at))
    _fed(without, ordinary(9))
    usual = [each.streams[f"account:{ACCOUNT}"].rates.baseline.level for each in (with_him, without)]
    assert usual[0] < 1.1 * usual[1]


def test_a_viral_joke_is_no_cluster_and_its_burst_is_of_low_severity() -> None:
    jokes = ["My bag has seen more of the world than I have", "my bag has seen more of the world than i have!! lol"]
    posts = [
        Seen(f"j{n}", NOON + n * 20 * SECOND, ACCOUNT, f"fan{n}", f"RT @wag: {jokes[n % 2]}", repost=n % 3 != 0)
        for n in range(180)
    ]
    alarms = _alarms(posts)
    assert {each.kind for each in alarms} <= {AlertKind.BURST}
    assert [each.severity for each in alarms] == [Severity.LOW]
    assert alarms[0].copies > 0


@pytest.mark.parametrize("backwards", [False, True])
def test_a_back_fill_that_arrives_at_once_alarms_no_more_than_if_it_had_come_in_time(backwards: bool) -> None:
    stream = list(ordinary(9, per_hour=12))
    begin, end = NOON - 12 * HOUR, NOON - 2 * HOUR
    missing = sorted((each for each in stream if begin <= each.at < end), key=lambda each: each.at, reverse=backwards)
    late = [replace(each, heard_at=NOON) for each in missing]
    detector = Detector(Settings())
    _fed(detector, (each for each in stream if each.at < begin))
    assert _fed(detector, late) == []
    assert len(_fed(detector, (each for each in stream if each.at >= end))) <= 1


def test_after_a_back_fill_a_crisis_is_still_seen() -> None:
    stream = list(ordinary(9))
    detector = Detector(Settings())
    _fed(detector, (each for each in stream if each.at < NOON - HOUR))
    _fed(detector, (replace(each, id=f"late{each.id}", at=each.at - 40 * HOUR) for each in stream[-60:]))
    assert AlertKind.CLUSTER in {each.kind for each in _fed(detector, _complaints())}


def _timed(stream: Iterable[Seen], ahead: timedelta = timedelta(0)) -> list[Seen]:
    """Heard five seconds after they were posted, by a clock that is behind by ``ahead``."""
    return [replace(each, heard_at=each.at + 5 * SECOND - ahead) for each in stream]


def test_a_post_from_next_week_silences_nobody() -> None:
    detector = Detector(Settings())
    _fed(detector, _timed(each for each in ordinary(9) if each.at < NOON))
    odd = Seen("odd", NOON + timedelta(days=7), ACCOUNT, "odd", "hello", heard_at=NOON)
    _fed(detector, [odd])
    assert AlertKind.CLUSTER in {each.kind for each in _fed(detector, _timed(_complaints()))}


def test_when_the_workspaces_own_clock_is_put_back_a_crisis_is_still_seen() -> None:
    detector = Detector(Settings())
    _fed(detector, _timed(each for each in ordinary(9, per_hour=30) if each.at < NOON - 2 * HOUR))
    back = (each for each in ordinary(9, per_hour=30) if NOON - 2 * HOUR <= each.at < NOON)
    assert _fed(detector, _timed(back, ahead=3 * HOUR)) == []
    alarms = _fed(detector, _timed(_complaints(), ahead=3 * HOUR))
    assert AlertKind.CLUSTER in {each.kind for each in alarms}


def test_posts_from_years_ago_are_counted_and_break_nothing() -> None:
    detector = Detector(Settings())
    _fed(detector, (each for each in ordinary(9) if each.at < NOON))
    old = [replace(each, id=f"old{each.id}", at=each.at - timedelta(days=7000)) for each in ordinary(1)]
    assert _fed(detector, old) == []
    assert AlertKind.CLUSTER in {each.kind for each in _fed(detector, _complaints())}


@pytest.mark.parametrize("text", ["", "   ", "\n", "😡😡😡", "👎🏽", "!!!", "https://example.com/x", "@ExampleAir"])
def test_many_who_say_it_without_words_are_a_burst_of_people_and_no_cluster(text: str) -> None:
    crowd = [Seen(f"x{n}", NOON + n * MINUTE / 2, ACCOUNT, f"crowd{n}", text) for n in range(60)]
    alarms = _alarms(crowd)
    assert [each.kind for each in alarms] == [AlertKind.BURST]
    assert alarms[0].copies == 0
    assert alarms[0].authors > Settings().min_authors


def test_texts_of_100_kb_cost_little_and_give_no_alarm() -> None:
    long = " ".join(f"w{n}" for n in range(17_000))
    assert len(long) > 100_000
    stream = [Seen(f"l{n}", NOON + n * HOUR / 2, ACCOUNT, f"l{n}", f"{n} {long}") for n in range(20)]
    detector = Detector(Settings(watch=("caught fire",)))
    assert _fed(detector, [*(each for each in ordinary(9) if each.at < NOON), *stream]) == []
    assert len(detector.streams[f"account:{ACCOUNT}"].history) < 10_000
