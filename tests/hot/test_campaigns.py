"""What a workspace has announced is expected, is no news, and does not become what is usual."""

from collections.abc import Iterable
from datetime import timedelta

import pytest

from inbox.hot.detector import Detector, Settings
from inbox.hot.expecting import Expecting, Running
from inbox.hot.seen import Seen
from inbox.model.incident import Alert, AlertKind
from tests.hot.scene import ACCOUNT, START, ordinary

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
NOON = START + timedelta(days=6, hours=12)
SALE = Running(ACCOUNT, NOON, NOON + 12 * HOUR, 6.0, ("fare sale", "#FlyMore"))


def crowd(count: int, *, begin: timedelta, every: timedelta, area: str | None = None, by: str = ACCOUNT) -> list[Seen]:
    """Different people with nothing in common."""
    return [Seen(f"x{n}", NOON + begin + n * every, by, f"crowd{n}", f"{n}w {n}th", area=area) for n in range(count)]


def said(text: str, count: int, *, begin: timedelta, mark: str) -> list[Seen]:
    """Different people who say the same in words of their own."""
    return [
        Seen(f"{mark}{n}", NOON + begin + n * 4 * MINUTE, ACCOUNT, f"{mark}{n}", f"{n}abc {text} {n}xyz {n}uvw")
        for n in range(count)
    ]


def heard(mentions: Iterable[Seen], *campaigns: Running, days: float = 7) -> list[Alert]:
    """The alarms from noon on."""
    detector = Detector(Settings(campaigns=campaigns))
    every = sorted([*ordinary(days), *mentions], key=lambda each: each.at)
    return [alert for mention in every for alert in detector.see(mention) if mention.at >= NOON]


def test_as_many_as_were_announced_are_no_burst_and_far_more_are() -> None:
    announced = crowd(36, begin=10 * MINUTE, every=2 * MINUTE)
    assert [each.kind for each in heard(announced)] == [AlertKind.BURST]
    assert heard(announced, SALE) == []
    flood = crowd(240, begin=10 * MINUTE, every=MINUTE / 4)
    (alarm,) = heard(flood, SALE)
    assert alarm.kind is AlertKind.BURST
    assert alarm.expected > heard(flood)[0].expected


def test_its_words_are_no_news_and_a_complaint_about_something_else_is() -> None:
    praise = said("flymore fare sale", 8, begin=HOUR, mark="p")
    assert [each.kind for each in heard(praise)] == [AlertKind.CLUSTER]
    assert heard(praise, SALE) == []
    complaint = said("fare sale charged twice", 8, begin=HOUR, mark="c")
    (alarm,) = heard(complaint, SALE)
    assert alarm.kind is AlertKind.CLUSTER
    assert {"charged", "twice"} <= set(alarm.terms[:4])


def test_another_account_is_not_excused() -> None:
    announced = crowd(36, begin=10 * MINUTE, every=2 * MINUTE)
    elsewhere = Running("OtherBrand", SALE.begins_at, SALE.ends_at, 6.0)
    assert [each.kind for each in heard(announced, elsewhere)] == [AlertKind.BURST]
    everywhere = Running(None, SALE.begins_at, SALE.ends_at, 6.0)
    assert heard(announced, everywhere) == []


@pytest.mark.parametrize("an_hour", [1, 18, 90], ids=["it failed", "as announced", "far more"])
def test_whatever_it_brings_does_not_become_what_is_usual(an_hour: int) -> None:
    detector = Detector(Settings(campaigns=(Running(ACCOUNT, NOON, NOON + 48 * HOUR, 4.0),)))
    many = crowd(an_hour * 48, begin=timedelta(0), every=HOUR / an_hour)
    usual = {}
    for mention in sorted([*ordinary(10), *many], key=lambda each: each.at):
        detector.see(mention)
        usual[mention.at] = detector.streams[f"account:{ACCOUNT}"].rates.baseline.level
    before = max(at for at in usual if at < NOON)
    end = max(at for at in usual if at < NOON + 48 * HOUR)
    assert usual[end] == pytest.approx(usual[before], rel=0.02)


def test_one_that_goes_on_for_weeks_is_learnt_divided() -> None:
    plan = Expecting((Running(ACCOUNT, NOON, NOON + timedelta(days=30), 4.0),))
    assert not plan.teaches(ACCOUNT, NOON + timedelta(days=6))
    assert plan.teaches(ACCOUNT, NOON + timedelta(days=8))
    assert plan.times(ACCOUNT, NOON + timedelta(days=8)) == 4


def test_campaigns_that_overlap_add_what_each_brings_and_end_each_at_its_time() -> None:
    plan = Expecting((SALE, Running(None, NOON + HOUR, NOON + 2 * HOUR, 3.0, ("tv",)), Running("B", NOON, NOON, 9.0)))
    times = [plan.times(ACCOUNT, NOON + n * HOUR / 2) for n in (-1, 0, 2, 4, 23, 24)]
    assert times == [1, 6, 8, 6, 6, 1]
    assert plan.times("B", NOON + HOUR) == 3
    assert plan.words(ACCOUNT, NOON + HOUR) >= {"fare", "sale", "flymor"}


def test_one_that_begins_in_the_middle_of_an_incident_neither_ends_nor_repeats_it() -> None:
    burst = crowd(90, begin=-HOUR, every=MINUTE)
    complaint = said("charged twice", 10, begin=-20 * MINUTE, mark="c")
    with_it = Detector(Settings(campaigns=(SALE,)))
    stream = sorted([*ordinary(7), *burst, *complaint], key=lambda each: each.at)
    alarms = [alert for each in stream for alert in with_it.see(each) if each.at >= NOON - HOUR]
    assert len([each for each in alarms if each.kind is AlertKind.BURST]) == 1
    assert len([each for each in alarms if "charged" in each.terms]) == 1


def test_an_area_expects_more_by_the_share_that_comes_by_the_account() -> None:
    quiet = [Seen(f"q{n}", START + n * HOUR, ACCOUNT, f"q{n}", f"{n}q {n}r", area="Safety") for n in range(24 * 7)]
    mine = crowd(12, begin=10 * MINUTE, every=4 * MINUTE, area="Safety")
    others = crowd(36, begin=10 * MINUTE, every=MINUTE, area="Safety", by="OtherBrand")
    campaign = Running(ACCOUNT, NOON, NOON + 12 * HOUR, 20.0)
    assert "area:Safety" in {each.stream for each in heard([*quiet, *mine])}
    assert "area:Safety" not in {each.stream for each in heard([*quiet, *mine], campaign)}
    assert "area:Safety" in {each.stream for each in heard([*quiet, *others], campaign)}
