"""The public data that hot issues are measured on, and the protocol, fixed before anything was tuned.

All is causal: what is said of a moment rests on what came before it. Cold start is left out: NAB's own probation
(15% of a series, 750 rows at most), and the first day of the airlines. One alert says one matter for its cool-down.
A hit is an alert within a stated time of a stated onset; all else is a false alarm. Hits by chance are those of as many
alerts at random times. They lie beside the project.
"""

import csv
import gzip
import json
import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from inbox.hot.seen import Seen

DATA = Path(__file__).parents[2].parent / "shared" / "data"
VOLUME = DATA / "volume"
AIRLINE = DATA / "mentions" / "airline.jsonl.gz"
BANKING = DATA / "labelled" / "banking77.jsonl.gz"
LATE_START = "AmericanAir"
"""Its collection began in the middle of a crisis, so its surge there is none."""
AIRLINES = ("united", "USAirways", "SouthwestAir", "JetBlue", "VirginAmerica")
FIRST_DAY_OVER = datetime(2015, 2, 18, tzinfo=UTC)
FLEEK = datetime(2015, 2, 23, 18, 15, 31, tzinfo=UTC)
"""When JetBlue's “fleet's on fleek” post was first quoted."""
_FALSE_WEIGHT = 0.11
_PROBATION_SHARE, _PROBATION_ROWS = 0.15, 5000
_FAR = 3.0

Series = list[tuple[datetime, float]]
Spans = list[tuple[int, int]]


def tickers() -> dict[str, tuple[Series, Spans]]:
    """Each series of the Numenta Anomaly Benchmark that there is, with the places of its events' windows."""
    labels = json.loads((VOLUME / "labels.json").read_text())
    found = {}
    for path in sorted(VOLUME.glob("Twitter_volume_*.csv.gz")):
        with gzip.open(path, "rt") as file:
            rows = [(_utc(at), float(count)) for at, count in list(csv.reader(file))[1:]]
        times = [at for at, _ in rows]
        windows = labels[f"realTweets/{path.name.removesuffix('.gz')}"]["windows"]
        spans = [(bisect_left(times, _utc(a)), bisect_right(times, _utc(b)) - 1) for a, b in windows]
        found[path.name.split("_")[2].split(".")[0]] = rows, spans
    return found


def nab_raw(rows: int, spans: Spans, alerts: Iterable[int]) -> float:
    """The standard profile's raw score of one series (Lavin and Ahmad, "Evaluating Real-time Anomaly Detection
    Algorithms", 2015): the earliest hit of each window counts by how early it is, a miss costs one, a false alarm up to
    0.11, less where it follows a window closely.
    """
    probation = int(min(_PROBATION_SHARE * rows, _PROBATION_SHARE * _PROBATION_ROWS))
    hits: dict[int, float] = {}
    false = 0.0
    for place in alerts:
        if place < probation:
            continue
        inside = next((n for n, (begin, end) in enumerate(spans) if begin <= place <= end), None)
        if inside is None:
            false += _FALSE_WEIGHT * _after(place, spans)
            continue
        begin, end = spans[inside]
        early = _sigmoid(-(end - place + 1) / (end - begin + 1)) / _sigmoid(-1)
        hits[inside] = max(hits.get(inside, -1.0), early)
    return sum(hits.values()) - (len(spans) - len(hits)) + false


def nab_score(raw: float, windows: int) -> float:
    """Normed as published: 0 says nothing ever, 100 finds all at once without a false alarm."""
    return 100 * (raw + windows) / (2 * windows)


def airline() -> list[Seen]:
    """The airlines' mentions in time order, without those of the one whose collection began late."""
    with gzip.open(AIRLINE, "rt") as file:
        rows = [json.loads(line) for line in file]
    found = [
        Seen(row["id"], _utc(row["created_at"]), row["account"], row["author"]["id"], row["text"])
        for row in rows
        if row["account"] != LATE_START
    ]
    return sorted(found, key=_place)


def complaints() -> list[list[str]]:
    """Questions that mean the same in other words: 77 groups of a bank's customers."""
    groups: dict[str, list[str]] = {}
    with gzip.open(BANKING, "rt") as file:
        for line in file:
            row = json.loads(line)
            groups.setdefault(row["intent"], []).append(row["text"])
    return list(groups.values())


def sudden_crises() -> dict[str, list[datetime]]:
    """The posts of each crisis with a sudden onset, from the onset on for two hours: at most five posts in the six
    hours before, five within a quarter of an hour of it and thirty within the hour.
    """
    posts: dict[str, list[datetime]] = {}
    with gzip.open(VOLUME / "crisis_timestamps.csv.gz", "rt") as file:
        for event, at in list(csv.reader(file))[1:]:
            posts.setdefault(event, []).append(_utc(at))
    found = {}
    for event, times in posts.items():
        times.sort()
        onset = next((n for n in range(len(times) - 29) if _is_onset(times, n)), None)
        if onset is not None and bisect_left(times, times[onset] - timedelta(hours=6)) >= onset - 5:
            found[event] = times[onset : bisect_right(times, times[onset] + timedelta(hours=2))]
    return found


def _is_onset(times: Sequence[datetime], place: int) -> bool:
    start = times[place]
    return times[place + 4] - start <= timedelta(minutes=15) and times[place + 29] - start <= timedelta(hours=1)


def _after(place: int, spans: Spans) -> float:
    before = [(begin, end) for begin, end in spans if end < place]
    if not before:
        return -1.0
    begin, end = before[-1]
    distance = (place - end) / (end - begin)
    return -1.0 if distance > _FAR else _sigmoid(distance)


def _sigmoid(distance: float) -> float:
    return 2 / (1 + math.exp(5 * distance)) - 1


def _place(mention: Seen) -> tuple[datetime, str]:
    return mention.at, mention.id


def _utc(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)
