"""The HTTP of one account: JSON requests whose every failure comes out as one of ``networks.errors``."""

import random
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import httpx

from inbox.networks import rate
from inbox.networks.address import Resolve, check_url, server_address
from inbox.networks.answers import Answer, error_for, said
from inbox.networks.base import Budget, Stop
from inbox.networks.errors import NetworkError, Refused, Unreachable
from inbox.networks.interruptible import call
from inbox.networks.payload import read_json

MAX_BODY = 8 * 1024 * 1024
TIMEOUT = httpx.Timeout(20.0, connect=10.0, pool=5.0)
LONGEST_ANSWER = 60.0
TRIES = 3
USER_AGENT = "SocialInbox/0.1"

_CHECK_AGAIN = 300.0
_PARALLEL = httpx.Limits(max_connections=4, max_keepalive_connections=2, keepalive_expiry=30.0)
_FRESH = httpx.Limits(max_connections=2, max_keepalive_connections=0)

# Raised before a byte of the request left: nothing can have been done on the other side.
_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol, httpx.ProxyError)
# Worth another try at once, for requests that may be repeated.
_HICCUP = (httpx.ConnectError, httpx.ReadError, httpx.WriteError, httpx.RemoteProtocolError, httpx.CloseError)

Judge = Callable[[Answer], NetworkError | None]


class TooLarge(Refused):
    """The answer is larger than ``MAX_BODY``: asking for less at once may help."""


@dataclass(frozen=True, slots=True)
class _Ask:
    method: str
    path: str
    params: Mapping[str, Any] | list[tuple[str, Any]] | None
    json: Any
    form: Mapping[str, str] | None
    headers: Mapping[str, str]
    safe: bool


def _never() -> bool:
    return False


def _now() -> datetime:
    return datetime.now(UTC)


class Http:
    """Requests to one server for one account.

    ``bearer`` is sent with every request and stands in no error or ``repr``; ``judge`` may name the error of
    an answer of 400 or more before the usual reading by status does. ``stop`` ends any call within a second
    by ``Unreachable``. GETs are tried again at once after a hiccup; a POST is not, unless ``repeat_safe``.
    """

    def __init__(
        self,
        server: str,
        *,
        title: str = "",
        bearer: str = "",
        stop: Stop = _never,
        judge: Judge | None = None,
        transport: httpx.BaseTransport | None = None,
        now: Callable[[], datetime] = _now,
        resolve: Resolve | None = None,
    ) -> None:
        """Raises ``Refused`` when ``server`` is no address, or not https (see ``networks.address``)."""
        self.server = server_address(server)
        try:
            httpx.URL(self.server)
        except (httpx.InvalidURL, UnicodeError):
            raise Refused(f"“{server}” is not the address of a server.") from None
        self.title = title or (urlsplit(self.server).hostname or "")
        self.bearer = bearer
        self.budget = Budget()
        self._stop, self._judge, self._now, self._resolve = stop, judge, now, resolve
        self._checked_at: float | None = None
        self._checks_address = transport is None or resolve is not None
        self._kept = self._client(transport, _PARALLEL)
        self._fresh = self._client(transport, _FRESH)

    def __repr__(self) -> str:
        """The server only."""
        return f"Http({self.server!r})"

    def get(
        self,
        path: str,
        params: Mapping[str, Any] | list[tuple[str, Any]] | None = None,
        *,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Ask. Raises ``NetworkError``."""
        return self._request(_Ask("GET", path, params, None, None, headers or {}, safe=True))

    def post(
        self,
        path: str,
        *,
        json: Any = None,  # noqa: ANN401 - JSON is any
        form: Mapping[str, str] | None = None,
        params: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        repeat_safe: bool = False,
    ) -> Answer:
        """Send. ``repeat_safe``: the server knows a repeat for what it is. Raises ``NetworkError``, with
        ``Unreachable.maybe_done`` set when the request may have been carried out all the same.
        """
        return self._request(_Ask("POST", path, params, json, form, headers or {}, repeat_safe))

    def delete(self, path: str) -> Answer:
        """Delete; a repeat is harmless. Raises ``NetworkError``."""
        return self._request(_Ask("DELETE", path, None, None, None, {}, safe=True))

    def close(self) -> None:
        """Give back the connections."""
        self._kept.close()
        self._fresh.close()

    def pause(self, seconds: float) -> None:
        """Wait, or raise ``Unreachable`` as soon as ``stop`` says so."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self.check_stop()
            time.sleep(min(left, 0.1))
        self.check_stop()

    def check_stop(self) -> None:
        """Raise ``Unreachable`` when ``stop`` says so."""
        if self._stop():
            raise Unreachable("Stopped before it was done.")

    def _request(self, ask: _Ask) -> Answer:
        tries = TRIES if ask.safe else 1
        for tried in range(1, tries + 1):
            self.check_stop()
            try:
                return self._once(ask)
            except httpx.HTTPError as error:
                if tried == tries or not isinstance(error, _HICCUP):
                    raise self._trouble(ask, error) from error
            self.pause(random.uniform(0.05, 0.2) * tried)  # noqa: S311 - jitter, not a secret
        raise Unreachable(f"{self.title} does not answer.")

    def _once(self, ask: _Ask) -> Answer:
        self._check_address()
        answer = call(lambda: self._exchange(ask), stop=self._stop, seconds=LONGEST_ANSWER)
        if answer is None:
            why = "Stopped before it was done." if self._stop() else f"{self.title} takes too long to answer."
            raise Unreachable(why, maybe_done=ask.method == "POST")
        self.budget = rate.budget(answer.headers, self._now()) or self.budget
        if answer.status < httpx.codes.MULTIPLE_CHOICES and answer.readable:
            return answer
        judged = self._judge(answer) if self._judge and answer.status >= httpx.codes.BAD_REQUEST else None
        raise judged or error_for(answer, self.title, self._now(), posting=ask.method == "POST", hide=self.bearer)

    def _exchange(self, ask: _Ask) -> Answer:
        client = self._kept if ask.safe else self._fresh
        headers = {"authorization": f"Bearer {self.bearer}"} if self.bearer else {}
        request = client.build_request(
            ask.method,
            ask.path,
            params=httpx.QueryParams(ask.params) if ask.params else None,
            json=ask.json,
            data=ask.form,
            headers={**headers, **ask.headers},
        )
        response = client.send(request, stream=True)
        try:
            body = _capped(response)
        finally:
            response.close()
        return _answer(response, body)

    def _trouble(self, ask: _Ask, error: httpx.HTTPError) -> Unreachable:
        maybe_done = ask.method == "POST" and not isinstance(error, _NOT_SENT)
        return Unreachable(said(self.title, error), maybe_done=maybe_done)

    def _check_address(self) -> None:
        if not self._checks_address:
            return
        at = time.monotonic()
        if self._checked_at is None or at - self._checked_at > _CHECK_AGAIN:
            check_url(self.server, self._resolve)
            self._checked_at = at

    def _client(self, transport: httpx.BaseTransport | None, limits: httpx.Limits) -> httpx.Client:
        return httpx.Client(
            base_url=self.server,
            transport=transport,
            limits=limits,
            timeout=TIMEOUT,
            verify=_trust(),
            follow_redirects=False,
            trust_env=False,
            headers={"user-agent": USER_AGENT, "accept": "application/json"},
        )


@cache
def _trust() -> ssl.SSLContext:
    """One for the process: making it costs 50 ms and some memory."""
    return httpx.create_ssl_context()


def _capped(response: httpx.Response) -> bytes:
    """The body. Raises ``TooLarge`` when it is larger than ``MAX_BODY``."""
    parts: list[bytes] = []
    size = 0
    for part in response.iter_bytes():
        size += len(part)
        if size > MAX_BODY:
            host = response.request.url.host
            if response.request.method == "POST":
                raise Unreachable(f"{host} sent an answer that is too large.", maybe_done=True)
            raise TooLarge(f"{host} sent an answer of more than {MAX_BODY // 1_048_576} MB.")
        parts.append(part)
    return b"".join(parts)


def _answer(response: httpx.Response, body: bytes) -> Answer:
    try:
        data, readable = (read_json(body) if body.strip() else None), True
    except ValueError:
        data, readable = None, False
    return Answer(response.status_code, data, readable, response.headers)
