"""How soon hot issues are seen, at how many false alarms, and what watching costs a mention.

Usage: python -m tests.benchmarks.bench_hot [--rows N]; with fewer than a million less is spliced in.
See bench_hot_slow for slow rises and weekly habits, and bench_hot_week for cost and memory.
"""

import argparse
import itertools
import json
import random
import sys
import time
from datetime import timedelta
from statistics import median

from inbox.hot import series
from inbox.hot.detector import Detector, Settings
from inbox.hot.seen import Seen
from inbox.model.incident import Alert
from tests.benchmarks import hot_data
from tests.hot.scene import ordinary

Ticker = tuple[hot_data.Series, hot_data.Spans]
TRIALS = 200
SIZES = {5: 0.5, 10: 0.8, 20: 0.95, 50: 1.0}
QUARTER = timedelta(minutes=15)
HOUR = timedelta(hours=1)
HISTORY = timedelta(days=5)
HALF_LIVES = (3, 4, 5)
SMOOTHINGS = (20, 30, 45)
THRESHOLDS = (1.6, 1.8, 2.0, 2.2, 2.4)


def say(name: str, figure: float, unit: str, goal: str, *, yardstick: str = "", beside: float | None = None) -> None:
    """One result as the benchmarks print it."""
    ratio = None if beside is None else figure / beside if beside else 0.0
    told = {"name": name, "rows": 0, "figure": figure, "unit": unit, "goal": goal}
    print(json.dumps({**told, "yardstick": yardstick, "yardstick_figure": beside, "ratio": ratio}), flush=True)


def nab() -> None:
    """One setting for all series as the program has it, and each series by a setting chosen on the others."""
    found = hot_data.tickers()
    windows = sum(len(spans) for _, spans in found.values())
    raw = {name: _raw(name, found) for name in found}
    say("NAB realTweets, the program's setting", hot_data.nab_score(sum(raw.values()), windows), "score", "75")
    table = {}
    for half, smoothing, threshold in itertools.product(HALF_LIVES, SMOOTHINGS, THRESHOLDS):
        tuning = series.Tuning(timedelta(days=half), timedelta(minutes=smoothing), threshold)
        table[half, smoothing, threshold] = {name: _raw(name, found, tuning) for name in found}
    left_out = 0.0
    for name in found:
        best = max(table, key=lambda setting: _around(table, setting, name))
        left_out += table[best][name]
    say("NAB realTweets, leave one series out", hot_data.nab_score(left_out, windows), "score", "75")
    alarms = [place for rows, _ in found.values() for place, each in enumerate(series.judge(rows)) if each.alert]
    chance = _by_chance(found, len(alarms) // len(found))
    say("  the same number of alarms at random", hot_data.nab_score(chance, windows), "score", "-")


def _raw(name: str, found: dict[str, Ticker], tuning: series.Tuning = series.USUAL) -> float:
    rows, spans = found[name]
    return hot_data.nab_raw(len(rows), spans, [n for n, each in enumerate(series.judge(rows, tuning)) if each.alert])


def _around(
    table: dict[tuple[int, int, float], dict[str, float]], setting: tuple[int, int, float], left_out: str
) -> float:
    """How well a setting and its neighbours do on the other series: a lucky one stands alone."""
    axes = (HALF_LIVES, SMOOTHINGS, THRESHOLDS)
    near = [
        other
        for other in table
        if all(abs(axis.index(one) - axis.index(two)) <= 1 for axis, one, two in zip(axes, setting, other, strict=True))
    ]
    return sum(table[other][name] for other in near for name in table[other] if name != left_out) / len(near)


def _by_chance(found: dict[str, Ticker], alarms: int) -> float:
    chance = random.Random(5)
    draws = [
        sum(
            hot_data.nab_raw(len(rows), spans, sorted(chance.sample(range(len(rows)), alarms)))
            for rows, spans in found.values()
        )
        for _ in range(20)
    ]
    return sum(draws) / len(draws)


def topics() -> list[Seen]:
    """The airlines' week: what is raised for nothing, and how soon the one real matter is seen."""
    mentions = hot_data.airline()
    begun = time.process_time()
    alerts = _watch(mentions)
    taken = time.process_time() - begun
    real = [each for each in alerts if each.at >= hot_data.FLEEK and any("fle" in term for term in each.terms)]
    days = (mentions[-1].at - hot_data.FIRST_DAY_OVER) / timedelta(days=1)
    false = [each for each in alerts if each.at >= hot_data.FIRST_DAY_OVER and each not in real]
    say("five airlines, false alarms", len(false) / days, "a day", "1")
    say("fleek, from its first quote", (real[0].at - hot_data.FLEEK) / timedelta(minutes=1), "min", "6")
    say("watching a mention", 1000 * taken / len(mentions), "ms", "0.3")
    return mentions


def spliced(mentions: list[Seen], trials: int) -> None:
    """Similar complaints of different people within an hour of a real account's day: the share that is found."""
    groups = hot_data.complaints()
    for size, goal in SIZES.items():
        hits = sum(_is_found(mentions, groups, size, random.Random(n)) for n in range(trials))
        say(f"{size} complaints within an hour, found", hits / trials, "share", str(goal))


def _is_found(mentions: list[Seen], groups: list[list[str]], size: int, chance: random.Random) -> bool:
    account = chance.choice(hot_data.AIRLINES)
    start = hot_data.FIRST_DAY_OVER + timedelta(days=chance.randint(1, 5), hours=chance.uniform(0, 23))
    group = chance.choice([each for each in groups if len(each) >= size])
    times = sorted(start + HOUR * chance.random() for _ in range(size))
    texts = chance.sample(group, size)
    put = [Seen(f"s{n}", at, account, f"s{n}", text) for n, (at, text) in enumerate(zip(times, texts, strict=True))]
    last = times[Settings().min_authors - 1] + QUARTER
    around = [each for each in mentions if each.account == account and start - HISTORY < each.at <= last]
    alerts = _watch(sorted([*around, *(each for each in put if each.at <= last)], key=lambda each: each.at))
    own = {each.id for each in put}
    return any(each.at >= start and 2 * len(own & set(each.examples)) >= min(4, len(each.examples)) for each in alerts)


def crises(mentions: list[Seen]) -> None:
    """Crises with a sudden onset among an account's own mentions: minutes from their fifth post."""
    delays: list[float] = []
    sudden = hot_data.sudden_crises()
    for (event, times), account, hour in itertools.product(sudden.items(), hot_data.AIRLINES, (3, 9, 15, 21)):
        start = hot_data.FIRST_DAY_OVER + timedelta(days=2, hours=hour)
        put = [Seen(f"{event}{n}", start + (at - times[0]), account, f"s{n}", "") for n, at in enumerate(times)]
        around = [each for each in mentions if each.account == account and each.at <= put[-1].at]
        alerts = _watch(sorted([*around, *put], key=lambda each: each.at))
        found = next((each.at for each in alerts if each.at >= start), None)
        delays.append(float("inf") if found is None else (found - put[4].at) / timedelta(minutes=1))
    missed = sum(each == float("inf") for each in delays)
    say(f"{len(sudden)} sudden crises in five streams, missed", missed / len(delays), "share", "0")
    say("  delay from the fifth post, median", median(delays), "min", "5")


def quiet() -> None:
    """A made-up account that nothing happens to."""
    days = 28
    found = _watch(list(ordinary(days, per_hour=12)))
    say("an ordinary account, false alarms", len(found) / days, "a day", "1")


def _watch(mentions: list[Seen]) -> list[Alert]:
    detector = Detector(Settings())
    return [alert for mention in mentions for alert in detector.see(mention)]


def main() -> int:
    """Run all of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    asked = parser.parse_args()
    quiet()
    if not hot_data.AIRLINE.exists():
        print("The public mentions are not there: only what needs none of them was measured.", file=sys.stderr)
        return 0
    nab()
    mentions = topics()
    crises(mentions)
    spliced(mentions, min(max(asked.rows // 5_000, 20), TRIALS))
    return 0


if __name__ == "__main__":
    sys.exit(main())
