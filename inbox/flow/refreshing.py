"""Asks networks now and then for the present state of recent mentions: edits, what was deleted, and what spreads.

A post that spreads does so within hours, so young ones and those that grow come first; what is left over goes round.
"""

from datetime import datetime, timedelta
from typing import Final

from inbox.flow.ingest import store_page
from inbox.model.account import Account
from inbox.model.ids import AccountId
from inbox.networks.base import NetworkClient, PulledPage
from inbox.store import answering, hot, sources
from inbox.store.engine import Session, Store

AT_ONCE: Final = 15
RECENT: Final = timedelta(days=3)
AGAIN_AFTER: Final = timedelta(minutes=20)
FIRST: Final = 5
"""Of those asked about at once, so many at most are growing, and so many young."""
GROWS: Final = timedelta(hours=1)
GROWING_WITHIN: Final = timedelta(days=1)
GROWING_AGAIN: Final = timedelta(minutes=3)
YOUNG: Final = timedelta(hours=2)
YOUNG_AGAIN: Final = timedelta(minutes=5)


def refresh(store: Store, client: NetworkClient, account: Account, *, now: datetime) -> int:
    """Bring some recent mentions of open threads up to date; how many were asked about. Raises ``NetworkError``."""
    with store.read() as s:
        due = _due(s, account.id, now)
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


def _due(s: Session, account_id: AccountId, now: datetime) -> list[hot.ToAsk]:
    """What is asked about now: posts that grow, then young ones, then whatever was not asked about for the longest."""
    again = now - GROWING_AGAIN
    found = hot.growing(
        s, account_id, posted=now - GROWING_WITHIN, changed=now - GROWS, asked_before=again, limit=FIRST
    )
    young = hot.young(s, account_id, posted=now - YOUNG, asked_before=now - YOUNG_AGAIN, limit=2 * FIRST)
    found += [each for each in young if each not in found][:FIRST]
    rest = answering.to_refresh(s, account_id, since=now - RECENT, checked_before=now - AGAIN_AFTER, limit=AT_ONCE)
    return [*found, *(each for each in rest if each not in found)][:AT_ONCE]
