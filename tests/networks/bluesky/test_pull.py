"""Pulling lists: nothing lost and little repeated, wherever it is broken off."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inbox.model.account import Source
from inbox.model.words import SourceKind
from inbox.networks.base import PulledPage
from inbox.networks.bluesky import cursor as places
from inbox.networks.bluesky import walk
from inbox.networks.errors import NetworkError, RateLimited, Refused, SignInAgain, Unreachable
from tests.networks.bluesky.world import (
    AUTHOR_FEED,
    BRAND,
    HANDLE,
    NOTIFICATIONS,
    NOW,
    PROFILES,
    SEARCH,
    Listed,
    World,
    ago,
    failing,
    notice,
    saying,
    source,
    uri,
    view,
)

FIRST = ago(10_000)


class Collector:
    """Stores pages with their cursors, and may die after any of them."""

    def __init__(self, world: World, of: Source | None = None) -> None:
        self.world, self.of = world, of or source()
        self.stored: list[str] = []
        self.pages: list[PulledPage] = []
        self.client = world.client()

    def pull(self, *, pages: int = 1000, since: datetime | None = FIRST) -> bool:
        """Pull up to so many pages; True when the pull came to its end."""
        for number, page in enumerate(self.client.pull(self.of, since=since), start=1):
            self.stored += [mention.id for mention in page.mentions]
            self.of = replace(self.of, cursor=page.cursor)
            self.pages.append(page)
            if number == pages:
                return False
        return True

    def restart(self) -> None:
        self.client = self.world.client()


@pytest.fixture
def listed() -> Listed:
    return Listed()


@pytest.fixture
def world(listed: Listed) -> World:
    made = World()
    made.answers[NOTIFICATIONS] = listed
    return made


def fill(listed: Listed, number: int, *, start: float = 500.0, name: str = "3k") -> list[str]:
    keys = [f"{name}{n}" for n in range(number)]
    for n, key in enumerate(keys):
        listed.add(key, at=ago(start - n))
    return [uri(key) for key in keys]


def test_the_first_pull_goes_back_to_its_beginning_and_no_further(world: World, listed: Listed) -> None:
    fill(listed, 5, start=500)
    late = fill(listed, 5, start=100, name="3m")
    collector = Collector(world)
    assert collector.pull(since=ago(200))
    assert sorted(collector.stored) == sorted(late)


def test_without_look_back_the_first_pull_only_marks_its_place(world: World, listed: Listed) -> None:
    fill(listed, 5)
    collector = Collector(world)
    assert collector.pull(since=None)
    assert collector.stored == []
    new = fill(listed, 2, start=5, name="3m")
    collector.pull()
    assert sorted(collector.stored) == sorted(new)


def test_without_look_back_on_an_empty_list_all_that_comes_is_new(world: World, listed: Listed) -> None:
    collector = Collector(world)
    collector.pull(since=None)
    new = fill(listed, 7)
    collector.pull()
    assert sorted(collector.stored) == sorted(new)


def test_a_second_pull_brings_only_what_is_new(world: World, listed: Listed) -> None:
    fill(listed, 7)
    collector = Collector(world)
    collector.pull()
    new = fill(listed, 2, start=5, name="3m")
    before = len(collector.stored)
    collector.pull()
    assert sorted(collector.stored[before:]) == sorted(new)


@pytest.mark.parametrize("late", [0.0, 1.5])
@given(data=st.data())
@settings(max_examples=100, deadline=None)
def test_dying_anywhere_loses_nothing(late: float, data: st.DataObject) -> None:
    listed = Listed(size=data.draw(st.integers(1, 4)))
    world = World()
    world.answers[NOTIFICATIONS] = listed
    numbers = count()
    expected: list[str] = []

    def arrive() -> None:
        for _ in range(data.draw(st.integers(0, 6))):
            key = f"3k{next(numbers)}"
            # Up to a page of them may share a millisecond; some claim to be a little older than they are.
            minutes = 400 - len(expected) // listed.size + data.draw(st.sampled_from([0.0, 0.0, late]))
            listed.add(key, at=ago(minutes))
            expected.append(uri(key))

    with pytest.MonkeyPatch.context() as patch:
        if not late:
            # Without looking again at what is known, nothing hides a loss.
            patch.setattr(walk, "NEAR", timedelta(milliseconds=1))
            patch.setattr(walk, "FAR", timedelta(milliseconds=1))
        arrive()
        collector = Collector(world)
        for _ in range(data.draw(st.integers(1, 8))):
            collector.pull(pages=data.draw(st.integers(1, 5)))
            if data.draw(st.booleans()):
                collector.restart()
            arrive()
        assert any(collector.pull(pages=50) for _ in range(20))
        collector.pull()
    moments = Counter(str(each["indexedAt"]) for each in listed.entries)
    whole = set(collector.stored) == set(expected)
    crowded = max(moments.values(), default=0) >= listed.size
    assert whole or (crowded and any(page.gap for page in collector.pages))


def test_a_whole_page_of_one_moment_that_cannot_be_passed_is_a_gap(world: World, listed: Listed) -> None:
    for n in range(7):
        listed.add(f"3k{n}", at=ago(100))
    below = fill(listed, 3, name="3m")
    collector = Collector(world)
    collector.pull()
    assert set(below) < set(collector.stored)
    (gap,) = [page.gap for page in collector.pages if page.gap]
    assert gap[0] == ago(100)
    assert gap[1] - gap[0] == timedelta(milliseconds=1)


def test_a_page_that_was_not_stored_is_brought_again(world: World, listed: Listed) -> None:
    all_of_them = fill(listed, 7)
    client = world.client()
    pages = client.pull(source(), since=FIRST)
    next(pages)
    # The store failed: the cursor stays where it was, and the same client pulls again.
    assert isinstance(pages, Iterator)
    pages.close()  # type: ignore[attr-defined]
    again = [mention.id for page in client.pull(source(), since=FIRST) for mention in page.mentions]
    assert sorted(again) == sorted(all_of_them)


def test_what_is_listed_late_is_found_by_the_next_pull_or_the_next_sweep(world: World, listed: Listed) -> None:
    fill(listed, 5, start=100)
    collector = Collector(world)
    collector.pull()
    listed.add("3near", at=ago(97.5))
    collector.pull()
    assert uri("3near") in collector.stored
    listed.add("3far", at=ago(300))
    collector.pull()
    assert uri("3far") not in collector.stored
    place = places.read(collector.of.cursor or "")
    swept = replace(place, swept=NOW - timedelta(hours=1))
    collector.of = replace(collector.of, cursor=swept.written())
    collector.pull()
    assert uri("3far") in collector.stored
    assert len(collector.stored) == len(set(collector.stored))


def test_a_sweep_over_much_that_is_known_is_not_taken_for_a_loop(world: World, listed: Listed) -> None:
    fill(listed, 120, start=200)
    collector = Collector(world)
    collector.pull()
    place = places.read(collector.of.cursor or "")
    collector.of = replace(collector.of, cursor=replace(place, swept=None).written())
    assert collector.pull()
    assert len(collector.stored) == 120


def test_a_list_that_ends_above_the_boundary_leaves_a_gap(world: World, listed: Listed) -> None:
    fill(listed, 8)
    collector = Collector(world)
    collector.pull()
    last = ago(500 - 7)
    listed.entries.clear()
    fill(listed, 2, start=50, name="3m")
    collector.pull()
    gap = collector.pages[-1].gap
    assert gap is not None
    assert gap[:2] == (last, ago(50))
    collector.pull()
    assert collector.pages[-1].gap is None


def test_a_short_list_whose_posts_were_deleted_leaves_no_gap(world: World, listed: Listed) -> None:
    fill(listed, 2)
    collector = Collector(world)
    collector.pull()
    listed.entries.clear()
    fill(listed, 1, start=50, name="3m")
    collector.pull()
    assert [page.gap for page in collector.pages if page.gap] == []


def test_a_page_that_the_network_no_longer_knows_starts_the_walk_again(world: World, listed: Listed) -> None:
    posts = fill(listed, 9)
    collector = Collector(world)
    collector.pull(pages=2)
    collector.restart()
    listed.pages_until_gone = 0

    def forget_once(request: httpx.Request) -> httpx.Response:
        answer = listed(request)
        if answer.status_code == 400:
            listed.pages_until_gone = None
        return answer

    world.answers[NOTIFICATIONS] = forget_once
    collector.pull()
    assert set(collector.stored) == set(posts)
    assert [page.gap for page in collector.pages if page.gap] == []


def test_a_walk_that_is_turned_away_half_way_records_what_is_missing(world: World, listed: Listed) -> None:
    fill(listed, 3, start=600)
    collector = Collector(world)
    collector.pull()
    fill(listed, 9, start=300, name="3m")
    listed.pages_until_gone = 1
    collector.pull()
    gap = collector.pages[-1].gap
    assert gap is not None
    assert gap[0] < ago(590)
    assert gap[1] == ago(296)


def test_an_endless_list_is_given_up(world: World) -> None:
    world.answers[NOTIFICATIONS] = saying({"notifications": [notice("3k1", at=ago(5))], "cursor": "again"})
    with pytest.raises(Unreachable, match="same pages"):
        Collector(world).pull()


def test_a_time_in_the_far_future_does_not_become_the_boundary(world: World, listed: Listed) -> None:
    listed.add("3future", at=NOW + timedelta(days=400))
    fill(listed, 2)
    collector = Collector(world)
    collector.pull()
    new = fill(listed, 2, start=5, name="3m")
    collector.pull()
    assert set(new) < set(collector.stored)


def test_malformed_entries_are_kept_and_the_rest_is_parsed_once(world: World, listed: Listed) -> None:
    posts = fill(listed, 4)
    listed.entries.append({**notice("3bad", at=ago(498.5)), "record": None})
    listed.entries.append({"indexedAt": "junk"})
    listed.size = 10
    collector = Collector(world)
    collector.pull()
    collector.pull()
    assert sorted(collector.stored) == sorted(posts)
    assert sum(len(page.bad) for page in collector.pages) == 2
    assert all(bad.place == NOTIFICATIONS for page in collector.pages for bad in page.bad)


@pytest.mark.parametrize("cursor", ["", "x", "[]", "{}", '{"v":2}', '{"v":1,"upto":5}', "null"])
def test_a_place_that_cannot_be_read_fetches_some_days_again(world: World, listed: Listed, cursor: str) -> None:
    posts = fill(listed, 4)
    collector = Collector(world, replace(source(), cursor=cursor, last_mention_at=ago(498)))
    assert collector.pull(since=None)
    assert sorted(collector.stored) == sorted(posts)


@pytest.mark.parametrize("told", [[], {}, {"notifications": {}}, {"notifications": None}, "x", 5])
def test_an_answer_that_is_no_page_is_an_outage(world: World, told: object) -> None:
    world.answers[NOTIFICATIONS] = saying(told)
    with pytest.raises(Unreachable, match="not an answer"):
        Collector(world).pull()


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (failing(429, "RateLimitExceeded", headers={"retry-after": "30"}), RateLimited),
        (failing(429, "RateLimitExceeded"), RateLimited),
        (failing(500, "InternalServerError"), Unreachable),
        (failing(503, "x", headers={"retry-after": "5"}), Unreachable),
        (lambda _: httpx.Response(200, text="<html>hello</html>"), Unreachable),
        (lambda _: httpx.Response(200, text='{"notifications": ['), Unreachable),
        (failing(401, "AuthMissing"), SignInAgain),
        (failing(400, "InvalidRequest"), Refused),
        (failing(400, "AccountTakedown"), Refused),
    ],
)
def test_every_failure_has_its_name_and_moves_no_cursor(
    world: World, answer: object, error: type[NetworkError]
) -> None:
    world.answers[NOTIFICATIONS] = answer  # type: ignore[assignment]
    collector = Collector(world)
    with pytest.raises(error) as caught:
        collector.pull()
    assert type(caught.value) is error or issubclass(type(caught.value), error)
    assert collector.of.cursor is None


def test_a_broken_connection_is_an_outage(world: World) -> None:
    def broken(request: httpx.Request) -> httpx.Response:
        raise httpx.ReadError("reset", request=request)

    world.answers[NOTIFICATIONS] = broken
    with pytest.raises(Unreachable, match="broke off"):
        Collector(world).pull()


def test_a_stop_ends_the_pull_between_pages(world: World, listed: Listed) -> None:
    fill(listed, 9)
    pages = world.client().pull(source(), since=FIRST)
    next(pages)
    world.stopped = True
    with pytest.raises(Unreachable, match="Stopped"):
        next(pages)


def test_followers_are_asked_for_once_per_author(world: World, listed: Listed) -> None:
    fill(listed, 7)
    world.answers[PROFILES] = saying({"profiles": [{"did": "did:plc:customer", "followersCount": 77}, 5]})
    client = world.client()
    found = [mention for page in client.pull(source(), since=FIRST) for mention in page.mentions]
    assert {mention.author.followers for mention in found} == {77}
    assert world.times(PROFILES) == 1


def test_without_followers_a_mention_is_still_a_mention(world: World, listed: Listed) -> None:
    posts = fill(listed, 2)
    world.answers[PROFILES] = failing(400, "InvalidRequest")
    collector = Collector(world)
    collector.pull()
    assert sorted(collector.stored) == sorted(posts)


def test_a_search_asks_only_for_what_is_new_and_knows_own_posts(world: World) -> None:
    own = view("3own", did=BRAND, at=ago(3))
    world.answers[SEARCH] = saying({"posts": [view("3k1", at=ago(2)), own], "cursor": None})
    collector = Collector(world, source(SourceKind.SEARCH, query="tea"))
    collector.pull(since=ago(60))
    params = world.asked[-2][1].url.params
    assert params["q"] == "tea"
    assert params["sort"] == "latest"
    assert params["since"].startswith("2026-11-20T10:59:59")
    assert set(collector.stored) == {uri("3k1"), uri("3own", BRAND)}


def test_a_hashtag_is_asked_for_with_its_sign_and_longer_ones_are_left_out(world: World) -> None:
    facet = {"features": [{"$type": "app.bsky.richtext.facet#tag", "tag": "Tea"}]}
    posts = [
        view("3k1", "I like #Tea!"),
        view("3k2", "#teapot"),
        view("3k3", "no sign", record={"tags": ["TEA"]}),
        view("3k4", "a mark", record={"facets": [facet]}),
    ]
    world.answers[SEARCH] = saying({"posts": posts})
    collector = Collector(world, source(SourceKind.HASHTAG, query="#tea"))
    collector.pull()
    assert set(collector.stored) == {uri("3k1"), uri("3k3"), uri("3k4")}
    (asked,) = [request for name, request in world.asked if name == SEARCH]
    assert asked.url.params["q"] == "#tea"


@pytest.mark.parametrize("kind", [SourceKind.MESSAGES, SourceKind.SEARCH, SourceKind.HASHTAG])
def test_what_bluesky_has_not_is_refused(world: World, kind: SourceKind) -> None:
    with pytest.raises(Refused, match="nothing to pull"):
        Collector(world, source(kind)).pull()


def test_own_posts_are_asked_for_with_replies(world: World) -> None:
    world.answers[AUTHOR_FEED] = saying({"feed": [{"post": view("3own", did=BRAND)}]})
    collector = Collector(world, source(SourceKind.OWN_POSTS))
    collector.pull()
    assert collector.stored == [uri("3own", BRAND)]
    assert world.asked[-1][1].url.params["filter"] == "posts_with_replies"


def test_notifications_of_strangers_are_asked_for_whatever_the_accounts_setting(world: World) -> None:
    Collector(world).pull()
    params = world.asked[-1][1].url.params
    assert params["priority"] == "false"
    assert params.get_list("reasons") == ["mention", "reply", "quote"]


def test_a_cursor_holds_no_secret_and_reads_back(world: World, listed: Listed) -> None:
    fill(listed, 7)
    collector = Collector(world)
    collector.pull(pages=1)
    cursor = collector.of.cursor or ""
    assert places.read(cursor).written() == cursor
    assert json.loads(cursor)["walk"]["next"]
    assert HANDLE not in cursor
