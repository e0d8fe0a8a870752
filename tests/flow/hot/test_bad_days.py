"""What a bad day brings to the watching of hot issues: floods, outages, clocks, kills, locks and damaged memory."""

import logging
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from inbox.flow.hot import knowing, watching
from inbox.flow.hot.watching import Watcher
from inbox.hot import keeping
from inbox.model.incident import Incident
from inbox.store import engine, hot, incidents
from inbox.store.engine import Store
from inbox.store.errors import Locked
from inbox.store.schema import audit, hot_state
from tests.flow.hot.flooded import Post, flood
from tests.flow.hot.scene import COMPLAINTS, configure
from tests.hot.scene import ACCOUNT, START, ordinary

STREAM = f"account:{ACCOUNT}"
NOON = START + timedelta(days=2, hours=12)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


def usual(days: float = 2.4) -> list[Post]:
    """Ordinary days, up to a little before noon of the third."""
    return [Post(each.at, each.author, each.text) for each in ordinary(days, per_hour=4)]


def complaints(begin: datetime = NOON) -> list[Post]:
    """Six people complain of the same thing."""
    return [Post(begin + n * 4 * MINUTE, f"angry{n}", text) for n, text in enumerate(COMPLAINTS)]


def watch(store: Store, now: datetime, watcher: Watcher | None = None) -> Watcher:
    watcher = watcher or Watcher(store)
    while watcher.step(now) is not None:
        pass
    return watcher


def opened(store: Store) -> list[Incident]:
    with store.read() as s:
        return incidents.newest(s)


def counted(store: Store) -> int:
    with store.read() as s:
        return sum(each.posts for each in hot.counts(s, STREAM, START - HOUR, NOON + 10 * HOUR))


def known(store: Store) -> Watcher:
    """A watcher that knows the ordinary days."""
    configure(store)
    flood(store, usual())
    return watch(store, NOON - HOUR)


def test_a_bot_that_posts_the_same_text_ten_thousand_times_is_at_most_one_small_matter(store: Store) -> None:
    watcher = known(store)
    texts = (Post(NOON + n * timedelta(seconds=0.3), f"bot{n % 40}", "WIN a free flight now") for n in range(10_000))
    flood(store, texts)
    begun = time.process_time()
    watch(store, NOON + HOUR, watcher)
    taken = time.process_time() - begun
    found = opened(store)
    assert len(found) <= 1
    assert all(str(each.severity) == "low" for each in found)
    assert counted(store) == len(usual()) + 10_000
    assert taken < 10_000 * 0.003


def test_one_author_who_posts_five_hundred_times_is_nobodys_crisis(store: Store) -> None:
    watcher = known(store)
    flood(store, (Post(NOON + n * timedelta(seconds=5), "one", f"Charged twice! Answer me, {n}") for n in range(500)))
    watch(store, NOON + HOUR, watcher)
    assert opened(store) == []


def test_what_an_outage_kept_back_is_counted_where_it_was_posted_and_is_no_burst(store: Store) -> None:
    watcher = known(store)
    late = [Post(NOON - 40 * HOUR + n * 10 * MINUTE, f"late{n}", f"Word{n} about my trip {n * 7}") for n in range(200)]
    flood(store, [Post(NOON, "first", "A question?"), *late], stored_at=NOON + MINUTE)
    watch(store, NOON + MINUTE, watcher)
    assert opened(store) == []
    with store.read() as s:
        hours = [each.at for each in hot.counts(s, STREAM, NOON - HOUR / 12, NOON + HOUR)]
    assert hours == [NOON]


def test_a_clock_that_is_set_back_loses_repeats_and_stops_nothing(store: Store) -> None:
    watcher = known(store)
    flood(store, complaints()[:2])
    watch(store, NOON + 5 * MINUTE, watcher)
    flood(store, complaints()[2:])
    watch(store, NOON - 3 * HOUR, watcher)
    (found,) = opened(store)
    assert found.threads == 6
    assert counted(store) == len(usual()) + 6
    with store.read() as s:
        assert hot.state(s, keeping.ALARMS)["mention"] == hot.newest_id(s)
    watch(store, NOON - 3 * HOUR)
    assert len(opened(store)) == 1


def test_a_post_from_years_ahead_blinds_nobody(store: Store) -> None:
    watcher = known(store)
    flood(store, [Post(NOON + 900 * 24 * HOUR, "ahead", "Greetings from the future")], stored_at=NOON - MINUTE)
    flood(store, complaints())
    watch(store, NOON + HOUR, watcher)
    assert [each.threads for each in opened(store)] == [6]
    assert watcher.known is not None
    recent = watcher.known.recent
    last = recent.kept[-1]
    for _ in range(2 * knowing.BATCH):
        recent.add(last)
    assert recent.newest == last.at
    assert recent.around(last.at)[-1] == last


class Killed(BaseException):
    """The program is gone."""


def test_killed_between_count_and_alarm_it_counts_and_alarms_once(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    watcher = known(store)
    flood(store, complaints())

    def die(*_: object, **__: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(watching, "raise_alarm", die)
        with pytest.raises(Killed):
            watch(store, NOON + HOUR, watcher)
    assert (counted(store), opened(store)) == (len(usual()), [])
    watch(store, NOON + HOUR)
    assert counted(store) == len(usual()) + 6
    assert [each.threads for each in opened(store)] == [6]


def test_a_locked_database_is_waited_out_and_nothing_is_lost(
    sqlite_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.05)
    watcher = known(sqlite_store)
    flood(sqlite_store, complaints())
    other = sqlite3.connect(sqlite_store.address, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    for _ in range(3):
        with pytest.raises(Locked):
            watcher.step(NOON + HOUR)
    other.execute("ROLLBACK")
    other.close()
    watch(sqlite_store, NOON + HOUR, watcher)
    assert counted(sqlite_store) == len(usual()) + 6
    assert len(opened(sqlite_store)) == 1


def test_two_watchers_at_once_count_and_alarm_once(store: Store) -> None:
    configure(store)
    flood(store, [*usual(), *complaints()])
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda _: watch(store, NOON + HOUR), range(2)))
    watch(store, NOON + HOUR)
    assert counted(store) == len(usual()) + 6
    with store.read() as s:
        signs = [each.kind for found in opened(store) for each in incidents.timeline(s, found.id)]
    assert signs.count("state") == len(opened(store)) <= 1


DAMAGES = {
    "no JSON": (keeping.ALARMS, "{"),
    "another kind of value": (keeping.ALARMS, "[1, 2]"),
    "another format": (keeping.ALARMS, '{"format": -1}'),
    "parts are missing": (keeping.ALARMS, f'{{"format": {keeping.FORMAT}}}'),
    "a stream is not one": (STREAM, '{"baseline": 7}'),
    "a stream is no JSON": (STREAM, "nonsense"),
    "where it stood": (knowing.CURSOR, '{"mention": "far"}'),
    "where it stood is no JSON": (knowing.CURSOR, "%"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_memory_that_is_damaged_is_learnt_anew_and_said(
    store: Store, caplog: pytest.LogCaptureFixture, damage: str
) -> None:
    known(store)
    name, text = DAMAGES[damage]
    with store.write() as s:
        sql = "UPDATE hot_state SET doc = ? WHERE stream = ?" if store.kind == "sqlite" else _UPDATE
        s.connection.exec_driver_sql(sql, (text, name))
    with caplog.at_level(logging.WARNING):
        watcher = watch(store, NOON - HOUR)
        flood(store, complaints())
        watch(store, NOON + HOUR, watcher)
    said = knowing.LOST_PLACE if name == knowing.CURSOR else knowing.LOST
    assert said in caplog.text
    with store.read() as s:
        told = s.execute(select(audit.c.details).where(audit.c.action == "hot")).scalars().all()
        again = s.execute(select(hot_state.c.doc).where(hot_state.c.stream == keeping.ALARMS)).scalar_one()
    assert [each["why"] for each in told] == [said]
    assert again["format"] == keeping.FORMAT
    assert counted(store) == len(usual()) + 6
    assert [each.threads for each in opened(store)] == [6]
    caplog.clear()
    watch(store, NOON + HOUR)
    assert "cannot be read" not in caplog.text


_UPDATE = "UPDATE hot_state SET doc = %s WHERE stream = %s"


def test_five_hundred_accounts_are_watched_side_by_side(store: Store) -> None:
    configure(store)
    posts = [
        Post(
            NOON - 50 * HOUR + n * timedelta(seconds=18),
            f"a{n}",
            f"Word{n % 977} about seat {n % 31}",
            f"brand{n % 500}",
        )
        for n in range(10_000)
    ]
    flood(store, posts)
    begun = time.process_time()
    watcher = watch(store, NOON)
    assert time.process_time() - begun < 10_000 * 0.004
    assert opened(store) == []
    flood(store, [Post(each.at, each.author, each.text, "brand7") for each in complaints()])
    watch(store, NOON + HOUR, watcher)
    with store.read() as s:
        assert len(hot.states(s)) >= 500
    assert {each.stream.split(":")[1] for each in opened(store)} <= {"brand7"}
