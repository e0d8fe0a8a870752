"""Reading what Bluesky sends, well formed or hostile."""

import json
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox.model.mention import BadPayload, IncomingMention
from inbox.model.words import Direction, MentionKind
from inbox.networks.bluesky import parse
from inbox.networks.bluesky.parse import Item, Me
from inbox.networks.bluesky.reparse import reparse
from inbox.networks.payload import kept_text, read_json
from tests.networks.bluesky.world import BRAND, CUSTOMER, HANDLE, NOW, account, notice, uri, view

ME = Me(BRAND, HANDLE)


def item(raw: Any) -> Item:
    return parse.read_item(raw, parse.notification, ME, "test")


def test_a_notification_becomes_a_mention() -> None:
    (found,) = item(notice("3k1", "Where is my order?", record={"langs": ["en"]})).mentions
    assert found.id == uri("3k1")
    assert (found.author.id, found.author.handle, found.author.name) == (CUSTOMER, "customer.example", "Customer")
    assert found.text == "Where is my order?"
    assert found.created_at == NOW
    assert found.language == "en"
    assert found.url == "https://bsky.app/profile/customer.example/post/3k1"
    assert found.direction is Direction.INBOUND
    assert found.send_key is None


@pytest.mark.parametrize("reason", ["like", "repost", "follow", "starterpack-joined", "something-new"])
def test_other_notifications_are_passed_over_without_complaint(reason: str) -> None:
    found = item(notice("3k1", reason=reason))
    assert found.mentions == ()
    assert found.bad is None


def test_a_reply_names_what_it_answers_and_where_the_thread_began() -> None:
    reply = {"parent": {"uri": uri("3k1"), "cid": "c"}, "root": {"uri": uri("3k0", BRAND), "cid": "c"}}
    (found,) = item(notice("3k2", reason="reply", record={"reply": reply})).mentions
    assert (found.in_reply_to, found.root) == (uri("3k1"), uri("3k0", BRAND))
    assert found.kind is MentionKind.COMMENT


def test_an_own_post_is_outbound_and_carries_its_key() -> None:
    reply = {"parent": {"uri": uri("3k1"), "cid": "c"}, "root": {"uri": uri("3k1"), "cid": "c"}}
    post = view("3k2", did=BRAND, record={"reply": reply})
    own = {"post": post, "reply": {"parent": view("3k1"), "root": view("3k1")}}
    question, answer = parse.read_item(own, parse.own_post, ME, "test").mentions
    assert (question.id, question.direction) == (uri("3k1"), Direction.INBOUND)
    assert (answer.direction, answer.send_key) == (Direction.OUTBOUND, "3k2")


@pytest.mark.parametrize("parent", [None, {"notFound": True, "uri": uri("3k1")}, {"blocked": True}, "x", view("3k9")])
def test_an_own_post_stands_without_the_post_it_answers(parent: Any) -> None:
    reply = {"parent": {"uri": uri("3k1"), "cid": "c"}, "root": {"uri": uri("3k1"), "cid": "c"}}
    own = {"post": view("3k2", did=BRAND, record={"reply": reply}), "reply": {"parent": parent}}
    (answer,) = parse.read_item(own, parse.own_post, ME, "test").mentions
    assert answer.in_reply_to == uri("3k1")


def test_a_repost_in_the_own_feed_is_no_post() -> None:
    reason = {"$type": "app.bsky.feed.defs#reasonRepost", "indexedAt": "2026-11-20T13:00:00Z"}
    reposted = {"post": view("3k1"), "reason": reason}
    found = parse.read_item(reposted, parse.own_post, ME, "test")
    assert found.mentions == ()
    assert found.bad is None
    assert found.at == NOW + timedelta(hours=1)


def test_names_are_read_by_bytes_in_the_order_of_the_text() -> None:
    text = "🙂 @zoe.example and @brand.example"

    def facet(name: str) -> dict[str, Any]:
        start = len(text[: text.index(name)].encode())
        feature = {"$type": "app.bsky.richtext.facet#mention", "did": "did:plc:x"}
        return {"index": {"byteStart": start, "byteEnd": start + len(name)}, "features": [feature]}

    facets = [facet("@brand.example"), facet("@zoe.example"), {"index": None}, "junk"]
    (found,) = item(notice("3k1", text, record={"facets": facets})).mentions
    assert found.also_names == ("zoe.example", "brand.example")


def test_counts_verification_and_pictures_are_read() -> None:
    image = {"fullsize": "https://cdn.example/a.jpg", "alt": "A box"}
    embed = {"$type": "app.bsky.embed.images#view", "images": [image]}
    raw = view("3k1", likeCount=3, repostCount=2, replyCount=True, embed=embed)
    raw["author"] |= {"verification": {"verifiedStatus": "valid"}, "followersCount": 12}
    (found,) = parse.read_item(raw, parse.post, ME, "test").mentions
    assert (found.likes, found.shares, found.replies) == (3, 2, None)
    assert found.author.verified
    assert found.author.followers == 12
    assert [(each.url, each.alt) for each in found.media] == [("https://cdn.example/a.jpg", "A box")]


def test_pictures_of_a_notification_are_found_by_their_content() -> None:
    image = {"alt": "A box", "image": {"$type": "blob", "ref": {"$link": "bafyabc"}}}
    inner = {"$type": "app.bsky.embed.images", "images": [image, {"image": {"ref": {"$link": "../evil"}}}]}
    embed = {"$type": "app.bsky.embed.recordWithMedia", "media": inner}
    (found,) = item(notice("3k1", record={"embed": embed})).mentions
    assert [each.url for each in found.media] == [
        f"https://cdn.bsky.app/img/feed_fullsize/plain/{CUSTOMER}/bafyabc@jpeg"
    ]


@pytest.mark.parametrize(
    ("created", "posted"),
    [
        ("2026-11-20T11:59:00Z", NOW - timedelta(minutes=1)),
        ("2026-11-20T12:59:00+01:00", NOW - timedelta(minutes=1)),
        ("9999-12-31T23:59:59Z", NOW),
        ("0000-01-01T00:00:00Z", NOW),
        ("2026-11-21T00:00:00Z", NOW),
        ("2026-11-20T11:59:00", NOW),
        ("yesterday", NOW),
        (17, NOW),
        (None, NOW),
    ],
)
def test_a_post_was_posted_when_its_author_says_unless_that_is_nonsense(created: Any, posted: datetime) -> None:
    (found,) = item(notice("3k1", record={"createdAt": created})).mentions
    assert found.created_at == posted
    assert found.created_at.tzinfo is UTC


def _without(path: str) -> dict[str, Any]:
    return _with(path, ...)


def _with(path: str, value: Any) -> dict[str, Any]:
    raw = deepcopy(notice("3k1"))
    *way, last = path.split(".")
    holder = raw
    for step in way:
        holder = holder[step]
    if value is ...:
        del holder[last]
    else:
        holder[last] = value
    return raw


def _nested(depth: int) -> Any:
    value: Any = "x"
    for _ in range(depth):
        value = [value]
    return value


HOSTILE: dict[str, Any] = {
    "no object": 17,
    "null": None,
    "a list": [],
    "a text": "post",
    "no address": _without("uri"),
    "address of another thing": _with("uri", "at://did:plc:customer/app.bsky.feed.like/3k1"),
    "address that is a number": _with("uri", 5),
    "no reason": _without("reason"),
    "no author": _without("author"),
    "author is a text": _with("author", "customer"),
    "author is another": _with("author.did", BRAND),
    "no handle": _without("author.handle"),
    "endless name": _with("author.displayName", "x" * 100_000),
    "no record": _without("record"),
    "text is a number": _with("record.text", 5),
    "no text": _without("record.text"),
    "2 MB of text": _with("record.text", "x" * 2_000_000),
    "half a character": _with("record.text", "a\ud800b"),
    "half a character in the name": _with("author.displayName", "a\udfffb"),
    "NUL": _with("record.text", "a\0b"),
    "NUL in a key": _with("record.x\0y", 1),
    "deep nesting": _with("record.deep", _nested(500)),
    "indexed in year 0": _with("indexedAt", "0000-01-01T00:00:00Z"),
    "indexed in year 9999": _with("indexedAt", "9999-12-31T23:59:59-12:00"),
    "indexed never": _without("indexedAt"),
    "reply is a text": _with("record.reply", "x"),
    "reply without root": _with("record.reply", {"parent": {"uri": uri("3k0")}}),
    "reply to a number": _with("record.reply", {"parent": {"uri": 1}, "root": {"uri": uri("3k0")}}),
    "infinite number": _with("record.n", float("inf")),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_malformed_payload_is_kept_with_its_reason(name: str) -> None:
    found = item(HOSTILE[name])
    assert found.mentions == ()
    assert found.bad is not None
    assert found.bad.error.endswith(".")
    assert found.bad.account == HANDLE
    assert found.bad.payload.encode("ascii")
    assert found.mark


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("record.langs", 5),
        ("record.langs", [5]),
        ("record.facets", {"a": 1}),
        ("record.facets", [{"index": {"byteStart": -1, "byteEnd": "x"}, "features": 3}]),
        ("record.embed", "x"),
        ("record.embed", {"$type": "app.bsky.embed.images", "images": [1, {"image": 2}]}),
        ("author.displayName", 5),
        ("author.verification", "yes"),
        ("likeCount", "many"),
        ("record.text", "\u202eright to left"),
        ("record.text", ""),
    ],
)
def test_what_is_wrong_beside_the_point_does_not_cost_the_mention(path: str, value: Any) -> None:
    found = item(_with(path, value))
    assert found.bad is None
    assert len(found.mentions) == 1


def test_one_bottomless_payload_does_not_cost_its_page() -> None:
    deep = '{"uri":"x","record":' + '{"a":' * 100_000 + "1" + "}" * 100_000 + "}"
    body = f'{{"notifications":[{json.dumps(notice("3k1"))},{deep},{json.dumps(notice("3k2"))}]}}'
    items = [item(raw) for raw in read_json(body.encode())["notifications"]]
    assert [len(each.mentions) for each in items] == [1, 0, 1]
    assert items[1].bad is not None


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(alphabet=st.sampled_from("a\0\ud800\u202e@")),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(path=st.sampled_from(["uri", "reason", "author", "author.did", "record", "record.reply", "record.facets",
                             "record.embed", "record.createdAt", "indexedAt"]), value=_JSON)  # fmt: skip
def test_nothing_that_a_server_sends_makes_the_parsing_fail(path: str, value: Any) -> None:
    for parsed in (parse.notification, parse.post, parse.own_post):
        raw = _with(path, value)
        for each in (raw, {"post": raw, "reply": value, "reason": value}, value):
            found = parse.read_item(each, parsed, ME, "test")
            assert found.bad is None or not found.mentions


def test_a_kept_payload_is_read_again() -> None:
    of = account()
    for kept in (notice("3k1"), view("3k1"), {"post": view("3k1")}):
        again = reparse(kept_text(kept), of)
        assert isinstance(again, IncomingMention)
        assert again.id == uri("3k1")
    for still_bad in ("{", "5", kept_text({**notice("3k1"), "record": 5}), kept_text(notice("3k1", reason="like"))):
        assert isinstance(reparse(still_bad, of), BadPayload)
