"""Which network reads what of the quarantine."""

from importlib import import_module
from importlib.util import find_spec

from inbox.flow.quarantine import Parser
from inbox.networks import registry


def parsers() -> dict[str, Parser]:
    """By network, what reads its kept payloads; a network without such a module is left out."""
    modules = {name: f"inbox.networks.{name}.reparse" for name in registry.NAMES}
    return {name: import_module(module).reparse for name, module in modules.items() if _there(name, module)}


def _there(name: str, module: str) -> bool:
    return find_spec(f"inbox.networks.{name}") is not None and find_spec(module) is not None
