"""How long the room of an incident with 20,000 threads takes to open, from the store to the screen, on both engines.

Usage: python -m tests.benchmarks.bench_room
"""

import argparse
import json
import os
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select, text

from inbox.flow.hot import by_hand, deciding, room
from inbox.model.ids import IncidentId
from inbox.store import hot, people
from inbox.store.engine import Store, open_store
from inbox.store.hot import StreamCount
from inbox.store.schema import account, author, thread
from tests.support.desk import NOON, many_waiting, staffed
from tests.support.postgres import running_cluster

THREADS = 20_000
GOAL = 0.5
TAKES = 7
LATER = NOON + timedelta(hours=7)
_LONGEST = 30.0


def build(store: Store, count: int) -> IncidentId:
    """An incident of so many threads of as many authors, with a long timeline and six hours of counts."""
    staffed(store)
    ids = many_waiting(store, "Billing", count)
    with store.write() as s:
        base = {"network": "fake", "tags": []}
        rows = [{**base, "remote_id": f"a{n}", "handle": f"a{n}", "name": f"A {n}"} for n in range(count)]
        authors = list(s.execute(author.insert().returning(author.c.id), rows).scalars())
        for place, (number, who) in enumerate(zip(ids, authors, strict=True)):
            values = {"author_id": who, "followers": place % 4000, "author_name": f"A {place}"}
            s.execute(thread.update().where(thread.c.id == number).values(values))
        handle = s.scalar(select(account.c.handle))
        # Six hours of it, and a week before, so that what is usual is worked out too.
        bins = [NOON + timedelta(minutes=5 * place) for place in range(-7 * 288, 84)]
        hot.count(s, [StreamCount(f"account:{handle}", each, 300, 280, 90, 10_000) for each in bins])
    incident, _ = by_hand.open_incident(store, "Double charges", ids, actor="ana", now=NOON)
    for minute in range(300):
        deciding.note(store, incident, f"Note {minute}", actor="ben", now=NOON + timedelta(minutes=minute))
    return incident


def reading(store: Store, incident: IncidentId) -> float:
    """Seconds to read everything that the room shows."""
    begun = time.perf_counter()
    with store.read() as s:
        found = room.read(s, incident, LATER)
    if found is None or len(found.threads) != room.PAGE:
        raise RuntimeError("The room holds something else.")
    return time.perf_counter() - begun


def opening(store: Store, incident: IncidentId) -> list[float]:
    """Seconds from asking for the room until it is painted: made anew the first time, then only shown again."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QEventLoop
    from PySide6.QtWidgets import QApplication

    from inbox.ui.context import Context
    from inbox.ui.incidents import RoomPage

    app = QApplication.instance() or QApplication([])
    context = Context(now=lambda: LATER)
    with store.read() as s:
        context.employees = people.employees(s)
    context.open(store, "benchmark")
    found = []
    for _ in range(TAKES):
        begun = time.perf_counter()
        page = RoomPage(context)
        page.resize(1224, 840)
        page.show()
        page.show_incident(incident)
        while page.room is None and time.perf_counter() - begun < _LONGEST:
            app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        page.grab()
        found.append(time.perf_counter() - begun)
        page.deleteLater()
        app.processEvents()
    context.lanes.close()
    return found


def main() -> None:
    """Run it and print a line of JSON for the figure."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=0)  # the threads are as many as the goal names
    parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measure("SQLite", str(Path(folder) / "room.inbox"))
    with running_cluster() as cluster:
        if cluster is not None:
            measure("PostgreSQL", cluster.create("room"))


def measure(engine: str, address: str) -> None:
    """Build a workspace there and print its line."""
    store = open_store(address, create=True)
    incident = build(store, THREADS)
    # As a store that has been in use is: its planner knows what it holds.
    with store.write() as s:
        s.execute(text("ANALYZE"))
    read = sorted(reading(store, incident) for _ in range(TAKES))[TAKES // 2]
    worst = max(opening(store, incident))
    store.close()
    line = {
        "name": f"room on {engine}: opened and painted, slowest of 7",
        "rows": THREADS,
        "figure": round(worst, 3),
        "unit": "s",
    }
    beside = {"yardstick": "read, s", "yardstick_figure": round(read, 3), "ratio": round(worst / read, 2)}
    sys.stdout.write(json.dumps({**line, **beside, "goal": GOAL}) + "\n")


if __name__ == "__main__":
    main()
