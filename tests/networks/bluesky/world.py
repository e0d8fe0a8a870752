"""A made-up server of the AT Protocol, which answers as it is told, and payloads as Bluesky sends them."""

import base64
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from inbox.model.account import Account, Limits, Source
from inbox.model.ids import AccountId, SourceId
from inbox.model.words import HealthState, SourceKind
from inbox.networks.base import ReplyTarget
from inbox.networks.bluesky.client import BlueskyClient
from inbox.networks.bluesky.session import Secret, Session, judge
from inbox.networks.http import Http

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
BRAND = "did:plc:brand"
CUSTOMER = "did:plc:customer"
HANDLE = "brand.example"
SERVER = "https://pds.example"
CREATE = "com.atproto.server.createSession"
REFRESH = "com.atproto.server.refreshSession"
NOTIFICATIONS = "app.bsky.notification.listNotifications"
AUTHOR_FEED = "app.bsky.feed.getAuthorFeed"
SEARCH = "app.bsky.feed.searchPosts"
GET_POSTS = "app.bsky.feed.getPosts"
GET_RECORD = "com.atproto.repo.getRecord"
PUT_RECORD = "com.atproto.repo.putRecord"
PROFILES = "app.bsky.actor.getProfiles"
UNREAD = "app.bsky.notification.getUnreadCount"

Answer = Callable[[httpx.Request], httpx.Response]


def token(number: int, *, lives: float = 7200.0, made: datetime = NOW, scope: str = "com.atproto.appPass") -> str:
    """An access token, unsigned."""
    claims = {"scope": scope, "iat": made.timestamp(), "exp": made.timestamp() + lives, "n": number}
    body = base64.urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b"=").decode()
    return f"head.{body}.mark"


def failing(status: int, error: str, message: str = "No.", headers: dict[str, str] | None = None) -> Answer:
    """An error as the network words it."""
    return lambda _: httpx.Response(status, json={"error": error, "message": message}, headers=headers)


def saying(told: Any) -> Answer:
    """A success."""
    return lambda _: httpx.Response(200, content=json.dumps(told).encode())


class World:
    """The server: what it was asked, how it answers, and what the client kept in its keyring."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, httpx.Request]] = []
        self.saved: list[Secret] = []
        self.answers: dict[str, Answer] = {
            CREATE: lambda _: httpx.Response(200, json=self.session()),
            REFRESH: lambda _: httpx.Response(200, json=self.session()),
            PROFILES: saying({"profiles": []}),
        }
        self.tokens = 0
        self.stopped = False

    def session(self, **more: Any) -> dict[str, Any]:
        """What a sign-in answers: a new pair of tokens each time."""
        self.tokens += 1
        tokens = {"accessJwt": token(self.tokens), "refreshJwt": f"refresh-{self.tokens}"}
        return {**tokens, "did": BRAND, "handle": HANDLE, "active": True, **more}

    def __call__(self, request: httpx.Request) -> httpx.Response:
        name = request.url.path.removeprefix("/xrpc/")
        self.asked.append((name, request))
        answer = self.answers.get(name)
        if answer is None:
            return httpx.Response(501, json={"error": "MethodNotImplemented", "message": name})
        return answer(request)

    def times(self, name: str) -> int:
        """How often it was asked."""
        return sum(asked == name for asked, _ in self.asked)

    def http(self, server: str) -> Http:
        """Its wire."""
        transport = httpx.MockTransport(self)
        return Http(server, title="Bluesky", stop=lambda: self.stopped, judge=judge, transport=transport)

    def sign(self, secret: Secret | None = None, *, now: datetime = NOW) -> Session:
        """A session with it."""

        def save(text: str) -> None:
            self.saved.append(Secret(**json.loads(text)))

        kept = secret or Secret(HANDLE, password="app-pass")
        return Session(SERVER, kept, make_http=self.http, save_secret=save, now=lambda: now)

    def client(self, secret: Secret | None = None, **details: Any) -> BlueskyClient:
        """A client of it."""
        return BlueskyClient(account(**details), self.sign(secret), now=lambda: NOW)


def account(**details: Any) -> Account:
    """The brand's account."""
    return Account(
        id=AccountId(1),
        network="bluesky",
        handle=HANDLE,
        brand="",
        server=SERVER,
        remote_id=BRAND,
        display_name="",
        limits=Limits(),
        connected_at=None,
        look_back_to=None,
        paused=False,
        health=HealthState.WORKING,
        error="",
        error_at=None,
        budget_left=None,
        budget_resets_at=None,
        details=details,
    )


def source(kind: SourceKind = SourceKind.MENTIONS, *, cursor: str | None = None, query: str = "") -> Source:
    """A source of it."""
    return Source(SourceId(1), AccountId(1), kind, query, cursor, None, None, None, "", None)


def uri(key: str, did: str = CUSTOMER) -> str:
    """The address of a post."""
    return f"at://{did}/app.bsky.feed.post/{key}"


def written(at: datetime) -> str:
    """A time as the network writes it."""
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def view(key: str, text: str = "Hello", *, did: str = CUSTOMER, at: datetime = NOW, **more: Any) -> dict[str, Any]:
    """A post view; ``record`` adds to the record."""
    record = {"$type": "app.bsky.feed.post", "text": text, "createdAt": written(at), **more.pop("record", {})}
    name = did.removeprefix("did:plc:")
    return {
        "uri": uri(key, did),
        "cid": f"cid{key}",
        "author": {"did": did, "handle": f"{name}.example", "displayName": name.title()},
        "record": record,
        "indexedAt": written(at),
        **more,
    }


def notice(key: str, text: str = "Hello", *, reason: str = "mention", **more: Any) -> dict[str, Any]:
    """A notification."""
    return {**view(key, text, **more), "reason": reason, "isRead": False}


class Listed:
    """A list on the server, newest first, paged by time as Bluesky does: strictly before the cursor."""

    def __init__(self, holds: str = "notifications", *, size: int = 3) -> None:
        self.holds, self.size = holds, size
        self.entries: list[dict[str, Any]] = []
        self.pages_until_gone: int | None = None

    def add(self, key: str, *, at: datetime, text: str = "Hello") -> None:
        """One more."""
        self.entries.append(notice(key, text, at=at))

    def __call__(self, request: httpx.Request) -> httpx.Response:
        cursor = request.url.params.get("cursor")
        if cursor is not None and self.pages_until_gone is not None:
            self.pages_until_gone -= 1
            if self.pages_until_gone < 0:
                return httpx.Response(400, json={"error": "InvalidRequest", "message": "Malformed cursor"})
        listed = sorted(self.entries, key=lambda each: str(each["indexedAt"]), reverse=True)
        below = [each for each in listed if cursor is None or each["indexedAt"] < cursor]
        page = below[: self.size]
        told: dict[str, Any] = {self.holds: page}
        if len(below) > self.size:
            told["cursor"] = page[-1]["indexedAt"]
        return httpx.Response(200, json=told)


def ago(minutes: float) -> datetime:
    """A time before now."""
    return NOW - timedelta(minutes=minutes)


def target(key: str = "3kquestion") -> ReplyTarget:
    """A customer's post to answer."""
    return ReplyTarget(uri(key), None, None, "customer.example", CUSTOMER)
