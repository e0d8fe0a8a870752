"""A listener on this machine for the one answer that a sign-in page sends back through the browser."""

import hmac
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import parse_qsl, urlsplit

from inbox.networks.base import Stop
from inbox.networks.errors import Refused, Unreachable

PATH = "/signed-in"
_LONGEST_LINE = 4_000
_TICK = 0.2
_THANKS = "Signed in. You can close this page and go back to Social Inbox."
_SORRY = "This sign-in does not belong to Social Inbox as it runs now. Start again from there."


class Listener:
    """Listens on 127.0.0.1 on a random port from ``with`` to its end, and says as little as it can."""

    def __init__(self) -> None:
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self.address = f"http://127.0.0.1:{self._server.server_port}{PATH}"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._server.server_close()

    def wait(self, state: str, *, stop: Stop, until: float) -> dict[str, str]:
        """The fields of the answer that carries ``state``. ``until`` is on the monotonic clock.

        Raises ``Refused`` for an answer with another state, and ``Unreachable`` when none came or ``stop`` says so.
        """
        self._server.state = state
        while self._server.answer is None:
            if stop():
                raise Unreachable("Stopped before it was done.")
            if time.monotonic() > until:
                raise Unreachable("Nobody signed in within 5 minutes. Start again when you are ready.")
            self._server.handle_request()
        if self._server.answer.get("state") != state:
            raise Refused("The answer of the sign-in page was not meant for us. Start again.")
        return self._server.answer


class _Server(HTTPServer):
    timeout = _TICK
    state = ""
    answer: dict[str, str] | None = None

    def handle_error(self, *_: object) -> None:
        """A browser that hangs up is no trouble."""


class _Handler(BaseHTTPRequestHandler):
    timeout = 5
    server: _Server
    server_version = "SocialInbox"
    sys_version = ""

    def do_GET(self) -> None:
        """Take the answer; anything else (a browser asking for an icon) is told that it is not here."""
        parts = urlsplit(self.path)
        if parts.path != PATH or len(self.path) > _LONGEST_LINE:
            self._say(404, "Not here.")
            return
        fields = dict(parse_qsl(parts.query))
        ours = hmac.compare_digest(fields.get("state", "").encode(), self.server.state.encode())
        self.server.answer = fields
        self._say(200 if ours else 400, _THANKS if ours else _SORRY)

    def log_message(self, *_: object) -> None:
        """Say nothing: the address holds the code."""

    def _say(self, status: int, words: str) -> None:
        body = words.encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)
