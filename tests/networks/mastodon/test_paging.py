"""Walking a source on servers of different manners, and dying between any two pages."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from inbox.networks.mastodon.cursor import Cursor, newer
from inbox.networks.mastodon.paging import RawPage, by_id, by_time
from tests.support.malformed import BEGUN, a_notification, a_status

NOW = datetime(2026, 11, 2, tzinfo=UTC)


class Server:
    """A list of posts; ``honest``: ``min_id`` gives the oldest after it, as Mastodon's documentation says."""

    def __init__(self, *, honest: bool, page: int = 20, reach: int | None = None, pages_down: bool = True) -> None:
        self.honest, self.page, self.reach, self.pages_down = honest, page, reach, pages_down
        self.items: list[dict[str, Any]] = []
        self.asked = 0
        self.on_ask: Callable[[int], None] = lambda _: None

    def add(self, count: int, make: Callable[[int], dict[str, Any]] = a_notification) -> None:
        begin = len(self.items)
        self.items.extend(make(begin + number) for number in range(count))

    def fetch(self, params: dict[str, str]) -> list[Any]:
        self.asked += 1
        self.on_ask(self.asked)
        found = sorted(self.items, key=lambda item: (len(item["id"]), item["id"]), reverse=True)[: self.reach]
        if "max_id" in params and self.pages_down:
            found = [item for item in found if newer(params["max_id"], item["id"])]
        size = min(self.page, int(params.get("limit", self.page)))
        if "min_id" in params:
            found = [item for item in found if newer(item["id"], params["min_id"])]
            return found[-size:] if self.honest else found[:size]
        return found[:size]


class Store:
    """What is stored: ids, and the cursor."""

    def __init__(self, walk: Callable[[Cursor | None], Iterator[RawPage]]) -> None:
        self.walk = walk
        self.cursor: str | None = None
        self.ids: list[str] = []
        self.gaps: list[Any] = []

    def pull(self, pages: int | None = None) -> None:
        for number, page in enumerate(self.walk(Cursor.load(self.cursor))):
            if number == pages:
                return
            self.ids.extend(item["id"] for item in page.items)
            self.gaps.extend([page.gap] if page.gap else [])
            self.cursor = page.cursor.dump()


def notifications(server: Server, since: datetime | None = None) -> Store:
    return Store(lambda cursor: by_id(server.fetch, cursor, since, NOW))


def posts(server: Server, since: datetime | None = None) -> Store:
    return Store(lambda cursor: by_time(server.fetch, cursor, since, NOW, timedelta(seconds=30)))


honest_or_not = pytest.mark.parametrize("honest", [True, False], ids=["mastodon", "newest first"])


@honest_or_not
def test_a_new_account_begins_now_and_reads_nothing_older(honest: bool) -> None:
    server = Server(honest=honest)
    server.add(50)
    store = notifications(server)
    store.pull()
    assert store.ids == []
    server.add(3)
    store.pull()
    assert len(store.ids) == 3


@honest_or_not
def test_an_account_without_a_single_mention_gets_its_first_ones(honest: bool) -> None:
    server = Server(honest=honest)
    store = notifications(server)
    store.pull()
    server.add(45)
    store.pull()
    assert len(set(store.ids)) == 45


@honest_or_not
def test_a_look_back_ends_at_its_time(honest: bool) -> None:
    server = Server(honest=honest)
    server.add(100)
    store = notifications(server, since=BEGUN + timedelta(seconds=70))
    store.pull()
    assert len(store.ids) == 30
    assert store.ids == sorted(store.ids)


@honest_or_not
@pytest.mark.parametrize("missed", [1, 19, 20, 21, 137, 400])
def test_what_was_missed_comes_whole_once_and_oldest_first(honest: bool, missed: int) -> None:
    server = Server(honest=honest)
    server.add(5)
    store = notifications(server)
    store.pull()
    server.add(missed)
    store.pull()
    assert store.ids == [item["id"] for item in server.items[5:]]
    assert store.gaps == []


@honest_or_not
@pytest.mark.parametrize("pages", range(8))
def test_dying_after_any_page_loses_and_repeats_nothing(honest: bool, pages: int) -> None:
    server = Server(honest=honest)
    server.add(5)
    store = notifications(server)
    store.pull()
    server.add(130)
    store.pull(pages)
    server.add(40)
    store.pull()
    assert store.ids == [item["id"] for item in server.items[5:]]


@honest_or_not
def test_what_arrives_during_a_catch_up_is_not_lost(honest: bool) -> None:
    server = Server(honest=honest)
    server.add(5)
    store = notifications(server)
    store.pull()
    server.add(130)
    server.on_ask = lambda asked: server.add(7) if asked < 8 else None
    store.pull()
    store.pull()
    assert set(store.ids) == {item["id"] for item in server.items[5:]}


@honest_or_not
def test_a_mention_whose_smaller_id_shows_up_late_is_not_lost(honest: bool) -> None:
    server = Server(honest=honest)
    server.add(20)
    late = server.items[17]
    server.items.remove(late)
    now = [BEGUN + timedelta(seconds=15)]
    store = Store(lambda cursor: by_id(server.fetch, cursor, BEGUN, now[0]))
    store.pull()
    server.items.append(late)
    now[0] = BEGUN + timedelta(seconds=40)
    store.pull()
    assert late["id"] in store.ids
    now[0] = BEGUN + timedelta(seconds=400)
    store.pull()
    before = len(store.ids)
    store.pull()
    assert len(store.ids) == before


@honest_or_not
def test_a_list_that_was_cleared_behind_us_is_a_gap(honest: bool) -> None:
    server = Server(honest=honest, reach=60)
    server.add(5)
    store = notifications(server, since=BEGUN)
    store.pull()
    server.add(200)
    store.pull()
    assert len(store.ids) == 65
    ((begun, ended, why),) = store.gaps
    assert begun == BEGUN + timedelta(seconds=4)
    assert ended == BEGUN + timedelta(seconds=145)
    assert "older" in why


@honest_or_not
def test_a_last_mention_that_vanished_is_no_gap_while_older_ones_stand(honest: bool) -> None:
    server = Server(honest=honest)
    server.add(30)
    store = notifications(server)
    store.pull()
    del server.items[29]
    server.items.extend(a_notification(number) for number in range(30, 60))
    store.pull()
    assert len(store.ids) == 30
    assert store.gaps == []


def test_own_posts_are_read_down_to_a_little_before_the_cursor() -> None:
    server = Server(honest=True)
    server.add(100, a_status)
    store = posts(server, since=BEGUN + timedelta(seconds=50))
    store.pull()
    assert len(store.ids) == 50
    server.add(60, a_status)
    asked = server.asked
    store.pull()
    assert len(set(store.ids)) == 110
    assert server.asked - asked == 5


def test_a_post_that_arrives_late_below_the_cursor_is_still_found() -> None:
    server = Server(honest=True)
    server.add(100, a_status)
    store = posts(server, since=BEGUN)
    store.pull()
    late = a_status(80) | {"id": a_status(80)["id"] + "5", "uri": "https://late.example/1"}
    late["id"] = str(int(a_status(80)["id"]))[:-1] + "x"
    server.items.append(late)
    store.pull()
    assert late["id"] in store.ids


def test_a_server_that_cannot_page_down_leaves_a_gap() -> None:
    server = Server(honest=True, pages_down=False)
    server.add(30, a_status)
    store = posts(server, since=BEGUN)
    store.pull()
    assert len(store.gaps) == 1
    assert len(store.ids) == 20


def test_a_post_from_the_future_does_not_blind_us() -> None:
    server = Server(honest=True)
    server.add(3, a_status)
    server.items.append(a_status(4, created_at="2090-01-01T00:00:00Z"))
    store = posts(server, since=BEGUN)
    store.pull()
    server.add(2, lambda number: a_status(number + 10))
    store.pull()
    assert len(set(store.ids)) == 6


def test_a_page_of_nothing_but_rubbish_comes_to_quarantine_and_ends() -> None:
    pages = list(by_id(lambda _: [7, None, "x"], Cursor(BEGUN, "5"), None, NOW))
    assert [page.items for page in pages] == [[7, None, "x"]]


def test_a_cursor_survives_the_store_and_a_broken_one_starts_anew() -> None:
    cursor = Cursor(NOW, "42", BEGUN)
    assert Cursor.load(cursor.dump()) == cursor
    assert Cursor.load("{not json") is None
    assert Cursor.load('{"at": 5}') is None
