"""A week of a million mentions a day: what watching one costs, and whether memory grows, day by day.

Usage: python -m tests.benchmarks.bench_hot_week [--rows N], N being the mentions of the whole week; 7,000,000 is the
full one and takes about half an hour. Half of all come by one account, the rest by 300 others, the second half as large
as the first and so on down. Texts are of twelve words out of 40,000, common ones far more often (by the third power of
chance); a million people write, and a tenth only copies. Memory is that of the whole process after each day.
"""

import argparse
import random
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Final

from inbox.hot import keeping
from inbox.hot.detector import Detector, Settings
from inbox.hot.seen import Seen
from tests.benchmarks.bench_hot import say
from tests.hot.scene import START

_DAYS: Final = 7
_ACCOUNTS: Final = 301
_PAGE: Final = 4096
_AREAS: Final = 12
_PEOPLE: Final = 1_000_000


def memory() -> float:
    """What the process holds now, in MB; of Linux."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * _PAGE / 2**20


def week(count: int) -> Iterator[Seen]:
    """The mentions, evenly over the week."""
    chance, step = random.Random(1), timedelta(days=_DAYS) / count
    words = [f"{chance.choice('bcdfgklmnprst')}{n:x}" for n in range(40_000)]
    before = "nothing yet"
    for n in range(count):
        copied = chance.random() < 1 / 10
        text = before if copied else " ".join(words[int(len(words) * chance.random() ** 3)] for _ in range(12))
        account = 0 if chance.random() < 1 / 2 else 1 + int((_ACCOUNTS - 1) * chance.random() ** 3)
        yield Seen(
            str(n),
            START + n * step,
            f"Brand {account}",
            f"a{chance.randrange(_PEOPLE)}",
            text,
            area=f"Area {n % _AREAS}",
            negative=chance.random() < 1 / 4,
            repost=copied and n % 2 == 0,
        )
        before = text


def run(count: int) -> None:
    """Feed the week and say what each day cost."""
    detector = Detector(Settings())
    first = 0.0
    alarms, spent, day, fed = 0, 0.0, 0, 0
    for n, mention in enumerate(week(count)):
        begun = time.thread_time()
        alarms += len(detector.see(mention))
        spent += time.thread_time() - begun
        fed += 1
        if (n + 1) * _DAYS >= (day + 1) * count:
            day += 1
            held = memory()
            first = first or held
            say(
                f"memory after day {day} of {count // _DAYS:,} mentions",
                held,
                "MB",
                "flat",
                yardstick="day 1",
                beside=first,
            )
            say("  watching a mention that day", 1000 * spent / fed, "ms", "0.3")
            spent, fed = 0.0, 0
    begun = time.thread_time()
    keeping.documents(detector)
    say(f"keeping {len(detector.streams)} streams", time.thread_time() - begun, "s", "-")
    say("alarms of a week in which nothing happens", alarms / _DAYS, "a day", "1")


def main() -> int:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=350_000)
    run(max(_DAYS, parser.parse_args().rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
