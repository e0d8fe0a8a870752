"""The pictures and films that hang on a post. Pure; nothing is loaded here."""

from typing import Any

from inbox.model.mention import Media
from inbox.networks.bluesky.fields import maybe_word, tables

_CDN = "https://cdn.bsky.app/img/feed_fullsize/plain"
_MOST = 10


def from_view(raw: dict[str, Any], _did: str) -> tuple[Media, ...]:
    """The media of a post view: the app view has made their addresses."""
    embed = _inner(raw.get("embed"))
    kind = maybe_word(embed, "$type")
    if kind == "app.bsky.embed.images#view":
        images = tables(embed.get("images"))[:_MOST]
        return tuple(Media(_https(each, "fullsize"), "image", maybe_word(each, "alt")) for each in images)
    if kind == "app.bsky.embed.video#view":
        return (Media(_https(embed, "playlist"), "video", maybe_word(embed, "alt")),)
    return ()


def from_record(raw: dict[str, Any], did: str) -> tuple[Media, ...]:
    """The media of a bare record, which names its pictures by content; the address is Bluesky's own CDN's."""
    record = raw.get("record")
    embed = _inner(record.get("embed")) if isinstance(record, dict) else {}
    kind = maybe_word(embed, "$type")
    if kind == "app.bsky.embed.images":
        found = ((_content(each.get("image")), maybe_word(each, "alt")) for each in tables(embed.get("images"))[:_MOST])
        return tuple(Media(f"{_CDN}/{did}/{content}@jpeg", "image", alt) for content, alt in found if content)
    if kind == "app.bsky.embed.video":
        return (Media("", "video", maybe_word(embed, "alt")),)
    return ()


def _inner(embed: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON is any
    """The embed that holds the media: a quote with media keeps it one step deeper."""
    if not isinstance(embed, dict):
        return {}
    media = embed.get("media")
    return media if isinstance(media, dict) else embed


def _https(holder: dict[str, Any], name: str) -> str:
    address = maybe_word(holder, name)
    return address if address.startswith("https://") else ""


def _content(image: Any) -> str:  # noqa: ANN401 - JSON is any
    ref = image.get("ref") if isinstance(image, dict) else None
    link = maybe_word(ref, "$link") if isinstance(ref, dict) else ""
    return link if link.isalnum() else ""
