"""An account's connection to its network: opened when it is needed, opened anew when its secret changed."""

from collections.abc import Callable
from typing import Protocol

from inbox import secrets
from inbox.flow.steady import seconds
from inbox.model.account import Account
from inbox.networks import registry
from inbox.networks.base import Capabilities, NetworkClient, Stop
from inbox.networks.errors import SignInAgain

UNSIGNED = "none"
"""What ``Capabilities.sign_in`` says of a network that needs no signing in."""


class Networks(Protocol):
    """Where connections come from; tests bring networks of their own."""

    def open(self, account: Account, stop: Stop) -> NetworkClient:
        """A new client. Raises ``SecretError`` or ``NetworkError`` (``SignInAgain`` without a secret)."""

    def open_with(self, account: Account, secret: str, stop: Stop, save_secret: Callable[[str], None]) -> NetworkClient:
        """A new client with a secret that is not kept yet. Raises ``NetworkError``."""

    def key(self, network: str) -> str:
        """A new key for a reply, chosen before its first attempt."""

    def capabilities(self, network: str) -> Capabilities:
        """What the network can do."""


class KnownNetworks:
    """The networks of ``networks.registry``, with the secrets of one workspace."""

    def __init__(self, workspace_id: str) -> None:
        self._workspace_id = workspace_id

    def open(self, account: Account, stop: Stop) -> NetworkClient:
        """A new client with the secret that is kept for the account."""
        known = registry.capabilities(account.network)
        if known.demo_only or known.sign_in == UNSIGNED:
            return self.open_with(account, "", stop, self._saver(account))
        secret = secrets.get(self._workspace_id, account.id)
        if secret is None:
            raise SignInAgain(f"There is no token for {account.handle} on this machine. Sign in again.")
        return self.open_with(account, secret, stop, self._saver(account))

    def open_with(self, account: Account, secret: str, stop: Stop, save_secret: Callable[[str], None]) -> NetworkClient:
        """A new client with a given secret."""
        return registry.module(account.network).connect(account, secret, stop=stop, save_secret=save_secret)

    def key(self, network: str) -> str:
        """A new key of the network's own making."""
        return registry.module(network).make_key()

    def capabilities(self, network: str) -> Capabilities:
        """What the network can do."""
        return registry.capabilities(network)

    def _saver(self, account: Account) -> Callable[[str], None]:
        def save(secret: str) -> None:
            secrets.put(self._workspace_id, account.id, secret)

        return save


class Line:
    """One lane's own connection for one account. Used by one thread."""

    def __init__(self, networks: Networks, stop: Stop) -> None:
        self._networks = networks
        self._stop = stop
        self._client: NetworkClient | None = None
        self._made_for: tuple[object, ...] = ()

    def client(self, account: Account) -> NetworkClient:
        """The client; made anew when the account is another one than before. Raises as ``Networks.open``."""
        wanted = (account.id, account.server, account.remote_id, account.limits, account.connected_at)
        if self._client is None or self._made_for != wanted:
            self.drop()
            self._client = self._networks.open(account, self._stop)
            self._made_for = wanted
        return self._client

    def drop(self) -> None:
        """Close it: the next use reads the secret again, which somebody may have renewed."""
        if self._client is not None:
            self._client.close()
            self._client = None


class Way:
    """An account's way to its network, which all that it sends takes: the connection, and how long it rests."""

    def __init__(self, networks: Networks, give_up: Stop) -> None:
        """``give_up`` ends a post that is under way."""
        self._line = Line(networks, give_up)
        self._until = 0.0
        self.failures = 0

    @property
    def left(self) -> float:
        """Seconds until the network is asked again."""
        return max(0.0, self._until - seconds())

    def client(self, account: Account) -> NetworkClient:
        """The connection. Raises ``SecretError`` and ``NetworkError``."""
        return self._line.client(account)

    def rest(self, wait: float) -> None:
        """The network is in trouble for all that the account sends."""
        self.failures += 1
        self._until = max(self._until, seconds() + wait)

    def clear(self) -> None:
        """Something went out: it is in trouble no more."""
        self.failures, self._until = 0, 0.0

    def drop(self) -> None:
        """Give back the connection; the next use reads the secret anew."""
        self._line.drop()
