"""Threads tried per second by a backtest of 200 rules on one core, against a bare pass of the rules over their texts.

Usage: python -m tests.benchmarks.bench_backtest [--rows N]
"""

import argparse
import json
import sys
import tempfile
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from inbox.flow import backtest, clocks, triage
from inbox.flow.backtest import judging
from inbox.flow.rulebook import rulebook
from inbox.model.ids import ThreadId
from inbox.model.workspace import Rule, Then, When, Workspace
from inbox.store import config, history
from inbox.store.engine import Store, open_store
from inbox.store.history import Past
from inbox.store.schema import mention
from tests.benchmarks.bench_triage import fill, workspace
from tests.support.talk import Talk, at

GOAL = 2000
"""6,000 threads in 3 seconds."""
MOST = 50_000
"""Mentions that are triaged first; more would take minutes and say the same."""
SINCE = timedelta(days=3650)


def main() -> None:
    """Run it and print a line of JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=8_000)
    rows = min(parser.parse_args().rows, MOST)
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "bench.inbox", create=True)
        made = workspace()
        talk = Talk(store, replace(made, employees=tuple(replace(each, capacity=5) for each in made.employees)))
        fill(store, talk, rows)
        _wait_for_triage(store)
        triage.triage_pending(store, now=at(rows))
        clocks.due(store, now=at(rows))
        with store.read() as s:
            present = config.load(s)
        changed = replace(present, rules=(*present.rules, Rule("new", When(text_any=("refund",)), Then("Area 1"))))
        bare = _bare(_all(store, rows), present)
        begun = time.process_time()
        done = backtest.run(store, changed, since=SINCE, now=at(rows))
        took = time.process_time() - begun
        store.close()
    figure, yardstick = done.threads / took, done.threads / bare
    result: dict[str, Any] = {
        "name": "backtest",
        "rows": done.threads,
        "figure": round(figure),
        "unit": "threads/s",
        "yardstick": "deciding by the rules once, threads/s",
        "yardstick_figure": round(yardstick),
        "ratio": round(figure / yardstick, 3),
        "goal": GOAL,
    }
    sys.stdout.write(json.dumps(result) + "\n")


def _wait_for_triage(store: Store) -> None:
    """``fill`` leaves only the newest mentions to triage: here all wait."""
    with store.write(durable=False) as s:
        s.execute(mention.update().values(triaged=False))


def _all(store: Store, rows: int) -> list[Past]:
    with store.read() as s:
        return history.page(s, at(0), at(rows + 1), ThreadId(0), rows)


def _bare(page: list[Past], present: Workspace) -> float:
    """Seconds for one pass of the rules over what is read already."""
    rules = rulebook(present).rules
    facts = [judging.facts_of(past) for past in page]
    begun = time.process_time()
    for each in facts:
        rules.decide(each)
    return time.process_time() - begun


if __name__ == "__main__":
    main()
