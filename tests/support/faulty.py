"""A server on loopback that misbehaves byte by byte: each connection is handled by the next of its manners."""

import socket
import struct
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self

Manner = Callable[[socket.socket], None]


def answers(body: bytes, status: str = "200 OK", *headers: str) -> Manner:
    """Read a request, answer it, and close."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *headers, "", ""]

    def handle(peer: socket.socket) -> None:
        read_request(peer)
        peer.sendall("\r\n".join(lines).encode() + body)

    return handle


def resets(peer: socket.socket) -> None:
    """Reset before reading anything."""
    peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def resets_after_request(peer: socket.socket) -> None:
    """Take the request whole, then reset."""
    read_request(peer)
    resets(peer)


def resets_mid_body(peer: socket.socket) -> None:
    """Begin a long answer and break it off."""
    read_request(peer)
    peer.sendall(b'HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n[{"id": "1"')
    resets(peer)


def keeps_then_closes(body: bytes) -> Manner:
    """Answer with keep-alive, then close without notice."""

    def handle(peer: socket.socket) -> None:
        read_request(peer)
        peer.sendall(f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)

    return handle


def never_answers(until: threading.Event) -> Manner:
    """Take the request and say nothing until the test is over."""

    def handle(peer: socket.socket) -> None:
        read_request(peer)
        until.wait(20)

    return handle


def read_request(peer: socket.socket) -> bytes:
    """The head of a request, and its body where it says how long that is."""
    found = b""
    while b"\r\n\r\n" not in found and (part := peer.recv(65_536)):
        found += part
    head, _, body = found.partition(b"\r\n\r\n")
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            while len(body) < int(line.split(b":")[1]) and (part := peer.recv(65_536)):
                body += part
    return found


class Faulty:
    """Use as a context; ``connections`` counts them. The last manner is kept for all that follow."""

    def __init__(self, *manners: Manner) -> None:
        self._manners = list(manners)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.connections = 0

    def __enter__(self) -> Self:
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._listener.close()

    def _serve(self) -> None:
        while True:
            try:
                peer, _ = self._listener.accept()
            except OSError:
                return
            manner = self._manners[min(self.connections, len(self._manners) - 1)]
            self.connections += 1
            with peer:
                try:
                    manner(peer)
                except OSError:
                    continue
