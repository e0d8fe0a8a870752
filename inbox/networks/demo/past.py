"""What was written to the demo's brand in the weeks before it begins, in the import format."""

import json
import random
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from inbox.networks.demo.script import resource

WEEKS = 4
TOLD = 6
"""How often a text with slots is told, repeats aside."""
_NOT_SINCE = timedelta(days=5)
"""The last of it lies this far back, so that it does not stand among the live threads."""


@dataclass(frozen=True, slots=True)
class Week:
    """Lines of an import file, oldest first, and the area that each post's thread ended in, by its id."""

    end: datetime
    lines: str
    areas: dict[str, str]


def weeks(account: str, now: datetime) -> Iterator[Week]:
    """The weeks before the demo, the oldest first; ``account`` is a handle."""
    told = tomllib.loads(resource("history.toml"))
    dice = random.Random("the weeks before")  # noqa: S311 - a story, not a secret
    posts = [(area, text) for area, texts in told["areas"].items() for text in texts]
    posts += [(area, text) for area, texts in told["told_often"].items() for text in _tellings(texts, told, dice)]
    dice.shuffle(posts)
    share = -(-len(posts) // WEEKS)
    for week in range(WEEKS):
        end = now - _NOT_SINCE - timedelta(weeks=WEEKS - 1 - week)
        taken = posts[week * share : (week + 1) * share]
        moments = sorted(end - timedelta(minutes=dice.randrange(60, 7 * 24 * 60)) for _ in taken)
        rows = [
            _line(account, week * share + number, dice.choice(told["authors"]), post, at)
            for number, (post, at) in enumerate(zip(taken, moments, strict=True))
        ]
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        yield Week(end, lines, {row["id"]: row["labels"]["area"] for row in rows})


def _tellings(texts: list[str], told: dict[str, Any], dice: random.Random) -> Iterator[str]:
    """Each text some times, with other words in its slots."""
    for text in texts:
        told_by = {
            text.format(**{name: dice.choice(words) for name, words in told["slots"].items()}) for _ in range(TOLD)
        }
        yield from sorted(told_by)


def _line(account: str, number: int, name: str, post: tuple[str, str], at: datetime) -> dict[str, Any]:
    handle = f"{name.lower().replace(' ', '.')}@social.example"
    return {
        "network": "demo",
        "id": f"demo:past/{number}",
        "account": account,
        "thread": f"past{number}",
        "author": {"id": handle, "handle": handle, "name": name},
        "text": post[1],
        "created_at": at.isoformat(),
        "labels": {"area": post[0]},
    }
