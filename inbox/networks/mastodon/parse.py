"""Mastodon's JSON as mentions. Pure, and safe with anything: what cannot be read comes out as a ``BadPayload``."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from inbox.model.mention import BadPayload, IncomingAuthor, IncomingMention, Media
from inbox.model.words import Direction, MentionKind, Visibility
from inbox.networks import html
from inbox.networks.payload import kept_text, unstorable

NETWORK = "mastodon"
MENTION_TYPES = ("mention", "quote")

_PUBLIC = frozenset({"public", "unlisted"})
_EARLIEST = datetime(2006, 1, 1, tzinfo=UTC)  # before the first microblog: no post is older
_LATEST_YEAR = 2100
_LONGEST_ID = 2_000
_LONGEST_NAME = 500
_MOST_NAMED = 100

Parents = Mapping[str, str]


class Malformed(ValueError):
    """A payload that is not what Mastodon's documentation promises; the message says why."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Whose payloads are read: the account's handle (``user@host``) and its id on its own instance.

    ``private_is_direct``: the server calls a direct message "private"; on Mastodon that is a post to followers.
    """

    handle: str
    remote_id: str
    private_is_direct: bool = False

    @property
    def domain(self) -> str:
        """The instance's name as it stands in handles."""
        return self.handle.partition("@")[2]

    def status(self, payload: Any, place: str, parents: Parents | None = None) -> IncomingMention | BadPayload:  # noqa: ANN401
        """A status as a mention. ``parents`` maps local ids to global ones."""
        return self._kept(payload, place, lambda: self._mention(payload, parents or {}))

    def notification(self, payload: Any, place: str, parents: Parents | None = None) -> IncomingMention | BadPayload:  # noqa: ANN401
        """The status that a notification is about."""
        return self._kept(payload, place, lambda: self._mention(_part(payload, "status", dict), parents or {}))

    def _kept(self, payload: Any, place: str, read: Callable[[], IncomingMention]) -> IncomingMention | BadPayload:  # noqa: ANN401
        try:
            return read()
        except (Malformed, html.TooMuch) as error:
            why = str(error)
        except (TypeError, ValueError, KeyError, AttributeError, RecursionError, OverflowError) as error:
            why = f"it could not be read ({type(error).__name__})"
        return BadPayload(NETWORK, kept_text(payload), why, self.handle, place)

    def _mention(self, status: Any, parents: Parents) -> IncomingMention:  # noqa: ANN401
        if not isinstance(status, dict):
            raise Malformed(f"it is no object but {_kind(status)}")
        if (reason := unstorable(status)) is not None:
            raise Malformed(reason)
        account = _part(status, "account", dict)
        local_parent = _optional_id(status, "in_reply_to_id")
        visibility = _optional_text(status, "visibility") or "public"
        direct = visibility == "direct" or (visibility == "private" and self.private_is_direct)
        return IncomingMention(
            network=NETWORK,
            id=_text(status, "uri", _LONGEST_ID),
            author=self._author(account),
            text=_status_text(status, self._named(status)),
            created_at=_time(status, "created_at"),
            account=self.handle,
            direction=Direction.OUTBOUND if self._is_own(account) else Direction.INBOUND,
            kind=MentionKind.MESSAGE if direct else MentionKind.MENTION,
            visibility=Visibility.PUBLIC if visibility in _PUBLIC else Visibility.PRIVATE,
            local_id=local_id(status),
            in_reply_to=parents.get(local_parent) if local_parent else None,
            in_reply_to_local=local_parent,
            url=_link(status.get("url")) or _link(status.get("uri")),
            language=_optional_text(status, "language"),
            likes=_count(status.get("favourites_count")),
            shares=_count(status.get("reblogs_count")),
            replies=_count(status.get("replies_count")),
            media=_media(status),
            also_names=tuple(name for name in self._named(status).values() if name != self.handle.lower()),
            is_repost=status.get("reblog") is not None,
            edited_at=None if status.get("edited_at") is None else _time(status, "edited_at"),
            raw=status,
        )

    def _author(self, account: dict[str, Any]) -> IncomingAuthor:
        handle = self._qualified(_text(account, "acct", _LONGEST_NAME))
        name = _optional_text(account, "display_name") or ""
        # The handle is the one name of a person that all instances and versions agree on.
        return IncomingAuthor(
            id=handle.lower(),
            handle=handle,
            name=name[:_LONGEST_NAME],
            followers=_count(account.get("followers_count")),
            tags=("bot",) if account.get("bot") is True else (),
        )

    def _is_own(self, account: dict[str, Any]) -> bool:
        handle = self._qualified(_text(account, "acct", _LONGEST_NAME))
        return handle.lower() == self.handle.lower() or (
            bool(self.remote_id) and str(account.get("id")) == self.remote_id
        )

    def _qualified(self, acct: str) -> str:
        return acct if "@" in acct or not self.domain else f"{acct}@{self.domain}"

    def _named(self, status: dict[str, Any]) -> dict[str, str]:
        """Page address to handle of everybody the post names."""
        found: dict[str, str] = {}
        mentions = status.get("mentions") or []
        if not isinstance(mentions, list):
            raise Malformed(f"“mentions” is no list but {_kind(mentions)}")
        for each in mentions[:_MOST_NAMED]:
            if not isinstance(each, dict):
                raise Malformed("“mentions” holds what is no object")
            if isinstance(each.get("acct"), str) and isinstance(each.get("url"), str):
                found[each["url"]] = self._qualified(each["acct"]).lower()
        return found


def local_id(payload: Any) -> str:  # noqa: ANN401 - whatever came
    """The instance's own id of a status or notification. Raises ``Malformed``."""
    found = _optional_id(payload, "id") if isinstance(payload, dict) else None
    if not found:
        raise Malformed("“id” is missing")
    return found


def time_of(payload: Any) -> datetime:  # noqa: ANN401 - whatever came
    """When a status was posted, or a notification made. Raises ``Malformed``."""
    if not isinstance(payload, dict):
        raise Malformed("it is no object")
    return _time(payload, "created_at")


def _status_text(status: dict[str, Any], named: dict[str, str]) -> str:
    text = html.to_text(_part(status, "content", str), named)
    warning = _optional_text(status, "spoiler_text")
    return f"{warning}\n\n{text}".strip() if warning else text


def _part(payload: Any, key: str, kind: type) -> Any:  # noqa: ANN401 - JSON is any
    if not isinstance(payload, dict):
        raise Malformed(f"it is no object but {_kind(payload)}")
    if key not in payload:
        raise Malformed(f"“{key}” is missing")
    if not isinstance(payload[key], kind):
        raise Malformed(f"“{key}” is {_kind(payload[key])}")
    return payload[key]


def _text(payload: dict[str, Any], key: str, longest: int) -> str:
    text = str(_part(payload, key, str)).strip()
    if not text:
        raise Malformed(f"“{key}” is empty")
    if len(text) > longest:
        raise Malformed(f"“{key}” is too long ({len(text):,} characters)")
    return text


def _optional_text(payload: dict[str, Any], key: str) -> str | None:
    value = payload.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise Malformed(f"“{key}” is {_kind(value)}")
    return value.strip() or None


def _optional_id(payload: dict[str, Any], key: str) -> str | None:
    value = payload.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise Malformed(f"“{key}” is {_kind(value)}")
    if len(str(value)) > _LONGEST_ID:
        raise Malformed(f"“{key}” is too long")
    return str(value).strip() or None


def _time(payload: dict[str, Any], key: str) -> datetime:
    written = _part(payload, key, str)
    try:
        at = datetime.fromisoformat(written.strip())
        at = at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        raise Malformed(f"“{key}” is no time: {written[:40]}") from None
    if at < _EARLIEST or at.year >= _LATEST_YEAR:
        raise Malformed(f"“{key}” is a time that cannot be: {written[:40]}")
    return at


def _count(value: Any) -> int | None:  # noqa: ANN401 - JSON is any
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**53 else None


def _media(status: dict[str, Any]) -> tuple[Media, ...]:
    found = status.get("media_attachments") or []
    if not isinstance(found, list):
        raise Malformed(f"“media_attachments” is {_kind(found)}")
    kept: list[Media] = []
    for each in found[:_MOST_NAMED]:
        if not isinstance(each, dict):
            raise Malformed("“media_attachments” holds what is no object")
        url = _link(each.get("url")) or _link(each.get("remote_url")) or _link(each.get("preview_url"))
        if url:
            kept.append(Media(url, _optional_text(each, "type") or "image", _optional_text(each, "description") or ""))
    return tuple(kept)


def _link(value: Any) -> str:  # noqa: ANN401 - JSON is any
    """The address, empty unless it is an http one: nothing else may ever be opened."""
    if not isinstance(value, str) or len(value) > _LONGEST_ID:
        return ""
    try:
        parts = urlsplit(value)
    except ValueError:
        return ""
    return value if parts.scheme in {"http", "https"} and parts.netloc else ""


def _kind(value: Any) -> str:  # noqa: ANN401 - JSON is any
    names = {bool: "true or false", int: "a number", float: "a number", str: "text", list: "a list", dict: "an object"}
    return names.get(type(value), "nothing")
