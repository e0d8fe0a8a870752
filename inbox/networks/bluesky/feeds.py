"""The lists that sources are pulled from, one class each. See ``walk`` for how they are walked."""

import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from inbox.model.account import Source
from inbox.model.words import SourceKind
from inbox.networks.bluesky import parse
from inbox.networks.bluesky.fields import maybe_word, tables
from inbox.networks.bluesky.parse import Item, Me
from inbox.networks.bluesky.people import People
from inbox.networks.bluesky.session import Session
from inbox.networks.bluesky.walk import Feed, Listing
from inbox.networks.errors import Refused, Unreachable

_LIMIT = 100

Params = list[tuple[str, Any]]


class _List(ABC):
    """A list of the app view, 100 entries a page."""

    name: str
    holds: str
    parse: parse.Parse

    def __init__(self, session: Session, me: Me, people: People, *, limit: int = _LIMIT) -> None:
        self._session, self._me, self._people, self._limit = session, me, people, limit

    def fetch(self, at: str | None, *, since: datetime | None) -> Listing:
        """As ``walk.Feed`` says."""
        params: Params = [*self.asked(since), ("limit", self._limit)]
        told = self._session.get(self.name, [*params, ("cursor", at)] if at else params)
        entries = told.get(self.holds) if isinstance(told, dict) else None
        if not isinstance(entries, list):
            raise Unreachable("Bluesky sent something that is not an answer of its network.")
        return Listing(entries, maybe_word(told, "cursor") or None)

    def read(self, entries: list[Any]) -> list[Item]:
        """As ``walk.Feed`` says."""
        return [parse.read_item(entry, type(self).parse, self._me, self.name) for entry in entries]

    def complete(self, items: list[Item]) -> list[Item]:
        """As ``walk.Feed`` says."""
        return self._people.complete(items)

    @abstractmethod
    def asked(self, since: datetime | None) -> Params:
        """The parameters of this list."""


class Notifications(_List):
    """Mentions, replies and quotes. ``priority`` off: the account's own setting may hide strangers' posts."""

    name = "app.bsky.notification.listNotifications"
    holds = "notifications"
    parse = staticmethod(parse.notification)

    def asked(self, since: datetime | None) -> Params:  # noqa: ARG002 - this list knows no beginning
        """All three reasons."""
        return [("priority", "false"), *(("reasons", reason) for reason in parse.WANTED)]


class OwnPosts(_List):
    """What the account itself posted, wherever it was written, with the posts that it answers."""

    name = "app.bsky.feed.getAuthorFeed"
    holds = "feed"
    parse = staticmethod(parse.own_post)

    def asked(self, since: datetime | None) -> Params:  # noqa: ARG002 - this list knows no beginning
        """Replies too, and nothing pinned on top."""
        return [("actor", self._me.did), ("filter", "posts_with_replies"), ("includePins", "false")]


class Search(_List):
    """Posts that hold some words, whether or not they name the account."""

    name = "app.bsky.feed.searchPosts"
    holds = "posts"
    parse = staticmethod(parse.post)

    def __init__(self, session: Session, me: Me, people: People, query: str, *, limit: int = _LIMIT) -> None:
        super().__init__(session, me, people, limit=limit)
        self._query = query

    def asked(self, since: datetime | None) -> Params:
        """Newest first."""
        params: Params = [("q", self._query), ("sort", "latest")]
        if since is not None:
            params.append(("since", since.isoformat(timespec="milliseconds").replace("+00:00", "Z")))
        return params


class Hashtag(Search):
    """Posts with one hashtag; the search also finds longer ones that begin with it, which are left out."""

    def read(self, entries: list[Any]) -> list[Item]:
        """As ``walk.Feed`` says."""
        items = super().read(entries)
        return [item if _tagged(item, self._query) else Item(item.at, item.mark, bad=item.bad) for item in items]


def feed_for(source: Source, session: Session, me: Me, people: People, *, limit: int = _LIMIT) -> Feed:
    """The list of a source. Raises ``Refused`` where Bluesky has none of that kind."""
    if source.kind is SourceKind.MENTIONS:
        return Notifications(session, me, people, limit=limit)
    if source.kind is SourceKind.OWN_POSTS:
        return OwnPosts(session, me, people, limit=limit)
    words = source.query.strip()
    if source.kind is SourceKind.SEARCH and words:
        return Search(session, me, people, words, limit=limit)
    if source.kind is SourceKind.HASHTAG and words.removeprefix("#"):
        return Hashtag(session, me, people, f"#{words.removeprefix('#')}", limit=limit)
    raise Refused(f"Bluesky has nothing to pull for “{source.kind} {source.query}”.".replace(" ”", "”"))


def _tagged(item: Item, tag: str) -> bool:
    wanted = tag.casefold()
    found = re.compile(rf"{re.escape(wanted)}(?!\w)")
    return any(
        found.search(mention.text.casefold()) or wanted.removeprefix("#") in _tags(mention.raw)
        for mention in item.mentions
    )


def _tags(raw: dict[str, Any]) -> Sequence[str]:
    """The tags of a post that its text does not show."""
    record = raw.get("record")
    if not isinstance(record, dict):
        return ()
    tags = record.get("tags")
    hidden = [tag for tag in tags if isinstance(tag, str)] if isinstance(tags, list) else []
    features = [each for facet in tables(record.get("facets")) for each in tables(facet.get("features"))]
    return [tag.casefold() for tag in [*hidden, *(maybe_word(each, "tag") for each in features)]]
