"""Makes a big workspace for benchmarks: a million mentions of invented people in invented words, once per machine.

``python -m tests.benchmarks.build_store [ROWS]`` prints its path. Kept in ``INBOX_BENCH_DIR``, else in a folder of
the system's temporary one. Measure on a copy (``fresh_copy``) where the measuring changes it.
"""

import os
import random
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate, islice, product
from pathlib import Path
from typing import Any

from inbox.model.ids import AreaId, EmployeeId
from inbox.model.people import Area, Employee
from inbox.model.workspace import Workspace
from inbox.store import config
from inbox.store.engine import open_store
from inbox.store.schema import VERSION, mention, thread
from inbox.store.types import to_micros

END = datetime(2026, 3, 2, 12, tzinfo=UTC)
SPAN = timedelta(days=365)
ACCOUNTS = 4
AREAS = ("Baggage", "Booking", "Billing", "Delays", "Website", "Loyalty", "Safety", "Press", "Legal", "Cargo")
PER_THREAD = 3
PER_AUTHOR = 2
_BATCH = 20_000


def words(count: int = 20_000) -> list[str]:
    """Invented words, all different, from common syllables."""
    syllables = [a + b for a, b in product("bdfgklmnprstvz", ("a", "e", "i", "o", "u", "an", "er", "is", "ol", "ut"))]
    found = list(syllables) + ["".join(pair) for pair in product(syllables, repeat=2)]
    random.Random(1).shuffle(found)
    return found[:count]


class Texts:
    """Sentences whose words are as unequally common as those of a language."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._words = words()
        self._weights = list(accumulate(1 / (place + 3) for place in range(len(self._words))))

    def one(self) -> str:
        """A sentence of 6 to 30 words."""
        return " ".join(self._random.choices(self._words, cum_weights=self._weights, k=self._random.randint(6, 30)))


def path(rows: int) -> Path:
    """Where the workspace of so many mentions lies, built or not."""
    folder = Path(os.environ.get("INBOX_BENCH_DIR") or Path(tempfile.gettempdir()) / "inbox-benchmarks")
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"store-{VERSION}-{rows}.inbox"


def build(rows: int = 1_000_000) -> Path:
    """The workspace, built if it is not there yet."""
    target = path(rows)
    if target.exists():
        return target
    making = target.with_suffix(".making")
    for name in (making, *(Path(f"{making}{end}") for end in ("-wal", "-shm"))):
        name.unlink(missing_ok=True)
    store = open_store(making, create=True)
    with store.write() as s:
        areas = tuple(Area(AreaId(0), name) for name in AREAS)
        people = tuple(
            Employee(EmployeeId(0), f"e{n}", f"Employee {n}", areas=(AREAS[n % len(AREAS)],), capacity=50)
            for n in range(30)
        )
        config.save(s, Workspace(areas=areas, employees=people), "command", END)
    store.close()
    _fill(making, rows)
    making.rename(target)
    return target


def fresh_copy(rows: int, folder: Path) -> Path:
    """A copy to measure on."""
    return Path(shutil.copyfile(build(rows), folder / f"copy-{rows}.inbox"))


def _fill(file: Path, rows: int) -> None:
    db = sqlite3.connect(file, isolation_level=None)
    db.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -400000;")
    later = [row[0] for row in db.execute("SELECT sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")]
    for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL").fetchall():
        db.execute(f"DROP INDEX {name}")
    triggers = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        db.execute(f"DROP TRIGGER {name}")
    db.execute("BEGIN")
    db.executemany(
        "INSERT INTO account (network, handle, brand, server, remote_id, display_name, limits, paused, health, error, "
        "details, connected_at) VALUES ('mastodon', ?, '', '', '', '', '{}', 0, 'working', '', '{}', ?)",
        [(f"brand{n}", to_micros(END - SPAN)) for n in range(ACCOUNTS)],
    )
    db.executemany(
        "INSERT INTO author (id, network, remote_id, handle, name, followers, verified, tags) "
        "VALUES (?, 'mastodon', ?, ?, ?, ?, 0, '[]')",
        (_person(n) for n in range(1, rows // PER_AUTHOR + 1)),
    )
    made = _rows(rows)
    while batch := list(islice(made, _BATCH)):
        _insert(db, "thread", [each for each, _ in batch])
        _insert(db, "mention", [each for _, many in batch for each in many])
    db.execute("COMMIT")
    for sql in (
        *later,
        "INSERT INTO mention_fts (mention_fts) VALUES ('rebuild')",
        *(sql for _, sql in triggers),
        _COUNT,
    ):
        db.execute(sql)
    db.execute("ANALYZE")
    db.execute("PRAGMA journal_mode = WAL")
    db.close()


_COUNT = (
    "INSERT INTO counter (queue, area_id, assignee_id, n) "
    "SELECT queue, COALESCE(area_id, 0), COALESCE(assignee_id, 0), count(*) FROM thread GROUP BY 1, 2, 3"
)


def _insert(db: sqlite3.Connection, table: str, rows: list[dict[str, Any]]) -> None:
    names = list(rows[0])
    places = ", ".join(f":{name}" for name in names)
    db.executemany(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({places})", rows)


_ALIKE = {
    "network": "mastodon", "kind": "mention", "visibility": "public", "url": "", "language": "en", "automatic": 0,
    "acknowledgement": 0, "is_repost": 0, "before_connection": 0, "triaged": 1,
}  # fmt: skip


def _rows(rows: int) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Threads, each with its mentions: a question, an answer, a question ..."""
    chance, texts, threads = random.Random(2), Texts(3), rows // PER_THREAD + 1
    blank_thread = {each.name: None for each in thread.columns if each.computed is None}
    blank_mention = {each.name: None for each in mention.columns}
    step, number = SPAN / threads, 0
    for place in range(1, threads + 1):
        begun = END - SPAN + step * place
        fate, account = chance.random(), 1 + place % ACCOUNTS
        status = "new" if fate < 0.1 else "open" if fate < 0.15 else "waiting" if fate < 0.18 else "closed"
        writer = 1 + place * 7919 % (rows // PER_AUTHOR)
        said = [texts.one() for _ in range(min(PER_THREAD, rows - number))]
        if not said:
            return
        many = list[dict[str, Any]]()
        for turn, words_said in enumerate(said):
            number += 1
            at = to_micros(begun + timedelta(minutes=11 * turn))
            where = {"account_id": account, "thread_id": place, "author_id": writer}
            many.append({**blank_mention, **_mention(number, turn, at), **where, "text": words_said})
        last = many[-1]["created_at"]
        live = status in {"new", "open"}
        yield {
            **blank_thread, "id": place, "account_id": account, "author_id": writer, "network": "mastodon",
            "status": status, "priority": "normal", "area_id": None if fate < 0.01 else 1 + place % len(AREAS),
            "assignee_id": 1 + place % 30 if status == "open" else None, "hidden": 0, "needs_reply": 1, "unread": live,
            "escalated": 0, "version": 1, "mentions": len(many), "author_name": f"Person {writer}",
            "author_handle": f"person{writer}@there", "followers": writer * 7919 % 100_000, "text": said[-1][:280],
            "language": "en", "first_mention_at": many[0]["created_at"], "last_mention_at": last,
            "last_inbound_at": last, "last_outbound_at": many[1]["created_at"] if len(many) > 1 else None,
            "next_due_at": last + 14_400_000_000 if live else None, "warn_at": last + 14_000_000_000 if live else None,
            "breached": 0,
        }, many  # fmt: skip


def _mention(number: int, turn: int, at: int) -> dict[str, Any]:
    """The second of a thread is our answer; each answers the one before."""
    own = turn == 1
    return {
        **_ALIKE,
        "id": number,
        "global_id": global_id(number),
        "direction": "outbound" if own else "inbound",
        "created_at": at,
        "stored_at": at,
        "in_reply_to": global_id(number - 1) if turn else None,
        "needs_reply": not own,
    }


def _person(number: int) -> tuple[object, ...]:
    name = f"person{number}@there"
    return number, f"https://there/{number}", name, f"Person {number}", number * 7919 % 100_000


def global_id(number: int) -> str:
    """The network's id of a mention of the big workspace."""
    return f"https://there/posts/{number * 2654435761 % 2**40:013d}-{number}"


if __name__ == "__main__":
    sys.stdout.write(f"{build(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)}\n")
