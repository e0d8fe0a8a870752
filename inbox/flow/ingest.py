"""Stores what was pulled: mentions in their threads, the cursor, the gap and the source's health."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from inbox.model.account import Account, Source
from inbox.model.change import Change
from inbox.model.ids import AccountId, ThreadId
from inbox.model.mention import BadPayload, IncomingMention
from inbox.model.words import Direction
from inbox.networks.base import PulledPage
from inbox.store import accounts, config, gaps, pages, quarantine, sources
from inbox.store.engine import Store
from inbox.store.items import Item, prepare
from inbox.store.session import Session

CHUNK = 64
"""Mentions in one transaction: its write lock is held for under 30 ms at a million stored mentions."""

_ROOM = 0.002
"""Seconds between two chunks: without them another program, which asks again only now and then, would hardly
ever find the lock free.
"""


@dataclass(frozen=True, slots=True)
class Ingested:
    """What became of a page. ``read`` is the network's count; ``threads`` hold the page's mentions."""

    read: int
    stored: int
    updated: int
    duplicates: int
    quarantined: int
    threads: frozenset[ThreadId]
    change: Change


def store_page(store: Store, account: Account, source: Source, page: PulledPage, *, now: datetime) -> Ingested:
    """Store a page. Its cursor is committed with the last of its mentions: dying anywhere loses nothing, and
    reading the page again repeats nothing. Raises ``StoreError``; then the cursor stands where it was.
    """
    reopen_within, named = _before(store, account, page.mentions)
    items, bad = list[Item](), list(page.bad)
    for mention in page.mentions:
        made = _prepare(mention, account, named, now)
        (items if isinstance(made, Item) else bad).append(made)  # type: ignore[arg-type]  # the right list for each
    change, total = Change(), pages.Stored()
    chunks = [items[start : start + CHUNK] for start in range(0, len(items), CHUNK)] or [[]]
    for number, chunk in enumerate(chunks, 1):
        if number > 1:
            time.sleep(_ROOM)
        with store.write(durable=False) as s:
            if chunk:
                total += pages.store_chunk(s, account.network, chunk, now=now, reopen_within=reopen_within)
            if number == len(chunks):
                _finish(s, source, page, bad, total, account=account, now=now)
        change |= s.change
    read = len(page.mentions) + len(page.bad)
    return Ingested(read, total.stored, total.updated, total.duplicates, len(bad), total.threads, change)


def _before(
    store: Store, account: Account, mentions: Sequence[IncomingMention]
) -> tuple[timedelta, dict[str, AccountId]]:
    """What the page needs to know first: the reopening window, and our accounts on this network by handle."""
    with store.read() as s:
        window = config.load(s).settings.reopen_within
        if not any(mention.also_names for mention in mentions):
            return window, {}
        return window, {each.handle.casefold(): each.id for each in accounts.all(s) if each.network == account.network}


def _prepare(
    mention: IncomingMention, account: Account, named: Mapping[str, AccountId], now: datetime
) -> Item | BadPayload:
    ours = _named_accounts(mention, account, named)
    return prepare(mention, ours[0], pulled_by=account.id, also=ours[1:], connected_at=account.connected_at, now=now)


def _named_accounts(
    mention: IncomingMention, account: Account, named: Mapping[str, AccountId]
) -> tuple[AccountId, ...]:
    """Our accounts that the mention names, the first named first; the account that pulled it where none is."""
    if mention.direction is Direction.OUTBOUND or not mention.also_names:
        return (account.id,)
    words = mention.text.casefold()
    handles = {account.handle.casefold(): account.id}
    handles |= {name: named[name] for each in mention.also_names if (name := each.lstrip("@").casefold()) in named}
    places = {handle: _place(words, handle) for handle in handles}
    return tuple(dict.fromkeys(handles[handle] for handle in sorted(handles, key=lambda each: places[each])))


def _place(words: str, handle: str) -> int:
    """Where a text names a handle, whole or without its server; behind its end where it does not."""
    found = [at for form in (f"@{handle}", f"@{handle.partition('@')[0]}") if (at := words.find(form)) >= 0]
    return min(found, default=len(words))


def _finish(
    s: Session,
    source: Source,
    page: PulledPage,
    bad: Sequence[BadPayload],
    total: pages.Stored,
    *,
    account: Account,
    now: datetime,
) -> None:
    """With the last mentions: the cursor, the gap, quarantine and how the source is doing."""
    quarantine.add(s, bad, now=now, account=account.handle, source=source.id)
    if page.gap is not None:
        gaps.record(s, source.id, *page.gap)
    lag = None if total.newest is None else max(0.0, (now - total.newest).total_seconds())
    sources.advance(s, source.id, page.cursor or source.cursor, now=now, last_mention_at=total.newest, lag_seconds=lag)
    if bad or total.stored or page.gap is not None or source.error:
        s.changed(accounts=[account.id])
