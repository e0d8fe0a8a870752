"""A workspace whose account is on a real server, a customer who writes, and a collector to be killed."""

import json
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from inbox.flow import reply
from inbox.flow.hot import by_hand
from inbox.model.ids import IncidentId, ReplyId, ThreadId
from inbox.model.incident import StatementState
from inbox.model.view import Order, ThreadFilter
from inbox.model.words import AfterSend, ReplyState
from inbox.store import accounts, outbox, statements, threads, views
from inbox.store.engine import Store, open_store
from tests.servers.snac import Snac
from tests.soak.relay import Relay

_MARK = re.compile(r"(answer|statement)-(\d+)-")
_LONGEST_ANSWER = 0.2
_OUR_POSTS = "Answer: answer-{}-. We are looking into it."
_STATEMENTS = "Statement: statement-{}-. Everybody is safe."


class Scene:
    """Everything of one soak, below one folder."""

    def __init__(self, folder: Path, server: Snac, seed: int) -> None:
        self.folder, self.server = folder, server
        self.random = random.Random(seed)
        self.relay = Relay(server.port, _LONGEST_ANSWER, seed)
        (folder / "secrets").mkdir(mode=0o700)
        self.environment = {
            **os.environ,
            "INBOX_ALLOW_LOOPBACK": "1",
            "INBOX_SECRETS_DIR": str(folder / "secrets"),
            "INBOX_WORKSPACE": str(folder / "soak.inbox"),
            "XDG_CONFIG_HOME": str(folder / "config"),
        }
        self.said: list[str] = []
        self.asked: dict[int, ReplyId] = {}
        self.stated: dict[int, IncidentId] = {}
        self.unknown_seen: set[tuple[str, int]] = set()
        self.states_at_kill: Counter[str] = Counter()
        self.log = (folder / "collector.log").open("ab")
        self.store = self._connect()
        self._watching = sqlite3.connect(self.environment["INBOX_WORKSPACE"], isolation_level=None)
        self.customer = server.hands("alice")

    def close(self) -> None:
        """Give everything back."""
        self.customer.close()
        self._watching.close()
        self.relay.close()
        self.store.close()
        self.log.close()

    def inbox(self, *words: str, stdin: str = "") -> str:
        """Run a command; what it printed."""
        command = [sys.executable, "-m", "inbox", *words]
        done = subprocess.run(
            command, env=self.environment, input=stdin, text=True, capture_output=True, check=False, timeout=120
        )
        if done.returncode:
            raise RuntimeError(f"inbox {words[0]}: {done.stderr}")
        return done.stdout

    def say(self, number: int) -> None:
        """The customer writes to the account."""
        words = {"status": f"@brand question {number}: where is my bag?"}
        told = self.customer.post("/api/v1/statuses", data=words)
        told.raise_for_status()
        self.said.append(str(told.json()["uri"]))

    def answer(self, most: int) -> None:
        """Put replies into the outbox, in threads that wait for one."""
        with self.store.read() as s:
            page = views.page(s, ThreadFilter(), Order.OLDEST, limit=500)
            busy = {each.thread_id for each in outbox.newest(s, limit=10_000)}
        free = [row.id for row in page.rows if row.id not in busy]
        for thread_id in free[:most]:
            self._reply(thread_id)

    def _reply(self, thread_id: ThreadId) -> None:
        number = len(self.asked) + 1
        after = self.random.choice(list(AfterSend))
        now = datetime.now(UTC)
        text = _OUR_POSTS.format(number)
        made = reply.send(self.store, thread_id, text, employee="command", after=after, undo=timedelta(0), now=now)
        self.asked[number] = made.id

    def state(self) -> None:
        """Publish the statement of a new incident."""
        number, now = len(self.stated) + 1, datetime.now(UTC)
        made, _ = by_hand.open_incident(self.store, f"Incident {number}", actor="command", now=now)
        with self.store.write() as s:
            where = [each.id for each in accounts.all(s)]
            text = _STATEMENTS.format(number)
            written = statements.add(s, made, text, where, by="command", at=now)
            statements.move(s, written, {"state": str(StatementState.PUBLISHED)})
            statements.queue(s, written, where, now)
        self.stated[number] = made

    def start(self) -> "subprocess.Popen[bytes]":
        """Start a collector."""
        command = [sys.executable, "-m", "inbox", "collect"]
        return subprocess.Popen(command, env=self.environment, stdin=subprocess.DEVNULL, stderr=self.log)

    def kill(self, collector: "subprocess.Popen[bytes]") -> None:
        """Kill it as the kernel does when memory runs out."""
        os.kill(collector.pid, signal.SIGKILL)
        collector.wait()
        on_their_way: list[tuple[str, int, ReplyState]] = []
        with self.store.read() as s:
            on_their_way += [("reply", each.id, each.state) for each in outbox.on_their_way(s)]
            for account in accounts.all(s):
                on_their_way += [("statement", each.id, each.state) for each in statements.on_their_way(s, account.id)]
        for kind, number, state in on_their_way:
            self.states_at_kill[f"{kind} {state.value}"] += 1
            if state in {ReplyState.SENDING, ReplyState.UNKNOWN}:
                self.unknown_seen.add((kind, number))

    def look(self, query: str) -> int:
        """A number out of the database, quickly: asked hundreds of times while waiting for a moment."""
        return int(self._watching.execute(query).fetchone()[0])

    def until(self, met: Callable[[], bool], seconds: float) -> bool:
        """Wait for a condition; False when it did not come."""
        end = time.monotonic() + seconds
        while not met():
            if time.monotonic() > end:
                return False
            time.sleep(0.005)
        return True

    def stored(self) -> Counter[str]:
        """The network's ids of the stored mentions."""
        found: Counter[str] = Counter()
        with self.store.read() as s:
            page = views.page(s, ThreadFilter(hidden=None), Order.OLDEST, limit=100_000)
            for row in page.rows:
                found.update(each.global_id for each in threads.get(s, row.id).mentions)
        return found

    def passed_on(self) -> set[str]:
        """What the server told the account of, by its own files: it loses a notification now and then when two
        come at once, and what it never told nobody can pull.
        """
        notes = (self.server.folder / "user" / "brand" / "notify").glob("*.json")
        told = (json.loads(path.read_text(encoding="utf-8")) for path in notes)
        return {str(each["objid"]) for each in told if each.get("type") == "Create" and "objid" in each}

    def standing(self, kind: str = "answer") -> Counter[int]:
        """The replies, or the statements, as they stand on the server, read from its own files: number to how often."""
        found: dict[str, int] = {}
        for path in (self.server.folder / "object").rglob("*.json"):
            told = json.loads(path.read_text(encoding="utf-8"))
            mark = _MARK.search(str(told.get("content", "")))
            ours = told.get("type") == "Note" and str(told.get("attributedTo", "")).endswith("/brand")
            if ours and mark and mark.group(1) == kind:
                found[str(told["id"])] = int(mark.group(2))
        return Counter(found.values())

    def _connect(self) -> Store:
        self.inbox("init")
        secret = self.server.token("brand")
        add = ["accounts", "add", "mastodon", "--handle", "brand", "--server", self.relay.address, "--secret-stdin"]
        self.inbox(*add, "--look-back", "24h", stdin=f"{secret}\n")
        return open_store(self.environment["INBOX_WORKSPACE"])
