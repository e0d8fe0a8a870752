"""The demo network behaves like a network, and the same world comes back after a restart."""

import tomllib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from inbox.model.words import Direction, SourceKind, Visibility
from inbox.networks import demo
from inbox.networks.base import ReplyTarget
from inbox.networks.demo import world
from inbox.networks.demo.client import DemoClient
from inbox.networks.errors import Gone, Refused, Unreachable
from tests.support.mastodon import Kept, an_account

BEGUN = datetime(2026, 11, 23, 12, tzinfo=UTC)
LONG_AGO = BEGUN - timedelta(days=30)


class Clock:
    """A time that stands until it is moved."""

    def __init__(self) -> None:
        self.now = BEGUN

    def __call__(self) -> datetime:
        return self.now

    def minutes(self, minutes: float) -> None:
        self.now = BEGUN + timedelta(minutes=minutes)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def place(tmp_path: Path) -> Path:
    world.seed(tmp_path / "world.json", BEGUN)
    return tmp_path / "world.json"


Connect = Callable[..., DemoClient]


@pytest.fixture
def connect(place: Path, clock: Clock) -> Connect:
    """Connections to the world as a newly started collector makes them."""

    def made(which: int = 0) -> DemoClient:
        account = world.accounts()[which]
        return DemoClient(world.World(place), account, stop=lambda: False, now=clock, pace=0)

    return made


def target_of(mention: Any) -> ReplyTarget:
    return ReplyTarget(mention.id, None, None, mention.author.handle, mention.author.id)


def test_the_screens_are_full_at_once_and_in_many_languages(connect: Connect) -> None:
    found: dict[str, Any] = {}
    for which in (0, 1):
        kept = Kept(connect(which).pull)
        kept.pull(LONG_AGO)
        found |= kept.mentions
    assert len({each.raw["thread"] for each in found.values()}) >= 60
    assert {"de", "ja", "ar", "es", "fr", "pt", "pl", "sv"} <= {each.language for each in found.values()}


def test_the_history_s_own_replies_come_with_what_they_answer(connect: Connect) -> None:
    own = Kept(connect().pull, SourceKind.OWN_POSTS)
    own.pull(LONG_AGO)
    ours = [each for each in own.mentions.values() if each.direction is Direction.OUTBOUND]
    assert ours
    assert all(each.in_reply_to in own.mentions for each in ours)


def test_customers_keep_posting_and_nothing_is_given_twice(connect: Connect, clock: Clock) -> None:
    kept = Kept(connect().pull)
    kept.pull()
    assert kept.mentions == {}
    for minute in range(1, 6):
        clock.minutes(minute * 0.3)
        kept.pull()
    assert len(kept.mentions) >= 2
    assert kept.repeated == 0


def test_a_crisis_builds_up(connect: Connect, clock: Clock) -> None:
    kept = Kept(connect().pull)
    counts = []
    for minute in (-27, -19, -9, 7):
        clock.minutes(minute)
        kept.pull(LONG_AGO)
        counts.append(sum("EX731" in each.text for each in kept.mentions.values()))
    assert counts[2] - counts[1] > 2 * (counts[0] or 1)
    assert counts[-1] > counts[2] + 3
    assert counts[-1] >= 20


def test_a_customer_answers_back_once_per_reply_and_stops(connect: Connect, clock: Clock) -> None:
    client = connect()
    kept = Kept(client.pull)
    kept.pull(LONG_AGO)
    asked = next(each for each in kept.mentions.values() if "Third day without" in each.text)
    for number in range(4):
        before = len(kept.mentions)
        client.post(f"Reply {number}", target_of(asked), key=f"k{number}", visibility=Visibility.PUBLIC)
        clock.minutes(2 * (number + 1))
        kept.pull()
        answers = [each for each in list(kept.mentions.values())[before:] if each.author.id == asked.author.id]
        assert len(answers) == (1 if number < 2 else 0)
        assert all(each.in_reply_to == f"demo:mastodon/us/k{number}" for each in answers)


def test_posting_twice_with_one_key_is_one_post(connect: Connect, clock: Clock) -> None:
    client = connect()
    kept = Kept(client.pull)
    kept.pull(LONG_AGO)
    target = target_of(next(iter(kept.mentions.values())))
    first = client.post("Hello", target, key="k", visibility=Visibility.PUBLIC)
    again = connect().post("Hello", target, key="k", visibility=Visibility.PUBLIC)
    assert first == again
    assert client.find_posted("k", "Hello", target, since=BEGUN) == first
    own = Kept(client.pull, SourceKind.OWN_POSTS)
    clock.minutes(1)
    own.pull(BEGUN)
    assert first.global_id in own.mentions


def test_a_post_of_its_own_stands_once_answers_nothing_and_is_pulled_as_ours(connect: Connect, clock: Clock) -> None:
    client = connect()
    first = client.post("All are safe.", None, key="k", visibility=Visibility.PUBLIC)
    assert connect().post("All are safe.", None, key="k", visibility=Visibility.PUBLIC) == first
    assert client.find_posted("k", "All are safe.", None, since=BEGUN) == first
    clock.minutes(5)
    own, asked = Kept(connect().pull, SourceKind.OWN_POSTS), Kept(connect().pull)
    own.pull(BEGUN)
    asked.pull(LONG_AGO)
    found = own.mentions[first.global_id]
    assert (found.direction, found.text, found.in_reply_to) == (Direction.OUTBOUND, "All are safe.", None)
    assert first.global_id not in asked.mentions
    with pytest.raises(Refused, match="nobody to send it to"):
        client.post("a", None, key="k2", visibility=Visibility.PRIVATE)


def test_a_restarted_collector_finds_the_same_world(connect: Connect, clock: Clock) -> None:
    kept = Kept(connect().pull)
    kept.pull(LONG_AGO)
    target = target_of(next(iter(kept.mentions.values())))
    connect().post("Hello", target, key="k", visibility=Visibility.PRIVATE)
    clock.minutes(5)
    one, other = Kept(connect().pull), Kept(connect().pull)
    one.pull(LONG_AGO)
    other.pull(LONG_AGO)
    assert one.mentions == other.mentions


def test_a_half_written_line_is_no_post_and_breaks_nothing(connect: Connect, place: Path) -> None:
    log = place.with_name("world.json.posted")
    log.write_text('\n{"key": "half", "acc')
    kept = Kept(connect().pull)
    kept.pull(LONG_AGO)
    target = target_of(next(iter(kept.mentions.values())))
    posted = connect().post("Hello", target, key="k", visibility=Visibility.PUBLIC)
    assert connect().find_posted("k", "", target, since=BEGUN) == posted


def test_dying_between_pages_loses_and_repeats_nothing(connect: Connect, clock: Clock) -> None:
    whole = Kept(connect().pull)
    clock.minutes(60)
    whole.pull(LONG_AGO)
    kept = Kept(connect().pull)
    while kept.pull(LONG_AGO, die_after=1) and not whole.mentions.keys() <= kept.mentions.keys():
        pass
    standing = {each.id for each in kept.mentions.values() if not each.deleted}
    assert standing == set(whole.mentions)
    # What was edited may come again, as it stands since.
    assert kept.repeated <= sum(each.edited_at is not None for each in kept.mentions.values())


def test_an_edit_and_a_deletion_come_along(connect: Connect, clock: Clock) -> None:
    kept = Kept(connect().pull)
    kept.pull()
    clock.minutes(1.5)
    kept.pull()
    typo = next(each for each in kept.mentions.values() if "becuase" in each.text)
    angry = next(each for each in kept.mentions.values() if "rusts" in each.text)
    clock.minutes(4)
    kept.pull()
    assert "because" in kept.mentions[typo.id].text
    assert kept.mentions[typo.id].edited_at is not None
    assert kept.mentions[angry.id].deleted
    (now,) = connect().refresh([(angry.id, None)])
    assert now.deleted
    with pytest.raises(Gone):
        connect().post("Sorry", target_of(angry), key="k", visibility=Visibility.PUBLIC)


def test_a_post_deleted_before_we_came_is_never_seen(connect: Connect, clock: Clock) -> None:
    clock.minutes(4)
    kept = Kept(connect().pull)
    kept.pull(LONG_AGO)
    assert not any("rusts" in each.text for each in kept.mentions.values())


def test_an_outage_says_when_it_will_be_over_and_loses_nothing(connect: Connect, clock: Clock) -> None:
    kept = Kept(connect(1).pull)
    kept.pull()
    clock.minutes(6.2)
    with pytest.raises(Unreachable) as caught:
        kept.pull()
    assert caught.value.retry_at == BEGUN + timedelta(minutes=6.8)
    clock.minutes(7)
    kept.pull()
    whole = Kept(connect(1).pull)
    whole.pull(BEGUN)
    assert set(kept.mentions) == set(whole.mentions)


def test_a_search_finds_who_does_not_name_us(connect: Connect, clock: Clock) -> None:
    clock.minutes(20)
    named, found = Kept(connect().pull), Kept(connect().pull, SourceKind.SEARCH, "Example Air")
    named.pull(BEGUN)
    found.pull(BEGUN)
    assert set(found.mentions) - set(named.mentions)


def test_the_wait_ends_as_soon_as_there_is_news(connect: Connect, clock: Clock) -> None:
    client = connect()
    Kept(client.pull).pull()
    assert not client.wait_for_news(0.3)
    clock.minutes(3)
    assert client.wait_for_news(5)


def test_a_stop_ends_a_slow_request_at_once(place: Path, clock: Clock) -> None:
    slow = DemoClient(world.World(place), world.accounts()[0], stop=lambda: True, now=clock, pace=1000)
    with pytest.raises(Unreachable, match="Stopped"):
        slow.identify()


def test_the_registry_connects_it_like_every_network(place: Path) -> None:
    account = an_account(world.accounts()[0].handle, network="demo", server="", details={"world": str(place)})
    client = demo.connect(account, "", stop=lambda: False, save_secret=lambda _: None)
    assert client.identify().handle == account.handle
    with pytest.raises(Refused, match="no demo world"):
        demo.connect(an_account(network="demo"), "", stop=lambda: False, save_secret=lambda _: None)


def test_a_missing_world_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="Start the demo again"):
        world.World(tmp_path / "none.json")


def test_the_workspace_file_is_whole_and_names_everybody() -> None:
    told = tomllib.loads(world.workspace_toml())
    areas = {each["name"] for each in told["areas"]}
    assert areas == {"Baggage", "Rebooking", "Billing", "App support", "Safety", "Press", "Cabin"}
    assert len(told["employees"]) == 8
    assert {area for each in told["employees"] for area in each["areas"]} <= areas | {"Unsorted"}


def test_what_the_past_has_decided_speaks_of_posts_that_are_there(place: Path) -> None:
    made = world.World(place)
    known = {post.id for account in world.accounts() for post in made.posts(account.key, BEGUN)}
    assert made.staged()
    assert {each.global_id for each in made.staged()} <= known
