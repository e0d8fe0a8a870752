"""The Mastodon client against a real server (snac2), from the sign-in to the revoked token."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from inbox.model.account import Account
from inbox.model.words import Direction, MentionKind, SourceKind, Visibility
from inbox.networks import mastodon
from inbox.networks.base import NetworkClient, ReplyTarget
from inbox.networks.errors import Gone, Refused, SignInAgain, Unreachable
from inbox.networks.mastodon.signin import sign_in, sign_out
from tests.servers.snac import Snac
from tests.support.mastodon import Kept, a_source, an_account

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(Snac.missing() is not None, reason=str(Snac.missing())),
    pytest.mark.xdist_group("snac"),
    pytest.mark.timeout(240),
]

PATIENCE = 90.0


def never() -> bool:
    return False


def within(condition: Callable[[], Any], what: str) -> Any:
    """What ``condition`` gives once it is true. A mention may take half a minute to arrive on this server."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if found := condition():
            return found
        time.sleep(0.25)
    raise AssertionError(f"{what} did not happen within {PATIENCE:.0f} s")


@pytest.fixture(scope="module")
def snac(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snac]:
    """One server with a brand and two customers."""
    with Snac(Path(tmp_path_factory.mktemp("snac"))) as server:
        for name in ("brand", "alice", "bo"):
            server.add_user(name)
        server.start()
        yield server


def signed_in(snac: Snac) -> str:
    """What ``sign_in`` gives when the brand says yes in a browser."""
    opened: list[threading.Thread] = []

    def browser(page: str) -> None:
        opened.append(threading.Thread(target=snac.allow, args=(page, "brand")))
        opened[0].start()

    kept = sign_in(snac.address, browser, never)
    opened[0].join()
    return kept


@pytest.fixture(scope="module")
def secret(snac: Snac) -> str:
    """What the keyring would hold after the brand signed in by the page."""
    return signed_in(snac)


@pytest.fixture
def account(snac: Snac, secret: str) -> Account:
    """The account as the test before saving finds it."""
    client = mastodon.connect(an_account(server=snac.address), secret, stop=never, save_secret=lambda _: None)
    who = client.identify()
    client.close()
    return an_account(who.handle, server=who.server, remote_id=who.remote_id, limits=who.limits, details=who.details)


@pytest.fixture
def client(account: Account, secret: str) -> Iterator[NetworkClient]:
    """The brand's connection."""
    made = mastodon.connect(account, secret, stop=never, save_secret=lambda _: None)
    yield made
    made.close()


@pytest.fixture
def alice(snac: Snac) -> Iterator[httpx.Client]:
    """A customer's own program."""
    with snac.hands("alice") as hands:
        yield hands


def says(hands: httpx.Client, text: str, **more: str) -> dict[str, Any]:
    """A customer's post."""
    answer = hands.post("/api/v1/statuses", data={"status": text, **more})
    answer.raise_for_status()
    return dict(answer.json())


def target_of(mention: Any) -> ReplyTarget:
    return ReplyTarget(mention.id, mention.local_id, None, mention.author.handle, mention.author.id, mention.raw)


def theirs(hands: httpx.Client, mention: Any) -> str:
    """The customer's own present id of their post: this server changes ids whenever it touches a post."""
    found = hands.get("/api/v2/search", params={"q": mention.id, "resolve": "true"}).json()
    return str(found["statuses"][0]["id"])


def refreshed(client: NetworkClient, mention: Any) -> list[Any]:
    """The post as it stands now."""
    return client.refresh([(mention.id, mention.local_id)])


def a_mention(client: NetworkClient, hands: httpx.Client, text: str, **more: str) -> Any:
    """A customer's post as it was pulled."""
    begun = Kept(client.pull)
    begun.pull()
    uri = says(hands, text, **more)["uri"]

    def arrived() -> Any:
        begun.pull()
        return begun.mentions.get(uri)

    return within(arrived, "the mention")


def test_the_sign_in_page_gives_a_token_that_knows_who_it_is(account: Account, snac: Snac) -> None:
    assert account.handle == f"brand@{snac.host}"
    assert account.limits.length == 100_000
    assert not account.limits.idempotent


def test_a_pasted_token_signs_in_too(snac: Snac, account: Account) -> None:
    client = mastodon.connect(account, f"  {snac.token('brand')}\n", stop=never, save_secret=lambda _: None)
    assert client.identify().handle == account.handle
    client.close()


def test_a_mention_a_reply_and_the_answer_to_it_are_one_exchange(
    client: NetworkClient, alice: httpx.Client, snac: Snac
) -> None:
    asked = a_mention(client, alice, "Hello @brand where is my bag? 2 < 3 & why")
    assert asked.direction is Direction.INBOUND
    assert asked.author.handle == f"alice@{snac.host}"
    assert "where is my bag? 2 < 3 & why" in asked.text
    posted = client.post("We look for it.", target_of(asked), key="k1", visibility=Visibility.PUBLIC)
    own = Kept(client.pull, SourceKind.OWN_POSTS)
    within(lambda: own.pull(datetime.now(UTC) - timedelta(hours=1)) and posted.global_id in own.mentions, "our reply")
    ours = own.mentions[posted.global_id]
    assert ours.direction is Direction.OUTBOUND
    assert ours.in_reply_to == asked.id
    back = a_mention(client, alice, "@brand thanks!", in_reply_to_id=str(posted.local_id))
    assert back.in_reply_to == posted.global_id


def test_the_customer_is_told_of_our_reply(client: NetworkClient, alice: httpx.Client) -> None:
    asked = a_mention(client, alice, "@brand is the lounge open?")
    posted = client.post("Until ten.", target_of(asked), key="k2", visibility=Visibility.PUBLIC)

    def told() -> bool:
        return any(
            (each.get("status") or {}).get("uri") == posted.global_id
            for each in alice.get("/api/v1/notifications").json()
        )

    within(told, "the customer's notification")


def test_an_own_reply_brings_the_post_that_it_answers(client: NetworkClient, alice: httpx.Client, snac: Snac) -> None:
    with snac.hands("brand") as phone:
        untagged = says(alice, "Example Air lost my guitar")
        answered = says(phone, "@alice so sorry", in_reply_to_id=untagged["id"])
        own = Kept(client.pull, SourceKind.OWN_POSTS)
        within(
            lambda: own.pull(datetime.now(UTC) - timedelta(hours=1)) and answered["uri"] in own.mentions, "our reply"
        )
    assert own.mentions[untagged["uri"]].direction is Direction.INBOUND
    assert own.mentions[answered["uri"]].in_reply_to == untagged["uri"]


def test_a_direct_message_is_private_and_so_is_its_answer(client: NetworkClient, alice: httpx.Client) -> None:
    asked = a_mention(client, alice, "@brand my booking is XYZ123", visibility="direct")
    assert asked.kind is MentionKind.MESSAGE
    assert asked.visibility is Visibility.PRIVATE
    posted = client.post("Thank you, found it.", target_of(asked), key="k3", visibility=Visibility.PRIVATE)
    (now,) = client.refresh([(posted.global_id, posted.local_id)])
    assert now.visibility is Visibility.PRIVATE


def test_a_reply_of_unknown_fate_is_found_by_its_words(client: NetworkClient, alice: httpx.Client) -> None:
    asked = a_mention(client, alice, "@brand can I bring a cat?")
    before = datetime.now(UTC)
    posted = client.post("Yes: *one* cat,\nin a box.", target_of(asked), key="k4", visibility=Visibility.PUBLIC)
    found = within(
        lambda: client.find_posted("k4", "Yes: *one* cat,\nin a box.", target_of(asked), since=before), "reading back"
    )
    assert found.global_id == posted.global_id
    assert client.find_posted("k5", "Yes: two cats.", target_of(asked), since=before) is None


def test_a_post_of_its_own_answers_nothing_is_public_and_is_found_and_pulled_as_ours(
    client: NetworkClient, alice: httpx.Client
) -> None:
    before = datetime.now(UTC)
    text = "Flight *EX731*: everybody is safe. We write again at three."
    asked = a_mention(client, alice, "@brand is everybody safe on that flight?")
    client.post(text, target_of(asked), key="k7", visibility=Visibility.PUBLIC)
    assert client.find_posted("k8", text, None, since=before) is None, "a reply of the same words is another post"
    posted = client.post(text, None, key="k8", visibility=Visibility.PUBLIC, language="en")
    found = within(lambda: client.find_posted("k8", text, None, since=before), "reading back")
    assert found.global_id == posted.global_id
    own = Kept(client.pull, SourceKind.OWN_POSTS)
    within(lambda: own.pull(before - timedelta(hours=1)) and posted.global_id in own.mentions, "our post")
    ours = own.mentions[posted.global_id]
    assert (ours.direction, ours.in_reply_to, ours.in_reply_to_local) == (Direction.OUTBOUND, None, None)
    assert ours.visibility is Visibility.PUBLIC
    assert ours.text.startswith("Flight ")
    with pytest.raises(Refused, match="nobody to send it to"):
        client.post(text, None, key="k9", visibility=Visibility.PRIVATE)


def test_a_search_finds_posts_by_their_words(client: NetworkClient, alice: httpx.Client) -> None:
    asked = a_mention(client, alice, "@brand whatever happened to the Zeppelin?")
    found = Kept(client.pull, SourceKind.SEARCH, "Zeppelin")
    found.pull(datetime.now(UTC) - timedelta(hours=1))
    assert set(found.mentions) == {asked.id}


def test_a_hashtag_is_followed(client: NetworkClient, alice: httpx.Client) -> None:
    uri = says(alice, "Stuck again #exampleair")["uri"]
    found = Kept(client.pull, SourceKind.HASHTAG, "exampleair")
    within(lambda: found.pull(datetime.now(UTC) - timedelta(hours=1)) and uri in found.mentions, "the hashtag")
    again = found.repeated
    found.pull()
    assert found.repeated == again


def test_an_edit_that_changes_the_id_is_an_edit_and_a_deletion_one(
    client: NetworkClient, alice: httpx.Client, snac: Snac
) -> None:
    asked = a_mention(client, alice, "@brand my seat is wet")
    edit = alice.put(f"/api/v1/statuses/{theirs(alice, asked)}", data={"status": "@brand my seat is dry now"})
    edit.raise_for_status()
    edited = within(lambda: [now for now in refreshed(client, asked) if "dry now" in now.text], "the edit")[0]
    assert edited.id == asked.id
    assert edited.edited_at is not None
    assert not edited.deleted
    snac.delete("alice", asked.id)
    within(lambda: [now for now in refreshed(client, asked) if now.deleted], "the deletion")


def test_a_reply_to_a_deleted_post_is_refused(client: NetworkClient, alice: httpx.Client, snac: Snac) -> None:
    asked = a_mention(client, alice, "@brand never mind")
    snac.delete("alice", asked.id)
    within(lambda: [now for now in refreshed(client, asked) if now.deleted], "the deletion")
    with pytest.raises(Gone):
        client.post("We do.", target_of(asked), key="k6", visibility=Visibility.PUBLIC)


def test_what_came_while_we_were_away_is_caught_up_whole(client: NetworkClient, snac: Snac) -> None:
    kept = Kept(client.pull)
    kept.pull()
    with snac.hands("bo") as bo:
        uris = {says(bo, f"@brand complaint {number}")["uri"] for number in range(40)}
    within(lambda: kept.pull() and uris <= set(kept.mentions), "catching up")
    assert not kept.bad


def test_what_the_server_no_longer_gives_is_a_gap(
    client: NetworkClient, account: Account, secret: str, alice: httpx.Client, snac: Snac
) -> None:
    a_mention(client, alice, "@brand the last before the flood")  # where nothing came before, nothing is known to lack
    kept = Kept(client.pull)
    kept.pull()
    with snac.hands("bo") as bo:
        uris = {says(bo, f"@brand flood {number}")["uri"] for number in range(100)}
    before: set[str] = set()

    def all_delivered() -> bool:
        """They arrive in any order, and only the newest 64 can be seen: when all of these are of the flood, what came
        before it cannot.
        """
        nonlocal before
        fresh = mastodon.connect(account, secret, stop=never, save_secret=lambda _: None)
        pages = list(fresh.pull(a_source(), since=datetime.now(UTC) - timedelta(hours=1)))
        fresh.close()
        seen = {mention.id for page in pages for mention in page.mentions}
        settled, before = seen == before and len(seen) > 60 and seen <= uris, seen
        return settled

    within(all_delivered, "the flood")
    kept.pull()
    (gap,) = kept.gaps
    assert gap[0] < gap[1]


def test_an_outage_is_told_and_over_when_it_is_over(client: NetworkClient, alice: httpx.Client, snac: Snac) -> None:
    kept = Kept(client.pull)
    kept.pull()
    uri = says(alice, "@brand before the outage")["uri"]
    within(lambda: kept.pull() and uri in kept.mentions, "the mention")
    snac.stop()
    with pytest.raises(Unreachable, match="cannot be reached"):
        kept.pull()
    snac.start()
    uri = says(alice, "@brand after the outage")["uri"]
    within(lambda: kept.pull() and uri in kept.mentions, "the mention after the outage")


def test_a_dead_token_says_sign_in_again(account: Account) -> None:
    dead = mastodon.connect(account, "no-such-token", stop=never, save_secret=lambda _: None)
    with pytest.raises(SignInAgain) as caught:
        list(dead.pull(a_source(), since=None))
    assert "no-such-token" not in str(caught.value)
    dead.close()


def test_a_sign_out_gives_the_token_back(account: Account, snac: Snac) -> None:
    kept = signed_in(snac)
    client = mastodon.connect(account, kept, stop=never, save_secret=lambda _: None)
    client.identify()
    sign_out(snac.address, kept, never)
    with pytest.raises(SignInAgain):
        list(client.pull(a_source(), since=None))
    client.close()


def test_a_server_without_a_stream_is_just_waited_for(account: Account, secret: str) -> None:
    there = replace(account, details={**account.details, "stream": account.server.replace("http", "ws")})
    client = mastodon.connect(there, secret, stop=never, save_secret=lambda _: None)
    begun = time.monotonic()
    assert not client.wait_for_news(0.6)
    assert 0.5 < time.monotonic() - begun < 3
    client.close()
