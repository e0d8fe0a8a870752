"""What of a mention can be worked out before the write lock is taken: its rows, and whether it can be stored."""

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from inbox.model.ids import AccountId
from inbox.model.mention import BadPayload, IncomingMention
from inbox.model.words import Direction
from inbox.store import authors

EXCERPT = 280
"""How much of the latest inbound mention a row of the queue carries, in characters."""

LONGEST = 100_000
"""No network's posts come near this length; what does is no post."""

NOBODY = "unknown"
"""The account of imported mentions that name none."""

FIRST = datetime(1990, 1, 1, tzinfo=UTC)
LAST = datetime(2100, 1, 1, tzinfo=UTC)
"""Times outside are mistakes, and one in the far future would head every queue for ever."""


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """A mention on its way in. ``account_id`` is the account its thread would be of, ``pulled_by`` whose lane
    brought it, ``also`` the other accounts it names; ``parent`` the post it answers (``awaited.parent``).
    """

    mention: IncomingMention
    account_id: AccountId
    pulled_by: AccountId
    also: tuple[AccountId, ...]
    author: str
    parent: str | None
    row: dict[str, Any]
    raw: str | None

    @property
    def local(self) -> str | None:
        """The name under which others of its instance answer it, None where there is only the global id."""
        return f"local:{self.pulled_by}/{self.mention.local_id}" if self.mention.local_id else None

    @property
    def inbound(self) -> bool:
        """True for what a customer wrote."""
        return self.mention.direction is Direction.INBOUND


def prepare(
    mention: IncomingMention,
    account_id: AccountId,
    *,
    pulled_by: AccountId,
    also: tuple[AccountId, ...] = (),
    connected_at: datetime | None,
    now: datetime,
) -> Item | BadPayload:
    """The mention ready to be stored, or why it never can be: one bad mention must not spoil its page.

    What was posted before ``connected_at`` starts no clock; None is an account that never was connected.
    """
    try:
        raw = None if mention.raw is None else _json(mention.raw)
        reason = _unstorable(mention)
    except (TypeError, ValueError, RecursionError) as error:
        return BadPayload(mention.network, repr(mention)[:LONGEST], f"it cannot be stored: {error}")
    if reason is not None:
        return BadPayload(mention.network, raw or _json(repr(mention)), reason, place=mention.id)
    parent = _parent(mention, pulled_by)
    row = _row(mention, account_id, parent, now)
    row["before_connection"] = connected_at is None or mention.created_at < connected_at
    key = authors.key(mention.author)
    return Item(mention, account_id, pulled_by, also, key, parent, row, raw)


def excerpt(text: str) -> str:
    """The beginning of a text on one line."""
    return " ".join(text[: EXCERPT * 2].split())[:EXCERPT]


def _parent(mention: IncomingMention, pulled_by: AccountId) -> str | None:
    if mention.in_reply_to:
        return mention.in_reply_to
    return f"local:{pulled_by}/{mention.in_reply_to_local}" if mention.in_reply_to_local else None


def _json(value: Any) -> str:  # noqa: ANN401 - any JSON value
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(value, ensure_ascii=True, separators=(",", ":"), default=str)
    return text


def _unstorable(mention: IncomingMention) -> str | None:
    if not mention.id:
        return "it has no id"
    if not mention.author.id and not mention.author.handle:
        return "its author has neither an id nor a handle"
    if len(mention.text) > LONGEST:
        return f"its text is {len(mention.text):,} characters long"
    return wrong_time(mention.created_at) or _wrong_letter("\n".join(_texts(mention)))


def wrong_time(moment: datetime) -> str | None:
    """Why a time cannot be that of a mention, None when it can."""
    if moment.tzinfo is None:
        return "its time has no zone"
    return None if FIRST <= moment < LAST else f"its time, {moment.isoformat()}, cannot be right"


def _wrong_letter(whole: str) -> str | None:
    if "\0" in whole:
        return "its text holds a NUL character"
    try:
        whole.encode()
    except UnicodeEncodeError:
        return "its text holds half a character (a lone surrogate)"
    return None


def _texts(mention: IncomingMention) -> list[str]:
    author = mention.author
    given = (mention.in_reply_to, mention.in_reply_to_local, mention.root, mention.thread, mention.language)
    media = [part for each in mention.media for part in (each.url, each.kind, each.alt)]
    always = [mention.id, mention.local_id or "", mention.text, mention.url, author.id, author.handle, author.name]
    return [*always, *author.tags, *(text for text in given if text), *media]


def _row(mention: IncomingMention, account_id: AccountId, parent: str | None, now: datetime) -> dict[str, Any]:
    """The mention's row, lacking its number, thread and author."""
    return {
        "network": mention.network,
        "global_id": mention.id,
        "account_id": account_id,
        "direction": str(mention.direction),
        "kind": str(mention.kind),
        "visibility": str(mention.visibility),
        "text": mention.text,
        "created_at": mention.created_at,
        "stored_at": now,
        "url": mention.url,
        "in_reply_to": parent,
        "root": mention.root,
        "language": mention.language,
        "likes": mention.likes,
        "shares": mention.shares,
        "replies": mention.replies,
        "media": [asdict(each) for each in mention.media] or None,
        "edited_at": mention.edited_at,
        "deleted_at": None,
        "needs_reply": None,
        "sentiment": None,
        "by_employee": None,
        "automatic": False,
        "acknowledgement": False,
        "is_repost": mention.is_repost,
        "triaged": False,
        "checked_at": None,
    }
