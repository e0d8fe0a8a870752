"""Connecting an account: tested first, saved only when the test is passed. Talks to the network."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from inbox import secrets
from inbox.flow.connection import Networks
from inbox.model.account import Account, Limits, Source
from inbox.model.ids import AccountId, SourceId
from inbox.model.words import HealthState, SourceKind
from inbox.networks.base import Capabilities, Identity, NetworkClient, Stop
from inbox.networks.errors import Refused
from inbox.store import accounts, audit, config, sources
from inbox.store.engine import Session, Store

_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Tested:
    """What a test found: whose token it is, what it may do, and the first mentions it can read."""

    identity: Identity
    read: int
    texts: tuple[str, ...]

    def told(self) -> dict[str, Any]:
        """The result as a request's answer holds it."""
        return {
            "handle": self.identity.handle,
            "display_name": self.identity.display_name,
            "server": self.identity.server,
            "may": list(self.identity.may),
            "may_not": list(self.identity.may_not),
            "length": self.identity.limits.length,
            "read": self.read,
            "texts": list(self.texts),
            "says": self.sentence,
        }

    @property
    def sentence(self) -> str:
        """The result in one line."""
        may_not = f" It may not: {', '.join(self.identity.may_not)}." if self.identity.may_not else ""
        return f"Signed in as {self.identity.handle}. Mentions can be read.{may_not}"


def add(
    store: Store,
    networks: Networks,
    network: str,
    *,
    handle: str,
    server: str,
    secret: str,
    workspace_id: str,
    look_back: timedelta | None = None,
    searches: Sequence[str] = (),
    actor: str,
    now: datetime,
    stop: Stop = lambda: False,
) -> tuple[Account, Tested]:
    """Test the secret, then save the account, its sources and its secret.

    ``look_back`` None starts with what is posted from now on. Raises ``NetworkError`` and ``SecretError``, having
    saved nothing, and ``Refused`` of the store when the account is connected already.
    """
    capabilities = networks.capabilities(network)
    if capabilities.needs_server and not server:
        raise Refused(f"{capabilities.title} needs the address of a server: --server https://...")
    if secret:
        # Before the network is asked: a token that cannot be kept need not be tested.
        secrets.usable()
    kept = [secret]
    client = networks.open_with(_draft(network, handle, server), secret, stop, kept.append)
    try:
        tested = test(client, _draft(network, handle, server))
    finally:
        client.close()
    same_handle(handle, tested.identity)
    with store.write() as s:
        made = accounts.add(s, network, tested.identity.handle, server=tested.identity.server)
        account = save(
            s,
            made.id,
            tested.identity,
            capabilities,
            searches=searches,
            look_back_to=now - look_back if look_back else None,
            now=now,
        )
        audit.record(s, actor, "connect account", None, now, account=account.handle, network=network)
        # Last, and inside: when the keyring refuses, nothing was saved.
        if secret:
            secrets.put(workspace_id, account.id, kept[-1])
    return account, tested


def save(
    s: Session,
    account_id: AccountId,
    identity: Identity,
    capabilities: Capabilities,
    *,
    searches: Sequence[str],
    look_back_to: datetime | None,
    now: datetime,
) -> Account:
    """Keep what the test found, and make the account's sources."""
    account = accounts.connected(
        s,
        account_id,
        handle=identity.handle,
        server=identity.server,
        remote_id=identity.remote_id,
        display_name=identity.display_name,
        limits=identity.limits,
        details={**identity.details, "may": list(identity.may), "may_not": list(identity.may_not)},
        look_back_to=look_back_to,
        now=now,
    )
    for kind in capabilities.sources:
        if kind not in {SourceKind.SEARCH, SourceKind.HASHTAG}:
            sources.ensure(s, account_id, kind)
    for words in searches:
        if words.strip():
            kind = SourceKind.HASHTAG if words.startswith("#") else SourceKind.SEARCH
            sources.ensure(s, account_id, kind, words.strip())
    return account


def test(client: NetworkClient, account: Account) -> Tested:
    """Ask who we are, and read a first bounded page. Raises ``NetworkError``."""
    identity = client.identify()
    known = replace(account, remote_id=identity.remote_id, limits=identity.limits, details=identity.details)
    read, texts = read_some(client, known)
    return Tested(identity, read, texts)


def read_some(client: NetworkClient, account: Account) -> tuple[int, tuple[str, ...]]:
    """How many mentions one page holds, and what the first of them say; stores nothing."""
    source = Source(SourceId(0), account.id, SourceKind.MENTIONS, "", None, None, None, None, "", None)
    read, texts = 0, list[str]()
    for page in islice(client.pull(source, since=account.look_back_to), 1):
        read += page.read
        texts += [mention.text for mention in page.mentions[:_SHOWN]]
    return read, tuple(texts)


def workspace_id_of(store: Store) -> str:
    """The id that names the workspace's secrets; made at first use."""
    with store.read() as s:
        found = config.workspace_id(s)
    if found:
        return found
    with store.write() as s:
        return config.workspace_id(s)


def same_handle(typed: str, identity: Identity) -> None:
    """A token of another account than was typed is a mistake to be told before it is saved."""
    wanted, found = accounts.clean(typed).casefold(), identity.handle.casefold()
    if wanted and wanted not in {found, found.partition("@")[0]}:
        raise Refused(f"This token belongs to {identity.handle}, not to {accounts.clean(typed)}.")


def _draft(network: str, handle: str, server: str) -> Account:
    """An account that is not saved yet."""
    return Account(
        id=AccountId(0),
        network=network,
        handle=accounts.clean(handle),
        brand="",
        server=server,
        remote_id="",
        display_name="",
        limits=Limits(),
        connected_at=None,
        look_back_to=None,
        paused=False,
        health=HealthState.NOT_CONNECTED,
        error="",
        error_at=None,
        budget_left=None,
        budget_resets_at=None,
    )
