"""What the accounts page asks for, each a callable for the write lane. A secret goes to the keyring alone."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from inbox.model.ids import AccountId, RequestId
from inbox.model.request import RequestKind

if TYPE_CHECKING:
    from inbox.store.engine import Store

LOOK_BACKS = {"none": None, "24 hours": "24h", "7 days": "7d"}
"""What the form offers, as the request names it."""


@dataclass(frozen=True, slots=True)
class Added:
    """A new account, and the request that tests and connects it (None while it is still to sign in)."""

    account_id: AccountId
    request_id: RequestId | None


@dataclass(frozen=True, slots=True)
class AddAccount:
    """Adds an account, unconnected, keeps its secret in the keyring, and asks the collector to test it.

    Raises ``Refused`` when it is connected already, ``SecretError`` when the keyring does not take the secret.
    """

    network: str
    handle: str
    server: str
    look_back: str | None
    actor: str
    now: datetime
    secret: str = field(default="", repr=False)
    searches: tuple[str, ...] = ()

    def __call__(self, store: "Store") -> Added:
        """On the write lane."""
        from inbox import secrets
        from inbox.store import accounts, audit, config

        with store.write() as s:
            made = accounts.add(s, self.network, self.handle, server=self.server)
            workspace_id = config.workspace_id(s)
            audit.record(s, self.actor, "add account", None, self.now, network=self.network, handle=made.handle)
        if self.secret:
            secrets.put(workspace_id, made.id, self.secret)
        if not self.secret and self.network != "demo":
            return Added(made.id, None)
        return Added(made.id, AskTest(made.id, self.actor, self.now, self.look_back, self.searches)(store))


@dataclass(frozen=True, slots=True)
class AskTest:
    """Asks the collector to test an account; one that passes is connected."""

    account_id: AccountId
    actor: str
    now: datetime
    look_back: str | None = None
    searches: tuple[str, ...] = ()

    def __call__(self, store: "Store") -> RequestId:
        """On the write lane."""
        from inbox.flow import requests

        return requests.ask(
            store,
            RequestKind.TEST,
            self.account_id,
            actor=self.actor,
            now=self.now,
            connect=True,
            look_back=self.look_back,
            searches=list(self.searches),
        )


@dataclass(frozen=True, slots=True)
class Ask:
    """Asks for anything else: to pull now, to try the quarantine again, to fill a gap."""

    kind: RequestKind
    account_id: AccountId | None
    actor: str
    now: datetime
    arguments: dict[str, object] = field(default_factory=dict)

    def __call__(self, store: "Store") -> RequestId:
        """On the write lane."""
        from inbox.flow import requests

        return requests.ask(store, self.kind, self.account_id, actor=self.actor, now=self.now, **self.arguments)


@dataclass(frozen=True, slots=True)
class NewSecret:
    """Signs an account in again: the new secret goes to the keyring, then the account is tested."""

    account_id: AccountId
    actor: str
    now: datetime
    secret: str = field(repr=False)

    def __call__(self, store: "Store") -> RequestId:
        """On the write lane."""
        from inbox import secrets
        from inbox.store import config

        with store.write() as s:
            workspace_id = config.workspace_id(s)
        secrets.put(workspace_id, self.account_id, self.secret)
        return AskTest(self.account_id, self.actor, self.now)(store)


@dataclass(frozen=True, slots=True)
class Pause:
    """Stops pulling and posting for an account, or goes on."""

    account_id: AccountId
    paused: bool
    actor: str
    now: datetime

    def __call__(self, store: "Store") -> None:
        """On the write lane."""
        from inbox.store import accounts, audit

        with store.write() as s:
            accounts.set_paused(s, self.account_id, paused=self.paused)
            action = "pause account" if self.paused else "unpause account"
            audit.record(s, self.actor, action, None, self.now, account=self.account_id)


@dataclass(frozen=True, slots=True)
class Remove:
    """Disconnects an account and forgets its secret; its threads stay."""

    account_id: AccountId
    actor: str
    now: datetime

    def __call__(self, store: "Store") -> None:
        """On the write lane."""
        from inbox import secrets
        from inbox.store import accounts, audit, config

        with store.write() as s:
            accounts.remove(s, self.account_id, self.now)
            audit.record(s, self.actor, "remove account", None, self.now, account=self.account_id)
            workspace_id = config.workspace_id(s)
        secrets.drop(workspace_id, self.account_id)
