"""People of the AT Protocol network for tests: they post, answer, quote, and take posts back, in plain HTTP."""

import base64
import hashlib
import hmac
import itertools
import json
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import httpx

from tests.servers.atproto import JWT_SECRET

T = TypeVar("T")
_POST = "app.bsky.feed.post"
_numbers = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Placed:
    """A post on the network, as replies refer to it."""

    uri: str
    cid: str

    @property
    def key(self) -> str:
        """Its record key."""
        return self.uri.rsplit("/", 1)[1]

    def ref(self) -> dict[str, str]:
        """A strong reference to it."""
        return {"uri": self.uri, "cid": self.cid}


class Person:
    """A signed-up account, acting with its full rights."""

    def __init__(self, pds: str, name: str) -> None:
        self.handle = f"{name}-{os.getpid()}-{next(_numbers)}.test"
        self.password = f"pw-{self.handle}"
        self._http = httpx.Client(base_url=f"{pds}/xrpc/", timeout=30, trust_env=False)
        made = self._call(
            "com.atproto.server.createAccount",
            {"handle": self.handle, "email": f"{self.handle}@mail.example", "password": self.password},
        )
        self.did: str = made["did"]
        self._http.headers["authorization"] = f"Bearer {made['accessJwt']}"

    def app_password(self) -> str:
        """A new app password."""
        told = self._call("com.atproto.server.createAppPassword", {"name": f"inbox {next(_numbers)}"})
        return str(told["password"])

    def post(self, text: str, *, answers: Placed | None = None, root: Placed | None = None, **more: Any) -> Placed:
        """Post; ``answers`` makes it a reply (``root`` where that is no thread's beginning)."""
        record = self.record(text, **more)
        if answers is not None:
            record["reply"] = {"parent": answers.ref(), "root": (root or answers).ref()}
        told = self._call("com.atproto.repo.createRecord", {"repo": self.did, "collection": _POST, "record": record})
        return Placed(told["uri"], told["cid"])

    def record(self, text: str, **more: Any) -> dict[str, Any]:
        """The record of a post."""
        return {"$type": _POST, "text": text, "createdAt": _written(datetime.now(UTC)), **more}

    def mention(self, whom: "Person", text: str, **more: Any) -> Placed:
        """Post about somebody, by handle."""
        return self.post(f"@{whom.handle} {text}", facets=[naming(whom)], **more)

    def mention_many(self, whom: "Person", texts: list[str], *, at: str | None = None) -> list[Placed]:
        """Many such posts in few commits: a millisecond apart, or all of one time when ``at`` is given."""
        placed: list[Placed] = []
        start_at = datetime.now(UTC) - timedelta(milliseconds=len(texts))
        for start in range(0, len(texts), 50):
            writes = []
            for number, text in enumerate(texts[start : start + 50], start=start):
                record = self.record(f"@{whom.handle} {text}", facets=[naming(whom)])
                record["createdAt"] = at or _written(start_at + timedelta(milliseconds=number))
                writes.append({"$type": "com.atproto.repo.applyWrites#create", "collection": _POST, "value": record})
            told = self._call("com.atproto.repo.applyWrites", {"repo": self.did, "writes": writes})
            placed += [Placed(each["uri"], each["cid"]) for each in told["results"]]
        return placed

    def quote(self, whose: Placed, text: str) -> Placed:
        """Post with a quote."""
        return self.post(text, embed={"$type": "app.bsky.embed.record", "record": whose.ref()})

    def like(self, post: Placed) -> None:
        """Like a post."""
        record = {"$type": "app.bsky.feed.like", "subject": post.ref(), "createdAt": _written(datetime.now(UTC))}
        body = {"repo": self.did, "collection": "app.bsky.feed.like", "record": record}
        self._call("com.atproto.repo.createRecord", body)

    def delete(self, post: Placed) -> None:
        """Take a post back."""
        self._call("com.atproto.repo.deleteRecord", {"repo": self.did, "collection": _POST, "rkey": post.key})

    def posts(self) -> list[dict[str, Any]]:
        """All own posts, as the own server holds them."""
        answer = self._http.get(
            "com.atproto.repo.listRecords", params={"repo": self.did, "collection": _POST, "limit": 100}
        )
        records: list[dict[str, Any]] = answer.raise_for_status().json()["records"]
        return records

    def notified(self) -> set[str]:
        """The addresses of the posts that the network has told this person of."""
        params: dict[str, Any] = {"limit": 100, "reasons": ["mention", "reply", "quote"], "priority": "false"}
        answer = self._http.get("app.bsky.notification.listNotifications", params=params)
        return {each["uri"] for each in answer.raise_for_status().json()["notifications"]}

    def shown(self, uris: list[str]) -> set[str]:
        """Which of some posts the app view shows."""
        answer = self._http.get("app.bsky.feed.getPosts", params={"uris": uris})
        return {each["uri"] for each in answer.raise_for_status().json()["posts"]}

    def end_session(self, refresh_token: str) -> None:
        """Revoke a session, as its owner does from the network's own app."""
        headers = {"authorization": f"Bearer {refresh_token}"}
        self._http.post("com.atproto.server.deleteSession", headers=headers).raise_for_status()

    def close(self) -> None:
        """Hang up."""
        self._http.close()

    def _call(self, name: str, body: dict[str, Any]) -> dict[str, Any]:
        answer = self._http.post(name, json=body)
        if answer.is_error:
            raise AssertionError(f"{name}: {answer.status_code} {answer.text}")
        told: dict[str, Any] = answer.json() if answer.content else {}
        return told


def _written(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def naming(whom: Person) -> dict[str, Any]:
    """The mark of a mention at the beginning of a text."""
    index = {"byteStart": 0, "byteEnd": len(whom.handle) + 1}
    return {"index": index, "features": [{"$type": "app.bsky.richtext.facet#mention", "did": whom.did}]}


def signed_token(claims: dict[str, Any]) -> str:
    """A token as the network's servers sign it: for tests that need one that has run out."""

    def part(raw: bytes) -> str:
        return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()

    head = part(json.dumps({"typ": "at+jwt", "alg": "HS256"}).encode())
    body = part(json.dumps(claims).encode())
    mark = hmac.new(JWT_SECRET.encode(), f"{head}.{body}".encode(), hashlib.sha256).digest()
    return f"{head}.{body}.{part(mark)}"


def eventually(look: Callable[[], T], *, seconds: float = 45.0) -> T:
    """What ``look`` gives as soon as that is truthy. Raises ``AssertionError`` when it is not in time."""
    end = time.monotonic() + seconds
    while True:
        found = look()
        if found:
            return found
        if time.monotonic() > end:
            raise AssertionError(f"Not within {seconds} s; the last look gave {found!r}.")
        time.sleep(0.1)
