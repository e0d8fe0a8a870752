"""The addresses of services, among the workspace's secrets alone; only their names stand in rows."""

from collections.abc import Iterable
from datetime import datetime

from inbox import secrets
from inbox.flow.escalate.ladders import is_service, service_key
from inbox.store import answers, audit, config
from inbox.store.engine import Store
from inbox.store.errors import Refused


def keep(store: Store, name: str, address: str, *, actor: str, now: datetime) -> str:
    """Keep an address on this machine; what was read of an earlier one is forgotten. The sentence for the person.

    Raises ``Refused`` for what is no service's name or address, and ``SecretError``.
    """
    if not is_service(name):
        raise Refused("A service is named like apprise:slack or webhook:pager.")
    if not address.strip():
        raise Refused("No address was given.")
    secrets.put(_workspace(store), service_key(name), address.strip())
    _written(store, name, "kept the address", actor, now)
    return f"The address of {name} is kept."


def drop(store: Store, name: str, *, actor: str, now: datetime) -> str:
    """Forget an address. The sentence for the person; raises ``SecretError``."""
    secrets.drop(_workspace(store), service_key(name))
    _written(store, name, "forgot the address", actor, now)
    return f"The address of {name} is forgotten."


def kept(store: Store, names: Iterable[str]) -> dict[str, bool]:
    """Which services' addresses are kept on this machine. Raises ``SecretError``."""
    workspace = _workspace(store)
    return {name: secrets.get(workspace, service_key(name)) is not None for name in names}


def _written(store: Store, name: str, did: str, actor: str, now: datetime) -> None:
    with store.write() as s:
        answers.forget(s, name)
        audit.record(s, actor, "service", None, now, did=did, service=name)


def _workspace(store: Store) -> str:
    with store.write() as s:
        return config.workspace_id(s)
