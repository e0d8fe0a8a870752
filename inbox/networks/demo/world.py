"""The demo network's state: a start, a speed, and the replies that were posted into it. Two small files hold it,
so that a collector that is started again finds the same world.
"""

import json
import os
import threading
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from inbox.networks.demo import story
from inbox.networks.demo.script import DemoAccount, load_script, workspace_toml
from inbox.networks.demo.story import Clockwork, DemoPost
from inbox.networks.errors import Gone, Refused

__all__ = ["DemoAccount", "Staged", "World", "accounts", "seed", "workspace_toml"]

LATENCY = timedelta(seconds=1.5)
"""How long a post takes to show up: also keeps the order of what is pulled."""

_writing = threading.Lock()


@dataclass(frozen=True, slots=True)
class Staged:
    """A thread of the past that has been decided on already: what the demo does to it after its first pull.
    ``status`` is "closed" (then ``reason``) or "snoozed" (then ``until``, aware UTC).
    """

    global_id: str
    status: str
    reason: str = ""
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Usual:
    """One post of an ordinary day: to an account by handle, and the area that answers, empty for none; ``line`` is what
    it was made of, ``reach`` the author's followers.
    """

    at: datetime
    account: str
    author: str
    area: str
    language: str
    line: str
    reach: int


def accounts() -> tuple[DemoAccount, ...]:
    """The accounts that the demo network offers."""
    return load_script().accounts


def seed(path: Path, now: datetime, speed: float = 1.0) -> "World":
    """Make a world that begins ``now`` with some days of history. ``speed`` 10 makes its minutes 6 s long."""
    told = {"version": 1, "begun": now.astimezone(UTC).isoformat(), "speed": speed}
    beside = path.with_name(f"{path.name}.new")
    beside.write_text(json.dumps(told), encoding="utf-8")
    _log(path).unlink(missing_ok=True)
    beside.replace(path)
    return World(path)


class World:
    """The network of one workspace's demo. Its posts are the same for everybody who asks at the same time."""

    def __init__(self, path: Path) -> None:
        """Raises ``Refused`` when there is no world at ``path``."""
        try:
            told = json.loads(path.read_text(encoding="utf-8"))
            self.clock = Clockwork(datetime.fromisoformat(told["begun"]), float(told["speed"]))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise Refused("The demo's world is missing or damaged. Start the demo again.") from error
        self._path = path
        self._script = load_script()
        self._told = list(story.written(self._script, self.clock))
        self._everyday: list[DemoPost] = []
        self._log_size = -1
        self._posted: list[DemoPost] = []
        self._keys: dict[str, DemoPost] = {}

    @property
    def earliest(self) -> datetime:
        """When the first post of its history was made."""
        return min(post.at for post in self._told)

    def usual(self, hours: int) -> list[Usual]:
        """What is written on an ordinary day, for so many hours before the world began, oldest first."""
        handles = {each.key: each.handle for each in self._script.accounts}
        return [
            Usual(
                post.at,
                handles[post.account],
                post.author.handle,
                line.get("area", ""),
                line["language"],
                line["text"],
                post.author.followers or 0,
            )
            for post, line in story.usual(self._script, self.clock, hours)
        ]

    def posts(self, account: str, now: datetime) -> list[DemoPost]:
        """What can be seen of an account's posts and of those that speak to it, in the order of time. Deleted
        posts are among them: ``deleted_at`` says so.
        """
        self._grow(now)
        self._read_log()
        everything = [*self._told, *self._everyday, *self._posted]
        known = {post.id: post for post in everything}
        everything += self._reactions(known)
        seen = [post for post in everything if post.account == account and post.at + LATENCY <= now]
        return sorted(seen, key=lambda post: (post.at, post.id))

    def find(self, global_id: str, account: str, now: datetime) -> DemoPost | None:
        """A post by its id."""
        return next((post for post in self.posts(account, now) if post.id == global_id), None)

    def by_key(self, key: str) -> DemoPost | None:
        """What was posted with this key."""
        self._read_log()
        return self._keys.get(key)

    def outage(self, account: str, now: datetime) -> datetime | None:
        """When the outage that an account's server is in will be over; None when it is in none."""
        for each in self._script.outages:
            if each["account"] == account and self.clock.at(each["from"]) <= now < self.clock.at(each["to"]):
                return self.clock.at(each["to"])
        return None

    def post(self, account: str, answers: str | None, text: str, *, key: str, private: bool, now: datetime) -> DemoPost:
        """Post a reply, or (``answers`` None) a post of its own; once for each key. Raises ``Gone`` when what it
        answers was deleted.
        """
        with _writing:
            if (before := self.by_key(key)) is not None:
                return before
            thread = f"us/{key}" if answers is None else self._thread_of(answers, account, now)
            told = {"key": key, "account": account, "answers": answers, "thread": thread, "text": text}
            self._append({**told, "private": private, "at": now.isoformat()})
        made = self.by_key(key)
        if made is None:
            raise Refused("The demo's world could not be written.")
        return made

    def _thread_of(self, answers: str, account: str, now: datetime) -> str:
        asked = self.find(answers, account, now)
        if asked is None or (asked.deleted_at is not None and asked.deleted_at <= now):
            raise Gone("The post was deleted by its author, so it cannot be answered.")
        return asked.thread

    def staged(self) -> tuple[Staged, ...]:
        """The threads of the past that are closed or snoozed when the demo opens."""
        found: list[Staged] = []
        for number, thread in enumerate(self._script.threads):
            first = f"demo:{thread.get('on', 'mastodon')}/t{number}/0"
            if "closed" in thread:
                found.append(Staged(first, "closed", thread["closed"]))
            if "snoozed" in thread:
                found.append(Staged(first, "snoozed", until=self.clock.at(thread["snoozed"])))
        return tuple(found)

    def _grow(self, now: datetime) -> None:
        while not self._everyday or self._everyday[-1].at < now:
            self._everyday.append(story.endless(self._script, self.clock, len(self._everyday)))

    def _reactions(self, known: dict[str, DemoPost]) -> list[DemoPost]:
        """Customers answer what we posted; what they say to an answer of theirs follows from the same rule."""
        found: list[DemoPost] = []
        times: dict[str, int] = {}
        for ours in self._posted:
            asked = known.get(ours.answers or "")
            if asked is None:
                continue
            asked = self._customer(asked, known)
            said = story.reaction(self._script, self.clock, asked, ours, times.get(asked.thread, 0))
            if said is not None:
                times[asked.thread] = times.get(asked.thread, 0) + 1
                known[said.id] = said
                found.append(said)
        return found

    def _customer(self, asked: DemoPost, known: dict[str, DemoPost]) -> DemoPost:
        """The post of theirs that we answered, also where we answered ourselves."""
        while asked.ours and asked.answers in known:
            asked = known[asked.answers or ""]
        return asked

    def _append(self, told: dict[str, Any]) -> None:
        """One write of one line: whole or not at all, whenever the program dies."""
        line = f"\n{json.dumps(told, ensure_ascii=True)}\n"
        handle = os.open(_log(self._path), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            os.write(handle, line.encode())
            os.fsync(handle)
        finally:
            os.close(handle)

    def _read_log(self) -> None:
        try:
            size = _log(self._path).stat().st_size
            if size == self._log_size:
                return
            lines = _log(self._path).read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            lines, size = [], 0
        # A line that was cut off by a power cut was never answered with success: it is no post.
        told = [found for line in lines if (found := _whole(line)) is not None]
        self._posted = [self._ours(each) for each in told]
        self._keys = dict(zip((each["key"] for each in told), self._posted, strict=True))
        self._log_size = size

    def _ours(self, told: dict[str, Any]) -> DemoPost:
        blank = DemoPost(
            id=f"demo:{told['account']}/us/{told['key']}",
            thread=told["thread"],
            account=told["account"],
            author=story.us(self._script, told["account"]),
            language="",
            text=told["text"],
            at=datetime.fromisoformat(told["at"]),
        )
        return replace(blank, ours=True, answers=told["answers"], private=told["private"])


def _log(path: Path) -> Path:
    return path.with_name(f"{path.name}.posted")


def _whole(line: str) -> dict[str, Any] | None:
    try:
        found = json.loads(line)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None
