"""How much is written to what an incident is about, against what is usual: mentions, people, negative share and reach.

What is usual comes from the detector's baseline where it has one, else from what the stored counts of the same hour on
earlier days say. Where nobody knows yet it is None, never a guess.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from math import sqrt
from statistics import median
from typing import Any, Final

from inbox.hot import keeping
from inbox.hot.rates import BIN
from inbox.hot.series import Baseline
from inbox.model.incident import OPEN_STATES, Incident
from inbox.store import accounts, hot, incident_volume
from inbox.store.engine import Session
from inbox.store.incident_volume import Heard

_BEFORE: Final = timedelta(hours=2)
_AFTER: Final = timedelta(hours=1)
_LONGEST: Final = timedelta(days=7)
_EARLIER: Final = timedelta(days=7)
_FEWEST_DAYS: Final = 3
"""So many earlier days tell what is usual."""
_SHARE_OVER: Final = timedelta(minutes=15)
"""The share of negative mentions is that of so long a time: of five minutes it would leap with every post."""
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_HOUR: Final = timedelta(hours=1)
_DAY: Final = timedelta(days=1)
_STEPS: Final = (
    (timedelta(hours=6), BIN),
    (_DAY, BIN * 3),
    (_LONGEST, BIN * 12),
    (6 * _LONGEST, BIN * 72),
)
"""So long a time is shown in steps of that length, a longer one in days."""
_Z: Final = 1.645
_LOW, _HIGH = 0.05, 0.95
"""The usual range holds nine of ten."""


class Measure(StrEnum):
    """What is counted; ``negative`` is a share of the mentions, from 0 to 1."""

    MENTIONS = "mentions"
    PEOPLE = "people"
    NEGATIVE = "negative"
    REACH = "reach"


@dataclass(frozen=True, slots=True)
class Range:
    """What is usual: nine of ten times it lies between ``low`` and ``high``."""

    low: float
    level: float
    high: float


@dataclass(frozen=True, slots=True)
class Volume:
    """Each measure in the steps of ``length`` that begin at ``times``, beside its usual range in each; None where
    nothing was written (of a share) or nobody knows. ``lately`` and ``lately_usual`` are of the last five minutes,
    ``most`` is the most mentions of any five minutes. ``accounts`` names whose they are, or the area.
    """

    length: timedelta
    times: tuple[datetime, ...]
    lines: dict[Measure, tuple[float | None, ...]]
    usual: dict[Measure, tuple[Range | None, ...]]
    lately: dict[Measure, float | None]
    lately_usual: dict[Measure, Range | None]
    most: int
    accounts: tuple[str, ...]


def read(s: Session, found: Incident, now: datetime, longest: timedelta = _LONGEST) -> Volume:
    """From two hours before an incident began until now, or until an hour after it was over: the newest ``longest`` of
    it where it took longer.
    """
    streams = _streams(s, found)
    until = now if found.state in OPEN_STATES else min(now, (found.closed_at or now) + _AFTER)
    since = max(min(found.began_at, until) - _BEFORE, until - longest)
    length = next((each for most, each in _STEPS if until - since <= most), _DAY)
    since = _floor(since, length)
    bins = {each.at: each for each in incident_volume.heard(s, streams, since - _SHARE_OVER, until)}
    last = _last_bin(bins, until)
    times = [since + length * step for step in range(max(1, (last + BIN - since) // length))]
    earlier = _Earlier(incident_volume.heard(s, streams, since - _EARLIER, since), since)
    baselines = [_baseline(hot.state(s, stream), until) for stream in streams]
    known = [each for each in baselines if each is not None]
    known = known if len(known) == len(streams) else []
    wanted = [(at, length) for at in times] + [(last, BIN)]
    lines = {each: [_value(each, bins, at, size) for at, size in wanted] for each in Measure}
    usual = {each: [_usual(each, earlier, known, at, size) for at, size in wanted] for each in Measure}
    return Volume(
        length,
        tuple(times),
        {each: tuple(values[:-1]) for each, values in lines.items()},
        {each: tuple(ranges[:-1]) for each, ranges in usual.items()},
        {each: values[-1] for each, values in lines.items()},
        {each: ranges[-1] for each, ranges in usual.items()},
        max((each.posts for each in bins.values() if each.at >= found.began_at - BIN), default=0),
        tuple(each.partition(":")[2] for each in streams),
    )


def _last_bin(bins: dict[datetime, Heard], until: datetime) -> datetime:
    """The five minutes that ended last; those that still run only once they hold more, or every line would seem to fall
    at its end.
    """
    running = _floor(until, BIN)
    whole = running - BIN
    so_far, before = (bins[at].posts if at in bins else 0 for at in (running, whole))
    return running if so_far >= before and so_far else whole


def _value(measure: Measure, bins: dict[datetime, Heard], at: datetime, length: timedelta) -> float | None:
    if measure is Measure.NEGATIVE:
        begin = min(at, at + length - _SHARE_OVER)
        return _share(bins[place] for place in _places(begin, at + length) if place in bins)
    return _sum(measure, (bins[place] for place in _places(at, at + length) if place in bins))


def _sum(measure: Measure, heard: Iterable[Heard]) -> float:
    name = {Measure.MENTIONS: "posts", Measure.PEOPLE: "authors", Measure.REACH: "reach"}[measure]
    return float(sum(getattr(each, name) for each in heard))


def _share(heard: Iterable[Heard]) -> float | None:
    these = list(heard)
    posts = sum(each.posts for each in these)
    return sum(each.negative for each in these) / posts if posts else None


def _usual(
    measure: Measure, earlier: "_Earlier", known: Sequence[Baseline], at: datetime, length: timedelta
) -> Range | None:
    """Mentions are what the baseline is of; of people it stands in where no earlier day was counted. What is usual in
    several hours is what is usual in each of them, together.
    """
    if length > _HOUR and measure is not Measure.NEGATIVE:
        hours = [_usual(measure, earlier, known, at + _HOUR * hour, _HOUR) for hour in range(length // _HOUR)]
        there = [each for each in hours if each is not None]
        sums = (sum(getattr(each, name) for each in there) for name in ("low", "level", "high"))
        return Range(*sums) if len(there) == len(hours) else None
    if measure is Measure.MENTIONS and known:
        return _expected(known, at, length)
    found = earlier.usual(measure, at, length)
    return _expected(known, at, length) if found is None and measure is Measure.PEOPLE and known else found


def _expected(known: Sequence[Baseline], at: datetime, length: timedelta) -> Range:
    """From level and spread of the baselines. They are of square roots, whose spread is nearly the same at every level:
    that of a count is twice its root times as wide.
    """
    mean = spread = 0.0
    for each in known:
        for place in _places(at, at + length):
            expected = each.expected(place)
            mean += expected
            spread += 4 * max(expected, 0.25) * each.variance
    reach = _Z * sqrt(spread)
    return Range(max(0.0, mean - reach), mean, mean + reach)


class _Earlier:
    """What was counted in each hour of the days before; days on which nothing at all was counted are left out, since
    nobody may have been there to count.
    """

    def __init__(self, heard: Sequence[Heard], until: datetime) -> None:
        self._bins = {each.at: each for each in heard}
        self._until = until
        self._first = heard[0].at if heard else until
        self._counted = {self._day(each.at) for each in heard}
        self._known: dict[tuple[Measure, int, timedelta], Range | None] = {}

    def usual(self, measure: Measure, at: datetime, length: timedelta) -> Range | None:
        """The same hour on the days before ``until``; None where too few were counted."""
        hour = at.astimezone(UTC).hour
        key = (measure, hour, length)
        if key not in self._known:
            self._known[key] = self._learnt(measure, hour, length)
        return self._known[key]

    def _learnt(self, measure: Measure, hour: int, length: timedelta) -> Range | None:
        hours = self._hours(hour)
        if len(hours) < _FEWEST_DAYS:
            return None
        if measure is Measure.NEGATIVE:
            return self._shares(hours)
        size = length // BIN
        samples = [
            _sum(measure, self._there(places[at : at + size]))
            for places in hours
            for at in range(0, len(places) - size + 1, size)
        ]
        return _range(samples, median(samples))

    def _hours(self, hour: int) -> list[list[datetime]]:
        """The bins of that hour on each day that was counted."""
        latest = self._until.astimezone(UTC).replace(hour=hour, minute=0, second=0, microsecond=0)
        begins = [latest - timedelta(days=back) for back in range(_EARLIER.days + 1)]
        over = timedelta(hours=1)
        return [
            _places(each, each + over)
            for each in begins
            if each >= self._first and each + over <= self._until and self._day(each) in self._counted
        ]

    def _shares(self, hours: Sequence[Sequence[datetime]]) -> Range | None:
        size = _SHARE_OVER // BIN
        parts = [self._there(places[at : at + size]) for places in hours for at in range(0, len(places), size)]
        samples = [share for part in parts if (share := _share(part)) is not None]
        level = _share(each for places in hours for each in self._there(places))
        return None if level is None else _range(samples, level)

    def _there(self, places: Sequence[datetime]) -> list[Heard]:
        return [self._bins[place] for place in places if place in self._bins]

    def _day(self, at: datetime) -> int:
        """How many whole days before the end."""
        return (self._until - at) // timedelta(days=1)


def _range(samples: list[float], level: float) -> Range:
    ranked = sorted(samples)
    low, high = (ranked[round(share * (len(ranked) - 1))] for share in (_LOW, _HIGH))
    return Range(min(low, level), level, max(high, level))


def _places(since: datetime, until: datetime) -> list[datetime]:
    return [since + BIN * place for place in range((until - since) // BIN)]


def _floor(at: datetime, length: timedelta) -> datetime:
    return _EPOCH + (at - _EPOCH) // length * length


def _streams(s: Session, found: Incident) -> list[str]:
    """The counted streams that tell how much is written: the incident's own, else its account's, else all accounts'."""
    kind, _, name = found.stream.partition(":")
    if kind in {"account", "area"}:
        return [found.stream]
    if kind == "watched" and hot.counts(s, found.stream, found.began_at - BIN, found.began_at + BIN):
        # What was said before it was watched for was not counted.
        return [found.stream]
    if kind == "topic":
        return [f"account:{name.partition(':')[0]}"]
    handles = [each.handle for each in accounts.all(s) if found.account_id in {None, each.id}]
    return [f"account:{each}" for each in handles]


def _baseline(document: dict[str, Any], now: datetime) -> Baseline | None:
    if "baseline" not in document:
        return None
    found = keeping.baseline_of(document)
    return found if found.knows(now) else None
