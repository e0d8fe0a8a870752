"""How long one question of business time takes: ``elapsed`` over a month, ``due``, and making a calendar ready.

Usage: python -m tests.benchmarks.bench_calendar [--rows N]: how many questions, each at a start of its own.
"""

import argparse
import json
import random
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from datetime import time as clock
from typing import TypeVar

from inbox.model.people import WEEKDAYS, Interval
from inbox.model.workspace import Calendar
from inbox.sla.calendar import due, elapsed

Item = TypeVar("Item")

GOAL = 20
"""Microseconds for a span of a month."""

MOST = 20_000
MONTH = timedelta(days=31)
SHIFTS = (Interval(clock(9), clock(12, 30)), Interval(clock(13), clock(18)))
OFFICE = Calendar("office", "America/New_York", dict.fromkeys(WEEKDAYS[:6], SHIFTS), ("US", "NY"))


def main() -> None:
    """Run it and print a line of JSON for each question."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=MOST)
    rows = min(parser.parse_args().rows, MOST)
    rng = random.Random(1)
    first = datetime(2024, 1, 1, tzinfo=UTC)
    starts = [first + timedelta(seconds=rng.randrange(3 * 365 * 86_400)) for _ in range(rows)]
    elapsed(OFFICE, first, first + timedelta(days=4 * 366))  # the hours of these years made ready
    say("elapsed over a month", each(starts, lambda start: elapsed(OFFICE, start, start + MONTH)), rows, GOAL)
    say("due in 40 open hours", each(starts, lambda start: due(OFFICE, start, timedelta(hours=40))), rows, GOAL)
    cold = [replace(OFFICE, name=f"office {number}") for number in range(100)]
    ready = each(cold, lambda calendar: elapsed(calendar, first, first + MONTH), rounds=1)
    say("a month in a calendar never asked before", ready, len(cold), None)


def each(items: Sequence[Item], ask: Callable[[Item], object], *, rounds: int = 5) -> list[float]:
    """Seconds of the processor for each question, in some rounds of all; the best round counts."""
    runs = []
    for _ in range(rounds):
        took = []
        for item in items:
            begun = time.perf_counter()
            ask(item)
            took.append(time.perf_counter() - begun)
        runs.append(took)
    return sorted(min(runs, key=sum))


def say(name: str, took: list[float], rows: int, goal: int | None) -> None:
    """One result: the median, with the slow end beside it."""
    result = {
        "name": name,
        "rows": rows,
        "figure": round(took[len(took) // 2] * 1e6, 2),
        "unit": "µs",
        "p99": round(took[int(len(took) * 0.99)] * 1e6, 2),
        "goal": goal,
    }
    sys.stdout.write(json.dumps(result, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
