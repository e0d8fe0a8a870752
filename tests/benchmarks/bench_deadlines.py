"""How long a transaction holds the write lock while 10,000 deadlines of the same second are acted on.

Usage: python -m tests.benchmarks.bench_deadlines [--rows N]. Measured in time of the processor, on SQLite.
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from inbox.flow import clocks
from inbox.model.words import PolicyAction, Role
from inbox.model.workspace import Policy
from inbox.sla.policy import Terms
from inbox.store import config
from inbox.store.engine import Session, Store, open_store
from inbox.store.schema import clock, employee, thread
from tests.support.desk import NOON, many_waiting, person, staffed

GOAL = 30
"""Milliseconds, as for every other transaction beside which people work."""
MOST = 10_000
HOUR = timedelta(hours=1)
KINDS: dict[str, tuple[tuple[PolicyAction, ...], int]] = {
    "telling owner and supervisors": ((PolicyAction.TELL_OWNER, PolicyAction.TELL_SUPERVISOR), MOST),
    "raising priority": ((PolicyAction.RAISE_PRIORITY,), MOST // 10),
    "reassigning": ((PolicyAction.REASSIGN,), MOST // 10),
}


def main() -> None:
    """Run it and print a line of JSON for each kind of action."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=MOST)
    rows = parser.parse_args().rows
    for name, (actions, most) in KINDS.items():
        with tempfile.TemporaryDirectory() as folder:
            store = open_store(Path(folder) / "bench.inbox", create=True)
            fill(store, actions, min(rows, most))
            began = time.process_time()
            held = sorted(held_times(store))
            took = time.process_time() - began
            store.close()
        result: dict[str, Any] = {
            "name": f"deadlines in one second, {name}",
            "rows": min(rows, most),
            "figure": round(held[int(len(held) * 0.95)] * 1000, 1),
            "unit": "ms p95",
            "median": round(held[len(held) // 2] * 1000, 1),
            "longest": round(held[-1] * 1000, 1),
            "transactions": len(held),
            "seconds": round(took, 2),
            "goal": GOAL,
        }
        sys.stdout.write(json.dumps(result) + "\n")


def fill(store: Store, actions: tuple[PolicyAction, ...], rows: int) -> None:
    """Threads of 20 people and 2 supervisors, all due an hour after noon."""
    team = [person(f"p{number}", "Baggage") for number in range(20)]
    leads = [replace(person(name, "Baggage", capacity=0), roles=(Role.SUPERVISOR,)) for name in ("sue", "tom")]
    policy = Policy("p", first_response=HOUR, on_breach=actions)
    made = replace(staffed(store, *team, *leads), policies=(policy,))
    with store.write() as s:
        config.save(s, made, "command", NOON)
    many_waiting(store, "Baggage", rows)
    terms = Terms("p", None, HOUR, timedelta(0), ("Baggage", "normal", None), (), actions).to_json()
    with store.write() as s:
        s.execute(clock.update().values(due_at=NOON + HOUR, policy="p", terms=terms))
        first = s.scalar(select(employee.c.id).where(employee.c.name == "p0"))
        owner = first + thread.c.id % len(team)
        s.execute(thread.update().values(assignee_id=owner, status="open", assigned_at=NOON))


def held_times(store: Store) -> list[float]:
    """For how many seconds each transaction held the lock."""
    held: list[float] = []
    real = store.write

    @contextmanager
    def timed(*, durable: bool = True) -> Iterator[Session]:
        with real(durable=durable) as s:
            began = time.process_time()
            yield s
        held.append(time.process_time() - began)

    store.write = timed  # type: ignore[method-assign]
    clocks.due(store, now=NOON + HOUR)
    return held


if __name__ == "__main__":
    main()
