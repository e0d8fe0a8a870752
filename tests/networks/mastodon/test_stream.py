"""The stream wakes the puller, and its absence costs nothing."""

import threading
import time
from collections.abc import Iterator

import pytest
from websockets.sync.server import Server, ServerConnection, serve

from inbox.networks.mastodon.stream import Stream


class Talker:
    """A stream that says what a test tells it to."""

    def __init__(self) -> None:
        self.peers: list[ServerConnection] = []
        self.paths: list[str] = []
        self.tokens: list[str] = []
        self.opened = threading.Event()

    def __call__(self, peer: ServerConnection) -> None:
        request = peer.request
        if request is not None:
            self.paths.append(request.path)
            self.tokens.append(request.headers.get("Authorization", ""))
        self.peers.append(peer)
        self.opened.set()
        for _ in peer:
            pass


@pytest.fixture
def talker() -> Talker:
    return Talker()


@pytest.fixture
def address(talker: Talker) -> Iterator[str]:
    with serve(talker, "127.0.0.1", 0) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"ws://127.0.0.1:{port_of(server)}"


def port_of(server: Server) -> int:
    return int(server.socket.getsockname()[1])


def test_opening_the_stream_asks_for_a_pull_since_it_has_no_replay(address: str, talker: Talker) -> None:
    stream = Stream(address, "t0ken", stop=lambda: False)
    assert stream.wait(5)
    # The server's side of the opening may end a moment later.
    assert talker.opened.wait(5)
    assert talker.paths == ["/api/v1/streaming?stream=user:notification"]
    assert talker.tokens == ["Bearer t0ken"]
    stream.close()


def test_a_notification_ends_the_wait_at_once(address: str, talker: Talker) -> None:
    stream = Stream(address, "t0ken", stop=lambda: False)
    stream.wait(5)
    assert talker.opened.wait(5)
    assert not stream.wait(0.3)
    threading.Timer(0.2, lambda: talker.peers[0].send('{"event": "notification"}')).start()
    begun = time.monotonic()
    assert stream.wait(10)
    assert time.monotonic() - begun < 5
    assert not stream.wait(0.3)
    stream.close()


def test_a_stream_that_breaks_is_just_waited_without(address: str, talker: Talker) -> None:
    stream = Stream(address, "t0ken", stop=lambda: False)
    stream.wait(5)
    talker.opened.wait(5)
    talker.peers[0].close()
    assert not stream.wait(0.6)
    stream.close()


def test_stop_ends_the_wait_within_a_second(address: str) -> None:
    stopped = threading.Event()
    stream = Stream(address, "t0ken", stop=stopped.is_set)
    stream.wait(5)
    threading.Timer(0.2, stopped.set).start()
    begun = time.monotonic()
    assert not stream.wait(30)
    assert time.monotonic() - begun < 1.2
    stream.close()


@pytest.mark.parametrize("address", ["", "ws://127.0.0.1:9", "wss://10.0.0.1", "nonsense"])
def test_where_there_is_no_stream_the_time_just_passes(address: str) -> None:
    stream = Stream(address, "t0ken", stop=lambda: False)
    begun = time.monotonic()
    assert not stream.wait(0.4)
    assert 0.3 < time.monotonic() - begun < 3
    stream.close()
