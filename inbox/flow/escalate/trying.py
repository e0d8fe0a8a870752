"""Looks whether a service can be used, on the machine that calls it, with or without a message."""

from datetime import datetime

from inbox.flow.escalate.delivering import secret_of
from inbox.networks import outward
from inbox.store import config
from inbox.store.engine import Store

TEST = "This is a test. Nobody needs help."


def try_service(store: Store, name: str, *, send: bool, now: datetime) -> str:
    """Check the address, and ``send`` a test message. The sentence for the person.

    Raises ``NetworkError`` and ``SecretError``.
    """
    with store.write() as s:
        workspace = config.workspace_id(s)
    secret = secret_of(workspace, name)
    outward.check(name, secret)
    if send:
        outward.send(name, secret, "Social Inbox", TEST, now=now, key="test")
    said = f"{name} took the message." if send else f"The address of {name} can be used."
    return f"{said} People can acknowledge there." if outward.can_answer(name, secret) else said
