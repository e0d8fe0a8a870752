"""A small service on this machine that answers as it is told, and keeps what it was asked."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


class Service(ThreadingHTTPServer):
    """``gets`` and ``posts`` are what was asked; ``says`` the answers to GETs by path, ``status`` that of all."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.status = 200
        self.headers: dict[str, str] = {}
        self.says: bytes = b""
        self.gets: list[tuple[str, dict[str, list[str]], dict[str, str]]] = []
        self.posts: list[tuple[str, dict[str, Any], dict[str, str]]] = []

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: Service

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        self.server.gets.append((parts.path, parse_qs(parts.query), dict(self.headers)))
        self._say(self.server.says)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.posts.append((self.path, json.loads(body), dict(self.headers)))
        self._say(b"{}")

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def _say(self, body: bytes) -> None:
        self.send_response(self.server.status)
        for key, value in self.server.headers.items():
            self.send_header(key, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def serving() -> Iterator[Service]:
    """A service that listens until the end."""
    made = Service()
    threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield made
    finally:
        made.shutdown()
        made.server_close()


def lines(*documents: dict[str, Any]) -> bytes:
    """One JSON document a line, as ntfy sends its messages."""
    return b"".join(json.dumps(each).encode() + b"\n" for each in documents)
