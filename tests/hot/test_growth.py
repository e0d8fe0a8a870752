"""Posts whose engagement grows fast give one alarm, whenever they were posted."""

from datetime import datetime, timedelta

from inbox.hot.detector import Detector, Settings
from inbox.hot.growth import Growth
from inbox.hot.seen import Seen
from inbox.model.incident import AlertKind
from tests.hot.scene import ACCOUNT, START

HOUR = timedelta(hours=1)


def _read(engagement: int, after: timedelta, *, post: str = "p", posted_at: datetime = START) -> Seen:
    return Seen(post, posted_at, ACCOUNT, "one", "look at this", engagement=engagement, heard_at=START + after)


def _alarms(*readings: Seen, detector: Detector | None = None) -> list[datetime]:
    detector = detector or Detector(Settings(growth=200))
    found = [alert for each in readings for alert in detector.grown(each)]
    assert {each.kind for each in found} <= {AlertKind.GROWTH}
    return [each.at for each in found]


def test_a_young_post_that_reaches_so_much_gives_the_alarm_once() -> None:
    readings = [_read(30 * n, n * HOUR / 4) for n in range(40)]
    assert _alarms(*readings) == [START + 7 * HOUR / 4]


def test_an_old_post_gives_it_by_what_it_gains_within_an_hour_and_not_by_what_it_has() -> None:
    days = timedelta(days=20)
    slow = [_read(1000 + 20 * n, days + n * HOUR) for n in range(48)]
    assert _alarms(*slow) == []
    fast = [_read(1000, days), _read(1010, days + HOUR), _read(1260, days + 1.5 * HOUR)]
    assert _alarms(*fast) == [START + days + 1.5 * HOUR]


def test_after_a_restart_an_old_post_is_not_taken_for_one_that_gained_all_at_once() -> None:
    assert _alarms(_read(5000, timedelta(days=30))) == []


def test_after_the_cool_down_it_may_be_said_again() -> None:
    again = [_read(300, HOUR), _read(310, 2 * HOUR), _read(900, 12 * HOUR), _read(2000, 12.5 * HOUR)]
    assert _alarms(*again) == [START + HOUR, START + 12.5 * HOUR]


def test_what_shrinks_or_stays_gives_nothing() -> None:
    assert _alarms(_read(150, HOUR), _read(150, 2 * HOUR), _read(90, 3 * HOUR), _read(150, 4 * HOUR)) == []


def test_where_posts_always_gain_as_much_it_takes_more() -> None:
    detector = Detector(Settings(growth=200))
    for n in range(200):
        for hour in range(3):
            detector.grown(_read(250 * hour, n * HOUR + hour * HOUR, post=f"u{n}", posted_at=START + n * HOUR))
    later = START + 300 * HOUR
    usual = _read(260, 301 * HOUR, post="usual", posted_at=later)
    viral = _read(2600, 301 * HOUR, post="viral", posted_at=later)
    assert _alarms(usual, viral, detector=detector) == [START + 301 * HOUR]


def test_a_reading_counts_no_mention() -> None:
    detector = Detector(Settings())
    _alarms(_read(500, HOUR), detector=detector)
    assert detector.streams == {}


def test_a_million_posts_are_not_remembered() -> None:
    growth = Growth()
    for n in range(30_000):
        growth.is_fast(_read(10, HOUR, post=f"p{n}"), START + HOUR, 200)
    assert len(growth.readings) == 10_000
