"""One line of an import file as a mention: every type checked, every reason plain. Pure."""

import json
import re
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, TypeVar

from inbox.model.mention import BadPayload, IncomingAuthor, IncomingMention, Media
from inbox.model.words import Direction, MentionKind, Visibility
from inbox.store.quarantine import FILES

_MOST = 2**63 - 1
_RFC_3339 = re.compile(
    r"(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d):(\d\d)(\.\d+)?([Zz]|[+-]\d\d:\d\d)?", re.ASCII
)  # https://www.rfc-editor.org/rfc/rfc3339#section-5.6

_Word = TypeVar("_Word", bound=StrEnum)


class BadLine(ValueError):
    """Why a line is no mention."""


def parse_line(text: str, place: str = "") -> IncomingMention | BadPayload:
    """The mention that a line of JSON holds, or why it holds none."""
    try:
        return parse_value(_load(text))
    except BadLine as error:
        return BadPayload(FILES, text, str(error), place=place)


def parse_value(value: Any) -> IncomingMention:  # noqa: ANN401 - JSON is any
    """The mention that a JSON object is. Raises ``BadLine``."""
    if not isinstance(value, dict):
        raise BadLine("it is not a JSON object")
    kind = _word(value, "kind", MentionKind, MentionKind.MENTION)
    return IncomingMention(
        network=_needed(value, "network"),
        id=_needed(value, "id"),
        author=_author(value),
        text=_text(value, "text", needed=True) or "",
        created_at=_time(value),
        account=(_text(value, "account") or "").strip().lstrip("@") or None,
        direction=_word(value, "direction", Direction, Direction.INBOUND),
        kind=kind,
        visibility=Visibility.PRIVATE if kind is MentionKind.MESSAGE else Visibility.PUBLIC,
        in_reply_to=_text(value, "in_reply_to") or None,
        thread=_text(value, "thread") or None,
        url=_text(value, "url") or "",
        language=_text(value, "language") or None,
        likes=_number(value, "likes"),
        shares=_number(value, "shares"),
        replies=_number(value, "replies"),
        media=_media(value),
        labels=_labels(value),
        raw=value,
    )


def _load(text: str) -> Any:  # noqa: ANN401 - JSON is any
    try:
        return json.loads(text, parse_constant=_no_number)
    except RecursionError as error:
        raise BadLine("it is nested too deep") from error
    except json.JSONDecodeError as error:
        raise BadLine(f"it is not JSON: {error.msg} at character {error.pos + 1}") from error
    except ValueError as error:
        raise BadLine(f"it is not JSON: {error}") from error


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no number")


def _text(value: dict[str, Any], key: str, *, needed: bool = False) -> str | None:
    found = value.get(key)
    if found is None and needed:
        raise BadLine(f"it has no “{key}”")
    if found is not None and not isinstance(found, str):
        raise BadLine(f"“{key}” is not text")
    if found is not None and not _keepable(found):
        raise BadLine(f"“{key}” holds a NUL character or half a character (a lone surrogate)")
    return found


def _keepable(text: str) -> bool:
    try:
        return "\0" not in text and bool(text.isascii() or text.encode())
    except UnicodeEncodeError:
        return False


def _needed(value: dict[str, Any], key: str) -> str:
    found = (_text(value, key, needed=True) or "").strip()
    if not found:
        raise BadLine(f"“{key}” is empty")
    return found


def _number(value: dict[str, Any], key: str) -> int | None:
    found = value.get(key)
    if found is None:
        return None
    if isinstance(found, bool) or not isinstance(found, int):
        raise BadLine(f"“{key}” is not a whole number")
    if not 0 <= found <= _MOST:
        raise BadLine(f"“{key}” cannot be {found}" if abs(found) <= _MOST else f"“{key}” is too large")
    return found


def _word(value: dict[str, Any], key: str, words: type[_Word], default: _Word) -> _Word:
    found = _text(value, key)
    if found is None:
        return default
    try:
        return words(found)
    except ValueError as error:
        choices = ", ".join(words)
        raise BadLine(f"“{key}” is “{found[:40]}”, and none of: {choices}") from error


def _author(value: dict[str, Any]) -> IncomingAuthor:
    given = value.get("author")
    if given is None:
        raise BadLine("it has no “author”")
    if not isinstance(given, dict):
        raise BadLine("“author” is not an object")
    id, handle = (_text(given, "id") or "").strip(), (_text(given, "handle") or "").strip().lstrip("@")
    if not id and not handle:
        raise BadLine("“author” has neither an id nor a handle")
    verified, tags = given.get("verified"), given.get("tags")
    if verified is not None and not isinstance(verified, bool):
        raise BadLine("“verified” is neither true nor false")
    if tags is not None and not (isinstance(tags, list) and all(isinstance(tag, str) for tag in tags)):
        raise BadLine("“tags” is not a list of words")
    name = (_text(given, "name") or "").strip()
    return IncomingAuthor(id, handle, name, _number(given, "followers"), bool(verified), tuple(tags or ()))


def _time(value: dict[str, Any]) -> datetime:
    said = _needed(value, "created_at")
    found = _RFC_3339.fullmatch(said)
    if found is None:
        raise BadLine(f"“created_at” is “{said[:40]}”, which is not a time like 2026-03-02T12:00:00Z")
    day, minute, second, fraction, zone = found.groups()
    if zone is None:
        raise BadLine("“created_at” has no zone: a Z for UTC, or an offset like +02:00")
    second = "59" if second == "60" else second  # a leap second has no place of its own
    try:
        moment = datetime.fromisoformat(f"{day}T{minute}:{second}{(fraction or '')[:7]}{zone.upper()}")
        return moment.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise BadLine(f"“created_at” is “{said}”, and there is no such time") from error


def _media(value: dict[str, Any]) -> tuple[Media, ...]:
    given = value.get("media")
    if given is None:
        return ()
    if not isinstance(given, list) or not all(isinstance(each, dict) for each in given):
        raise BadLine("“media” is not a list of objects")
    return tuple(
        Media(_needed(each, "url"), _text(each, "kind") or "image", _text(each, "alt") or "") for each in given
    )


def _labels(value: dict[str, Any]) -> dict[str, Any]:
    given = value.get("labels")
    if given is not None and not isinstance(given, dict):
        raise BadLine("“labels” is not an object")
    return given or {}
