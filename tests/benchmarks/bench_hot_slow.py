"""Slow rises and weekly habits: what is seen, how soon, and what alarms for nothing.

Usage: python -m tests.benchmarks.bench_hot_slow [--rows N]; N sets how many streams of each kind are made: 4 to 24.

The protocol, fixed before anything was tuned. A stream is quiet for 14 days and then climbs evenly to its double within
6 hours, or to its triple within 24, and stays there for 12 more; at 6, 20 and 60 mentions an hour. Days lie apart by a
seventh, and day and night by a half, from the mean. A hit is the first alarm of any kind after the onset; beside it
stands what bursts alone find, with slow rises left out. All alarms before the onset are false. On the benchmark's real
series (NAB) the rise is looked for at every row by the same threshold and cool-down; there every alarm outside an
event's window counts as false, so that the figure is an upper bound. Busy Mondays: four times as many write from 8 to
11 by the clock of Berlin for ten weeks, through the change of clocks; and once on a Wednesday.
"""

import argparse
import sys
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import Final

from inbox.hot.alarms import COOL_DOWN
from inbox.hot.detector import BASES, Detector, Settings
from inbox.hot.rates import BIN, Rates
from inbox.hot.seen import Seen
from inbox.hot.window import LENGTH
from inbox.model.incident import Alert, AlertKind
from tests.benchmarks import hot_data
from tests.benchmarks.bench_hot import say
from tests.hot.scene import BERLIN, MONDAYS, START, WEDNESDAY, busy_mondays, climbing, onset_of

HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)
LEVELS: Final = (6, 20, 60)
CLIMBS: Final = ((2.0, 6 * HOUR), (3.0, 24 * HOUR))
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_KNOWN: Final = timedelta(weeks=3)


def rises(streams: int) -> None:
    """The streams that climb."""
    false: list[Alert] = []
    days = 0.0
    for per_hour in LEVELS:
        for times, over in CLIMBS:
            found: list[float] = []
            bursts = 0
            for seed in range(streams):
                onset = onset_of(seed)
                made = climbing(times, over, per_hour=per_hour, seed=seed, wave=0.5, differ=1 / 7)
                alarms = watched(made, Settings())
                false += [each for each in alarms if each.at < onset]
                days += (onset - START) / DAY
                after = [each for each in alarms if each.at >= onset]
                found += [(each.at - onset) / HOUR for each in after[:1]]
                bursts += any(each.kind is not AlertKind.RISE for each in after)
            name = f"{per_hour} an hour, {times:.0f} times within {over / HOUR:.0f} h"
            beside = bursts / streams
            say(f"{name}: found", len(found) / streams, "share", "-", yardstick="without rises", beside=beside)
            say("  delay from the onset, median", median(found) if found else float("inf"), "h", "-")
    slow = [each for each in false if each.kind is AlertKind.RISE]
    say("before they climb, false alarms", len(false) / days, "a day", "1")
    say("  slow rises among them", len(slow) / days, "a day", "-")


def real_series() -> None:
    """Slow rises in the real series."""
    inside = alarms = 0
    days = 0.0
    for rows, spans in hot_data.tickers().values():
        found = climbs(rows)
        alarms += len(found)
        inside += sum(any(begin <= place <= end for begin, end in spans) for place in found)
        days += (rows[-1][0] - rows[0][0]) / DAY
    say("NAB, slow rises outside of events", (alarms - inside) / days, "a day", "1")
    say("  slow rises within events", inside, "alarms", "-")


def climbs(rows: hot_data.Series) -> list[int]:
    """The rows at which a slow rise would give an alarm."""
    rates, last, found = Rates(), None, []
    for place, (at, count) in enumerate(rows):
        rates.open_bins[(at - _EPOCH) // BIN] = int(count)
        rates.learnt_to = (at - _EPOCH) // BIN - 1 if rates.learnt_to is None else rates.learnt_to
        rates.learn_to(at - LENGTH)
        climb = rates.climb(at + BIN)
        if climb is not None and climb.score >= BASES[AlertKind.RISE]:
            if last is None or at - last >= COOL_DOWN:
                found.append(place)
            last = at
    return found


def weeks() -> None:
    """Busy Mondays, before and after they are known."""
    for zone in (BERLIN, UTC):
        alarms = [each for each in watched(busy_mondays(10), Settings(zone=zone)) if each.kind is AlertKind.BURST]
        known = [each for each in alarms if each.at >= MONDAYS + _KNOWN]
        clock = "the clock of Berlin" if zone is BERLIN else "UTC, through the change of clocks"
        monday = sum(each.at.weekday() == 0 for each in known)
        say(f"busy Mondays by {clock}, once known", monday, "of 7", "0")
        hit = [each.at - WEDNESDAY for each in known if each.at.date() == WEDNESDAY.date()]
        say("  as busy on a Wednesday, delay", hit[0] / timedelta(minutes=1) if hit else float("inf"), "min", "-")


def watched(mentions: Iterable[Seen], settings: Settings) -> list[Alert]:
    """The alarms of a stream."""
    detector = Detector(settings)
    return [alert for mention in mentions for alert in detector.see(mention)]


def main() -> int:
    """Run all of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    rises(min(max(parser.parse_args().rows // 40_000, 4), 24))
    weeks()
    if hot_data.VOLUME.exists():
        real_series()
    return 0


if __name__ == "__main__":
    sys.exit(main())
