"""Mentions stored per second in a big workspace, and how long the write lock is held and waited for.

Usage: python -m tests.benchmarks.bench_ingest [--rows N]. The yardstick is the driver alone inserting the same rows
of all tables, with their full text, in transactions of the same size; a harder one inserts the mentions alone.
"""

import argparse
import json
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from inbox.flow.ingest import CHUNK, store_page
from inbox.model.account import Account, Source
from inbox.model.mention import IncomingAuthor, IncomingMention
from inbox.model.words import Direction, SourceKind
from inbox.networks.base import PulledPage
from inbox.store import accounts, sources
from inbox.store.engine import Session, Store, open_store
from tests.benchmarks.build_store import END, PER_AUTHOR, Texts, fresh_copy, global_id

NEW = 20_000
PAGE = 200

TABLES = (
    ("author", "id"), ("thread", "id"), ("mention", "id"), ("payload", "mention_id"),
    ("mention_local", "mention_id"), ("awaited", "mention_id"),
)  # fmt: skip
"""What ingest adds rows to, besides the full text, and by which column the new ones are known."""
BARE = (("mention", "id"),)
"""A harder yardstick: no authors, threads, payloads or local ids, which ingest stores as well."""

_KNOCK = """
import select, sys, time
from inbox.store.engine import open_store
store, waited = open_store(sys.argv[1]), []
print("ready", flush=True)
while not select.select([sys.stdin], [], [], 0.05)[0]:
    begun = time.perf_counter()
    with store.write() as s:
        pass
    waited.append(time.perf_counter() - begun)
print(" ".join(map(str, waited)))
"""
"""Another program, like a desktop that saves a draft 20 times a second."""


class Timed(Store):
    """A store that notes how long each transaction held the write lock, in seconds."""

    held: list[float]
    _since = 0.0

    def _begin(self, connection: Any, *, durable: bool) -> None:
        super()._begin(connection, durable=durable)
        self._since = time.perf_counter()

    @contextmanager
    def write(self, *, durable: bool = True) -> Iterator[Session]:
        """The same, timed."""
        with super().write(durable=durable) as s:
            yield s
        self.held.append(time.perf_counter() - self._since)


def mentions(rows: int) -> list[IncomingMention]:
    """New posts by known and unknown people, answers to stored posts and to each other, and the brand's own."""
    chance, texts, made = random.Random(5), Texts(6), list[IncomingMention]()
    for number in range(1, NEW + 1):
        kind, writer = chance.random(), chance.randrange(1, rows // PER_AUTHOR * 2)
        at = END + timedelta(seconds=number)
        parent, author = None, IncomingAuthor(f"https://there/{writer}", f"person{writer}@there", f"Person {writer}")
        direction = Direction.INBOUND
        if kind < 0.2 and made:
            before = made[-chance.randint(1, min(len(made), 300))]
            parent = before.id
            author = before.author if before.direction is Direction.INBOUND else author
        elif kind < 0.35:
            parent = global_id(chance.randrange(1, rows))
        if kind < 0.15 and parent is not None:
            direction, author = Direction.OUTBOUND, IncomingAuthor("https://here/brand0", "brand0")
        name = f"https://there/new/{number * 2654435761 % 2**40:013d}-{number}"
        text = texts.one()
        raw = {
            "uri": name,
            "content": f"<p>{text}</p>",
            "account": {"acct": author.handle},
            "created_at": at.isoformat(),
        }
        who = {"direction": direction, "in_reply_to": parent, "local_id": str(10**17 + number)}
        figures = {"likes": 0, "shares": 0, "replies": 0, "language": "en", "url": name}
        made.append(IncomingMention("mastodon", name, author, text, at, raw=raw, **who, **figures))  # type: ignore[arg-type]  # as named
    return made


def ingest(file: Path, made: list[IncomingMention]) -> tuple[float, list[float], list[float]]:
    """Seconds for all, seconds that each transaction held the lock, seconds that another program waited for it."""
    store = open_store(file)
    store.__class__, timed = Timed, store
    assert isinstance(timed, Timed)
    timed.held = []
    account, source = _source(store)
    knocker = subprocess.Popen(
        [sys.executable, "-c", _KNOCK, str(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert knocker.stdout is not None
    knocker.stdout.readline()
    begun = time.perf_counter()
    for start in range(0, len(made), PAGE):
        page = PulledPage(tuple(made[start : start + PAGE]), (), str(start), more=True, read=PAGE)
        store_page(store, account, source, page, now=END + timedelta(days=1))
    took = time.perf_counter() - begun
    waited = [float(each) for each in knocker.communicate("stop")[0].split()]
    store.close()
    return took, timed.held, waited


def _source(store: Store) -> tuple[Account, Source]:
    with store.write() as s:
        account = accounts.all(s)[0]
        source = sources.ensure(s, account.id, SourceKind.MENTIONS)
    with store.read() as s:
        return account, sources.get(s, source)


def plainly(file: Path, done: Path, tables: tuple[tuple[str, str], ...]) -> float:
    """Seconds for the driver alone to insert the rows that were added to ``tables`` in ``done``, in as many
    transactions.
    """
    db = sqlite3.connect(file, isolation_level=None)
    db.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -16000;")
    db.execute("ATTACH ? AS done", (str(done),))
    inserts: list[tuple[str, list[tuple[Any, ...]]]] = []
    for table, key in tables:
        names = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
        had = f"(SELECT COALESCE(max({key}), 0) FROM main.{table})"
        query = f"SELECT {', '.join(names)} FROM done.{table} WHERE {key} > {had}"
        marks = ", ".join("?" * len(names))
        inserts.append(
            (f"INSERT INTO main.{table} ({', '.join(names)}) VALUES ({marks})", db.execute(query).fetchall())
        )
        if table == "mention":
            words = [(row[names.index("id")], row[names.index("text")]) for row in inserts[-1][1]]
            inserts.append(("INSERT INTO main.mention_fts (rowid, text) VALUES (?, ?)", words))
            assert len(words) == NEW
    db.execute("DETACH done")
    parts = NEW // CHUNK + 1
    begun = time.perf_counter()
    for part in range(parts):
        db.execute("BEGIN IMMEDIATE")
        for insert, rows in inserts:
            db.executemany(insert, rows[len(rows) * part // parts : len(rows) * (part + 1) // parts])
        db.execute("COMMIT")
    took = time.perf_counter() - begun
    db.close()
    return took


def _plainly(rows: int, done: Path, tables: tuple[tuple[str, str], ...]) -> float:
    with tempfile.TemporaryDirectory() as folder:
        return plainly(fresh_copy(rows, Path(folder)), done, tables)


def share(values: list[float], part: float) -> float:
    """The smallest value with at least this part of all at or below it."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]


def main() -> None:
    """Run it and print a line of JSON a figure."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=1_000_000)
    rows = parser.parse_args().rows
    made = mentions(rows)
    with tempfile.TemporaryDirectory() as folder:
        file = fresh_copy(rows, Path(folder))
        took, held, waited = ingest(file, made)
        plain, bare = (_plainly(rows, file, tables) for tables in (TABLES, BARE))
    results = (
        ("ingest", NEW / took, "mentions/s", "the driver alone", NEW / plain, "2500, ratio 0.2"),
        ("ingest", NEW / took, "mentions/s", "the driver, mentions and text only", NEW / bare, "2500, ratio 0.2"),
        ("ingest: lock held, p99", share(held, 0.99) * 1000, "ms", "median", share(held, 0.5) * 1000, 30),
        ("ingest: lock held, longest", max(held) * 1000, "ms", "median", share(held, 0.5) * 1000, 100),
        ("ingest: a desktop's wait, p99", share(waited, 0.99) * 1000, "ms", "median", share(waited, 0.5) * 1000, 100),
    )
    names = ("name", "figure", "unit", "yardstick", "yardstick_figure", "goal")
    for result in results:
        found: dict[str, Any] = {"rows": rows, **dict(zip(names, result, strict=True))}
        found["ratio"] = found["figure"] / found["yardstick_figure"]
        print(json.dumps({key: round(each, 3) if isinstance(each, float) else each for key, each in found.items()}))


if __name__ == "__main__":
    main()
