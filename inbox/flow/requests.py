"""What desktops ask of the collector, and its answers; free of networks, since screens use it."""

from datetime import datetime
from typing import Any

from inbox.model.ids import AccountId, RequestId
from inbox.model.request import Request, RequestKind
from inbox.store import requests
from inbox.store.engine import Store


def ask(
    store: Store,
    kind: RequestKind,
    account_id: AccountId | None,
    *,
    actor: str,
    now: datetime,
    **arguments: Any,  # noqa: ANN401 - any JSON value
) -> RequestId:
    """Write a request; the collector answers. ``arguments`` hold no secret.

    TEST: ``connect`` (True saves an account that passes) and ``look_back`` ("24h", "7d" or None), ``searches``.
    FILL_GAP: ``gap`` (its number). SERVICE: ``service`` (its name), ``send`` (True sends a test message).
    """
    with store.write() as s:
        return requests.ask(s, kind, account_id, asked_by=actor, now=now, arguments=arguments)


def answer(store: Store, request_id: RequestId) -> Request:
    """The request with what the collector said so far. Raises ``NotFound``."""
    with store.read() as s:
        return requests.get(s, request_id)
