"""An answer of a network, and which error it is. Pure."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import httpx

from inbox.networks import rate
from inbox.networks.errors import Gone, NetworkError, RateLimited, Refused, SignInAgain, Unreachable

_LONGEST_SENTENCE = 300
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")
_SECRETS = re.compile(r"(?i)bearer\s+\S+|(?:access_token|client_secret|password|code)=[^&\s]+")


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, JSON and headers. ``readable`` is False when the body was no JSON (an HTML page, cut off)."""

    status: int
    data: Any
    readable: bool
    headers: httpx.Headers

    @property
    def error_code(self) -> str:
        """The network's own name of the error (``ExpiredToken``, ``invalid_grant``), else empty."""
        code = self.data.get("error") if isinstance(self.data, dict) else None
        return code if isinstance(code, str) else ""


def sentence(answer: Answer, *, hide: str = "") -> str:
    """What the network said about its error, on one line, without ``hide`` (our token); empty if nothing."""
    if not isinstance(answer.data, dict):
        return ""
    for key in ("error_description", "message", "error"):
        words = answer.data.get(key)
        if isinstance(words, str) and words.strip():
            clean = _SECRETS.sub("…", _CONTROL.sub(" ", words)).strip()
            clean = clean.replace(hide, "…") if hide else clean
            return clean if len(clean) <= _LONGEST_SENTENCE else f"{clean[:_LONGEST_SENTENCE]}…"
    return ""


def error_for(answer: Answer, title: str, now: datetime, *, posting: bool = False, hide: str = "") -> NetworkError:
    """The error of an answer that is no success, or a success that cannot be read."""
    status, asked = answer.status, rate.retry_at(answer.headers, now)
    if status < httpx.codes.MULTIPLE_CHOICES:
        return Unreachable(f"{title} sent something that is not an answer of its network.", maybe_done=posting)
    if status == httpx.codes.TOO_MANY_REQUESTS:
        return RateLimited(f"{title} asks us to slow down.", asked)
    if status == httpx.codes.REQUEST_TIMEOUT:
        return Unreachable(f"{title} takes too long to answer.", asked, maybe_done=posting)
    if status >= httpx.codes.INTERNAL_SERVER_ERROR:
        # 503 says that the request was turned away at the door; after the others nobody knows.
        unsure = posting and status != httpx.codes.SERVICE_UNAVAILABLE
        return Unreachable(f"{title} is out of order (error {status}).", asked, maybe_done=unsure)
    return _refusal(status, title, sentence(answer, hide=hide))


def _refusal(status: int, title: str, words: str) -> NetworkError:
    because = f" It says: {words}" if words else ""
    if status < httpx.codes.BAD_REQUEST:
        return Refused(f"{title} has moved to another address. Check the server of this account.")
    if status == httpx.codes.UNAUTHORIZED:
        return SignInAgain(f"{title} no longer accepts our sign-in. Sign in again.")
    if status in {httpx.codes.NOT_FOUND, httpx.codes.GONE}:
        return Gone(f"{title} does not have this any more.{because}")
    return Refused(f"{title} refused.{because}" if words else f"{title} refused (error {status}).")


def said(title: str, error: httpx.HTTPError) -> str:
    """A plain sentence about a failed request."""
    if isinstance(error, httpx.ConnectTimeout | httpx.ReadTimeout | httpx.WriteTimeout | httpx.PoolTimeout):
        return f"{title} takes too long to answer."
    if isinstance(error, httpx.ConnectError):
        if "certificate" in str(error).lower():
            return f"{title} cannot prove who it is (its certificate is not valid)."
        return f"{title} cannot be reached."
    if isinstance(error, httpx.DecodingError):
        return f"{title} sent something that is not an answer of its network."
    return f"{title} broke off the connection."
