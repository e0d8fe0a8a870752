"""Watches a workspace's mentions as they come and gives the alarm: bursts, clusters, watched phrases, reach, growth."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final

from inbox.hot.alarms import Matters, Threshold, worth_remembering
from inbox.hot.copies import voices
from inbox.hot.expecting import Running
from inbox.hot.phrases import History, rise
from inbox.hot.rates import Rates
from inbox.hot.seen import Seen
from inbox.hot.volume import Burst, burst
from inbox.hot.watched import Watched
from inbox.hot.window import LENGTH, Entry, Window
from inbox.hot.words import spelled, terms
from inbox.model.incident import Alert, AlertKind, Severity

_BURST: Final = 4.5
_CLUSTER: Final = 4.5
_HIGH: Final = 12.0
_MEDIUM: Final = 7.0
_LATE: Final = timedelta(minutes=15)
"""A mention that comes later than that after newer ones is counted where it was posted, and alarms no more."""
_EXAMPLES: Final = 5
_COPIED: Final = 0.8
_OF_CLUSTER: Final = 0.5
_OF_BURST: Final = 0.25


@dataclass(frozen=True, slots=True)
class Settings:
    """``[hot]`` of the workspace file. ``reach`` is from how many followers on an author is one of high reach,
    ``similarity`` (0 to 1) how much alike posts must be to count as voices of one cluster, ``zone`` the
    one by whose clock the week has its hours.
    """

    min_authors: int = 4
    false_alarms_per_day: float = 1.0
    watch: tuple[str, ...] = ()
    reach: int = 50_000
    growth: int = 200
    similarity: float = 0.0
    zone: tzinfo = UTC
    campaigns: tuple[Running, ...] = ()


@dataclass(slots=True)
class Stream:
    """One account or area: its last hour and what is usual for it; ``history`` is of accounts alone."""

    window: Window = field(default_factory=Window)
    rates: Rates = field(default_factory=Rates)
    history: History = field(default_factory=History)


class Detector:
    """Takes mentions about in the order of their posting. Bounded: an hour of each stream, and small counts."""

    def __init__(self, settings: Settings) -> None:
        """Knows nothing yet, so that it gives no alarm in its first days but for watched phrases and reach."""
        self._settings = settings
        self.streams: dict[str, Stream] = {}
        self.bursts = Threshold(_BURST, settings.false_alarms_per_day)
        self.clusters = Threshold(_CLUSTER, settings.false_alarms_per_day)
        self.matters = Matters()
        self._watched = Watched(settings.watch, settings.reach, settings.growth)

    def use(self, settings: Settings) -> None:
        """Go on with other settings, knowing what is known."""
        self._settings = settings
        self.bursts.budget_per_day = self.clusters.budget_per_day = settings.false_alarms_per_day
        self._watched = Watched(settings.watch, settings.reach, settings.growth)

    def learn(self, kind: AlertKind, stream: str, words: tuple[str, ...], *, was_real: bool, at: datetime) -> None:
        """An alarm was dismissed, or confirmed: thresholds move, and what was dismissed is quiet for a week."""
        threshold = self.clusters if kind is AlertKind.CLUSTER else self.bursts
        if kind in {AlertKind.CLUSTER, AlertKind.BURST}:
            if was_real:
                threshold.confirmed()
            else:
                threshold.dismissed()
        if not was_real:
            topic = ":".join(stream.split(":")[:2]) if kind is AlertKind.CLUSTER else stream
            self.matters.mute(topic, frozenset().union(*map(terms, words)) if words else frozenset(), at)

    def recall(self, mention: Seen) -> None:
        """Put a mention that was counted before back into the last hour, after a restart."""
        words = terms(mention.text)
        for name in self._streams_of(mention):
            stream = self.streams.setdefault(name, Stream())
            told = words if name.startswith("account:") else frozenset[str]()
            own = not mention.repost and stream.window.is_new(told)
            stream.window.add(Entry(mention.at, mention.id, mention.author, told, own, mention.negative))

    def see(self, mention: Seen) -> list[Alert]:
        """Count one mention where it was posted; the alarms that it gives."""
        words = terms(mention.text)
        found = list(self._watched.see(mention, self.matters))
        names = self._streams_of(mention)
        for name in names:
            stream = self.streams.setdefault(name, Stream())
            entry = self._count(stream, mention, words if name == names[0] else frozenset())
            if stream.window.newest is not None and stream.window.newest - mention.at > _LATE:
                continue
            if name == names[0]:
                found.extend(self._cluster(stream, mention, entry))
            found.extend(self._burst(name, stream, mention.at))
        return found

    def grown(self, mention: Seen) -> list[Alert]:
        """The engagement of a post that was counted before has changed: the alarms that gives. Nothing is counted."""
        return list(self._watched.grown(mention, self.matters))

    def _streams_of(self, mention: Seen) -> list[str]:
        return [f"account:{mention.account}"] + ([f"area:{mention.area}"] if mention.area else [])

    def _count(self, stream: Stream, mention: Seen, words: frozenset[str]) -> Entry:
        window = stream.window
        own = not mention.repost and window.is_new(words)
        entry = Entry(mention.at, mention.id, mention.author, words, own, mention.negative)
        stream.rates.count(mention.at)
        for gone in window.add(entry):
            if gone.terms and gone.voice:
                stream.history.learn(gone)
        if window.newest is not None:
            stream.rates.learn_to(window.newest - LENGTH)
        return entry

    def _cluster(self, stream: Stream, mention: Seen, entry: Entry) -> Iterator[Alert]:
        found = rise(stream.window, stream.history, entry, self._settings.min_authors)
        if found is None or not worth_remembering(found.score):
            return
        matter = self.matters.of(f"topic:{mention.account}", frozenset(found.terms), mention.at)
        limit = self.clusters.at(mention.at)
        if matter.peak == 0.0:
            self.clusters.peak(mention.at, found.score)
        matter.peak = max(matter.peak, found.score)
        if matter.alarmed or found.score < limit:
            return
        own, copies = voices(stream.window.saying(found.terms[0]))
        if len(own) < self._settings.min_authors:
            return
        matter.alarmed = True
        shown = spelled(mention.text)
        together = tuple(
            shown.get(term) or " ".join(shown.get(word, word) for word in term.split())
            for term in _together(own, found.terms)
        )
        yield Alert(
            mention.at,
            f"topic:{mention.account}:{together[0]}",
            AlertKind.CLUSTER,
            _severity(found.score),
            found.score,
            found.authors,
            found.expected,
            len({each.author for each in own}),
            LENGTH,
            together,
            copies,
            tuple(each.id for each in own[-_EXAMPLES:]),
        )

    def _burst(self, name: str, stream: Stream, at: datetime) -> Iterator[Alert]:
        found = burst(stream.window, stream.rates, self._settings.min_authors)
        if found is None or not worth_remembering(found.score):
            return
        matter = self.matters.of(name, frozenset(), at)
        limit = self.bursts.at(at)
        if matter.peak == 0.0:
            self.bursts.peak(at, found.score)
        matter.peak = max(matter.peak, found.score)
        if matter.alarmed or found.score < limit:
            return
        matter.alarmed = True
        if not self._said(name, stream):
            yield _burst_alert(name, stream, found, at)

    def _said(self, name: str, stream: Stream) -> bool:
        """Whether a cluster that the alarm was given for is what most of the burst is about."""
        topic = name.replace("account:", "topic:", 1)
        entries = stream.window.entries
        return any(
            sum(not matter.terms.isdisjoint(entry.terms) for entry in entries) >= _OF_BURST * len(entries)
            for matter in self.matters.open
            if matter.stream == topic and matter.alarmed
        )


def _burst_alert(name: str, stream: Stream, found: Burst, at: datetime) -> Alert:
    entries = stream.window.within(found.length)
    own, copies = voices(entries)
    return Alert(
        at,
        name,
        AlertKind.BURST,
        Severity.LOW if copies > _COPIED * len(entries) else _severity(found.score),
        found.score,
        found.observed,
        found.expected,
        len({each.author for each in entries}),
        found.length,
        copies=copies,
        examples=tuple(each.id for each in own[-_EXAMPLES:]),
    )


def _together(entries: list[Entry], rising: tuple[str, ...]) -> tuple[str, ...]:
    """The rising terms, and those that half of these entries share beside them."""
    counts: dict[str, int] = {}
    for entry in entries:
        for term in entry.terms:
            counts[term] = counts.get(term, 0) + 1
    shared = [term for term, n in counts.items() if n >= _OF_CLUSTER * len(entries) and term not in rising]
    return (*rising, *sorted(shared, key=lambda term: -counts[term]))


def _severity(score: float) -> Severity:
    if score >= _HIGH:
        return Severity.HIGH
    return Severity.MEDIUM if score >= _MEDIUM else Severity.LOW
