"""What watching for hot issues costs a mention beside storing it, and how long settings take to be tried.

Usage: python -m tests.benchmarks.bench_watching [--rows N], N being the mentions that settings are tried on (at most
100,000): the airlines' week again and again. The yardstick of the lane is ingest, of the trial reading the same.
"""

import argparse
import json
import resource
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice, pairwise
from pathlib import Path

from inbox.flow.hot import trying
from inbox.flow.hot.knowing import CURSOR
from inbox.flow.hot.settings import USUAL
from inbox.flow.hot.watching import Watcher
from inbox.flow.ingest import store_page
from inbox.hot.seen import Seen
from inbox.model.mention import IncomingAuthor, IncomingMention
from inbox.model.words import SourceKind
from inbox.networks.base import PulledPage
from inbox.store import accounts, hot, sources
from inbox.store.engine import Store, open_store
from inbox.store.schema import mention
from tests.benchmarks import hot_data

MOST = 100_000
PAGE = 200
DAY = timedelta(days=1)


def say(name: str, rows: int, figure: float, unit: str, goal: str, beside: tuple[str, float]) -> None:  # noqa: PLR0917 - a result has as many parts
    """One result as the benchmarks print it."""
    told = {"name": name, "rows": rows, "figure": round(figure, 4), "unit": unit, "goal": goal}
    ratio = figure / beside[1] if beside[1] else 0.0
    print(json.dumps({**told, "yardstick": beside[0], "yardstick_figure": beside[1], "ratio": ratio}), flush=True)


def weeks(week: Sequence[Seen]) -> Iterator[IncomingMention]:
    """The mentions of a week, and the same a week later, and so on."""
    for number in range(1_000):
        for each in week:
            author = IncomingAuthor(f"{number} {each.author}", each.author)
            at = each.at + 7 * number * DAY
            yield IncomingMention("x", f"{number} {each.id}", author, each.text, at, account=each.account)


def fill(store: Store, made: Sequence[IncomingMention]) -> float:
    """Store mentions page by page, as if each had come when it was posted; the processor's seconds."""
    with store.write() as s:
        known = {
            each.account: accounts.ensure_unconnected(s, "x", each.account or "", each.created_at) for each in made
        }
        source_id = sources.ensure(s, next(iter(known.values())), SourceKind.MENTIONS)
    with store.read() as s:
        source, named = sources.get(s, source_id), {each.handle: each for each in accounts.all(s)}
    taken = 0.0
    for start in range(0, len(made), PAGE):
        pages: dict[str, list[IncomingMention]] = {}
        for each in made[start : start + PAGE]:
            pages.setdefault(each.account or "", []).append(each)
        begun = time.process_time()
        for handle, page in pages.items():
            pulled = PulledPage(tuple(page), (), str(start), more=True, read=len(page))
            store_page(store, named[handle], source, pulled, now=page[-1].created_at + DAY)
        taken += time.process_time() - begun
    with store.write() as s:
        s.execute(mention.update().values(triaged=True, before_connection=False))
    return taken


def lane(store: Store, made: Sequence[IncomingMention], now: datetime) -> None:
    """New mentions stored, and then watched, by one process."""
    with store.write() as s:
        hot.keep(s, [(CURSOR, {"mention": 0})], now)
    stored = fill(store, made) / len(made)
    watcher, begun = Watcher(store), time.process_time()
    while watcher.step(now) is not None:
        pass
    watched = (time.process_time() - begun) / len(made)
    say("watching a mention, with the store", len(made), 1000 * watched, "ms", "0.3", ("storing it", 1000 * stored))


def trial(store: Store, since: datetime, until: datetime) -> None:
    """Settings tried beside those in force; the longest that a stop is not heard, in the processor's time."""
    begun = time.process_time()
    with store.read() as s:
        ids = hot.posted(s, since, until)
        for start in range(0, len(ids), trying.PAGE):
            hot.numbered(s, ids[start : start + trying.PAGE])
    reading = time.process_time() - begun
    before, asked = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, [time.process_time()]

    def stop() -> bool:
        asked.append(time.process_time())
        return False

    begun = time.process_time()
    settings = (USUAL, replace(USUAL, min_authors=8, watch=("recall", "caught fire")))
    done = trying.side_by_side(store, settings, since=since, until=until, stop=stop)[0]
    taken = time.process_time() - begun
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    longest = max(two - one for one, two in pairwise(asked))
    say("two settings tried", done.mentions, taken, "s", "60", ("reading them", reading))
    say("  memory for it", done.mentions, grown, "MB", "200", ("", 0.0))
    say("  longest until a stop is heard", done.mentions, 1000 * longest, "ms", "200", ("", 0.0))


def main() -> None:
    """Run it and print a line of JSON a figure."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=MOST)
    rows = min(parser.parse_args().rows, MOST)
    week = hot_data.airline()
    made = list(islice(weeks(week), rows))
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "watched.inbox", create=True)
        lane(store, made[: len(week)], made[len(week) - 1].created_at)
        fill(store, made[len(week) :])
        trial(store, made[0].created_at, made[-1].created_at + DAY)
        store.close()


if __name__ == "__main__":
    main()
