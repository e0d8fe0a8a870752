"""A Mastodon account and its sources as tests need them."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from inbox.model.account import Account, Limits, Source
from inbox.model.ids import AccountId, SourceId
from inbox.model.words import HealthState, SourceKind


def an_account(handle: str = "brand@social.example", **changes: Any) -> Account:
    """A connected account of the instance ``social.example``; ``changes`` are its fields."""
    fields: dict[str, Any] = {
        "id": AccountId(1),
        "network": "mastodon",
        "handle": handle,
        "brand": "Example Air",
        "server": "https://social.example",
        "remote_id": "1",
        "display_name": "Example Air",
        "limits": Limits(length=500, can_message=True, idempotent=True),
        "connected_at": None,
        "look_back_to": None,
        "paused": False,
        "health": HealthState.WORKING,
        "error": "",
        "error_at": None,
        "budget_left": None,
        "budget_resets_at": None,
        "details": {},
    }
    return Account(**{**fields, **changes})


def a_source(kind: SourceKind = SourceKind.MENTIONS, query: str = "", cursor: str | None = None) -> Source:
    """A source that stands at ``cursor``."""
    number = SourceId(1 + list(SourceKind).index(kind))
    return Source(number, AccountId(1), kind, query, cursor, None, None, None, "", None)


class Kept:
    """Stores pages the way the collector does: mentions by global id, and the cursor that came with them."""

    def __init__(self, pull: Callable[..., Any], kind: SourceKind = SourceKind.MENTIONS, query: str = "") -> None:
        self._pull = pull
        self._kind, self._query = kind, query
        self.cursor: str | None = None
        self.mentions: dict[str, Any] = {}
        self.repeated = 0
        self.bad: list[Any] = []
        self.gaps: list[Any] = []

    def pull(self, since: datetime | None = None, *, die_after: int | None = None) -> int:
        """Pull to the end, or die after some pages were stored; how many pages it were."""
        pages = 0
        for page in self._pull(a_source(self._kind, self._query, self.cursor), since=since):
            if die_after is not None and pages >= die_after:
                break
            self.repeated += sum(1 for mention in page.mentions if mention.id in self.mentions)
            self.mentions.update({mention.id: mention for mention in page.mentions})
            self.bad.extend(page.bad)
            self.gaps.extend([page.gap] if page.gap else [])
            self.cursor = page.cursor
            pages += 1
        return pages
