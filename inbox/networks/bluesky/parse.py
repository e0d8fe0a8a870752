"""Posts as Bluesky gives them, turned into mentions. Pure.

Payloads: ``app.bsky.feed.defs#postView`` (searches, feeds, single posts) and the notifications of
``app.bsky.notification.listNotifications``, which hold the same record without counts.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from inbox.model.mention import BadPayload, IncomingAuthor, IncomingMention
from inbox.model.words import Direction, MentionKind
from inbox.networks.bluesky.fields import (
    Malformed,
    count,
    instant,
    maybe_word,
    post_uri,
    table,
    tables,
    word,
)
from inbox.networks.bluesky.media import from_record, from_view
from inbox.networks.payload import kept_text, unstorable

NAME = "bluesky"
WANTED = ("mention", "reply", "quote")

# A post holds 3,000 bytes at most, a display name 640; far beyond that it is no post.
_LONGEST_TEXT = 20_000
_LONGEST_NAME = 2_000
_HANDLE = re.compile(r"[A-Za-z0-9.-]{3,253}")


@dataclass(frozen=True, slots=True)
class Me:
    """The account that is pulled for: what it wrote is outbound."""

    did: str
    handle: str


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a list: where it stands in it (aware UTC, None when it does not say), a mark to know it by,
    and the mentions in it, oldest first, or why there are none.
    """

    at: datetime | None
    mark: str
    mentions: tuple[IncomingMention, ...] = ()
    bad: BadPayload | None = None


Parse = Callable[[dict[str, Any], Me], tuple[IncomingMention, ...]]


def read_item(raw: Any, parse: Parse, me: Me, place: str) -> Item:  # noqa: ANN401 - JSON is any
    """An entry with its mentions, or with the bad payload that it is. Never raises."""
    at, mark = _standing(raw)
    try:
        return Item(at, mark, parse(_storable(raw), me))
    except Malformed as error:
        text = kept_text(raw)
        bad = BadPayload(NAME, text, f"{error}.", account=me.handle, place=place)
        return Item(at, mark or f"bad:{hash(text)}", bad=bad)


def _storable(raw: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON is any
    reason = unstorable(raw) if isinstance(raw, dict) else "it is no object"
    if reason is not None:
        raise Malformed(reason)
    found: dict[str, Any] = raw
    return found


def _standing(raw: Any) -> tuple[datetime | None, str]:  # noqa: ANN401 - JSON is any
    """Where an entry stands in its list, and its mark, as far as they can be read."""
    if not isinstance(raw, dict):
        return None, ""
    post = raw.get("post")
    holder = post if isinstance(post, dict) else raw
    reason = raw.get("reason")
    at = instant(reason.get("indexedAt")) if isinstance(reason, dict) else None
    kind = maybe_word(reason, "$type") if isinstance(reason, dict) else ""
    return at or instant(holder.get("indexedAt")), f"{maybe_word(holder, 'uri')}{kind}"


def notification(raw: dict[str, Any], me: Me) -> tuple[IncomingMention, ...]:
    """The mention of a notification; none for likes, follows and reposts. Raises ``Malformed``."""
    if word(raw, "reason") not in WANTED:
        return ()
    return (_mention(raw, me, media=from_record),)


def post(raw: dict[str, Any], me: Me) -> tuple[IncomingMention, ...]:
    """The mention of a post. Raises ``Malformed``."""
    return (_mention(raw, me, media=from_view),)


def own_post(raw: dict[str, Any], me: Me) -> tuple[IncomingMention, ...]:
    """A post of the account's own feed, after the post it answers; none for reposts. Raises ``Malformed``."""
    if "reason" in raw:
        return ()
    mine = _mention(table(raw, "post"), me, media=from_view)
    return (*_context(raw, mine, me), mine)


def _context(raw: dict[str, Any], mine: IncomingMention, me: Me) -> tuple[IncomingMention, ...]:
    """The post that an own post answers, when it can be shown: without it the thread would begin in its middle."""
    reply = raw.get("reply")
    parent = reply.get("parent") if isinstance(reply, dict) else None
    if not isinstance(parent, dict) or mine.in_reply_to is None:
        return ()
    try:
        found = _mention(parent, me, media=from_view)
    except Malformed:
        # Deleted, blocked or unreadable: the own post still stands, and says what it answers.
        return ()
    return (found,) if found.id == mine.in_reply_to else ()


def _mention(raw: dict[str, Any], me: Me, *, media: Callable[..., Any]) -> IncomingMention:
    uri, did, key = post_uri(raw.get("uri"))
    author = _author(table(raw, "author"))
    if author.id != did:
        raise Malformed("“author” is not who the post's address names")
    record = table(raw, "record")
    parent, root = _answers(record)
    mine = did == me.did
    about_us = any(f"at://{me.did}/" in (place or "") for place in (parent, root))
    langs = record.get("langs")
    return IncomingMention(
        network=NAME,
        id=uri,
        author=author,
        text=_text(record),
        created_at=_posted(record, raw),
        account=me.handle,
        direction=Direction.OUTBOUND if mine else Direction.INBOUND,
        kind=MentionKind.COMMENT if about_us and not mine else MentionKind.MENTION,
        in_reply_to=parent,
        root=root,
        url=web_address(author.handle, did, key),
        language=langs[0] if isinstance(langs, list) and langs and isinstance(langs[0], str) else None,
        likes=count(raw, "likeCount"),
        shares=count(raw, "repostCount"),
        replies=count(raw, "replyCount"),
        media=media(raw, did),
        also_names=_named(record),
        send_key=key if mine else None,
        raw=raw,
    )


def web_address(handle: str, did: str, key: str) -> str:
    """Where people see a post."""
    who = handle if _HANDLE.fullmatch(handle) and handle != "handle.invalid" else did
    return f"https://bsky.app/profile/{who}/post/{key}"


def _author(raw: dict[str, Any]) -> IncomingAuthor:
    did, handle, name = word(raw, "did"), word(raw, "handle"), maybe_word(raw, "displayName")
    if len(handle) > _LONGEST_NAME or len(name) > _LONGEST_NAME:
        raise Malformed("the author's name is longer than any on Bluesky")
    proof = raw.get("verification")
    verified = isinstance(proof, dict) and "valid" in (proof.get("verifiedStatus"), proof.get("trustedVerifierStatus"))
    return IncomingAuthor(did, handle, name, followers=count(raw, "followersCount"), verified=verified)


def _text(record: dict[str, Any]) -> str:
    text = record.get("text")
    if not isinstance(text, str):
        raise Malformed("“text” is missing or no text")
    if len(text) > _LONGEST_TEXT:
        raise Malformed(f"“text” has {len(text):,} characters, more than any post of Bluesky")
    return text


def _posted(record: dict[str, Any], raw: dict[str, Any]) -> datetime:
    """When it was posted: what the author's program says, unless that is nonsense or later than it was seen."""
    seen, said = instant(raw.get("indexedAt")), instant(record.get("createdAt"))
    if seen is None:
        raise Malformed("“indexedAt” is missing or no time of Bluesky")
    return said if said is not None and said < seen else seen


def _answers(record: dict[str, Any]) -> tuple[str | None, str | None]:
    """The posts that a post answers, and that its thread began with. Raises ``Malformed``."""
    if record.get("reply") is None:
        return None, None
    reply = table(record, "reply")
    parent, root = table(reply, "parent"), table(reply, "root")
    return post_uri(parent.get("uri"))[0], post_uri(root.get("uri"))[0]


def _named(record: dict[str, Any]) -> tuple[str, ...]:
    """The handles that a post names, as written, in their order and without the @."""
    text = record["text"].encode()
    found: list[tuple[int, str]] = []
    for facet in tables(record.get("facets")):
        index = facet.get("index")
        start, end = (count(index, "byteStart"), count(index, "byteEnd")) if isinstance(index, dict) else (None, None)
        kinds = {each.get("$type") for each in tables(facet.get("features")) if isinstance(each.get("$type"), str)}
        if start is None or end is None or "app.bsky.richtext.facet#mention" not in kinds:
            continue
        handle = text[start:end].decode("utf-8", "ignore").removeprefix("@")
        if handle and "." in handle and len(handle) <= _LONGEST_NAME:
            found.append((start, handle))
    return tuple(dict.fromkeys(handle for _, handle in sorted(found)))
