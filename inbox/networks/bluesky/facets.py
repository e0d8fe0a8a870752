"""Links, names and hashtags in a reply: Bluesky shows as such only what is marked, by UTF-8 byte places. Pure."""

import re
from collections.abc import Callable
from typing import Any

_LINK = re.compile(r"(?<![\w@/.])(?:https?://[^\s<>\"“”]+)", re.IGNORECASE)
_NAME = re.compile(
    r"(?<![\w@/.])@((?:[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\.)+[a-zA-Z][a-zA-Z0-9-]{0,61}[a-zA-Z0-9])"
)
_TAG = re.compile(r"(?<![\w#/&])[#\uff03]([^\s#\uff03\u00ad\u2060\u200a-\u200d\u20e2]{1,64})")
_TRAILING = ".,;:!?…'\"”’»"  # noqa: RUF001 - quotation marks


def facets(text: str, resolve: Callable[[str], str | None]) -> list[dict[str, Any]]:
    """The marks of a text. ``resolve`` gives the DID of a handle, None where nobody has it: then it stays text."""
    links = [(found.start(), _trimmed(found[0])) for found in _LINK.finditer(text)]
    marks = [_mark(text, start, link, {"$type": "app.bsky.richtext.facet#link", "uri": link}) for start, link in links]
    taken = [(start, start + len(link)) for start, link in links]
    for found in _NAME.finditer(text):
        did = None if _inside(found.start(), taken) else resolve(found[1].lower())
        if did is not None:
            marks.append(_mark(text, found.start(), found[0], {"$type": "app.bsky.richtext.facet#mention", "did": did}))
    for found in _TAG.finditer(text):
        tag = found[1].rstrip(_TRAILING + ")]}")
        if tag and not tag.isdecimal() and not _inside(found.start(), taken):
            kind = {"$type": "app.bsky.richtext.facet#tag", "tag": tag}
            marks.append(_mark(text, found.start(), found[0][: 1 + len(tag)], kind))
    return sorted(marks, key=lambda mark: int(mark["index"]["byteStart"]))


def _trimmed(link: str) -> str:
    """Without the punctuation of the sentence; a closing bracket stays where the link opened one."""
    while link:
        last = link[-1]
        closes = last in ")]}" and link.count(last) > link.count("([{"[")]}".index(last)])
        if last not in _TRAILING and not closes:
            break
        link = link[:-1]
    return link


def _inside(place: int, taken: list[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in taken)


def _mark(text: str, start: int, piece: str, feature: dict[str, Any]) -> dict[str, Any]:
    begin = len(text[:start].encode())
    return {"index": {"byteStart": begin, "byteEnd": begin + len(piece.encode())}, "features": [feature]}
