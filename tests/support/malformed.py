"""A page of hostile Mastodon payloads: 900 good ones and 100 broken in 20 ways, for every room that meets them."""

import json
import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

BEGUN = datetime(2026, 11, 1, 8, tzinfo=UTC)

# Odd, but data: these must be stored as they are.
ODD_TEXTS = (
    "<p>plain</p>",
    "<p>right to left \u202e evil.exe</p>",
    "<p>عذراً، أين حقيبتي؟</p>",
    "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>",
    "<script>alert(1)</script><p>after a script</p>",
    "<p>family 👨‍👩‍👧‍👦 and flag 🏳️‍🌈</p>",
    "<p>unclosed <b>bold <i>tags",
    "",
    "<p>zalgo Z̴̢͔͎a̷l̶g̵o̸</p>",
    "<p>=cmd|' /C calc'!A0</p>",
    "<p>" + "long " * 3_000 + "</p>",
    "<p>\u200b\u2066isolated\u2069\ufeff</p>",
)


def an_author(name: str = "alice") -> dict[str, Any]:
    """An account object of another instance."""
    return {
        "id": f"9{sum(map(ord, name))}",
        "username": name,
        "acct": f"{name}@elsewhere.example",
        "display_name": name.title(),
        "url": f"https://elsewhere.example/@{name}",
        "uri": f"https://elsewhere.example/users/{name}",
        "bot": False,
        "followers_count": 12,
    }


def a_status(number: int, content: Any = "<p>Where is my bag?</p>", **changes: Any) -> dict[str, Any]:
    """A good status; ``number`` makes its ids and its time. ``changes`` replace its fields."""
    at = BEGUN + timedelta(seconds=number)
    status: dict[str, Any] = {
        "id": str(110_000_000_000_000_000 + number),
        "uri": f"https://elsewhere.example/users/alice/statuses/{number}",
        "url": f"https://elsewhere.example/@alice/{number}",
        "account": an_author(f"alice{number % 37}"),
        "created_at": at.isoformat().replace("+00:00", ".000Z"),
        "edited_at": None,
        "content": content,
        "visibility": "public",
        "spoiler_text": "",
        "language": "en",
        "media_attachments": [],
        "mentions": [{"id": "1", "username": "brand", "acct": "brand", "url": "https://social.example/@brand"}],
        "in_reply_to_id": None,
        "reblog": None,
        "favourites_count": 0,
        "reblogs_count": 0,
        "replies_count": 0,
    }
    return {**status, **changes}


def a_notification(number: int, status: Any = None, kind: str = "mention") -> dict[str, Any]:
    """A notification about a status (one of the same number by default)."""
    about = a_status(number) if status is None else status
    at = BEGUN + timedelta(seconds=number)
    who = about.get("account") if isinstance(about, dict) else an_author()
    return {"id": str(1_000 + number), "type": kind, "created_at": at.isoformat(), "account": who, "status": about}


def nested(depth: int) -> Any:
    """A list in a list in a list ..."""
    found: Any = "deep"
    for _ in range(depth):
        found = [found]
    return found


def without(status: dict[str, Any], key: str) -> dict[str, Any]:
    """The status with a key missing."""
    return {name: value for name, value in status.items() if name != key}


WAYS: dict[str, Callable[[int], Any]] = {
    "no uri": lambda n: without(a_status(n), "uri"),
    "empty uri": lambda n: a_status(n, uri="  "),
    "uri is a number": lambda n: a_status(n, uri=n),
    "no author": lambda n: without(a_status(n), "account"),
    "author is text": lambda n: a_status(n, account="alice"),
    "author without a handle": lambda n: a_status(n, account=without(an_author(), "acct")),
    "no text": lambda n: without(a_status(n), "content"),
    "text is a list": lambda n: a_status(n, content=["a", "b"]),
    "two megabytes of text": lambda n: a_status(n, content="x" * 2_000_000),
    "too much markup": lambda n: a_status(n, content="<b>" * 50_000),
    "half a surrogate pair": lambda n: a_status(n, content="<p>half \ud83d</p>"),
    "a surrogate in the name": lambda n: a_status(n, account={**an_author(), "display_name": "\udc00"}),
    "a NUL": lambda n: a_status(n, content="<p>nul \0 nul</p>"),
    "year 0": lambda n: a_status(n, created_at="0000-01-01T00:00:00Z"),
    "year 9999": lambda n: a_status(n, created_at="9999-12-31T23:59:59Z"),
    "time is a number": lambda n: a_status(n, created_at=1_795_399_287),
    "nested 200 deep": lambda n: a_status(n, card=nested(200)),
    "an infinite number": lambda n: a_status(n, favourites_count=float("inf")),
    "mentions are a number": lambda n: a_status(n, mentions=7),
    "the status is no object": lambda _: False,
}


def hostile_notifications(good: int = 900, bad: int = 100, seed: int = 7) -> list[dict[str, Any]]:
    """Notifications, newest first, the broken ones in random places and each way equally often."""
    total = good + bad
    broken = set(random.Random(seed).sample(range(total), bad))
    ways = list(WAYS.values())
    made: list[dict[str, Any]] = []
    spoiled = 0
    for number in range(total):
        if number in broken:
            status = ways[spoiled % len(ways)](number)
            spoiled += 1
        else:
            status = a_status(number, ODD_TEXTS[number % len(ODD_TEXTS)])
        made.append(a_notification(number, status))
    return made[::-1]


def as_body(payload: Any) -> bytes:
    """JSON as a careless server writes it: surrogates escaped, infinities bare, nesting unbounded."""
    return json.dumps(payload, ensure_ascii=True).encode()
