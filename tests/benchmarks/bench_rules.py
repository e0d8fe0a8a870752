"""What 5,000 rules cost beside 200: compiling them, and deciding a mention; and live matches of a rule being written.

Usage: python -m tests.benchmarks.bench_rules [--rows N]
"""

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from inbox.flow import matching
from inbox.model.words import Priority
from inbox.model.workspace import Rule, Then, When, Workspace
from inbox.routing.facts import Facts
from inbox.routing.rules import Rules
from inbox.store.engine import open_store
from tests.benchmarks.bench_triage import WORDS, fill
from tests.benchmarks.bench_triage import workspace as talked
from tests.support.talk import START, Talk, at

FEW, MANY = 200, 5000
MENTIONS = 2000
COMPILE_GOAL, DECIDE_GOAL, MATCH_GOAL = 1.0, 100, 150
TAKES = 5
KEYSTROKES = 1204, 20_000


def rules(count: int) -> tuple[Rule, ...]:
    """Rules as teams write them: phrases, some with signs, expressions, networks, reach and what others chose."""
    words = WORDS.split()
    return tuple(
        Rule(
            f"rule {n}",
            When(
                text_any=() if n % 50 == 0 else (f"phrase {n}", f"#sign{n}", f"{words[n % len(words)]} {n}"),
                text_none=("found it",) if n % 7 == 0 else (),
                text_regex=rf"ticket\s*#{n}\d+" if n % 4 == 0 else None,
                network=("demo",) if n % 5 == 0 else (),
                followers_min=n if n % 3 == 0 else None,
                priority=(Priority.URGENT,) if n % 100 == 1 else (),
            ),
            Then(area=f"Area {n % 9}", priority=Priority.HIGH, tags=(f"tag{n}",)),
        )
        for n in range(count)
    )


def mentions() -> list[Facts]:
    """What customers write; every third says something that a rule knows."""
    draw = random.Random(7)
    spoken = ("", "", " phrase 77", "", "", " #sign12 ticket #40")
    texts = (" ".join(draw.choices(WORDS.split(), k=draw.randint(8, 18))) + spoken[n % 6] for n in range(MENTIONS))
    return [Facts(text, "demo", "air", START, followers=n % 400) for n, text in enumerate(texts)]


def compiled(count: int) -> tuple[Rules, float]:
    """The rules, and the seconds that compiling them took at best."""
    workspace = Workspace(areas=talked().areas, rules=rules(count))
    taken = [best(lambda: Rules.compile(workspace, lambda _name, _at: True), 1) for _ in range(3)]
    return Rules.compile(workspace, lambda _name, _at: True), min(taken)


def best(work: Callable[[], object], takes: int = TAKES) -> float:
    """The seconds of the quickest of some takes: a busy machine only ever adds."""
    taken = []
    for _ in range(takes):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return min(taken)


def keystroke(threads: int) -> float:
    """The seconds that a keystroke's matches take at worst of some rules, over so many threads."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "bench.inbox", create=True)
        rows = threads * 4 // 3 + 1
        fill(store, Talk(store, talked()), rows)
        read = matching.sample(store, days=3650, now=at(rows) + timedelta(days=1), limit=threads)
        then = Then(area="Baggage")
        asked = (
            Rule("words", When(text_any=("suitcase", "lost bag"), text_none=("gone",), kind=("mention",)), then),
            Rule("everything", When(), then),
            Rule("an expression", When(text_regex=r"flight\s+del\w+"), then),
        )
        taken = max(best(lambda rule=rule: matching.match(read, rule, typing="cre"), 3) for rule in asked)  # type: ignore[misc]
        store.close()
        return taken


def main() -> None:
    """Run it and print a line of JSON for each figure."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=0)  # the threads are as many as the goal names
    parser.parse_args()
    given = mentions()
    few, few_seconds = compiled(FEW)
    many, many_seconds = compiled(MANY)
    slow, quick = (best(lambda book=book: [book.decide(each) for each in given]) for book in (many, few))  # type: ignore[misc]
    micros = 1e6 / MENTIONS
    small, large = (keystroke(threads) for threads in KEYSTROKES)
    print_line("rules: compile 5,000", many_seconds, "s", COMPILE_GOAL, ("compile 200, s", few_seconds))
    print_line("rules: decide by 5,000", slow * micros, "µs", DECIDE_GOAL, ("decide by 200, µs", quick * micros))
    print_line("rules: a keystroke, 1,204 threads", small * 1e3, "ms", MATCH_GOAL, ("20,000 threads, ms", large * 1e3))


def print_line(name: str, figure: float, unit: str, goal: float, yardstick: tuple[str, float]) -> None:
    """One result as a line of JSON."""
    beside = {"yardstick": yardstick[0], "yardstick_figure": round(yardstick[1], 3)}
    line = {"name": name, "rows": MANY, "figure": round(figure, 3), "unit": unit, **beside}
    sys.stdout.write(json.dumps({**line, "ratio": round(figure / yardstick[1], 3), "goal": goal}) + "\n")


if __name__ == "__main__":
    main()
