"""``inbox pull``: every source of every connected account once, and what came is routed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from inbox.flow.connect import workspace_id_of
from inbox.flow.connection import KnownNetworks, Line, Networks
from inbox.flow.pulling import Pulled, pull_source
from inbox.flow.triage import triage_pending
from inbox.model.account import Account, Source
from inbox.networks.errors import NetworkError
from inbox.secrets import SecretError
from inbox.store import accounts, sources
from inbox.store.engine import Store


@dataclass(frozen=True, slots=True)
class Once:
    """What one source brought, or why it did not."""

    account: Account
    source: Source
    pulled: Pulled
    error: str = ""


def pull_all(store: Store, *, now: Callable[[], datetime], networks: Networks | None = None) -> list[Once]:
    """Pull everything once. Trouble with one source is told with it and stops no other. Raises ``StoreError``."""
    known = networks or KnownNetworks(workspace_id_of(store))
    with store.read() as s:
        found = [each for each in accounts.all(s) if each.connected_at is not None and not each.paused]
        wanted = [(each, sources.for_account(s, each.id)) for each in found]
    done: list[Once] = []
    for account, its_sources in wanted:
        line = Line(known, lambda: False)
        done += [_pull(store, line, account, source, now) for source in its_sources]
        line.drop()
    triage_pending(store, now=now())
    return done


def _pull(store: Store, line: Line, account: Account, source: Source, now: Callable[[], datetime]) -> Once:
    try:
        client = line.client(account)
        pulled = pull_source(store, client, account, source, now=now, stop=lambda: False)
    except (NetworkError, SecretError) as error:
        with store.write(durable=False) as s:
            sources.failed(s, source.id, str(error), now=now(), next_pull_at=None)
        return Once(account, source, Pulled(), str(error))
    with store.write(durable=False) as s:
        sources.succeeded(s, source.id, now=now())
    return Once(account, source, pulled)
