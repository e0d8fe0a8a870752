"""Pulls one source and stores what comes, page by page; used by the collector's lanes and by ``inbox pull``."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from inbox.flow.ingest import store_page
from inbox.model.account import Account, Source
from inbox.networks.base import NetworkClient, PulledPage, Stop
from inbox.store.engine import Store


@dataclass(slots=True)
class Pulled:
    """What a pull brought. ``gap`` is the span that the network could not give, from and to and why."""

    read: int = 0
    stored: int = 0
    updated: int = 0
    quarantined: int = 0
    gap: tuple[datetime, datetime, str] | None = None
    lag_seconds: float | None = None

    @property
    def anything(self) -> bool:
        """True when something new was stored."""
        return self.stored > 0 or self.updated > 0


def pull_source(
    store: Store,
    client: NetworkClient,
    account: Account,
    source: Source,
    *,
    now: Callable[[], datetime],
    stop: Stop,
    stored: Callable[[], None] = lambda: None,
) -> Pulled:
    """Pull everything after the source's cursor. Each page is committed with the cursor that covers it, so that
    being stopped or killed anywhere loses nothing. ``stored`` is called after each page that brought something.

    Raises ``NetworkError`` and ``StoreError``; what was stored until then stays.
    """
    total = Pulled()
    cursor = source.cursor
    for page in client.pull(source, since=account.look_back_to):
        if not _empty(page, cursor):
            at = now()
            done = store_page(store, account, source, page, now=at)
            total.read += page.read
            total.stored += done.stored
            total.updated += done.updated
            total.quarantined += done.quarantined
            total.gap = page.gap or total.gap
            if done.stored:
                newest = max(each.created_at for each in page.mentions)
                total.lag_seconds = max(0.0, (at - newest).total_seconds())
            if done.stored or done.updated:
                stored()
        cursor = page.cursor or cursor
        if stop():
            break
    return total


def _empty(page: PulledPage, cursor: str | None) -> bool:
    """Nothing came and nothing moved: not worth a write."""
    return not page.mentions and not page.bad and page.gap is None and page.cursor == cursor
