"""Replies: put up once, found again, refused in plain words."""

import json
from typing import Any

import httpx
import pytest

from inbox.model.words import Visibility
from inbox.networks.base import ReplyTarget
from inbox.networks.bluesky import make_key
from inbox.networks.errors import Gone, NetworkError, RateLimited, Refused, Unreachable
from tests.networks.bluesky.world import (
    BRAND,
    CUSTOMER,
    GET_POSTS,
    GET_RECORD,
    NOW,
    PUT_RECORD,
    Answer,
    World,
    failing,
    saying,
    target,
    uri,
    view,
    written,
)

KEY = "3lbmzq5a2ab2c"


class Repo:
    """The brand's records: puts only where nothing stands, as the network does."""

    def __init__(self, world: World) -> None:
        self.records: dict[str, dict[str, Any]] = {}
        self.lose_answer = False
        world.answers |= {PUT_RECORD: self.put, GET_RECORD: self.get}
        world.answers[GET_POSTS] = saying({"posts": [view("3kquestion", record={"langs": ["de", "en"]})]})

    def put(self, request: httpx.Request) -> httpx.Response:
        told = json.loads(request.content)
        assert told["swapRecord"] is None
        if told["rkey"] in self.records and self.records[told["rkey"]] != told["record"]:
            return httpx.Response(400, json={"error": "InvalidSwap", "message": "Record was at x"})
        self.records[told["rkey"]] = told["record"]
        if self.lose_answer:
            raise httpx.ReadError("reset", request=request)
        return httpx.Response(200, json={"uri": uri(told["rkey"], BRAND), "cid": "c"})

    def get(self, request: httpx.Request) -> httpx.Response:
        key = request.url.params["rkey"]
        if key not in self.records:
            return httpx.Response(400, json={"error": "RecordNotFound", "message": "Could not locate record"})
        return httpx.Response(200, json={"uri": uri(key, BRAND), "cid": "c", "value": self.records[key]})


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def repo(world: World) -> Repo:
    return Repo(world)


def reply(world: World, text: str = "Hello!", *, key: str = KEY, to: ReplyTarget | None = None) -> Any:
    return world.client().post(text, to or target(), key=key, visibility=Visibility.PUBLIC)


def test_a_reply_stands_under_its_key_in_the_thread_of_the_question(world: World, repo: Repo) -> None:
    posted = reply(world)
    assert posted.global_id == uri(KEY, BRAND)
    assert posted.url == f"https://bsky.app/profile/brand.example/post/{KEY}"
    assert posted.created_at == NOW
    parent = {"uri": uri("3kquestion"), "cid": "cid3kquestion"}
    assert repo.records[KEY]["reply"] == {"parent": parent, "root": parent}
    assert repo.records[KEY]["langs"] == ["de"]
    assert "facets" not in repo.records[KEY]


def test_the_root_is_the_one_that_the_question_names(world: World, repo: Repo) -> None:
    root = {"uri": uri("3kroot"), "cid": "cidroot"}
    answers = {"root": root, "parent": root}
    world.answers[GET_POSTS] = saying({"posts": [view("3kquestion", record={"reply": answers})]})
    reply(world)
    assert repo.records[KEY]["reply"]["root"] == root


def test_an_answer_that_never_came_may_have_been_done(world: World, repo: Repo) -> None:
    repo.lose_answer = True
    with pytest.raises(Unreachable) as caught:
        reply(world)
    assert caught.value.maybe_done
    found = world.client().find_posted(KEY, "Hello!", target(), since=NOW)
    assert found is not None
    assert found.global_id == uri(KEY, BRAND)
    assert len(repo.records) == 1


def test_a_repeat_finds_the_first(world: World, repo: Repo) -> None:
    first = reply(world)
    repo.records[KEY]["createdAt"] = "2026-11-20T11:00:00.000Z"
    second = reply(world)
    assert second.global_id == first.global_id
    assert written(second.created_at) == "2026-11-20T11:00:00.000Z"
    assert len(repo.records) == 1


def test_another_post_under_the_key_is_not_taken_for_the_reply(world: World, repo: Repo) -> None:
    reply(world, "Something else")
    assert len(repo.records) == 1
    with pytest.raises(Refused, match="Another post already stands"):
        reply(world)


def test_a_reply_that_was_never_made_is_not_found(world: World, repo: Repo) -> None:
    assert repo.records == {}
    assert world.client().find_posted(KEY, "Hello!", target(), since=NOW) is None


@pytest.mark.parametrize(
    ("answer", "error", "words"),
    [
        (saying({"posts": []}), Gone, "no longer on Bluesky"),
        (saying({"posts": [view("3kanother")]}), Gone, "no longer on Bluesky"),
        (saying([]), Gone, "no longer on Bluesky"),
        (saying({"posts": [view("3kquestion", viewer={"replyDisabled": True})]}), Refused, "limited who may reply"),
        (saying({"posts": [{**view("3kquestion"), "cid": None}]}), Unreachable, "not an answer"),
        (failing(500, "InternalServerError"), Unreachable, "out of order"),
    ],
)
def test_a_question_that_cannot_be_answered_is_told_so(
    world: World, repo: Repo, answer: Answer, error: type[NetworkError], words: str
) -> None:
    world.answers[GET_POSTS] = answer
    with pytest.raises(error, match=words):
        reply(world)
    assert repo.records == {}


@pytest.mark.parametrize(
    ("answer", "error", "words"),
    [
        (failing(429, "RateLimitExceeded", headers={"retry-after": "60"}), RateLimited, "slow down"),
        (failing(400, "InvalidRequest", "grapheme too big (maximum 300, got 301)"), Refused, "maximum 300"),
        (failing(500, "InternalServerError"), Unreachable, "out of order"),
        (lambda _: httpx.Response(200, text="<html>"), Unreachable, "not an answer"),
    ],
)
def test_a_refused_post_has_its_reason(
    world: World, repo: Repo, answer: Answer, error: type[NetworkError], words: str
) -> None:
    world.answers[PUT_RECORD] = answer
    with pytest.raises(error, match=words):
        reply(world)
    assert repo.records == {}


@pytest.mark.parametrize(
    ("text", "key", "to", "words"),
    [
        ("Hello!", "not-a-key", target(), "key"),
        ("a\ud800", KEY, target(), "half a character"),
        ("  ", KEY, target(), "empty"),
        ("Hello!", KEY, ReplyTarget("https://mastodon.example/1", None, None, "a", "b"), "not a post of Bluesky"),
    ],
)
def test_what_cannot_be_posted_is_refused_before_anything_is_sent(
    world: World, text: str, key: str, to: ReplyTarget, words: str
) -> None:
    with pytest.raises(Refused, match=words):
        reply(world, text, key=key, to=to)
    assert world.times(PUT_RECORD) == 0


def test_private_replies_do_not_exist(world: World, repo: Repo) -> None:
    with pytest.raises(Refused, match="no private replies"):
        world.client().post("Hello!", target(), key=make_key(), visibility=Visibility.PRIVATE)
    assert repo.records == {}


def own(world: World, text: str = "All are safe.", **more: Any) -> Any:
    return world.client().post(text, None, key=KEY, visibility=Visibility.PUBLIC, **more)


def test_a_post_of_its_own_answers_nothing_and_asks_for_nothing(world: World, repo: Repo) -> None:
    posted = own(world, "All are safe. https://air.example", language="en")
    assert posted.global_id == uri(KEY, BRAND)
    record = repo.records[KEY]
    assert (record["text"], record["langs"]) == ("All are safe. https://air.example", ["en"])
    assert "reply" not in record
    assert len(record["facets"]) == 1
    assert world.times(GET_POSTS) == 0


def test_a_post_of_its_own_of_no_clear_language_says_none(world: World, repo: Repo) -> None:
    own(world)
    assert "langs" not in repo.records[KEY]


def test_a_post_of_its_own_stands_once_under_its_key_and_is_found_by_it(world: World, repo: Repo) -> None:
    repo.lose_answer = True
    with pytest.raises(Unreachable) as caught:
        own(world)
    assert caught.value.maybe_done
    found = world.client().find_posted(KEY, "All are safe.", None, since=NOW)
    assert found is not None
    assert found.global_id == uri(KEY, BRAND)
    repo.records[KEY]["createdAt"] = "2026-11-20T11:00:00.000Z"
    repo.lose_answer = False
    assert own(world).global_id == found.global_id
    assert len(repo.records) == 1


def test_a_post_for_nobody_in_private_is_refused(world: World, repo: Repo) -> None:
    with pytest.raises(Refused, match="nobody to send it to"):
        world.client().post("a", None, key=KEY, visibility=Visibility.PRIVATE)
    assert repo.records == {}


def test_names_are_looked_up_and_unknown_ones_stay_text(world: World, repo: Repo) -> None:
    def resolve(request: httpx.Request) -> httpx.Response:
        if request.url.params["handle"] == "zoe.example":
            return httpx.Response(200, json={"did": "did:plc:zoe"})
        return httpx.Response(400, json={"error": "HandleNotFound", "message": "Unable to resolve handle"})

    world.answers["com.atproto.identity.resolveHandle"] = resolve
    reply(world, "@zoe.example @nobody.example")
    (mark,) = repo.records[KEY]["facets"]
    assert mark["features"] == [{"$type": "app.bsky.richtext.facet#mention", "did": "did:plc:zoe"}]


def test_posts_are_called_deleted_only_when_their_record_is_gone(world: World) -> None:
    def record(request: httpx.Request) -> httpx.Response:
        key = request.url.params["rkey"]
        if key == "3khidden":
            return httpx.Response(200, json={"uri": uri(key), "value": {}})
        code, words = (
            ("InvalidRequest", "Could not find repo: did:plc:x") if key == "3kleft" else ("RecordNotFound", "")
        )
        code = "UpstreamFailure" if key == "3kunsure" else code
        return httpx.Response(400, json={"error": code, "message": words})

    world.answers[GET_RECORD] = record
    world.answers[GET_POSTS] = saying({"posts": [view("3kstays", likeCount=4), view("3kuninvited"), {"uri": 5}]})
    keys = ["3kstays", "3kgone", "3khidden", "3kleft", "3kunsure"]
    asked = [(uri(key), None) for key in keys]
    found = world.client().refresh([*asked, ("https://mastodon.example/1", None)])
    assert {each.id: each.deleted for each in found} == {
        uri("3kstays"): False,
        uri("3kgone"): True,
        uri("3kleft"): True,
    }
    assert next(each for each in found if each.id == uri("3kstays")).likes == 4
    assert next(each for each in found if each.deleted).author.id == CUSTOMER


def test_the_present_state_is_asked_for_25_at_a_time(world: World) -> None:
    world.answers[GET_POSTS] = lambda request: httpx.Response(
        200, json={"posts": [view(each.rsplit("/", 1)[1]) for each in request.url.params.get_list("uris")]}
    )
    found = world.client().refresh([(uri(f"3k{n}"), None) for n in range(60)])
    assert len(found) == 60
    assert world.times(GET_POSTS) == 3
