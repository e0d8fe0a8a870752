"""Quarantine: bad payloads are tried again, as after an update that can read them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from inbox.flow.mention_lines import parse_line
from inbox.model.account import Account, Quarantined
from inbox.model.change import Change
from inbox.model.mention import BadPayload, IncomingMention
from inbox.store import accounts, config, pages, quarantine
from inbox.store.engine import Session, Store
from inbox.store.items import NOBODY, Item, prepare

Parser = Callable[[str, Account], IncomingMention | BadPayload]
"""Reads a payload of an account as it was kept."""

_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Retried:
    """How many payloads were tried, stored now, and are bad still."""

    tried: int
    stored: int
    bad: int
    change: Change


def retry(store: Store, *, parsers: Mapping[str, Parser], now: datetime) -> Retried:
    """Try every payload that waits. ``parsers`` read what networks gave, by network; a payload of a network
    that is not among them is left as it is. Lines of imported files are read as they are at import.
    """
    tried, stored, change, after = 0, 0, Change(), None
    while True:
        with store.read() as s:
            waiting = quarantine.waiting(s, after=after, limit=_AT_ONCE)
        if not waiting:
            return Retried(tried, stored, tried - stored, change)
        after = waiting[-1].id
        for each in waiting:
            if each.network != quarantine.FILES and each.network not in parsers:
                continue
            with store.write() as s:
                error = _again(s, each, parsers, now)
                quarantine.tried(s, each.id, now=now, error=error)
            change |= s.change
            tried, stored = tried + 1, stored + (error is None)


def _again(s: Session, kept: Quarantined, parsers: Mapping[str, Parser], now: datetime) -> str | None:
    """Store one payload; why it is bad still, None when it is stored."""
    made = _from_file(s, kept, now) if kept.network == quarantine.FILES else _from_network(s, kept, parsers, now)
    if not isinstance(made, Item):
        return made.error
    window = config.load(s).settings.reopen_within
    pages.store_chunk(s, made.mention.network, [made], now=now, reopen_within=window)
    return None


def _from_file(s: Session, kept: Quarantined, now: datetime) -> Item | BadPayload:
    found = parse_line(kept.payload)
    if isinstance(found, BadPayload):
        return found
    of = accounts.ensure_unconnected(s, found.network, found.account or kept.account or NOBODY, now)
    return prepare(found, of, pulled_by=of, connected_at=None, now=now)


def _from_network(s: Session, kept: Quarantined, parsers: Mapping[str, Parser], now: datetime) -> Item | BadPayload:
    account = None if kept.account is None else accounts.by_handle(s, kept.network, kept.account)
    if account is None:
        return BadPayload(kept.network, kept.payload, "its account is not connected any more")
    found = parsers[kept.network](kept.payload, account)
    if isinstance(found, BadPayload):
        return found
    return prepare(found, account.id, pulled_by=account.id, connected_at=account.connected_at, now=now)
