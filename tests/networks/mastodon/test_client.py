"""The client against an instance in memory, and against its bad days."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from inbox.model.account import Limits
from inbox.model.words import Direction, SourceKind, Visibility
from inbox.networks import mastodon
from inbox.networks.base import ReplyTarget
from inbox.networks.errors import Gone, RateLimited, Refused, SignInAgain, Unreachable
from tests.support.fake_mastodon import ME, FakeMastodon
from tests.support.malformed import BEGUN, a_notification, a_status, hostile_notifications
from tests.support.mastodon import Kept, a_source, an_account


@pytest.fixture
def instance() -> FakeMastodon:
    return FakeMastodon()


def target(status: dict[str, Any]) -> ReplyTarget:
    return ReplyTarget(status["uri"], status["id"], None, status["account"]["acct"], "", status)


def test_who_we_are_and_what_the_instance_allows(instance: FakeMastodon) -> None:
    instance.instance = (
        "v2",
        {
            "domain": "social.example",
            "version": "4.3.1+glitch",
            "configuration": {
                "urls": {"streaming": "wss://stream.example"},
                "statuses": {"max_characters": 1000, "characters_reserved_per_url": 30},
            },
        },
    )
    who = instance.client().identify()
    assert who.handle == "brand@social.example"
    assert (who.limits.length, who.limits.url_length, who.limits.idempotent) == (1000, 30, True)
    assert who.details["stream"] == "wss://stream.example"


@pytest.mark.parametrize(
    "version", ["4.0.0 (not true; really snac/2.75)", "2.7.2 (compatible; Pleroma 2.5)", "0.17.3", ""]
)
def test_only_mastodon_itself_is_trusted_with_keys(instance: FakeMastodon, version: str) -> None:
    instance.instance = ("v1", {"uri": "social.example", "version": version, "max_toot_chars": 5000})
    who = instance.client().identify()
    assert not who.limits.idempotent
    assert who.limits.length == 5000


def test_an_instance_that_tells_nothing_gets_mastodon_s_limits(instance: FakeMastodon) -> None:
    instance.instance = ("v1", [])
    assert instance.client().identify().limits.length == 500


def test_a_hostile_page_is_pulled_900_stored_100_aside(instance: FakeMastodon) -> None:
    instance.notifications = [each for each in hostile_notifications() if each["status"] is not False]
    instance.notifications += [{**a_notification(5000 + n), "status": 7} for n in range(5)]
    kept = Kept(instance.client().pull)
    kept.pull(BEGUN - timedelta(days=1))
    assert (len(kept.mentions), len(kept.bad)) == (900, 100)
    assert kept.gaps == []


def test_likes_and_follows_are_left_out_where_the_server_sends_them_all_the_same(instance: FakeMastodon) -> None:
    instance.notifications = [a_notification(n, kind=kind) for n, kind in enumerate(["favourite", "mention", "follow"])]
    instance.notifications[2].pop("status")
    kept = Kept(instance.client().pull)
    kept.pull(BEGUN - timedelta(days=1))
    assert len(kept.mentions) == 1
    assert kept.bad == []


def test_a_reply_names_what_it_answers_globally(instance: FakeMastodon) -> None:
    parent = instance.keep(a_status(1))
    child = a_status(2, in_reply_to_id=parent["id"])
    instance.notifications = [a_notification(2, child)]
    kept = Kept(instance.client().pull)
    kept.pull(BEGUN - timedelta(days=1))
    assert kept.mentions[child["uri"]].in_reply_to == parent["uri"]
    assert parent["uri"] not in kept.mentions


def test_a_deleted_parent_does_not_lose_the_reply(instance: FakeMastodon) -> None:
    child = a_status(2, in_reply_to_id="404")
    instance.notifications = [a_notification(2, child)]
    kept = Kept(instance.client().pull)
    kept.pull(BEGUN - timedelta(days=1))
    assert kept.mentions[child["uri"]].in_reply_to is None
    assert kept.mentions[child["uri"]].in_reply_to_local == "404"


def test_own_posts_bring_what_they_answer(instance: FakeMastodon) -> None:
    parent = instance.keep(a_status(1))
    own = instance.keep(a_status(2, account=ME, in_reply_to_id=parent["id"]))
    instance.own = [own["id"]]
    kept = Kept(instance.client().pull, SourceKind.OWN_POSTS)
    kept.pull(BEGUN - timedelta(days=1))
    assert list(kept.mentions) == [parent["uri"], own["uri"]]
    assert kept.mentions[own["uri"]].direction is Direction.OUTBOUND


def test_what_is_read_twice_is_given_once_while_we_run_and_again_after_a_death(instance: FakeMastodon) -> None:
    instance.own = [instance.keep(a_status(n, account=ME))["id"] for n in range(3)]
    client = instance.client()
    kept = Kept(client.pull, SourceKind.OWN_POSTS)
    pages = client.pull(a_source(SourceKind.OWN_POSTS), since=BEGUN - timedelta(days=1))
    assert len(next(pages).mentions) == 3
    del pages
    kept.pull(BEGUN - timedelta(days=1))
    assert len(kept.mentions) == 3
    kept.pull()
    assert kept.repeated == 0


def test_an_edit_of_a_post_read_before_is_given_again(instance: FakeMastodon) -> None:
    post = instance.keep(a_status(1))
    instance.found = [post["id"]]
    kept = Kept(instance.client().pull, SourceKind.HASHTAG, "#exampleair")
    kept.pull(BEGUN - timedelta(days=1))
    post |= {"content": "<p>changed</p>", "edited_at": "2026-11-01T09:00:00Z"}
    kept.pull()
    assert kept.mentions[post["uri"]].text == "changed"


def test_a_reply_is_posted_in_its_thread_and_named_to_its_author(instance: FakeMastodon) -> None:
    asked = instance.keep(a_status(1))
    posted = instance.client().post("We look.", target(asked), key="k", visibility=Visibility.PUBLIC)
    sent = instance.statuses[str(posted.local_id)]
    assert sent["content"] == f"<p>@{asked['account']['acct']} We look.</p>"
    assert sent["in_reply_to_id"] == asked["id"]
    assert sent["visibility"] == "public"
    assert instance.asked[-1].headers["idempotency-key"] == "k"


def test_a_private_reply_is_a_direct_message_and_an_unlisted_post_stays_unlisted(instance: FakeMastodon) -> None:
    asked = instance.keep(a_status(1, visibility="unlisted"))
    client = instance.client()
    private = client.post("a", target(asked), key="1", visibility=Visibility.PRIVATE)
    public = client.post("b", target(asked), key="2", visibility=Visibility.PUBLIC)
    assert instance.statuses[str(private.local_id)]["visibility"] == "direct"
    assert instance.statuses[str(public.local_id)]["visibility"] == "unlisted"


def test_a_repeat_with_the_same_key_is_one_post(instance: FakeMastodon) -> None:
    asked = instance.keep(a_status(1))
    client = instance.client()
    first = client.post("a", target(asked), key="k", visibility=Visibility.PUBLIC)
    assert client.post("a", target(asked), key="k", visibility=Visibility.PUBLIC) == first
    assert len(instance.own) == 1


def test_a_server_without_keys_gets_none(instance: FakeMastodon) -> None:
    asked = instance.keep(a_status(1))
    client = instance.client(limits=Limits(length=500))
    client.post("a", target(asked), key="k", visibility=Visibility.PUBLIC)
    assert "idempotency-key" not in instance.asked[-1].headers


def test_a_post_known_only_by_its_global_id_is_looked_up_to_be_answered(instance: FakeMastodon) -> None:
    asked = instance.keep(a_status(1))
    searched = ReplyTarget(asked["uri"], None, None, "alice@elsewhere.example", "")
    posted = instance.client().post("a", searched, key="k", visibility=Visibility.PUBLIC)
    assert instance.statuses[str(posted.local_id)]["in_reply_to_id"] == asked["id"]
    with pytest.raises(Gone):
        missing = ReplyTarget("https://x.example/none", None, None, "alice", "")
        instance.client().post("a", missing, key="k2", visibility=Visibility.PUBLIC)


def test_an_answer_that_never_came_is_found_by_its_words(instance: FakeMastodon) -> None:
    asked = instance.keep(a_status(1))
    client = instance.client()
    begun = datetime.now(UTC)
    posted = client.post("Yes: two,\nat ten.", target(asked), key="k", visibility=Visibility.PUBLIC)
    found = client.find_posted("k", "Yes: two,\nat ten.", target(asked), since=begun)
    assert found is not None
    assert found.global_id == posted.global_id
    assert client.find_posted("k", "Yes: three, at ten.", target(asked), since=begun) is None
    elsewhere = target(instance.keep(a_status(2)))
    assert client.find_posted("k", "Yes: two,\nat ten.", elsewhere, since=begun) is None
    late = begun + timedelta(hours=1)
    assert client.find_posted("k", "Yes: two,\nat ten.", target(asked), since=late) is None


def test_a_post_of_its_own_is_public_answers_nothing_and_names_nobody(instance: FakeMastodon) -> None:
    client = instance.client()
    posted = client.post("Flight EX731: all safe.", None, key="k", visibility=Visibility.PUBLIC, language="en")
    sent = instance.statuses[str(posted.local_id)]
    assert (sent["content"], sent["visibility"]) == ("<p>Flight EX731: all safe.</p>", "public")
    assert sent["in_reply_to_id"] is None
    request = instance.asked[-1]
    assert request.headers["idempotency-key"] == "k"
    assert "language=en" in request.content.decode()
    again = client.post("Flight EX731: all safe.", None, key="k", visibility=Visibility.PUBLIC, language="en")
    assert again == posted
    assert len(instance.own) == 1


def test_a_post_of_its_own_is_found_among_those_that_answer_nothing(instance: FakeMastodon) -> None:
    asked = instance.keep(a_status(1))
    client = instance.client()
    begun = datetime.now(UTC)
    client.post("All are safe.", target(asked), key="1", visibility=Visibility.PUBLIC)
    assert client.find_posted("k", "All are safe.", None, since=begun) is None
    posted = client.post("All are safe.", None, key="k", visibility=Visibility.PUBLIC)
    found = client.find_posted("k", "All are safe.", None, since=begun)
    assert found is not None
    assert found.global_id == posted.global_id
    assert client.find_posted("k", "All are safe now.", None, since=begun) is None


def test_a_post_for_nobody_in_private_is_refused_before_anything_is_asked(instance: FakeMastodon) -> None:
    with pytest.raises(Refused, match="nobody to send it to"):
        instance.client().post("a", None, key="k", visibility=Visibility.PRIVATE)
    assert instance.asked == []


def test_a_refresh_tells_edits_and_deletions_and_leaves_out_what_it_cannot_ask(instance: FakeMastodon) -> None:
    post = instance.keep(a_status(1, "<p>new words</p>"))
    found = instance.client().refresh([(post["uri"], post["id"]), ("https://x.example/gone", "404")])
    assert [(each.text, each.deleted) for each in found] == [("new words", False), ("", True)]


def test_a_refresh_spares_the_budget(instance: FakeMastodon) -> None:
    instance.headers = {"x-ratelimit-limit": "300", "x-ratelimit-remaining": "30"}
    posts = [instance.keep(a_status(n)) for n in range(5)]
    found = instance.client().refresh([(post["uri"], post["id"]) for post in posts])
    assert len(found) == 1


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (httpx.Response(401, json={"error": "The access token was revoked"}), SignInAgain),
        (httpx.Response(422, json={"error": "This method requires an authenticated user"}), SignInAgain),
        (httpx.Response(429), RateLimited),
        (httpx.Response(200, json={"not": "a list"}), Unreachable),
        (httpx.Response(403, json={"error": "outside the authorized scopes"}), Refused),
    ],
)
def test_what_the_instance_says_no_with_is_told_apart(
    instance: FakeMastodon, answer: httpx.Response, kind: type[Exception]
) -> None:
    instance.before = lambda _: answer
    with pytest.raises(kind):
        list(instance.client().pull(a_source(), since=None))


def test_a_reply_taken_but_answered_by_rubbish_may_have_been_made(instance: FakeMastodon) -> None:
    asked = instance.keep(a_status(1))
    client = instance.client()
    instance.before = lambda request: httpx.Response(200, json={"id": 5}) if request.method == "POST" else None
    with pytest.raises(Unreachable) as caught:
        client.post("a", target(asked), key="k", visibility=Visibility.PUBLIC)
    assert caught.value.maybe_done


def test_a_broken_cursor_starts_from_what_was_stored_last(instance: FakeMastodon) -> None:
    instance.notifications = [a_notification(n) for n in range(5)]
    kept = Kept(instance.client().pull)
    kept.cursor = "{broken"
    kept.pull(BEGUN + timedelta(seconds=3))
    assert len(kept.mentions) == 2


def test_a_few_huge_posts_do_not_stop_a_source(instance: FakeMastodon) -> None:
    instance.notifications = [a_notification(n, a_status(n, "x" * 900_000)) for n in range(15)]
    instance.notifications.append(a_notification(20))
    kept = Kept(instance.client().pull)
    kept.pull(BEGUN - timedelta(days=1))
    assert (len(kept.mentions), len(kept.bad)) == (1, 15)


def test_a_parent_that_its_instance_cannot_give_stops_the_source_only_for_a_while(instance: FakeMastodon) -> None:
    child = a_status(2, in_reply_to_id="500")
    instance.notifications = [a_notification(2, child)]
    instance.before = lambda request: httpx.Response(500) if request.url.path.endswith("/500") else None
    kept = Kept(instance.client().pull)
    for _ in range(2):
        with pytest.raises(Unreachable):
            kept.pull(BEGUN - timedelta(days=1))
    kept.pull(BEGUN - timedelta(days=1))
    assert child["uri"] in kept.mentions


@pytest.mark.parametrize("secret", ["", "  ", "two words", '{"token": ""}', "{}", "línea"])
def test_a_secret_without_a_token_says_sign_in_again(secret: str) -> None:
    with pytest.raises(SignInAgain):
        mastodon.connect(an_account(), secret, stop=lambda: False, save_secret=lambda _: None)
