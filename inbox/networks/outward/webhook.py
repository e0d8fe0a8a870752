"""A webhook of our own: JSON by POST, signed, so that the other side knows who calls and that nothing was changed.

The signature is the hex HMAC-SHA256, under the shared key, of the time (``X-Inbox-Timestamp``, whole seconds of the
epoch), a dot, and the body; it stands in ``X-Inbox-Signature`` as ``sha256=...``. Where a second address is given, a
call carries ``answer`` (what acknowledges it), and that address is asked for answers by GET with ``?after=CURSOR``,
signed over the query in the body's stead; it says ``{"answers": [{"code": ..., "by": ...}], "cursor": "..."}``.
"""

import hashlib
import hmac
import json
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode

from inbox.networks.errors import Refused
from inbox.networks.outward.answer_words import Answer, Heard, name, read, word_for
from inbox.networks.outward.asking import Stop, ask, never
from inbox.networks.payload import read_json

TITLE: Final = "The webhook"
_LONGEST_CURSOR: Final = 200
_PARTS: Final = 3


def parts(secret: str) -> tuple[str, str]:
    """The address and the key of a webhook's secret, which are separated by a space or a line."""
    found = [*secret.split(), "", ""]
    return found[0], found[1]


def answers_address(secret: str) -> str:
    """Where answers are asked for: the third part of the secret; empty where there is none."""
    found = secret.split()
    return found[2] if len(found) >= _PARTS else ""


def signature(key: str, timestamp: int, body: bytes) -> str:
    """What stands in ``X-Inbox-Signature``."""
    digest = hmac.new(key.encode(), f"{timestamp}.".encode() + body, hashlib.sha256).hexdigest()
    return f"sha256={digest}"


def post(secret: str, document: dict[str, Any], *, now: datetime, code: str = "") -> None:
    """Post a document. Raises ``Refused``, ``RateLimited`` or ``Unreachable``; the address stands in none of them."""
    address, key = parts(secret)
    if code and answers_address(secret):
        document = {**document, "answer": word_for(code)}
    body = json.dumps(document, ensure_ascii=False).encode()
    headers = {"Content-Type": "application/json", **_signed(key, body, now)}
    ask(TITLE, "POST", address, now=now, content=body, headers=headers)


def answers(secret: str, cursor: str, *, since: datetime, now: datetime, stop: Stop = never) -> Heard:
    """What was answered after ``cursor``, or from ``since`` on where there is none. Raises ``NetworkError``."""
    query = urlencode({"after": cursor} if cursor else {"since": int(since.timestamp())})
    address = answers_address(secret)
    url = f"{address}{'&' if '?' in address else '?'}{query}"
    reply = ask(TITLE, "GET", url, now=now, headers=_signed(parts(secret)[1], query.encode(), now), stop=stop)
    try:
        document = read_json(reply.body) if reply.whole else None
    except ValueError:
        document = None
    said = document.get("answers") if isinstance(document, dict) else None
    if not isinstance(said, list):
        raise Refused("The webhook sent something that is no answer.")
    following = document.get("cursor") if isinstance(document, dict) else None
    known = following if isinstance(following, str) and len(following) <= _LONGEST_CURSOR else cursor
    return Heard(tuple(found for each in said if (found := _read(each)) is not None), known)


def _read(each: object) -> Answer | None:
    if not isinstance(each, dict) or not isinstance(each.get("code"), str):
        return None
    said = each["code"]
    return read(said, each.get("by")) or read(word_for(said), name(each.get("by")))


def _signed(key: str, body: bytes, now: datetime) -> dict[str, str]:
    timestamp = int(now.timestamp())
    return {"X-Inbox-Timestamp": str(timestamp), "X-Inbox-Signature": signature(key, timestamp, body)}
