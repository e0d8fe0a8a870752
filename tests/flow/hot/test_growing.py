"""A known post whose likes, shares and replies grow gives the alarm, once, whoever looks when."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from inbox.flow.hot import growing
from inbox.flow.hot.watching import Watcher
from inbox.model.incident import Incident
from inbox.store import hot, incidents
from inbox.store.engine import Session, Store
from inbox.store.errors import StoreError
from inbox.store.schema import mention
from tests.flow.hot.scene import NOON, bring, configure, post
from tests.hot.scene import ACCOUNT

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


def opened(store: Store) -> list[Incident]:
    with store.read() as s:
        return incidents.newest(s)


def begun(store: Store, folder: Path, *, replay: bool = True, at: datetime = NOON) -> Watcher:
    """A watcher that has counted two posts."""
    configure(store)
    bring(
        store, folder, [post("1", at, "one", "Look at this seat"), post("2", at, "two", "A question?")], replay=replay
    )
    watcher = Watcher(store)
    while watcher.step(NOON + MINUTE) is not None:
        pass
    return watcher


def grow(store: Store, at: datetime, likes: int = 5_000) -> None:
    with store.write() as s:
        s.execute(mention.update().where(mention.c.global_id == "1").values(likes=likes, figures_at=at))


def test_a_post_that_is_liked_by_many_later_opens_an_incident_with_its_thread(store: Store, tmp_path: Path) -> None:
    watcher = begun(store, tmp_path)
    assert opened(store) == []
    grow(store, NOON + HOUR)
    assert watcher.step(NOON + HOUR) is not None
    (found,) = opened(store)
    assert (found.kind, found.threads, found.began_at, found.opened_at) == ("fast growth", 1, NOON, NOON + HOUR)
    with store.read() as s:
        assert sum(each.posts for each in hot.counts(s, f"account:{ACCOUNT}", NOON, NOON + 2 * HOUR)) == 2


def test_it_is_told_once_however_often_it_is_looked_at(store: Store, tmp_path: Path) -> None:
    watcher = begun(store, tmp_path)
    grow(store, NOON + HOUR)
    for each in (watcher, watcher, Watcher(store), Watcher(store)):
        each.step(NOON + HOUR + MINUTE)
    grow(store, NOON + 2 * HOUR, likes=9_000)
    for each in (watcher, Watcher(store)):
        each.step(NOON + 2 * HOUR)
    assert len(opened(store)) == 1


def test_few_likes_are_no_news_and_nothing_is_written(store: Store, tmp_path: Path) -> None:
    watcher = begun(store, tmp_path)
    grow(store, NOON + HOUR, likes=3)
    assert watcher.step(NOON + HOUR) is None
    assert watcher.step(NOON + HOUR) is None
    assert opened(store) == []


@pytest.mark.parametrize(
    "late",
    [
        pytest.param(lambda: NOON + 2 * HOUR - 4 * MINUTE, id="written late"),
        pytest.param(lambda: NOON, id="clock set back"),
    ],
)
def test_a_change_that_bears_an_earlier_time_is_seen_too(
    store: Store, tmp_path: Path, late: Callable[[], datetime]
) -> None:
    watcher = begun(store, tmp_path)
    with store.write() as s:
        s.execute(mention.update().where(mention.c.global_id == "2").values(likes=1, figures_at=NOON + 2 * HOUR))
    watcher.step(NOON + 2 * HOUR)
    at = late()
    grow(store, at + 2 * MINUTE)
    watcher.step(max(at + 2 * MINUTE, NOON + MINUTE))
    assert len(opened(store)) == 1


def test_what_an_old_post_gathers_is_no_alarm(store: Store, tmp_path: Path) -> None:
    watcher = begun(store, tmp_path)
    grow(store, NOON + timedelta(days=1, minutes=1))
    watcher.step(NOON + timedelta(days=1, minutes=1))
    assert opened(store) == []


def test_what_came_before_the_connection_is_no_alarm(store: Store, tmp_path: Path) -> None:
    watcher = begun(store, tmp_path, replay=False)
    grow(store, NOON + HOUR)
    watcher.step(NOON + HOUR)
    assert opened(store) == []


def test_what_changed_before_anybody_watched_is_no_alarm(store: Store, tmp_path: Path) -> None:
    configure(store)
    bring(store, tmp_path, [post("1", NOON, "one", "Look at this seat")])
    grow(store, NOON + MINUTE)
    watcher = Watcher(store)
    while watcher.step(NOON + HOUR) is not None:
        pass
    assert opened(store) == []


def test_a_watcher_that_is_killed_before_its_alarm_is_written_gives_it_when_it_is_back(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    watcher = begun(store, tmp_path)
    grow(store, NOON + HOUR)

    def full(s: Session, *rest: object) -> None:
        raise StoreError("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(hot, "keep", full)
        with pytest.raises(StoreError):
            watcher.step(NOON + HOUR)
    assert opened(store) == []
    Watcher(store).step(NOON + HOUR)
    assert len(opened(store)) == 1


def test_two_watchers_give_one_alarm(store: Store, tmp_path: Path) -> None:
    one = begun(store, tmp_path)
    two = Watcher(store)
    two.step(NOON + 2 * MINUTE)
    grow(store, NOON + HOUR)
    for _ in range(3):
        two.step(NOON + HOUR)
        one.step(NOON + HOUR)
    (found,) = opened(store)
    with store.read() as s:
        assert [each.kind for each in incidents.timeline(s, found.id)] == ["state"]


def test_many_changes_are_looked_at_in_parts(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(growing, "AT_ONCE", 7)
    configure(store)
    bring(store, tmp_path, [post(str(n), NOON, f"a{n}", f"Word {n} of many") for n in range(40)])
    watcher = Watcher(store)
    while watcher.step(NOON + MINUTE) is not None:
        pass
    with store.write() as s:
        s.execute(mention.update().values(likes=2, figures_at=NOON + HOUR))
    grow(store, NOON + HOUR)
    watcher.step(NOON + HOUR)
    assert len(opened(store)) == 1
