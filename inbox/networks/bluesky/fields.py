"""Reading single fields of what Bluesky sends, with a reason when one is not what it must be. Pure."""

import re
from datetime import UTC, datetime
from typing import Any

_URI = re.compile(r"at://(did:[a-z]+:[A-Za-z0-9._:%-]{1,2000})/(app\.bsky\.feed\.post)/([A-Za-z0-9._~:-]{1,512})")
_FIRST_YEAR, _LAST_YEAR = 2000, 2100


class Malformed(ValueError):
    """A payload that is no post; the message says why, in words for the quarantine."""


def table(holder: Any, name: str) -> dict[str, Any]:  # noqa: ANN401 - JSON is any
    """A field that must be an object. Raises ``Malformed``."""
    value = holder.get(name) if isinstance(holder, dict) else None
    if not isinstance(value, dict):
        raise Malformed(f"“{name}” is missing or no object")
    return value


def word(holder: dict[str, Any], name: str) -> str:
    """A field that must be a text that is not empty. Raises ``Malformed``."""
    value = holder.get(name)
    if not isinstance(value, str) or not value:
        raise Malformed(f"“{name}” is missing or no text")
    return value


def maybe_word(holder: dict[str, Any], name: str) -> str:
    """An optional text; empty when it is missing or something else."""
    value = holder.get(name)
    return value if isinstance(value, str) else ""


def count(holder: dict[str, Any], name: str) -> int | None:
    """An optional count; None when it is missing or no count."""
    value = holder.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def tables(value: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - JSON is any
    """The objects of an optional list; what is no object is left out."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def post_uri(value: Any) -> tuple[str, str, str]:  # noqa: ANN401 - JSON is any
    """The at-uri of a post as (uri, did, record key). Raises ``Malformed``."""
    found = _URI.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise Malformed("“uri” is not the address of a post")
    return found[0], found[1], found[3]


def instant(value: Any) -> datetime | None:  # noqa: ANN401 - JSON is any
    """A time as aware UTC; None when it is no time, has no zone, or lies outside 2000 to 2100."""
    if not isinstance(value, str):
        return None
    try:
        at = datetime.fromisoformat(value)
        if at.tzinfo is None:
            return None
        at = at.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return at if _FIRST_YEAR <= at.year <= _LAST_YEAR else None
