"""How long a report of one metric by one grouping takes over a million answered threads, exact p90 included.

Usage: python -m tests.benchmarks.bench_reports [--rows N]. The yardstick is SQLite itself: the
same waits read by a plain join, and sorted.
"""

import argparse
import json
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import time as wall
from datetime import timedelta
from pathlib import Path
from typing import Any

from inbox.flow import reports
from inbox.model.ids import AreaId, EmployeeId
from inbox.model.people import Area, Employee, Interval
from inbox.model.report import By, Question, Timing
from inbox.model.words import Metric
from inbox.model.workspace import Calendar, Workspace
from inbox.store import config
from inbox.store.engine import Store, open_store
from inbox.store.types import to_micros
from tests.benchmarks.build_store import ACCOUNTS, AREAS, END, SPAN, Texts

GOAL = 2.0
"""Seconds."""
PEOPLE = 30
_TERMS = json.dumps({
    "policy": "all", "calendar": "service", "target": 14_400_000_000, "warn_before": 0, "basis": ["Baggage", "normal"],
    "on_warning": ["tell owner"], "on_breach": ["tell owner", "tell supervisor"],
})  # fmt: skip
_SHIFT = (Interval(wall(9), wall(12, 30)), Interval(wall(13), wall(18)))
SERVICE = Calendar(
    "service",
    "America/New_York",
    dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), _SHIFT),
    holidays=("US", "NY"),
)
ASKED = {
    "first response by account": Question(),
    "first response by area": Question(by=By.AREA),
    "first response by priority": Question(by=By.PRIORITY),
    "first response by brand": Question(by=By.BRAND),
    "first response by employee": Question(by=By.EMPLOYEE),
    "first response by account, business time": Question(timing=Timing.BUSINESS),
    "first response by area, business time": Question(by=By.AREA, timing=Timing.BUSINESS),
    "resolution by account": Question(metric=Metric.RESOLUTION),
    "targets by account": Question("sla"),
}


def main() -> None:
    """Run it and print a line of JSON for each question."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=1_000_000)
    rows = parser.parse_args().rows
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "reports.inbox"
        build(file, rows)
        yard = best(lambda: plain(file))
        store = open_store(file)
        for name, asked in ASKED.items():
            took = best(lambda asked=asked: ask(store, asked))
            say(f"report: {name}", rows, took, yard)
        took = best(lambda: reports.shape(store, Question(), zone="Europe/Madrid", now=END))
        say("report: the charts of first response", rows, took, yard)
        store.close()


def say(name: str, rows: int, took: float, yard: float) -> None:
    """One result as a line of JSON."""
    result: dict[str, Any] = {
        "name": name, "rows": rows, "figure": round(took, 3), "unit": "s", "yardstick": "SQLite alone, read and sorted",
        "yardstick_figure": round(yard, 3), "ratio": round(took / yard, 2), "goal": GOAL,
    }  # fmt: skip
    sys.stdout.write(json.dumps(result) + "\n")
    sys.stdout.flush()


def ask(store: Store, asked: Question) -> None:
    """Ask, and see that all was counted."""
    if not reports.table(store, asked, now=END).rows:
        raise SystemExit("The report is empty.")


def best(work: Any, times: int = 3) -> float:
    """The shortest of some runs, in seconds."""
    found = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        found.append(time.perf_counter() - began)
    return min(found)


def plain(file: Path) -> None:
    """What SQLite itself needs."""
    db = sqlite3.connect(file)
    found: dict[int, list[int]] = {}
    query = (
        "SELECT thread.account_id, clock.met_at - clock.started_at FROM clock JOIN thread ON thread.id = "
        "clock.thread_id WHERE clock.metric = 'first' AND clock.met_at IS NOT NULL"
    )
    for account, span in db.execute(query):
        found.setdefault(account, []).append(span)
    for values in found.values():
        values.sort()
    db.close()


def build(file: Path, rows: int) -> None:
    """A workspace of so many answered threads, each with its first response and resolution, half of them closed."""
    store = open_store(file, create=True)
    people = tuple(
        Employee(EmployeeId(0), f"e{n}", f"Employee {n}", areas=(AREAS[n % len(AREAS)],)) for n in range(PEOPLE)
    )
    areas = tuple(Area(AreaId(0), name) for name in AREAS)
    with store.write() as s:
        config.save(s, replace(Workspace(), areas=areas, employees=people, calendars=(SERVICE,)), "command", END)
    store.close()
    db = sqlite3.connect(file, isolation_level=None)
    db.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -400000;")
    later = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL").fetchall()
    triggers = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for kind, found in (("INDEX", later), ("TRIGGER", triggers)):
        for name, _ in found:
            db.execute(f"DROP {kind} {name}")
    db.execute("BEGIN")
    for number in range(1, ACCOUNTS + 1):
        db.execute(
            "INSERT INTO account (id, network, handle, brand, server, remote_id, display_name, limits, paused, health, "
            "error, details) VALUES (?, 'mastodon', ?, '', '', '', '', '{}', 0, 'working', '', '{}')",
            (number, f"brand{number}"),
        )
    authors = rows // 2 + 1
    db.executemany(
        "INSERT INTO author (id, network, remote_id, handle, name, followers, verified, tags) "
        "VALUES (?, 'mastodon', ?, '', '', 0, 0, '[]')",
        ((n, f"https://there/{n}") for n in range(1, authors + 1)),
    )
    _insert(db, "thread", _threads(rows, authors))
    _insert(db, "clock", _clocks(rows))
    db.execute("COMMIT")
    for _, sql in (*later, *triggers):
        db.execute(sql)
    db.execute("ANALYZE")
    db.execute("PRAGMA journal_mode = WAL")
    db.close()


def _insert(db: sqlite3.Connection, table: str, rows: Iterator[dict[str, Any]]) -> None:
    first = next(rows)
    sql = f"INSERT INTO {table} ({', '.join(first)}) VALUES ({', '.join(f':{name}' for name in first)})"
    db.execute(sql, first)
    db.executemany(sql, rows)


def _threads(rows: int, authors: int) -> Iterator[dict[str, Any]]:
    texts, step = Texts(3), SPAN / rows
    said = [texts.one()[:280] for _ in range(1000)]
    for number in range(1, rows + 1):
        at = to_micros(END - SPAN + step * number)
        done = number % 2 == 0
        yield {
            "id": number, "account_id": 1 + number % ACCOUNTS, "author_id": 1 + number * 7919 % authors,
            "network": "mastodon", "status": "closed" if done else "waiting",
            "close_reason": "answered" if done else None,
            "priority": ("low", "normal", "high", "urgent")[number % 4], "area_id": 1 + number % len(AREAS),
            "assignee_id": None if done else 1 + number % PEOPLE, "last_assignee_id": 1 + number % PEOPLE, "hidden": 0,
            "needs_reply": 1, "unread": 0, "escalated": 0, "version": 3, "mentions": 2,
            "author_name": f"Person {number}",
            "author_handle": f"person{number}@there", "followers": 5, "text": said[number % 1000], "language": "en",
            "first_mention_at": at, "last_mention_at": at, "last_inbound_at": at, "last_outbound_at": at, "breached": 0,
        }  # fmt: skip


def _clocks(rows: int) -> Iterator[dict[str, Any]]:
    chance, step = random.Random(5), SPAN / rows
    for number in range(1, rows + 1):
        at = to_micros(END - SPAN + step * number)
        met = at + int(chance.lognormvariate(9, 1.4) * 1_000_000)
        alike = {"thread_id": number, "cycle": 1, "started_at": at, "policy": "all", "calendar": "service",
                 "target": 14_400_000_000, "due_at": at + 14_400_000_000, "terms": _TERMS, "paused": "[]"}  # fmt: skip
        late = at + 14_400_000_000 if met > at + 14_400_000_000 else None
        yield {**alike, "metric": "first", "met_at": met, "breached_at": late}
        ended = met + int(timedelta(hours=2).total_seconds()) * 1_000_000 if number % 2 == 0 else None
        yield {**alike, "metric": "resolution", "met_at": ended, "breached_at": None}


if __name__ == "__main__":
    main()
