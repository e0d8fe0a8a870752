"""A small scripted world that behaves like a network and needs nothing outside; what it does: README.md."""

import uuid
from collections.abc import Callable
from pathlib import Path

from inbox.model.account import Account
from inbox.model.words import SourceKind
from inbox.networks.base import Capabilities, NetworkClient, Stop

capabilities = Capabilities(
    name="demo",
    title="Demo network",
    sources=(SourceKind.MENTIONS, SourceKind.OWN_POSTS),
    honours_keys=True,
    needs_server=False,
    sign_in="none",
    reach_back="To the beginning of its small world.",
    demo_only=True,
)


def make_key() -> str:
    """A new key: one key makes one post."""
    return str(uuid.uuid4())


def connect(account: Account, secret: str, *, stop: Stop, save_secret: Callable[[str], None]) -> NetworkClient:
    """A client for an account, whose ``details["world"]`` names the world's file. Raises ``Refused``."""
    from inbox.networks.demo.client import DemoClient
    from inbox.networks.demo.world import World, accounts
    from inbox.networks.errors import Refused

    del secret, save_secret  # it has no doors to lock
    place = account.details.get("world")
    found = next((each for each in accounts() if each.handle == account.handle), None)
    if not isinstance(place, str) or found is None:
        raise Refused("This account belongs to no demo world. Start the demo again.")
    return DemoClient(World(Path(place)), found, stop=stop)
