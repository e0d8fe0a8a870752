"""How long one look at all deadlines takes: by what is due, and by what is stored.

Usage: python -m tests.benchmarks.bench_deadline_passes [--rows N ...]. A fifth of the threads wait for an answer,
the others were answered. SQLite; beside each figure the same marks made by bare SQL.
"""

import argparse
import json
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import Any

from inbox.flow import clocks
from inbox.model.words import PolicyAction
from inbox.sla.policy import Terms
from inbox.store.engine import Store, open_store
from inbox.store.schema import account, author, clock, thread
from inbox.store.types import to_micros
from tests.support.desk import NOON

GOAL = 50
"""Milliseconds, with a million threads and nothing due."""
ROWS = (10_000, 100_000, 1_000_000)
DUE = (0, 10, 100, 1_000, 10_000)
WAITING = 5
"""One thread in so many waits."""
_BATCH = 20_000
_LATER = NOON + timedelta(days=3000)
_TERMS = Terms("p", None, timedelta(hours=1), timedelta(0), ("Unsorted", "normal", None), (), ()).to_json()
_TERMS["on_breach"] = [str(PolicyAction.TELL_OWNER)]
_COME = (
    "SELECT id, thread_id, due_at FROM clock WHERE met_at IS NULL AND cancelled_at IS NULL "
    "AND breached_at IS NULL AND due_at IS NOT NULL AND due_at <= ? ORDER BY due_at LIMIT 50"
)


def main() -> None:
    """Run it and print a line of JSON for each size."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, nargs="+", default=ROWS)
    for rows in parser.parse_args().rows:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "bench.inbox"
            store = open_store(file, create=True)
            fill(store, rows)
            ours = {count: passes(store, count) for count in DUE if count <= rows // WAITING}
            bare = {count: bare_passes(file, count) for count in ours}
            store.close()
        result: dict[str, Any] = {
            "name": "one look at all deadlines",
            "threads": rows,
            "running": rows // WAITING,
            "figure": ours[0],
            "unit": "ms, nothing due",
            "goal": GOAL,
            "by due": ours,
            "bare SQL by due": bare,
        }
        sys.stdout.write(json.dumps(result) + "\n")
        sys.stdout.flush()


def fill(store: Store, rows: int) -> None:
    """Threads of one author, with a clock each."""
    with store.write() as s:
        values = {"network": "fake", "handle": "air", "brand": "Air", "limits": {}, "details": {}, "connected_at": NOON}
        home = s.scalar(account.insert().values(values).returning(account.c.id))
        kim = {"network": "fake", "remote_id": "kim", "handle": "kim", "tags": []}
        who = s.scalar(author.insert().values(kim).returning(author.c.id))
    for start in range(0, rows, _BATCH):
        numbers = range(start + 1, min(start + _BATCH, rows) + 1)
        with store.write(durable=False) as s:
            s.execute(thread.insert(), [_thread(each, home, who) for each in numbers])
            s.execute(clock.insert(), [_clock(each) for each in numbers])


def _thread(number: int, home: int, who: int) -> dict[str, Any]:
    at = NOON + timedelta(seconds=number)
    waits = number % WAITING == 0
    return {
        "id": number, "account_id": home, "author_id": who, "network": "fake", "first_mention_at": at,
        "last_mention_at": at, "mentions": 1, "status": "new" if waits else "closed",
        "next_due_at": _LATER if waits else None,
    }  # fmt: skip


def _clock(number: int) -> dict[str, Any]:
    at = NOON + timedelta(seconds=number)
    waits = number % WAITING == 0
    return {
        "thread_id": number, "metric": "first", "cycle": 1, "started_at": at, "due_at": _LATER if waits else at,
        "met_at": None if waits else at, "policy": "p", "target": timedelta(hours=1), "paused": [], "terms": _TERMS,
    }  # fmt: skip


def passes(store: Store, count: int) -> float:
    """Milliseconds of one look with so many due; the median of several where nothing is."""
    now = _LATER - timedelta(days=1)
    took = []
    for _ in range(15 if count == 0 else 3):
        _make_due(store, count)
        took.append(timed(lambda: clocks.due(store, now=now)))
    return round(median(took), 2)


def _make_due(store: Store, count: int) -> None:
    numbers = [WAITING * each for each in range(1, count + 1)]
    fresh = {"breached_at": None, "warned_at": None, "due_at": NOON}
    with store.write() as s:
        s.execute(clock.update().where(clock.c.breached_at.is_not(None)).values(breached_at=None, due_at=_LATER))
        for start in range(0, count, 500):
            s.execute(clock.update().where(clock.c.thread_id.in_(numbers[start : start + 500])).values(fresh))


def bare_passes(file: Path, count: int) -> float:
    """The same marks by the fewest statements, in batches of the same size."""
    bare = sqlite3.connect(file, isolation_level=None)
    bare.execute("PRAGMA synchronous = NORMAL")
    due = [(to_micros(NOON), WAITING * each) for each in range(1, count + 1)]
    took = []
    for _ in range(15 if count == 0 else 3):
        bare.execute(
            "UPDATE clock SET breached_at = NULL, due_at = ? WHERE breached_at IS NOT NULL", [to_micros(_LATER)]
        )
        bare.execute("BEGIN")
        bare.executemany("UPDATE clock SET due_at = ? WHERE thread_id = ?", due)
        bare.execute("COMMIT")
        took.append(timed(lambda: _mark(bare)))
    bare.close()
    return round(median(took), 2)


def _mark(bare: sqlite3.Connection) -> None:
    now = to_micros(_LATER - timedelta(days=1))
    while come := bare.execute(_COME, [now]).fetchall():
        bare.execute("BEGIN IMMEDIATE")
        bare.executemany("UPDATE clock SET breached_at = due_at WHERE id = ?", [(each[0],) for each in come])
        bare.executemany("UPDATE thread SET breached = 1 WHERE id = ?", [(each[1],) for each in come])
        rows = [(now, "collector", "breach", each[1], "{}") for each in come]
        bare.executemany("INSERT INTO audit (at, actor, action, thread_id, details) VALUES (?, ?, ?, ?, ?)", rows)
        bare.execute("COMMIT")


def timed(work: Callable[[], object]) -> float:
    """Milliseconds that it took."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    main()
