"""One bounded request to a service: over TLS, to no private address, in seconds; no error of it names an address."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import httpx

from inbox.networks import rate
from inbox.networks.address import check_url
from inbox.networks.errors import RateLimited, Refused, Unreachable
from inbox.networks.interruptible import call

LARGEST: Final = 1024 * 1024
_TIMEOUT: Final = httpx.Timeout(10.0, connect=5.0)
_LONGEST: Final = 30.0
"""Seconds for the whole of an answer, however slowly it drips."""

Stop = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: ``whole`` is False where the body was cut at ``LARGEST``."""

    status: int
    headers: httpx.Headers
    body: bytes
    whole: bool


def never() -> bool:
    """Nothing stops it."""
    return False


def ask(
    title: str,
    method: str,
    url: str,
    *,
    now: datetime,
    content: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    stop: Stop = never,
    known: Mapping[int, str] | None = None,
) -> Reply:
    """The answer to one request; redirects are not followed. ``title`` is how the service is called in sentences,
    ``known`` are sentences of its own for what it may refuse, by status.

    Raises ``Refused`` where trying again will not help, else ``RateLimited`` or ``Unreachable``.
    """
    check_url(url)
    try:
        reply = call(lambda: _exchange(method, url, content, headers or {}), stop=stop, seconds=_LONGEST)
    except httpx.HTTPError as error:
        raise Unreachable(f"{title} does not answer ({type(error).__name__}).") from None
    except httpx.InvalidURL:
        raise Refused(f"The address of {title} is none. Enter it anew.") from None
    if reply is None:
        raise Unreachable(f"{title} takes too long to answer.")
    if reply.status == httpx.codes.TOO_MANY_REQUESTS:
        raise RateLimited(f"{title} asks to wait.", rate.retry_at(reply.headers, now))
    if reply.status >= httpx.codes.INTERNAL_SERVER_ERROR:
        raise Unreachable(f"{title} is in trouble ({reply.status}).")
    if not httpx.codes.OK <= reply.status < httpx.codes.MULTIPLE_CHOICES:
        raise Refused((known or {}).get(reply.status) or f"{title} refused the call ({reply.status}).")
    return reply


def _exchange(method: str, url: str, content: bytes | None, headers: Mapping[str, str]) -> Reply:
    end = time.monotonic() + _LONGEST
    with (
        httpx.Client(timeout=_TIMEOUT, follow_redirects=False, trust_env=False) as client,
        client.stream(method, url, content=content, headers=dict(headers)) as response,
    ):
        body = b""
        for part in response.iter_bytes():
            body += part
            if len(body) > LARGEST or time.monotonic() > end:
                return Reply(response.status_code, response.headers, body[:LARGEST], whole=False)
        return Reply(response.status_code, response.headers, body, whole=True)
