"""Mentions and their authors, as a network gives them and as the store holds them."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from inbox.model.fact import Facts
from inbox.model.ids import AccountId, AuthorId, MentionId, ThreadId
from inbox.model.words import Direction, MentionKind, Visibility


@dataclass(frozen=True, slots=True)
class Media:
    """A picture, film or sound that hangs on a mention; never loaded unasked."""

    url: str
    kind: str = "image"
    alt: str = ""


@dataclass(frozen=True, slots=True)
class IncomingAuthor:
    """Who wrote a mention, by one network's word. At least one of ``id`` and ``handle`` is not empty."""

    id: str
    handle: str
    name: str = ""
    followers: int | None = None
    verified: bool = False
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IncomingMention:
    """One post as parsed, before it is stored. ``id`` is the network's global id; times are aware UTC.

    ``local_id`` is the id on the instance it was pulled from (Mastodon), None where there is only one id.
    ``in_reply_to`` is the global id of the post it answers (``in_reply_to_local`` where only the instance's
    id is known). ``thread`` names the thread (imports only). ``deleted`` marks a deletion. ``raw`` is the
    payload as it came; ``labels`` are an import's and are hidden from every predictor.
    """

    network: str
    id: str
    author: IncomingAuthor
    text: str
    created_at: datetime
    account: str | None = None
    direction: Direction = Direction.INBOUND
    kind: MentionKind = MentionKind.MENTION
    visibility: Visibility = Visibility.PUBLIC
    local_id: str | None = None
    in_reply_to: str | None = None
    in_reply_to_local: str | None = None
    root: str | None = None
    thread: str | None = None
    url: str = ""
    language: str | None = None
    likes: int | None = None
    shares: int | None = None
    replies: int | None = None
    media: tuple[Media, ...] = ()
    also_names: tuple[str, ...] = ()
    is_repost: bool = False
    edited_at: datetime | None = None
    deleted: bool = False
    send_key: str | None = None
    labels: dict[str, Any] = field(default_factory=dict)
    raw: Any = None


@dataclass(frozen=True, slots=True)
class BadPayload:
    """Something pulled or imported that could not be parsed: kept in quarantine, never dropped."""

    network: str
    payload: str
    error: str
    account: str | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class Author:
    """A stored author identity."""

    id: AuthorId
    network: str
    remote_id: str
    handle: str
    name: str
    followers: int | None
    verified: bool
    tags: tuple[str, ...]

    @property
    def shown(self) -> str:
        """The name to show: the display name, else the handle."""
        return self.name or self.handle or self.remote_id


@dataclass(frozen=True, slots=True)
class Mention:
    """A stored mention with its author; ``earlier_texts`` are what it said before each edit."""

    id: MentionId
    thread_id: ThreadId
    account_id: AccountId
    author: Author
    network: str
    global_id: str
    direction: Direction
    kind: MentionKind
    visibility: Visibility
    text: str
    created_at: datetime
    stored_at: datetime
    url: str
    in_reply_to: str | None
    language: str | None
    likes: int | None
    shares: int | None
    replies: int | None
    media: tuple[Media, ...]
    edited_at: datetime | None
    deleted_at: datetime | None
    needs_reply: bool | None
    sentiment: str | None
    by_employee: str | None
    automatic: bool
    earlier_texts: tuple[str, ...] = ()
    facts: Facts = field(default_factory=dict)
