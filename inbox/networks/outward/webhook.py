"""A webhook of our own: JSON by POST, signed, so that the other side knows who calls and that nothing was changed.

The signature is the hex HMAC-SHA256, under the shared key, of the time (``X-Inbox-Timestamp``, whole seconds of the
epoch), a dot, and the body; it stands in ``X-Inbox-Signature`` as ``sha256=...``. Redirects are not followed.
"""

import hashlib
import hmac
import json
from datetime import datetime
from typing import Any, Final

import httpx

from inbox.networks.address import check_url
from inbox.networks.errors import RateLimited, Refused, Unreachable

_TIMEOUT: Final = httpx.Timeout(10.0, connect=5.0)
_TOO_MANY: Final = 429
_OURS: Final = 500
_DONE: Final = range(200, 300)


def parts(secret: str) -> tuple[str, str]:
    """The address and the key of a webhook's secret, which are separated by a space or a line."""
    address, _, key = secret.strip().partition(" ")
    if not key:
        address, _, key = secret.strip().partition("\n")
    return address.strip(), key.strip()


def signature(key: str, timestamp: int, body: bytes) -> str:
    """What stands in ``X-Inbox-Signature``."""
    digest = hmac.new(key.encode(), f"{timestamp}.".encode() + body, hashlib.sha256).hexdigest()
    return f"sha256={digest}"


def post(address: str, key: str, document: dict[str, Any], *, now: datetime) -> None:
    """Post a document. Raises ``Refused``, ``RateLimited`` or ``Unreachable``; the address stands in none of them."""
    check_url(address)
    body = json.dumps(document, ensure_ascii=False).encode()
    timestamp = int(now.timestamp())
    headers = {
        "Content-Type": "application/json",
        "X-Inbox-Timestamp": str(timestamp),
        "X-Inbox-Signature": signature(key, timestamp, body),
    }
    try:
        with httpx.Client(timeout=_TIMEOUT, follow_redirects=False, trust_env=False) as client:
            status = client.post(address, content=body, headers=headers).status_code
    except httpx.HTTPError as error:
        raise Unreachable(f"The webhook does not answer ({type(error).__name__}).") from None
    if status in _DONE:
        return
    if status == _TOO_MANY:
        raise RateLimited("The webhook asks to wait.")
    if status >= _OURS:
        raise Unreachable(f"The webhook is in trouble ({status}).")
    raise Refused(f"The webhook refused the call ({status}).")
