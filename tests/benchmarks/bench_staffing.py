"""How long it takes to find the people that each hour of the week needs, over 28 days of history.

Usage: python -m tests.benchmarks.bench_staffing [--rows N]: how many answers were asked for, 20,000 at most.
"""

import argparse
import json
import random
import sys
import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from inbox.flow.backtest.staff import micros
from inbox.flow.staffing.needed import Demand, needed
from inbox.flow.staffing.week import HOURS, Weeks

GOALS = {500: 1.0, 2_000: 2.0, 5_000: 5.0, 20_000: 30.0}
"""Seconds for so many answers; over a second the screen shows progress and a Stop."""

SINCE = datetime(2026, 10, 5, tzinfo=UTC)
DAYS = 28
MINUTE = 60_000_000


def main() -> None:
    """Run it and print a line of JSON for each size."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=max(GOALS))
    rows = parser.parse_args().rows
    weeks = Weeks(ZoneInfo("America/New_York"), SINCE, SINCE + timedelta(days=DAYS + 14))
    for size, goal in GOALS.items():
        if size > max(rows, min(GOALS)):
            continue
        demand = asked(size)
        began = time.process_time()
        found = needed(demand, weeks, 0.9, [True] * HOURS)
        took = time.process_time() - began
        result = {
            "name": f"staffing, {size:,} answers in {DAYS} days",
            "rows": size,
            "figure": round(took, 2),
            "unit": "s",
            "heads": sum(found.heads),
            "share": round(found.met / found.counted, 3),
            "goal": goal,
        }
        sys.stdout.write(json.dumps(result) + "\n")


def asked(size: int) -> Demand:
    """Answers asked for in the course of days: three times as many by day as by night, due within an hour."""
    rng = random.Random(size)
    at: list[int] = []
    while len(at) < size:
        minute = rng.randrange(DAYS * 24 * 60)
        if 9 <= minute // 60 % 24 < 21 or rng.random() < 1 / 3:
            at.append(micros(SINCE) + minute * MINUTE)
    at.sort()
    return Demand(at, [each + 60 * MINUTE for each in at], 6 * MINUTE)


if __name__ == "__main__":
    main()
