"""Followers of authors: notifications and feeds name authors without them, rules ask for them."""

import time
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import replace

from inbox.model.mention import IncomingMention
from inbox.model.words import Direction
from inbox.networks.bluesky.fields import count, maybe_word, tables
from inbox.networks.bluesky.parse import Item
from inbox.networks.bluesky.session import Session
from inbox.networks.errors import Refused

_AT_ONCE = 25
_KEPT_FOR = 6 * 3600.0
_MOST = 10_000


class People:
    """The follower counts of authors, asked for 25 at a time and kept for six hours."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: OrderedDict[str, tuple[float, int | None]] = OrderedDict()

    def complete(self, items: list[Item]) -> list[Item]:
        """The items with their customers' followers. Raises ``NetworkError``, but not when Bluesky declines to
        tell: a mention without its author's followers is still a mention.
        """
        self._learn(mention.author.id for item in items for mention in item.mentions if _unknown(mention))
        return [
            replace(item, mentions=tuple(map(self._told, item.mentions))) if item.mentions else item for item in items
        ]

    def _told(self, mention: IncomingMention) -> IncomingMention:
        known = self._known.get(mention.author.id)
        if known is None or known[1] is None or not _unknown(mention):
            return mention
        return replace(mention, author=replace(mention.author, followers=known[1]))

    def _learn(self, dids: Iterable[str]) -> None:
        at = time.monotonic()
        wanted = [did for did in dict.fromkeys(dids) if did not in self._known or at - self._known[did][0] > _KEPT_FOR]
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            try:
                told = self._session.get("app.bsky.actor.getProfiles", [("actors", did) for did in some])
            except Refused:
                told = None
            found = {maybe_word(each, "did"): count(each, "followersCount") for each in _profiles(told)}
            for did in some:
                self._known[did] = (at, found.get(did))
        while len(self._known) > _MOST:
            self._known.popitem(last=False)


def _profiles(told: object) -> list[dict[str, object]]:
    return tables(told.get("profiles")) if isinstance(told, dict) else []


def _unknown(mention: IncomingMention) -> bool:
    return mention.author.followers is None and mention.direction is Direction.INBOUND
