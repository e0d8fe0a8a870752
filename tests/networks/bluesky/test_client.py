"""The account as a whole: who it is, what it may, and waiting for news."""

import json
import queue
import threading
import time
from collections.abc import Iterator

import httpx
import pytest
from websockets.sync.server import Server, ServerConnection, serve

from inbox.model.words import LengthRule, SourceKind
from inbox.networks import bluesky as known
from inbox.networks import registry
from inbox.networks.base import NetworkClient, NetworkModule
from inbox.networks.bluesky.session import Secret
from inbox.networks.bluesky.stream import Polling
from inbox.networks.errors import Refused, Unreachable
from tests.networks.bluesky.world import BRAND, HANDLE, SERVER, UNREAD, World, account, failing, saying, token

GET_SESSION = "com.atproto.server.getSession"
PROFILE = "app.bsky.actor.getProfile"


@pytest.fixture
def world() -> World:
    made = World()
    made.answers[GET_SESSION] = saying({"did": BRAND, "handle": HANDLE, "active": True})
    made.answers[PROFILE] = saying({"did": BRAND, "displayName": "The Brand"})
    return made


def test_the_network_is_known_by_its_name() -> None:
    bluesky = registry.module("bluesky")
    assert bluesky.capabilities.honours_keys
    assert bluesky.capabilities.sources == (SourceKind.MENTIONS, SourceKind.OWN_POSTS)
    assert bluesky.make_key() != bluesky.make_key()
    module: NetworkModule = known
    client: NetworkClient = module.connect(account(), "app-pass", stop=lambda: False, save_secret=lambda _: None)
    client.close()


def test_a_server_that_is_no_address_is_refused(world: World) -> None:
    with pytest.raises(Refused):
        world.http("http://pds.example")


def test_the_identity_says_who_and_what_it_may(world: World) -> None:
    identity = world.client().identify()
    assert (identity.remote_id, identity.handle, identity.display_name) == (BRAND, HANDLE, "The Brand")
    assert identity.server == SERVER
    assert (identity.limits.length, identity.limits.length_rule) == (300, LengthRule.GRAPHEMES)
    assert identity.limits.idempotent
    assert not identity.limits.can_message
    assert "reply" in identity.may
    assert "read or send private messages" in identity.may_not


def test_an_account_without_a_profile_goes_by_its_handle(world: World) -> None:
    world.answers[PROFILE] = failing(400, "InvalidRequest", "Profile not found")
    assert world.client().identify().display_name == HANDLE


def test_the_main_password_is_told_to_be_less_safe(world: World) -> None:
    secret = Secret(HANDLE, did=BRAND, accessJwt=token(1, scope="com.atproto.access"), refreshJwt="r")
    assert "app password is safer" in world.client(secret).identify().details["sign_in"]


@pytest.mark.parametrize("told", [[], {}, {"did": 5}, "x"])
def test_an_identity_that_is_none_is_an_outage(world: World, told: object) -> None:
    world.answers[GET_SESSION] = saying(told)
    with pytest.raises(Unreachable, match="not an answer"):
        world.client().identify()


def test_a_suspended_account_is_told_so(world: World) -> None:
    world.answers[GET_SESSION] = saying({"did": BRAND, "active": False, "status": "suspended"})
    with pytest.raises(Refused, match="suspended"):
        world.client().identify()


def test_the_budget_is_what_the_last_answer_said(world: World) -> None:
    headers = {"ratelimit-limit": "3000", "ratelimit-remaining": "1500", "ratelimit-reset": "1795399763"}
    world.answers[UNREAD] = lambda _: httpx.Response(200, json={"count": 0}, headers=headers)
    client = world.client()
    client.wait_for_news(0)
    budget = client.budget
    assert budget.left == 0.5
    assert budget.resets_at is not None


def test_another_unread_count_is_news(world: World) -> None:
    counts = iter([4, 4, 5, 5])
    world.answers[UNREAD] = lambda _: httpx.Response(200, json={"count": next(counts)})
    polling = Polling(world.sign(), every=0.01)
    assert polling.wait(0) is False
    assert polling.wait(5) is True
    assert polling.wait(0) is False
    assert world.times(UNREAD) == 4


def test_waiting_ends_within_a_second_of_a_stop(world: World) -> None:
    world.answers[UNREAD] = saying({"count": 0})
    client = world.client()
    threading.Timer(0.2, lambda: setattr(world, "stopped", True)).start()
    started = time.monotonic()
    with pytest.raises(Unreachable, match="Stopped"):
        client.wait_for_news(30)
    assert time.monotonic() - started < 1.2


class Stream:
    """A Jetstream server on loopback."""

    def __init__(self) -> None:
        self.paths: queue.Queue[str] = queue.Queue()
        self.send: list[str | bytes] = []
        self.hang_up = False
        self.ready = threading.Event()
        self._server: Server = serve(self._serve, "127.0.0.1", 0)
        self.address = f"ws://127.0.0.1:{self._server.socket.getsockname()[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()

    def _serve(self, connection: ServerConnection) -> None:
        self.paths.put(connection.request.path if connection.request else "")
        self.ready.wait(10)
        for each in self.send:
            connection.send(each)
        if not self.hang_up:
            connection.recv(timeout=10)

    def close(self) -> None:
        self.ready.set()
        self._server.shutdown()
        self._thread.join()


@pytest.fixture
def stream(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stream]:
    monkeypatch.setenv("INBOX_ALLOW_LOOPBACK", "1")
    made = Stream()
    yield made
    made.close()


def test_a_post_that_names_the_account_wakes_the_pull(world: World, stream: Stream) -> None:
    other = json.dumps({"did": "did:plc:x", "commit": {"record": {"text": "hello"}}})
    stream.send = [other, json.dumps({"commit": {"record": {"facets": [{"did": BRAND}]}}})]
    client = world.client(jetstream=stream.address)
    # It may have missed something before it listened.
    assert client.wait_for_news(5) is True
    assert client.wait_for_news(0.1) is False
    stream.ready.set()
    assert client.wait_for_news(5) is True
    assert client.wait_for_news(0.1) is False
    assert stream.paths.get(timeout=5) == "/subscribe?wantedCollections=app.bsky.feed.post"
    client.close()


def test_a_stream_that_breaks_off_is_opened_again(world: World, stream: Stream) -> None:
    stream.hang_up = True
    stream.ready.set()
    client = world.client(jetstream=stream.address)
    assert client.wait_for_news(5) is True
    with pytest.raises(Unreachable, match="broke off"):
        client.wait_for_news(5)
    assert client.wait_for_news(5) is True
    assert stream.paths.get(timeout=5) == stream.paths.get(timeout=5)
    client.close()


def test_a_stream_elsewhere_than_https_is_refused(world: World) -> None:
    with pytest.raises(Refused, match="https"):
        world.client(jetstream="ws://jetstream.example").wait_for_news(1)


def test_a_stream_that_is_not_there_is_an_outage(world: World, stream: Stream) -> None:
    address = stream.address
    stream.close()
    with pytest.raises(Unreachable, match="cannot be reached"):
        world.client(jetstream=address).wait_for_news(1)
