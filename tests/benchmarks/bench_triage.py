"""Mentions triaged per second on one core: facts, 200 rules, the learned area, clocks and assignment, against their
plain storing.

Usage: python -m tests.benchmarks.bench_triage [--rows N]
"""

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import time as clock
from datetime import timedelta
from pathlib import Path
from typing import Any

from inbox.flow import triage
from inbox.flow.encoding import encoder
from inbox.model.ids import AreaId, EmployeeId
from inbox.model.people import Area, Employee, Interval
from inbox.model.placement import Corrected, ModelState
from inbox.model.words import Priority
from inbox.model.workspace import Calendar, Policy, Rule, Then, When, Workspace
from inbox.store import learned
from inbox.store.engine import Session, Store, open_store
from inbox.store.schema import author, mention, thread
from tests.support.talk import Talk, at

GOAL = 700
LOCK_GOAL = 100
MEASURED = 6000
"""Mentions that are triaged, in a store of all the rows."""
WORDS = (
    "flight delayed again and nobody at the gate can tell us why my suitcase is gone where refund please "
    "help the app crashes when I pay thanks for the lovely crew booking changed seat upgrade hours "
    "waiting phone line cancelled "
)
RARE = tuple(f"{a}{b}{c}" for a in ("lor", "nim", "sat", "quo", "ver") for b in ("", "du", "pe", "ka") for c in
    ("rem", "tis", "bola", "nge", "ffy", "st", "wick", "ander", "ous", "ily"))  # fmt: skip
"""Made-up words, so that what is learnt is as large as of real posts."""
FIRST, LAST = 8, 18
TAUGHT = 1500
"""Examples that the learned area is trained on before the measuring begins."""
CHUNK = 20_000


def workspace() -> Workspace:
    """200 rules, 10 areas with keywords, 20 employees, and a policy on a calendar with gaps."""
    areas = tuple(
        Area(AreaId(0), f"Area {n}", tuple(f"keyword{n} {word}" for word in WORDS.split()[:5])) for n in range(9)
    )
    baggage = Area(AreaId(0), "Baggage", ("suitcase", "carousel"))
    hours = tuple(Interval(*_hours(begin, end)) for begin, end in ((9, 12), (13, 18)))
    week = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), hours)
    rules = tuple(
        Rule(
            f"rule {n}",
            When(text_any=(f"phrase {n}", f"issue {n} again"), text_regex=rf"ticket\s*#{n}\d+" if n % 4 == 0 else None),
            Then(area="Baggage", priority=Priority.HIGH, tags=(f"tag{n}",)),
        )
        for n in range(200)
    )
    policy = Policy("standard", calendar="service", first_response=timedelta(hours=1), resolution=timedelta(hours=8))
    calendar = Calendar("service", "Europe/Berlin", week)
    staff = tuple(Employee(EmployeeId(0), f"e{n}", f"E {n}", areas=("Baggage",)) for n in range(20))
    return Workspace(areas=(*areas, baggage), employees=staff, calendars=(calendar,), policies=(policy,), rules=rules)


def fill(store: Store, talk: Talk, rows: int) -> float:
    """Store mentions, of which the newest wait for triage; returns the seconds that the inserts took."""
    draw = random.Random(7)
    taken = 0.0
    for start in range(0, rows, CHUNK):
        numbers = range(start, min(start + CHUNK, rows))
        mentions = [_mention(talk, number, draw, triaged=number < rows - MEASURED) for number in numbers]
        first = [each for each in mentions if each["direction"] == "inbound"]
        begun = time.perf_counter()
        with store.write(durable=False) as s:
            s.execute(author.insert(), [_author(each["author_id"]) for each in first])
            s.execute(thread.insert(), [_thread(each) for each in first])
            s.execute(mention.insert(), mentions)
        taken += time.perf_counter() - begun
    return taken


def _mention(talk: Talk, number: int, draw: random.Random, *, triaged: bool) -> dict[str, Any]:
    """Every fourth is our answer to the third of its four; the others begin a thread each."""
    answer = number % 4 == 3
    thread_id = number - number // 4 + (0 if answer else 1)
    return {
        "network": "demo",
        "global_id": f"m{number}",
        "account_id": talk.account_id,
        "thread_id": thread_id,
        "author_id": thread_id,
        "direction": "outbound" if answer else "inbound",
        "text": text(draw),
        "created_at": at(number),
        "stored_at": at(number),
        "triaged": triaged,
    }


def text(draw: random.Random) -> str:
    """A post of common and made-up words."""
    words = [*draw.choices(WORDS.split(), k=draw.randint(FIRST, LAST)), *draw.choices(RARE, k=3)]
    draw.shuffle(words)
    return " ".join(words)


def teach(store: Store) -> None:
    """Train the learned area on made-up posts, each area's with a word of its own, and put it into use.

    What is measured lacks these words, so the learned area is sure of nothing and asks the encoder of every post.
    """
    from inbox.routing.training import Example, train

    draw = random.Random(3)
    areas = [area.name for area in workspace().areas]
    taught = [
        Example(f"{text(draw)} {RARE[areas.index(name)]}", name, author=str(number))
        for number, name in enumerate(draw.choices(areas, k=TAUGHT))
    ]
    data = train(taught, encoder=encoder()).dump()
    with store.write() as s:
        state, at_start = ModelState.CURRENT, at(0)
        learned.add(s, Corrected.AREA, state, data, form=1, examples=TAUGHT, figures={}, sentence="", now=at_start)


def _author(number: int) -> dict[str, Any]:
    return {"id": number, "network": "demo", "remote_id": f"a{number}", "handle": f"a{number}", "tags": []}


def _thread(of: dict[str, Any]) -> dict[str, Any]:
    same = {name: of[name] for name in ("account_id", "author_id", "network", "text")}
    posted = of["created_at"]
    return {"id": of["thread_id"], **same, "first_mention_at": posted, "last_mention_at": posted, "mentions": 1}


def main() -> None:
    """Run it and print a line of JSON for the speed and one for how long writers are kept waiting."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=50_000)
    rows = parser.parse_args().rows
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "bench.inbox", create=True)
        talk = Talk(store, workspace())
        stored = rows / fill(store, talk, rows)
        teach(store)
        triage.triage_pending(
            store, now=at(rows), limit=1, stop=iter([False, True]).__next__
        )  # loads the language model
        held = watch_locks(store)
        begun = time.process_time()
        done = triage.triage_pending(store, now=at(rows))
        figure = done.mentions / (time.process_time() - begun)
        store.close()
    beside: dict[str, Any] = {"yardstick": "storing the same mentions, rows/s", "yardstick_figure": round(stored)}
    speed = {"figure": round(figure), "unit": "mentions/s", **beside, "ratio": round(figure / stored, 3), "goal": GOAL}
    longest = sorted(held)[int(len(held) * 0.99)] * 1000
    batch = triage.BATCH / stored * 1000
    beside = {
        "yardstick": "storing as many, ms",
        "yardstick_figure": round(batch, 1),
        "ratio": round(longest / batch, 2),
    }
    lock = {"figure": round(longest, 1), "unit": "ms p99", **beside, "goal": LOCK_GOAL}
    for name, result in (("triage", speed), ("triage: write lock held", lock)):
        sys.stdout.write(json.dumps({"name": name, "rows": rows, **result}) + "\n")


def watch_locks(store: Store) -> list[float]:
    """The seconds of each write transaction from now on, as they come."""
    held: list[float] = []
    write = store.write

    @contextmanager
    def timed(*, durable: bool = True) -> Iterator[Session]:
        begun = time.perf_counter()
        with write(durable=durable) as s:
            yield s
        held.append(time.perf_counter() - begun)

    store.write = timed  # type: ignore[method-assign]
    return held


def _hours(begin: int, end: int) -> tuple[Any, Any]:
    return clock(begin), clock(end)


if __name__ == "__main__":
    main()
