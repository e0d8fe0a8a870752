"""Asks networks now and then for the present state of recent mentions: edits, and what was deleted there."""

from datetime import datetime, timedelta
from typing import Final

from inbox.flow.ingest import store_page
from inbox.model.account import Account
from inbox.networks.base import NetworkClient, PulledPage
from inbox.store import answering, sources
from inbox.store.engine import Store

AT_ONCE: Final = 15
RECENT: Final = timedelta(days=3)
AGAIN_AFTER: Final = timedelta(minutes=20)


def refresh(store: Store, client: NetworkClient, account: Account, *, now: datetime) -> int:
    """Bring some recent mentions of open threads up to date; how many were asked about. Raises ``NetworkError``."""
    with store.read() as s:
        due = answering.to_refresh(s, account.id, since=now - RECENT, checked_before=now - AGAIN_AFTER, limit=AT_ONCE)
        known = sources.for_account(s, account.id)
    if not due or not known:
        return 0
    found = client.refresh([(global_id, local_id) for _, global_id, local_id in due])
    if found:
        page = PulledPage(tuple(found), (), known[0].cursor, more=False, read=len(found))
        store_page(store, account, known[0], page, now=now)
    with store.write(durable=False) as s:
        answering.checked(s, [mention_id for mention_id, _, _ in due], now)
    return len(due)
