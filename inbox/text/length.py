"""The length of a post as its network counts it."""

import re
import unicodedata
from typing import Final

from inbox.model.words import LengthRule

_MASTODON_URL: Final = 23
_X_URL: Final = 23
_X_LIGHT: Final = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))
"""Code points that X counts as one; every other counts as two (its published configuration, version 3)."""
_URL: Final = re.compile(r"https?://[^\s<>\"“”]+", re.IGNORECASE)
_BARE_URL: Final = re.compile(
    r"(?<![\w@./-])(?:https?://[^\s<>\"“”]+"
    r"|(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:com|org|net|edu|gov|io|co|de|fr|uk|es|it|nl|eu|info|app"
    r"|dev)\b(?:/[^\s<>\"“”]*)?)",
    re.IGNORECASE,
)
_REMOTE_HANDLE: Final = re.compile(
    r"(?<![\w/])@([a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?)@[a-z0-9.-]+[a-z0-9]", re.IGNORECASE
)
_TRAILING: Final = ".,;:!?)]}'"


def count(text: str, rule: LengthRule, url_length: int | None = None) -> int:
    """The length by a rule; ``url_length`` is what the server says that every link counts."""
    if rule is LengthRule.GRAPHEMES:
        return graphemes(text)
    if rule is LengthRule.MASTODON:
        return _mastodon(text, url_length or _MASTODON_URL)
    if rule is LengthRule.X_WEIGHTED:
        return _x_weighted(text, url_length or _X_URL)
    return len(text)


def graphemes(text: str) -> int:
    """How many characters a reader sees. Bluesky counts these."""
    if text.isascii():
        # CR LF is the one cluster that ASCII has.
        return len(text) - text.count("\r\n")
    import ugrapheme

    return int(ugrapheme.grapheme_len(text))


def _mastodon(text: str, url_length: int) -> int:
    """Links count alike whatever their length, ``@user@domain`` as ``@user``, the rest in characters as read.

    Source: Mastodon's documentation of posting ("links are counted as 23 characters", "the domain part of a
    mention is not counted").
    """
    shortened = _REMOTE_HANDLE.sub(r"@\1", text)
    links = [_trimmed(match.group(0)) for match in _URL.finditer(shortened)]
    rest = graphemes(shortened) - sum(graphemes(link) for link in links)
    return rest + url_length * len(links)


def _x_weighted(text: str, url_length: int) -> int:
    """Weights per code point; an emoji sequence counts 2 as a whole and a link ``url_length``."""
    normal = unicodedata.normalize("NFC", text)
    links = [_trimmed(match.group(0)) for match in _BARE_URL.finditer(normal)]
    without = normal
    for link in links:
        without = without.replace(link, "", 1)
    return url_length * len(links) + sum(_x_cluster(cluster) for cluster in _clusters(without))


def _clusters(text: str) -> list[str]:
    if text.isascii():
        return list(text)
    import ugrapheme

    return list(ugrapheme.graphemes(text))


def _x_cluster(cluster: str) -> int:
    if len(cluster) > 1 and any(unicodedata.category(sign) == "So" or sign == "\ufe0f" for sign in cluster):
        return 2
    return sum(1 if any(low <= ord(sign) <= high for low, high in _X_LIGHT) else 2 for sign in cluster)


def _trimmed(link: str) -> str:
    """A link without the punctuation that ends a sentence."""
    return link.rstrip(_TRAILING)
