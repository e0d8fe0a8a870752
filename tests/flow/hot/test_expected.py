"""What a campaign brings is no alarm while it runs, live and when settings are tried, and is one without it."""

from datetime import timedelta

from inbox.flow import campaigns
from inbox.flow.hot import deciding
from inbox.flow.hot.settings import USUAL
from inbox.flow.hot.trying import tried
from inbox.flow.hot.watching import Watcher
from inbox.store import incidents
from inbox.store.engine import Store
from tests.flow.hot.flooded import Post, flood
from tests.flow.hot.scene import COMPLAINTS, configure
from tests.hot.scene import START, ordinary

NOON = START + timedelta(days=2, hours=12)
HOUR = timedelta(hours=1)


def known(store: Store) -> Watcher:
    configure(store)
    flood(store, [Post(each.at, each.author, each.text) for each in ordinary(2.4, per_hour=4)])
    watcher = Watcher(store)
    while watcher.step(NOON - HOUR) is not None:
        pass
    return watcher


def complain(store: Store, watcher: Watcher) -> list[str]:
    flood(store, [Post(NOON + n * HOUR / 15, f"angry{n}", text) for n, text in enumerate(COMPLAINTS)])
    while watcher.step(NOON + HOUR) is not None:
        pass
    with store.read() as s:
        return [each.title for each in incidents.newest(s)]


def announce(store: Store, *words: str, begins: timedelta = -2 * HOUR) -> None:
    at = NOON + begins
    campaigns.add(store, "Fare sale", at, at + 4 * HOUR, times=20, words=words, actor="ana", now=NOON)


def test_words_of_a_running_campaign_are_no_news(store: Store) -> None:
    watcher = known(store)
    announce(store, "charged", "twice", "charged twice")
    assert complain(store, watcher) == []
    done = tried(store, USUAL, since=NOON - HOUR, until=NOON + 2 * HOUR)
    assert done.opened == 0


def test_without_a_campaign_or_before_it_begins_they_are(store: Store) -> None:
    watcher = known(store)
    announce(store, "charged", "twice", "charged twice", begins=2 * HOUR)
    assert len(complain(store, watcher)) == 1
    done = tried(store, USUAL, since=NOON - HOUR, until=NOON + 2 * HOUR)
    assert done.opened == 1


def test_a_campaign_that_is_called_off_expects_nothing_any_more(store: Store) -> None:
    watcher = known(store)
    announce(store, "charged", "twice", "charged twice")
    campaigns.remove(store, campaigns.standing(store)[0].id, actor="ana", now=NOON)
    assert len(complain(store, watcher)) == 1


def test_what_was_dismissed_is_quiet_in_a_trial_too_from_then_on(store: Store) -> None:
    watcher = known(store)
    complain(store, watcher)
    again = [
        Post(NOON + 10 * HOUR + n * HOUR / 30, f"more{n}", f"{text} {n} of us") for n, text in enumerate(2 * COMPLAINTS)
    ]
    flood(store, again)

    def alarms() -> int:
        done = tried(store, USUAL, since=NOON - HOUR, until=NOON + 20 * HOUR)
        return sum("harged" in each.paragraph for each in done.alerts)

    before = alarms()
    with store.read() as s:
        (found,) = incidents.newest(s)
    deciding.dismiss(store, found.id, actor="clara", now=NOON + HOUR)
    assert (before, alarms()) == (2, 1)
