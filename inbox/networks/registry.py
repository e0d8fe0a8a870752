"""Which networks there are: a name to its folder, imported when first asked for."""

from importlib import import_module
from typing import cast

from inbox.networks.base import Capabilities, NetworkModule
from inbox.networks.errors import NetworkError

NAMES = ("mastodon", "bluesky", "demo")


def module(name: str) -> NetworkModule:
    """The network's module. Raises ``NetworkError`` when there is none of that name."""
    if name not in NAMES:
        raise NetworkError(f"There is no network named “{name}”. There are: {', '.join(NAMES)}.")
    return cast("NetworkModule", import_module(f"inbox.networks.{name}"))


def capabilities(name: str) -> Capabilities:
    """What the network can do. Raises ``NetworkError`` when there is none of that name."""
    return module(name).capabilities
