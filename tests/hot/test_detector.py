"""The detector sees what blows up, and stays quiet otherwise."""

from collections.abc import Iterable
from datetime import timedelta

import pytest

from inbox.hot.detector import Detector, Settings
from inbox.hot.seen import Seen
from inbox.model.incident import Alert, AlertKind, Severity
from tests.hot.scene import ACCOUNT, START, ordinary

MINUTE = timedelta(minutes=1)
NOON = START + timedelta(days=4, hours=12)
COMPLAINTS = (
    "Charged twice for the fare sale, what is going on",
    "my card was charged twice??",
    "Anyone else charged twice by you today",
    "You charged me twice. Give it back!",
    "Why do I see two payments, charged twice it says",
    "Third person in my family charged twice",
    "charged twice and nobody answers the phone",
    "Hello, I got charged twice for one ticket",
)


def _alerts(mentions: Iterable[Seen], settings: Settings | None = None) -> list[Alert]:
    detector = Detector(settings or Settings())
    return [alert for mention in sorted(mentions, key=lambda each: each.at) for alert in detector.see(mention)]


def _complaints(count: int, *, every: timedelta = 5 * MINUTE) -> list[Seen]:
    texts = [COMPLAINTS[n % len(COMPLAINTS)] + (f" ({n})" if n >= len(COMPLAINTS) else "") for n in range(count)]
    return [Seen(f"c{n}", NOON + n * every, ACCOUNT, f"angry{n}", text) for n, text in enumerate(texts)]


def test_ordinary_days_give_no_more_alarms_than_the_budget() -> None:
    assert len(_alerts(ordinary(14))) <= 14


def test_a_new_workspace_does_not_cry_wolf_on_its_first_busy_hour() -> None:
    first_hour = [Seen(f"f{n}", START + n * MINUTE, ACCOUNT, f"new{n}", f"hello number {n} here") for n in range(60)]
    assert _alerts(first_hour) == []


def test_a_few_people_who_complain_of_the_same_thing_are_a_cluster_named_by_what_they_share() -> None:
    alerts = [each for each in _alerts([*ordinary(5), *_complaints(6)]) if each.at >= NOON]
    assert [each.kind for each in alerts] == [AlertKind.CLUSTER]
    assert "charged" in alerts[0].terms
    assert alerts[0].authors >= 4
    assert alerts[0].at <= NOON + 25 * MINUTE
    assert set(alerts[0].examples) <= {f"c{n}" for n in range(6)}


def test_more_of_the_same_matter_folds_into_its_alarm() -> None:
    alerts = [each for each in _alerts([*ordinary(5), *_complaints(40, every=MINUTE)]) if each.at >= NOON]
    assert len([each for each in alerts if "charged" in each.terms]) == 1
    assert len(alerts) <= 2


def test_fewer_people_than_the_workspace_asks_for_are_none() -> None:
    alerts = _alerts([*ordinary(5), *_complaints(6)], Settings(min_authors=7))
    assert [each for each in alerts if each.at >= NOON and "charged" in each.terms] == []


def test_one_author_who_writes_500_times_gives_no_alarm() -> None:
    one = [
        Seen(f"s{n}", NOON + n * timedelta(seconds=7), ACCOUNT, "one", f"charged twice, post {n}") for n in range(500)
    ]
    assert [each for each in _alerts([*ordinary(5), *one]) if each.at >= NOON] == []


def test_a_text_that_is_copied_10_000_times_is_no_cluster_and_said_to_be_copies() -> None:
    text = "Share if you hate ExampleAir luggage fees"
    bots = [Seen(f"b{n}", NOON + n * timedelta(seconds=0.3), ACCOUNT, f"bot{n}", text) for n in range(10_000)]
    alerts = [each for each in _alerts([*ordinary(5), *bots]) if each.at >= NOON]
    assert AlertKind.CLUSTER not in {each.kind for each in alerts}
    assert [(each.kind, each.severity) for each in alerts] == [(AlertKind.BURST, Severity.LOW)]
    assert alerts[0].copies > alerts[0].authors / 2


def test_people_who_suddenly_write_in_numbers_are_a_burst() -> None:
    crowd = [Seen(f"x{n}", NOON + n * MINUTE / 2, ACCOUNT, f"crowd{n}", f"{n}w {n}th") for n in range(30)]
    alerts = [each for each in _alerts([*ordinary(5), *crowd]) if each.at >= NOON]
    assert [each.kind for each in alerts] == [AlertKind.BURST]
    assert alerts[0].stream == f"account:{ACCOUNT}"
    assert alerts[0].at <= NOON + 10 * MINUTE
    assert alerts[0].observed > 4 * alerts[0].expected


def test_a_back_fill_counts_where_it_was_posted_and_is_no_burst() -> None:
    detector = Detector(Settings())
    stream = list(ordinary(6))
    missing = [each for each in stream if START + timedelta(days=4) <= each.at < START + timedelta(days=4, hours=8)]
    before = [each for each in stream if each.at < START + timedelta(days=4)]
    after = [each for each in stream if START + timedelta(days=4, hours=8) <= each.at]
    for mention in before:
        detector.see(mention)
    assert [alert for mention in missing for alert in detector.see(mention)] == []
    assert len([alert for mention in after for alert in detector.see(mention)]) <= 2


def test_mentions_that_come_out_of_their_order_are_counted_where_they_were_posted() -> None:
    detector = Detector(Settings())
    for mention in ordinary(4):
        detector.see(mention)
    late = [Seen(f"l{n}", START + timedelta(days=3), ACCOUNT, f"late{n}", COMPLAINTS[n]) for n in range(8)]
    assert [alert for mention in late for alert in detector.see(mention)] == []


def test_an_area_bursts_though_its_account_does_not_stand_out() -> None:
    quiet = [
        Seen(f"q{n}", START + n * timedelta(hours=2), ACCOUNT, f"q{n}", f"safety matter {n}", area="Safety")
        for n in range(60)
    ]
    crowd = [Seen(f"x{n}", NOON + n * MINUTE, ACCOUNT, f"crowd{n}", f"{n}w {n}th", area="Safety") for n in range(15)]
    alerts = _alerts([*ordinary(5, per_hour=60), *quiet, *crowd])
    assert "area:Safety" in {each.stream for each in alerts if each.at >= NOON}


@pytest.mark.parametrize("text", ["There is a FIRE on board", "they caught\nfire!", "caught  fire"])
def test_a_watched_phrase_gives_the_alarm_at_once_even_in_a_new_workspace(text: str) -> None:
    mention = Seen("w", START, ACCOUNT, "one", text)
    alerts = _alerts([mention], Settings(watch=("fire on board", "caught fire")))
    assert [(each.kind, each.severity, each.examples) for each in alerts] == [
        (AlertKind.WATCHED, Severity.HIGH, ("w",))
    ]


def test_a_watched_phrase_is_whole_words() -> None:
    assert _alerts([Seen("w", START, ACCOUNT, "one", "recalled it")], Settings(watch=("recall",))) == []


def test_an_angry_author_of_high_reach_gives_the_alarm_and_a_pleased_one_does_not() -> None:
    angry = Seen("a", START, ACCOUNT, "star", "never again", negative=True, reach=90_000)
    pleased = Seen("p", START, ACCOUNT, "star2", "always again", reach=90_000)
    assert [each.kind for each in _alerts([angry, pleased])] == [AlertKind.REACH]


def test_sentiment_alone_opens_nothing() -> None:
    sad = [
        Seen(each.id, each.at, each.account, each.author, each.text, negative=each.at >= NOON) for each in ordinary(6)
    ]
    happy = list(ordinary(6))
    assert [each.at for each in _alerts(sad)] == [each.at for each in _alerts(happy)]


def test_what_is_said_of_a_stream_does_not_change_with_what_follows() -> None:
    stream = sorted([*ordinary(5), *_complaints(8)], key=lambda each: each.at)
    whole = _alerts(stream)
    cut = stream[: len(stream) * 9 // 10]
    assert _alerts(cut) == [each for each in whole if each.at <= cut[-1].at]
