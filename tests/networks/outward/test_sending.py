"""Services are called by listed schemes alone, over TLS, and no address stands in an error."""

import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from inbox.networks import outward
from inbox.networks.errors import RateLimited, Refused, Unreachable

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


class Server(ThreadingHTTPServer):
    """Takes what is posted, and answers with ``status``."""

    status = 200
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.taken: list[tuple[str, dict[str, str], bytes]] = []

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.taken.append((self.path, dict(self.headers), body))
        self.send_response(self.server.status)
        self.send_header("Location", "http://127.0.0.1:1/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def listening() -> Iterator[Server]:
    server = Server()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("INBOX_ALLOW_LOOPBACK", "1")
    with listening() as made:
        yield made


def test_a_webhook_is_signed_over_its_time_and_its_body(server: Server) -> None:
    outward.send("webhook:pager", f"http://{server.place}/call s3cret", "Help", "Smoke", now=NOW, key="k1")
    ((path, headers, body),) = server.taken
    assert path == "/call"
    assert json.loads(body) == {"title": "Help", "body": "Smoke", "key": "k1"}
    signed = hmac.new(b"s3cret", f"{int(NOW.timestamp())}.".encode() + body, hashlib.sha256).hexdigest()
    assert headers["X-Inbox-Timestamp"] == str(int(NOW.timestamp()))
    assert headers["X-Inbox-Signature"] == f"sha256={signed}"


@pytest.mark.parametrize(
    ("status", "error"), [(400, Refused), (404, Refused), (302, Refused), (429, RateLimited), (503, Unreachable)]
)
def test_what_a_webhook_answers_says_whether_trying_again_helps(
    server: Server, status: int, error: type[Exception]
) -> None:
    server.status = status
    with pytest.raises(error) as caught:
        outward.send("webhook:pager", f"http://{server.place}/s3 key", "Help", "Smoke", now=NOW, key="k")
    assert server.place not in str(caught.value)
    assert len(server.taken) == 1, "no redirect is followed"


def test_a_webhook_that_does_not_answer_is_unreachable(server: Server) -> None:
    place = server.place
    server.shutdown()
    server.server_close()
    with pytest.raises(Unreachable, match="does not answer") as caught:
        outward.send("webhook:pager", f"http://{place}/x key", "Help", "Smoke", now=NOW, key="k")
    assert place not in str(caught.value)


def test_a_chat_service_is_told_through_apprise(server: Server) -> None:
    outward.send("apprise:chat", f"mmost://{server.place}/abcdefgh12345678", "Help", "Smoke on EX731", now=NOW, key="k")
    ((path, _, body),) = server.taken
    assert path == "/hooks/abcdefgh12345678"
    assert "Smoke on EX731" in json.loads(body)["text"]
    server.status = 500
    with pytest.raises(Unreachable, match="does not answer, or refused") as caught:
        outward.send("apprise:chat", f"mmost://{server.place}/abcdefgh12345678", "Help", "Smoke", now=NOW, key="k")
    assert "abcdefgh12345678" not in str(caught.value)


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "exec://rm",
        "syslog://",
        "dbus://",
        "json://example.org/x",
        "jsons://example.org/x",
        "http://example.org",
        "mmost://127.0.0.1/abcdefgh12345678",
        "slack",
        "",
    ],
)
def test_only_listed_schemes_are_allowed(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("INBOX_ALLOW_LOOPBACK", raising=False)
    with pytest.raises(Refused, match="not allowed here"):
        outward.check("apprise:chat", address)


@pytest.mark.parametrize("address", ["10.0.0.7", "127.0.0.1", "169.254.1.1", "fe80::1"])
def test_a_service_of_ones_own_inside_a_private_network_is_not_called(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("INBOX_ALLOW_LOOPBACK", raising=False)
    with pytest.raises(Refused, match="private network"):
        outward.check("apprise:chat", "ntfys://notify.example/topic", lambda _host, _port: [address])
    with pytest.raises(Refused, match="private network"):
        outward.check("webhook:pager", "https://hook.example/x key", lambda _host, _port: [address])


def test_a_webhook_needs_https_and_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("INBOX_ALLOW_LOOPBACK", raising=False)
    with pytest.raises(Refused, match="must be reached by https"):
        outward.check("webhook:pager", "http://hook.example/x key", lambda _host, _port: ["93.184.216.34"])
    with pytest.raises(Refused, match="the key that it is signed with"):
        outward.check("webhook:pager", "https://hook.example/x")
