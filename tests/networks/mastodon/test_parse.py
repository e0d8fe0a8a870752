"""Payloads to mentions."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inbox.model.mention import BadPayload, IncomingMention
from inbox.model.words import Direction, MentionKind, Visibility
from inbox.networks.mastodon.parse import Reader
from inbox.networks.payload import read_json
from tests.support.malformed import WAYS, a_notification, a_status, an_author, as_body, hostile_notifications

READER = Reader("brand@social.example", "1")


def read(status: Any) -> IncomingMention:
    found = READER.status(status, "mentions")
    assert isinstance(found, IncomingMention), found
    return found


def test_a_status_becomes_a_mention() -> None:
    found = read(
        a_status(5, media_attachments=[{"type": "image", "url": "https://m.example/1.png", "description": "x"}])
    )
    assert found.id == "https://elsewhere.example/users/alice/statuses/5"
    assert found.local_id == "110000000000000005"
    assert found.author.handle == "alice5@elsewhere.example"
    assert found.created_at == datetime(2026, 11, 1, 8, 0, 5, tzinfo=UTC)
    assert found.direction is Direction.INBOUND
    assert found.text == "Where is my bag?"
    assert found.media[0].alt == "x"


def test_an_author_of_our_own_instance_gets_its_name() -> None:
    found = read(a_status(1, account={**an_author(), "acct": "carl"}))
    assert found.author.handle == "carl@social.example"


def test_our_own_posts_are_outbound() -> None:
    assert read(a_status(1, account={**an_author(), "acct": "brand"})).direction is Direction.OUTBOUND
    assert read(a_status(1, account={**an_author(), "id": "1"})).direction is Direction.OUTBOUND


def test_a_direct_post_is_a_private_message() -> None:
    found = read(a_status(1, visibility="direct"))
    assert (found.kind, found.visibility) == (MentionKind.MESSAGE, Visibility.PRIVATE)


def test_a_post_to_followers_is_private_but_no_message() -> None:
    found = read(a_status(1, visibility="private"))
    assert (found.kind, found.visibility) == (MentionKind.MENTION, Visibility.PRIVATE)


def test_a_visibility_we_do_not_know_is_never_public() -> None:
    assert read(a_status(1, visibility="local")).visibility is Visibility.PRIVATE


def test_a_content_warning_stands_before_the_text() -> None:
    assert read(a_status(1, spoiler_text="Complaint")).text == "Complaint\n\nWhere is my bag?"


def test_people_named_are_told_apart_by_their_instance() -> None:
    content = '<p><a href="https://social.example/@ben" class="u-url mention">@<span>ben</span></a> see</p>'
    named = [{"acct": "ben", "url": "https://social.example/@ben"}]
    found = read(a_status(1, content, mentions=named))
    assert found.text == "@ben@social.example see"
    assert found.also_names == ("ben@social.example",)


def test_a_link_that_would_run_something_is_dropped() -> None:
    found = read(a_status(1, url="javascript:alert(1)", media_attachments=[{"type": "image", "url": "file:///etc"}]))
    assert found.url == "https://elsewhere.example/users/alice/statuses/1"
    assert found.media == ()


def test_a_right_to_left_override_is_kept_as_data() -> None:
    assert read(a_status(1, "<p>a\u202eb</p>")).text == "a\u202eb"


def test_what_a_post_answers_is_named_globally_where_it_is_known() -> None:
    found = READER.status(a_status(1, in_reply_to_id="77"), "mentions", {"77": "https://x.example/77"})
    assert isinstance(found, IncomingMention)
    assert (found.in_reply_to, found.in_reply_to_local) == ("https://x.example/77", "77")


@pytest.mark.parametrize("way", WAYS)
def test_each_malformed_payload_is_kept_with_a_reason(way: str) -> None:
    found = READER.notification(a_notification(3, WAYS[way](3)), "mentions")
    assert isinstance(found, BadPayload), way
    assert found.error
    assert found.payload.isascii()
    assert found.account == "brand@social.example"


def test_of_a_hostile_page_900_are_read_and_100_kept_aside() -> None:
    page = read_json(as_body(hostile_notifications()))
    found = [READER.notification(each, "mentions") for each in page]
    good = [each for each in found if isinstance(each, IncomingMention)]
    bad = [each for each in found if isinstance(each, BadPayload)]
    assert (len(good), len(bad)) == (900, 100)
    assert len({each.id for each in good}) == 900
    assert len({each.error for each in bad}) > 12


def test_one_endless_nesting_costs_only_itself() -> None:
    page = [a_notification(1), a_notification(2, a_status(2, card="HERE")), a_notification(3)]
    body = as_body(page).replace(b'"HERE"', b"[" * 200_000 + b"]" * 200_000)
    found = [READER.notification(each, "mentions") for each in read_json(body)]
    assert [isinstance(each, BadPayload) for each in found] == [False, True, False]


def test_a_number_of_5000_digits_costs_only_itself() -> None:
    page = [a_notification(1), a_notification(2, a_status(2, card="HERE"))]
    body = as_body(page).replace(b'"HERE"', b"9" * 5_000)
    found = [READER.notification(each, "mentions") for each in read_json(body)]
    assert [isinstance(each, BadPayload) for each in found] == [False, True]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(a_status(1))), JSON, min_size=1, max_size=4))
def test_no_payload_makes_the_reader_raise(changes: dict[str, Any]) -> None:
    found = READER.status(a_status(1, **changes), "mentions")
    assert isinstance(found, IncomingMention | BadPayload)


@settings(max_examples=200, deadline=None)
@given(JSON)
def test_nothing_at_all_makes_the_reader_raise(payload: Any) -> None:
    assert isinstance(READER.notification(payload, "mentions"), IncomingMention | BadPayload)
