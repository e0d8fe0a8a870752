"""Sentiment makes an alarm worse, says by how much, and never gives one."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta

from inbox.hot.detector import Detector, Settings
from inbox.hot.seen import Seen
from inbox.model.incident import Alert, AlertKind, Severity
from tests.hot.scene import ACCOUNT, START, climbing, onset_of, ordinary

MINUTE = timedelta(minutes=1)
NOON = START + timedelta(days=6, hours=12)


def _often(mention: Seen) -> bool:
    return int(mention.id[1:]) % 4 == 0


def _alarms(crowd: Iterable[Seen], usual: Callable[[Seen], bool] = _often) -> list[Alert]:
    detector = Detector(Settings())
    days = (replace(each, negative=usual(each)) for each in ordinary(7))
    every = sorted([*days, *crowd], key=lambda each: each.at)
    return [alert for mention in every for alert in detector.see(mention) if mention.at >= NOON]


def _crowd(*, negative: bool, texts: str = "{0}w {0}th") -> list[Seen]:
    return [
        Seen(f"x{n}", NOON + n * MINUTE / 2, ACCOUNT, f"crowd{n}", texts.format(n), negative=negative)
        for n in range(40)
    ]


def test_a_burst_of_the_displeased_is_one_step_worse_and_says_how_many_they_are() -> None:
    (calm,), (angry,) = _alarms(_crowd(negative=False)), _alarms(_crowd(negative=True))
    assert (calm.negative, calm.usual_negative) == (None, None)
    assert angry.at == calm.at
    assert list(Severity).index(angry.severity) == list(Severity).index(calm.severity) + 1
    assert angry.negative is not None
    assert angry.usual_negative is not None
    assert angry.negative > 0.8
    assert 0.2 < angry.usual_negative < 0.3


def test_a_cluster_and_a_rise_are_worse_too() -> None:
    texts = "{0}abc charged twice {0}xyz"
    calm = [each for each in _alarms(_crowd(negative=False, texts=texts)) if each.kind is AlertKind.CLUSTER]
    angry = [each for each in _alarms(_crowd(negative=True, texts=texts)) if each.kind is AlertKind.CLUSTER]
    assert (calm[0].severity, calm[0].negative) == (Severity.MEDIUM, None)
    assert (angry[0].severity, angry[0].negative) == (Severity.HIGH, 1.0)
    detector, onset = Detector(Settings()), onset_of(seed=4)
    climb = (replace(each, negative=each.at > onset) for each in climbing(2, timedelta(hours=6), per_hour=60, seed=4))
    rises = [alert for each in climb for alert in detector.see(each) if alert.kind is AlertKind.RISE]
    assert rises[0].negative == 1.0
    assert rises[0].severity is not Severity.LOW


def test_where_most_are_always_displeased_it_is_no_news() -> None:
    (alarm,) = _alarms(_crowd(negative=True), usual=lambda _: True)
    assert alarm.negative is None


def test_a_slide_alone_gives_no_alarm() -> None:
    assert _alarms([], usual=lambda each: each.at >= NOON) == []


def test_copies_of_one_angry_post_are_not_many_who_are_angry() -> None:
    (alarm,) = _alarms(_crowd(negative=True, texts="Share if you hate fees"))
    assert (alarm.severity, alarm.negative) == (Severity.LOW, None)
