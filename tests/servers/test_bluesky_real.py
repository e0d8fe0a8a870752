"""Bluesky against the AT Protocol's own servers."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice

import pytest

from inbox.model.account import Account, Limits, Source
from inbox.model.ids import AccountId, SourceId
from inbox.model.mention import IncomingMention
from inbox.model.words import Direction, HealthState, MentionKind, SourceKind, Visibility
from inbox.networks import bluesky
from inbox.networks.base import PulledPage, ReplyTarget
from inbox.networks.bluesky import walk
from inbox.networks.bluesky.client import BlueskyClient
from inbox.networks.errors import Gone, RateLimited, Refused, SignInAgain
from tests.servers.atproto import AtNetwork
from tests.servers.person import Person, Placed, eventually, signed_token

pytestmark = [pytest.mark.server, pytest.mark.xdist_group("atproto"), pytest.mark.timeout(180)]

People = Callable[[str], Person]
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def account(server: str, handle: str) -> Account:
    return Account(
        id=AccountId(1),
        network="bluesky",
        handle=handle,
        brand="",
        server=server,
        remote_id="",
        display_name="",
        limits=Limits(),
        connected_at=None,
        look_back_to=None,
        paused=False,
        health=HealthState.NOT_CONNECTED,
        error="",
        error_at=None,
        budget_left=None,
        budget_resets_at=None,
    )


def source(kind: SourceKind, *, query: str = "", cursor: str | None = None, number: int = 1) -> Source:
    return Source(SourceId(number), AccountId(1), kind, query, cursor, None, None, None, "", None)


class Signed:
    """A brand's client, and what it would have kept in the keyring."""

    def __init__(self, server: str, brand: Person, secret: str | None = None, *, page_size: int = 100) -> None:
        self.secret = secret or bluesky.app_password(brand.handle, brand.app_password())
        client = bluesky.connect(account(server, brand.handle), self.secret, stop=lambda: False, save_secret=self._keep)
        client._page_size = page_size
        self.client: BlueskyClient = client

    def _keep(self, secret: str) -> None:
        self.secret = secret

    def everything(self, of: Source, *, since: datetime | None = LONG_AGO) -> list[IncomingMention]:
        return [mention for page in self.client.pull(of, since=since) for mention in page.mentions]


SignIn = Callable[..., Signed]


@pytest.fixture
def people(at_network: AtNetwork) -> Iterator[People]:
    made: list[Person] = []

    def person(name: str) -> Person:
        made.append(Person(at_network.pds, name))
        return made[-1]

    yield person
    for each in made:
        each.close()


@pytest.fixture
def sign_in(at_network: AtNetwork) -> Iterator[SignIn]:
    made: list[Signed] = []

    def sign(brand: Person, secret: str | None = None, **more: int) -> Signed:
        made.append(Signed(at_network.pds, brand, secret, **more))
        return made[-1]

    yield sign
    for each in made:
        each.client.close()


def expired(brand: Person) -> str:
    """A token of the brand's that ran out long ago, rightly signed."""
    return signed_token(
        {"scope": "com.atproto.appPass", "aud": "did:web:localhost", "sub": brand.did, "iat": 1, "exp": 7200}
    )


def told(brand: Person, *posts: Placed) -> None:
    """Wait until the network has told the brand of these posts."""
    eventually(lambda: {post.uri for post in posts} <= brand.notified())


def shown(person: Person, *posts: Placed) -> None:
    eventually(lambda: {post.uri for post in posts} <= person.shown([post.uri for post in posts]))


def target(post: Placed, author: Person, *, root: Placed | None = None) -> ReplyTarget:
    return ReplyTarget(post.uri, None, root.uri if root else None, author.handle, author.did)


def test_an_app_password_signs_in_and_says_whose_it_is(people: People, sign_in: SignIn, at_network: AtNetwork) -> None:
    brand = people("brand")
    signed = sign_in(brand)
    identity = signed.client.identify()
    assert (identity.remote_id, identity.handle) == (brand.did, brand.handle)
    assert identity.limits.length == 300
    assert not identity.limits.can_message
    assert "read or send private messages" in identity.may_not
    kept = json.loads(signed.secret)
    assert kept["did"] == brand.did
    assert kept["accessJwt"]
    assert kept["refreshJwt"]
    assert identity.details["pds"] == at_network.pds


def test_the_accounts_own_password_is_told_apart_from_an_app_password(people: People, sign_in: SignIn) -> None:
    brand = people("brand")
    signed = sign_in(brand, bluesky.app_password(brand.handle, brand.password))
    assert "app password is safer" in signed.client.identify().details["sign_in"]


def test_a_bad_password_is_told_in_plain_words_and_nothing_is_kept(people: People, sign_in: SignIn) -> None:
    brand = people("brand")
    signed = sign_in(brand, bluesky.app_password(brand.handle, "wrong"))
    before = signed.secret
    with pytest.raises(SignInAgain, match="does not accept this handle and app password"):
        signed.client.identify()
    assert signed.secret == before


def test_mentions_replies_and_quotes_are_pulled_and_likes_are_not(people: People, sign_in: SignIn) -> None:
    brand, customer = people("brand"), people("customer")
    own = brand.post("New flavours are out.")
    shown(brand, own)
    mention = customer.mention(brand, "where is my order?")
    reply = customer.post("Do you have mint?", answers=own)
    quote = customer.quote(own, "Look at this")
    customer.like(own)
    told(brand, mention, reply, quote)
    found = {each.id: each for each in sign_in(brand).everything(source(SourceKind.MENTIONS))}
    assert set(found) == {mention.uri, reply.uri, quote.uri}
    assert found[reply.uri].in_reply_to == own.uri
    assert found[reply.uri].root == own.uri
    assert found[reply.uri].kind is MentionKind.COMMENT
    assert found[mention.uri].also_names == (brand.handle,)
    assert found[mention.uri].author.id == customer.did
    assert found[mention.uri].author.followers == 0
    assert {each.direction for each in found.values()} == {Direction.INBOUND}


def test_without_look_back_only_what_comes_later_is_pulled(people: People, sign_in: SignIn) -> None:
    brand, customer = people("brand"), people("customer")
    early = customer.mention(brand, "before")
    told(brand, early)
    signed = sign_in(brand)
    (start,) = signed.client.pull(source(SourceKind.MENTIONS), since=None)
    assert start.mentions == ()
    late = customer.mention(brand, "after")
    told(brand, late)
    later = signed.everything(source(SourceKind.MENTIONS, cursor=start.cursor))
    assert [each.id for each in later] == [late.uri]


def test_a_cursor_goes_on_where_the_last_pull_ended(people: People, sign_in: SignIn) -> None:
    brand, customer = people("brand"), people("customer")
    first = customer.mention_many(brand, [f"number {n}" for n in range(7)])
    told(brand, *first)
    signed = sign_in(brand, page_size=3)
    pages = list(signed.client.pull(source(SourceKind.MENTIONS), since=LONG_AGO))
    assert len(pages) > 1
    assert {each.id for page in pages for each in page.mentions} == {post.uri for post in first}
    second = customer.mention_many(brand, ["eight", "nine"])
    told(brand, *second)
    again = signed.everything(source(SourceKind.MENTIONS, cursor=pages[-1].cursor))
    assert sorted(each.id for each in again) == sorted(post.uri for post in second)


def test_posts_of_one_millisecond_are_not_lost_between_pages(people: People, sign_in: SignIn) -> None:
    brand, customer = people("brand"), people("customer")
    posts = customer.mention_many(brand, [f"number {n}" for n in range(10)], at="2026-10-01T10:00:00.000Z")
    posts += customer.mention_many(brand, [f"number {n}" for n in range(10)], at="2026-10-01T10:00:00.001Z")
    told(brand, *posts)
    pulled = sign_in(brand, page_size=12).everything(source(SourceKind.MENTIONS))
    assert sorted(each.id for each in pulled) == sorted(post.uri for post in posts)


@pytest.mark.parametrize("dies_after", [1, 2, 3])
def test_dying_between_pages_loses_nothing(
    people: People, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch, dies_after: int
) -> None:
    # Without looking again at what is known, nothing hides a loss.
    monkeypatch.setattr(walk, "NEAR", timedelta(milliseconds=1))
    monkeypatch.setattr(walk, "FAR", timedelta(milliseconds=1))
    brand, customer = people("brand"), people("customer")
    posts = customer.mention_many(brand, [f"number {n}" for n in range(11)])
    told(brand, *posts)
    stored: list[str] = []
    cursor: str | None = None
    secret: str | None = None
    for attempt in range(40):
        signed = sign_in(brand, secret, page_size=3)
        pages = signed.client.pull(source(SourceKind.MENTIONS, cursor=cursor), since=LONG_AGO)
        got = list(islice(pages, dies_after))
        stored += [each.id for page in got for each in page.mentions]
        cursor, secret = got[-1].cursor, signed.secret
        if attempt == 1:
            # While it was down, more arrived on top.
            more = customer.mention_many(brand, ["late one", "late two", "late three", "late four"])
            told(brand, *more)
            posts += more
        elif attempt > 1 and not got[-1].more:
            break
    assert set(stored) == {post.uri for post in posts}


def test_a_post_that_claims_an_earlier_time_is_still_found(people: People, sign_in: SignIn) -> None:
    brand, customer = people("brand"), people("customer")
    told(brand, customer.mention(brand, "now"))
    signed = sign_in(brand)
    *_, last = signed.client.pull(source(SourceKind.MENTIONS), since=LONG_AGO)
    earlier = (datetime.now(UTC) - timedelta(minutes=1)).isoformat().replace("+00:00", "Z")
    late = customer.mention_many(brand, ["written a minute ago, sent now"], at=earlier)
    told(brand, *late)
    again = signed.everything(source(SourceKind.MENTIONS, cursor=last.cursor))
    assert [each.id for each in again] == [late[0].uri]


def test_own_posts_come_as_outbound_after_the_post_they_answer(people: People, sign_in: SignIn) -> None:
    brand, customer = people("brand"), people("customer")
    question = customer.post("Does anybody know their opening hours?")
    shown(brand, question)
    answer = brand.post("Nine to five!", answers=question)
    plain = brand.post("Good morning.")
    shown(brand, answer, plain)
    found = sign_in(brand).everything(source(SourceKind.OWN_POSTS))
    assert [each.id for each in found] == [question.uri, answer.uri, plain.uri]
    by_id = {each.id: each for each in found}
    assert by_id[question.uri].direction is Direction.INBOUND
    assert by_id[answer.uri].direction is Direction.OUTBOUND
    assert by_id[answer.uri].in_reply_to == question.uri
    assert by_id[answer.uri].send_key == answer.key


def test_own_posts_are_paged_and_resumed(people: People, sign_in: SignIn) -> None:
    brand = people("brand")
    posts = [brand.post(f"Post {n}") for n in range(5)]
    shown(brand, *posts)
    pages = list(sign_in(brand, page_size=2).client.pull(source(SourceKind.OWN_POSTS), since=LONG_AGO))
    assert {each.id for page in pages for each in page.mentions} == {post.uri for post in posts}
    late = brand.post("Later")
    shown(brand, late)
    signed = sign_in(brand, page_size=2)
    found = {each.id for each in signed.everything(source(SourceKind.OWN_POSTS, cursor=pages[-1].cursor))}
    assert late.uri in found


def test_a_search_finds_posts_that_do_not_name_the_brand(people: People, sign_in: SignIn) -> None:
    brand, customer = people("brand"), people("customer")
    posts = [customer.post(f"Zanzibrand makes good tea, part {n}") for n in range(4)]
    own = brand.post("We at Zanzibrand make tea")
    shown(brand, *posts, own)
    signed = sign_in(brand, page_size=2)
    found = {each.id: each for each in signed.everything(source(SourceKind.SEARCH, query="Zanzibrand"))}
    assert set(found) == {*(post.uri for post in posts), own.uri}
    assert found[own.uri].direction is Direction.OUTBOUND
    assert found[posts[0].uri].direction is Direction.INBOUND


def test_a_hashtag_does_not_find_longer_ones(people: People, sign_in: SignIn) -> None:
    brand, customer = people("brand"), people("customer")
    right = customer.post("Loving it #zanzitea today")
    wrong = customer.post("Loving it #zanziteapot today")
    shown(brand, right, wrong)
    found = sign_in(brand).everything(source(SourceKind.HASHTAG, query="zanzitea"))
    assert [each.id for each in found] == [right.uri]


def test_a_deleted_post_is_told_from_one_that_stands(people: People, sign_in: SignIn) -> None:
    brand, customer = people("brand"), people("customer")
    stays, goes = customer.mention(brand, "stays"), customer.mention(brand, "goes")
    told(brand, stays, goes)
    customer.delete(goes)
    eventually(lambda: goes.uri not in customer.shown([goes.uri]))
    found = {each.id: each for each in sign_in(brand).client.refresh([(stays.uri, None), (goes.uri, None)])}
    assert not found[stays.uri].deleted
    assert found[goes.uri].deleted
    assert found[stays.uri].text.endswith("stays")


def test_an_own_post_that_the_app_view_has_not_read_yet_is_not_called_deleted(people: People, sign_in: SignIn) -> None:
    brand = people("brand")
    signed = sign_in(brand)
    signed.client.identify()
    fresh = brand.post("A moment ago")
    assert [each.id for each in signed.client.refresh([(fresh.uri, None)]) if each.deleted] == []


def test_a_reply_goes_into_the_thread_with_its_marks(people: People, sign_in: SignIn) -> None:
    brand, customer, friend = people("brand"), people("customer"), people("friend")
    start = friend.post("Which tea?")
    shown(friend, start)
    question = customer.mention(brand, "which one?", langs=["de"], answers=start)
    told(brand, question)
    text = f"Grüße 🙂 @{customer.handle}: see https://tea.example/a?b=1, #tea"
    posted = sign_in(brand).client.post(
        text, target(question, customer, root=start), key=bluesky.make_key(), visibility=Visibility.PUBLIC
    )
    (record,) = [each for each in brand.posts() if each["uri"] == posted.global_id]
    value = record["value"]
    assert value["text"] == text
    assert value["reply"] == {"parent": question.ref(), "root": start.ref()}
    assert value["langs"] == ["de"]
    raw = text.encode()
    marks = {
        raw[each["index"]["byteStart"] : each["index"]["byteEnd"]].decode(): each["features"][0]
        for each in value["facets"]
    }
    assert marks[f"@{customer.handle}"]["did"] == customer.did
    assert marks["https://tea.example/a?b=1"]["uri"] == "https://tea.example/a?b=1"
    assert marks["#tea"]["tag"] == "tea"
    told(customer, Placed(posted.global_id, ""))


def test_posting_twice_with_one_key_makes_one_post(people: People, sign_in: SignIn) -> None:
    brand, customer = people("brand"), people("customer")
    question = customer.mention(brand, "hello?")
    told(brand, question)
    key = bluesky.make_key()
    client = sign_in(brand).client
    posts = [client.post("Hello!", target(question, customer), key=key, visibility=Visibility.PUBLIC) for _ in range(3)]
    assert len({post.global_id for post in posts}) == 1
    assert len({post.created_at for post in posts}) == 1
    assert len(brand.posts()) == 1
    with pytest.raises(Refused, match="Another post already stands"):
        client.post("Another text", target(question, customer), key=key, visibility=Visibility.PUBLIC)
    assert len(brand.posts()) == 1


def test_a_reply_of_unknown_fate_is_found_by_its_key(people: People, sign_in: SignIn) -> None:
    brand, customer = people("brand"), people("customer")
    question = customer.mention(brand, "hello?")
    told(brand, question)
    key, other = bluesky.make_key(), bluesky.make_key()
    client = sign_in(brand).client
    posted = client.post("Hello!", target(question, customer), key=key, visibility=Visibility.PUBLIC)
    found = client.find_posted(key, "Hello!", target(question, customer), since=LONG_AGO)
    assert found is not None
    assert found.global_id == posted.global_id
    assert found.created_at == posted.created_at
    assert client.find_posted(other, "Hello!", target(question, customer), since=LONG_AGO) is None


def test_a_post_of_its_own_stands_once_under_its_key_and_is_pulled_as_ours(people: People, sign_in: SignIn) -> None:
    brand = people("brand")
    client, key, text = sign_in(brand).client, bluesky.make_key(), "Everybody is safe. https://tea.example/now"
    assert client.find_posted(key, text, None, since=LONG_AGO) is None
    posts = [client.post(text, None, key=key, visibility=Visibility.PUBLIC, language="en") for _ in range(3)]
    assert {post.global_id for post in posts} == {posts[0].global_id}
    (record,) = [each["value"] for each in brand.posts()]
    assert (record["text"], record["langs"]) == (text, ["en"])
    assert "reply" not in record
    assert record["facets"][0]["features"][0]["uri"] == "https://tea.example/now"
    found = client.find_posted(key, text, None, since=LONG_AGO)
    assert found is not None
    assert (found.global_id, found.created_at) == (posts[0].global_id, posts[0].created_at)
    shown(brand, Placed(found.global_id, ""))
    own = [each for each in sign_in(brand).everything(source(SourceKind.OWN_POSTS)) if each.id == found.global_id]
    assert [(each.direction, each.in_reply_to, each.language) for each in own] == [(Direction.OUTBOUND, None, "en")]
    with pytest.raises(Refused, match="nobody to send it to"):
        client.post(text, None, key=bluesky.make_key(), visibility=Visibility.PRIVATE)


def test_a_reply_to_a_deleted_post_is_refused_unless_it_went_out_before(people: People, sign_in: SignIn) -> None:
    brand, customer = people("brand"), people("customer")
    question = customer.mention(brand, "hello?")
    told(brand, question)
    client, key = sign_in(brand).client, bluesky.make_key()
    posted = client.post("Hello!", target(question, customer), key=key, visibility=Visibility.PUBLIC)
    customer.delete(question)
    eventually(lambda: question.uri not in customer.shown([question.uri]))
    again = client.post("Hello!", target(question, customer), key=key, visibility=Visibility.PUBLIC)
    assert again.global_id == posted.global_id
    with pytest.raises(Gone, match="no longer on Bluesky"):
        client.post("Hello!", target(question, customer), key=bluesky.make_key(), visibility=Visibility.PUBLIC)


def test_a_reply_that_is_too_long_is_refused_in_the_networks_words(people: People, sign_in: SignIn) -> None:
    brand, customer = people("brand"), people("customer")
    question = customer.mention(brand, "hello?")
    told(brand, question)
    client = sign_in(brand).client
    client.post("👨‍👩‍👧" * 100, target(question, customer), key=bluesky.make_key(), visibility=Visibility.PUBLIC)
    with pytest.raises(Refused, match="300"):
        client.post("x" * 301, target(question, customer), key=bluesky.make_key(), visibility=Visibility.PUBLIC)


def test_an_expired_token_is_refreshed_and_kept_before_it_is_used(people: People, sign_in: SignIn) -> None:
    brand = people("brand")
    first = sign_in(brand)
    first.client.identify()
    kept = json.loads(first.secret)
    del kept["password"]
    second = sign_in(brand, json.dumps({**kept, "accessJwt": expired(brand)}))
    assert second.client.identify().remote_id == brand.did
    renewed = json.loads(second.secret)
    assert renewed["accessJwt"] != expired(brand)
    assert renewed["refreshJwt"] != kept["refreshJwt"]


def test_the_server_says_that_a_token_has_expired(people: People, sign_in: SignIn) -> None:
    brand = people("brand")
    signed = sign_in(brand)
    signed.client.identify()
    session = signed.client._session
    session.secret = replace(session.secret, accessJwt=expired(brand))
    assert signed.client.identify().remote_id == brand.did
    assert session.secret.accessJwt != expired(brand)


def test_a_revoked_session_asks_to_sign_in_again(people: People, sign_in: SignIn) -> None:
    brand = people("brand")
    signed = sign_in(brand)
    signed.client.identify()
    kept = json.loads(signed.secret)
    brand.end_session(kept["refreshJwt"])
    password = kept.pop("password")
    revoked = json.dumps({**kept, "accessJwt": "none.of.these"})
    with pytest.raises(SignInAgain, match="Sign in again"):
        sign_in(brand, revoked).client.identify()
    # With the app password kept, it signs in by itself.
    with_password = sign_in(brand, json.dumps({**json.loads(revoked), "password": password}))
    assert with_password.client.identify().remote_id == brand.did


def test_too_many_sign_ins_say_until_when_to_wait(at_network: AtNetwork) -> None:
    brand = Person(at_network.limited_pds, "limited")
    wrong = Signed(at_network.limited_pds, brand, bluesky.app_password(brand.handle, "wrong"))
    with pytest.raises(RateLimited) as caught:
        for _ in range(40):
            with pytest.raises(SignInAgain):
                wrong.client.identify()
    at = caught.value.retry_at
    assert at is not None
    assert timedelta(0) < at - datetime.now(UTC) <= timedelta(minutes=6)
    assert wrong.client.budget.left == 0
    wrong.client.close()
    brand.close()


def test_the_rate_budget_is_read_from_the_headers(at_network: AtNetwork) -> None:
    brand = Person(at_network.limited_pds, "limited")
    signed = Signed(at_network.limited_pds, brand, bluesky.app_password(brand.handle, brand.password))
    signed.client.identify()
    budget = signed.client.budget
    assert budget.left is not None
    assert 0 < budget.left <= 1
    assert budget.resets_at is not None
    assert budget.resets_at > datetime.now(UTC)
    signed.client.close()
    brand.close()


def test_news_wake_the_pull(people: People, sign_in: SignIn) -> None:
    brand, customer = people("brand"), people("customer")
    client = sign_in(brand).client
    assert client.wait_for_news(0) is False
    customer.mention(brand, "hello?")
    eventually(lambda: client.wait_for_news(1))


def test_a_page_is_oldest_first_so_that_a_reply_follows_what_it_answers(people: People, sign_in: SignIn) -> None:
    brand, customer = people("brand"), people("customer")
    first = customer.mention(brand, "one")
    second = customer.mention(brand, "two", answers=first)
    told(brand, first, second)
    pages: list[PulledPage] = list(sign_in(brand).client.pull(source(SourceKind.MENTIONS), since=LONG_AGO))
    assert [each.id for each in pages[0].mentions] == [first.uri, second.uri]
    assert pages[0].read == 2
