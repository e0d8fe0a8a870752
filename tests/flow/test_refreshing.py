"""What spreads is asked about first and often; nothing else is forgotten over it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from sqlalchemy import select

from inbox.flow import refreshing
from inbox.flow.hot.watching import Watcher
from inbox.flow.refreshing import AT_ONCE, refresh
from inbox.model.account import Account
from inbox.model.mention import IncomingAuthor, IncomingMention
from inbox.model.words import SourceKind
from inbox.store import accounts, incidents, sources
from inbox.store.engine import Store
from inbox.store.schema import mention, thread
from tests.flow.hot.scene import NOON, bring, configure, post

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


@dataclass
class Network:
    """Knows how often each post is liked, and notes what it is asked about."""

    likes: dict[str, int] = field(default_factory=dict)
    asked: list[list[str]] = field(default_factory=list)

    def refresh(self, wanted: Sequence[tuple[str, str | None]]) -> list[IncomingMention]:
        """The present state."""
        ids = [name for name, _ in wanted]
        self.asked.append(ids)
        author = IncomingAuthor("one", "one")
        return [
            IncomingMention("x", each, author, f"Post {each}", NOON, likes=self.likes[each])
            for each in ids
            if each in self.likes
        ]


def world(store: Store, folder: Path, posts: Sequence[tuple[str, datetime]]) -> Account:
    configure(store)
    bring(store, folder, [post(name, at, f"a{name}", f"Post {name}") for name, at in posts])
    with store.write() as s:
        account = accounts.all(s)[0]
        sources.ensure(s, account.id, SourceKind.MENTIONS)
        # As if each had been stored the moment it was posted.
        s.execute(mention.update().values(stored_at=mention.c.created_at))
    return account


def ask(store: Store, network: Any, account: Account, now: datetime) -> list[str]:
    refresh(store, network, account, now=now)
    return list(network.asked.pop()) if network.asked else []


def test_a_young_post_that_grows_is_asked_about_every_few_minutes_beside_thousands_of_older_ones(
    store: Store, tmp_path: Path
) -> None:
    old = [(f"o{n}", NOON - timedelta(hours=40, seconds=n)) for n in range(300)]
    account = world(store, tmp_path, [*old, ("new", NOON)])
    network, times = Network(), []
    for minute in range(1, 60):
        network.likes["new"] = 2**minute if minute > 8 else 0
        if "new" in ask(store, network, account, NOON + minute * MINUTE):
            times.append(minute)
    waits = [two - one for one, two in pairwise(times)]
    assert times[0] <= 6
    assert max(waits) <= 6
    assert max(waits[3:]) <= 4


def test_what_is_liked_by_many_all_at_once_opens_an_incident_within_minutes(store: Store, tmp_path: Path) -> None:
    account = world(store, tmp_path, [("new", NOON)])
    watcher, network = Watcher(store), Network()
    while watcher.step(NOON + MINUTE) is not None:
        pass
    for minute in range(2, 30):
        network.likes["new"] = 60 * minute
        ask(store, network, account, NOON + minute * MINUTE)
        watcher.step(NOON + minute * MINUTE)
    with store.read() as s:
        (found,) = incidents.newest(s)
    assert found.kind == "fast growth"
    assert found.opened_at <= NOON + 10 * MINUTE


def test_those_that_gather_the_most_come_first(store: Store, tmp_path: Path) -> None:
    account = world(store, tmp_path, [(str(n), NOON) for n in range(20)])
    with store.write() as s:
        for number, name in s.execute(select(mention.c.id, mention.c.global_id)).all():
            s.execute(mention.update().where(mention.c.id == number).values(likes=int(name), figures_at=NOON + MINUTE))
    asked = ask(store, Network(), account, NOON + 4 * MINUTE)
    assert asked == ["19", "18", "17", "16", "15"]


def test_a_young_post_is_asked_about_though_nothing_is_left_to_do_for_its_thread(store: Store, tmp_path: Path) -> None:
    account = world(store, tmp_path, [("new", NOON), ("noise", NOON)])
    with store.write() as s:
        s.execute(thread.update().values(status="closed"))
        noise = select(mention.c.thread_id).where(mention.c.global_id == "noise").scalar_subquery()
        s.execute(thread.update().where(thread.c.id == noise).values(hidden=True))
    assert ask(store, Network(), account, NOON + 10 * MINUTE) == ["new"]
    assert ask(store, Network(), account, NOON + 3 * HOUR) == []


def test_older_posts_keep_their_turn(store: Store, tmp_path: Path) -> None:
    old = [(f"o{n}", NOON - timedelta(hours=30, seconds=n)) for n in range(40)]
    account = world(store, tmp_path, [*old, *((f"n{n}", NOON) for n in range(40))])
    asked: set[str] = set()
    for minute in range(10, 60):
        found = ask(store, Network(), account, NOON + minute * MINUTE)
        assert len(found) <= AT_ONCE
        asked |= set(found)
    assert {name for name, _ in old} <= asked
    assert refreshing.FIRST * 2 < AT_ONCE
