"""Watches a workspace's mentions as they come and gives the alarm: bursts, slow rises, clusters and single posts."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final

from inbox.hot import raising
from inbox.hot.alarms import Budget, Matter, Matters, Threshold, worth_remembering
from inbox.hot.clock import Clock
from inbox.hot.copies import voices
from inbox.hot.expecting import Expecting, Running
from inbox.hot.growth import Growth
from inbox.hot.likeness import alike
from inbox.hot.mood import Mood
from inbox.hot.phrases import History, rise
from inbox.hot.rates import Rates
from inbox.hot.seen import Seen
from inbox.hot.volume import burst
from inbox.hot.watched import Watched
from inbox.hot.window import LENGTH, Entry, Window
from inbox.hot.words import terms
from inbox.model.incident import Alert, AlertKind

BASES: Final = {AlertKind.BURST: 4.5, AlertKind.CLUSTER: 4.5, AlertKind.RISE: 3.5}
"""From which surprise on, whatever was learnt. Rises change little from look to look, so that chance has fewer of them
a day than of what is looked for with every mention.
"""
_LATE: Final = timedelta(minutes=15)
"""A mention that comes later than that after newer ones is counted where it was posted, and alarms no more."""
_OF_BURST: Final = 0.25
_ALL_TERMS: Final = 600_000
_LOOKED_AFTER: Final = 10_000
"""After so many mentions the terms of all accounts are counted; there may be so many of them."""
_OF_ONE_AUTHOR: Final = 5
"""So many of one author's posts within an hour count for what is usual; more say nothing of the public."""


@dataclass(frozen=True, slots=True)
class Settings:
    """``[hot]`` of the workspace file. ``reach`` is from how many followers on an author is one of high reach,
    ``similarity`` (0 to 1) how much alike posts must be to count as voices of one cluster (see ``likeness.alike``),
    ``zone`` the one by whose clock the week has its hours.
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
    mood: Mood = field(default_factory=Mood)


class Detector:
    """Takes mentions about in the order of their posting. Bounded: an hour of each stream, and small counts."""

    def __init__(self, settings: Settings) -> None:
        """Knows nothing yet, so that it gives no alarm in its first days but for watched phrases and reach."""
        self.streams: dict[str, Stream] = {}
        self.budget = Budget()
        self.thresholds = {kind: Threshold(base, self.budget) for kind, base in BASES.items()}
        self.matters = Matters()
        self._growth = Growth()
        self._clock = Clock()
        self._learnt = 0
        self.use(settings)

    def use(self, settings: Settings) -> None:
        """Go on with other settings, knowing what is known."""
        self.settings = settings
        self.budget.per_day = settings.false_alarms_per_day
        self._expecting = Expecting(settings.campaigns)
        self._watched = Watched(settings.watch, settings.reach, settings.growth, self._growth)
        for stream in self.streams.values():
            stream.rates.baseline.week.use(settings.zone)

    def learn(self, kind: AlertKind, stream: str, words: tuple[str, ...], *, was_real: bool, at: datetime) -> None:
        """An alarm was dismissed, or confirmed: thresholds move, and what was dismissed is quiet for a week."""
        threshold = self.thresholds.get(kind)
        if threshold is not None:
            if was_real:
                threshold.confirmed()
            else:
                threshold.dismissed()
        if not was_real:
            topic = ":".join(stream.split(":")[:2]) if kind is AlertKind.CLUSTER else stream
            said = frozenset().union(*map(terms, words)) if words else frozenset()
            self.matters.mute(_rise_of(stream) if kind is AlertKind.RISE else topic, said, at)

    def recall(self, mention: Seen) -> None:
        """Put a mention that was counted before back into the last hour, after a restart."""
        right = self._clock.right(mention)
        entry = self._entry(right)
        for name in _streams_of(right):
            self._stream(name).window.add(entry)

    def see(self, mention: Seen) -> list[Alert]:
        """Count one mention where it was posted; the alarms that it gives."""
        right = self._clock.right(mention)
        found = list(self._watched.see(right, self.matters))
        entry = self._entry(right)
        for name in _streams_of(right):
            stream = self._stream(name)
            has_moved = self._count(stream, entry)
            if stream.window.newest is not None and stream.window.newest - entry.at > _LATE:
                continue
            if name.startswith("account:"):
                found.extend(self._cluster(stream, entry, right.text))
            found.extend(self._burst(name, stream, entry))
            if has_moved:
                found.extend(self._rise(name, stream, entry))
        return found

    def grown(self, mention: Seen) -> list[Alert]:
        """The engagement of a post that was counted before was read anew, at ``heard_at``: the alarms that gives.

        Nothing is counted.
        """
        return list(self._watched.grown(mention, self.matters))

    def _stream(self, name: str) -> Stream:
        found = self.streams.get(name)
        if found is None:
            found = self.streams[name] = Stream(window=window_of(name))
            found.rates.baseline.week.use(self.settings.zone)
        return found

    def _entry(self, mention: Seen) -> Entry:
        words = terms(mention.text)
        own = not mention.repost and self._stream(f"account:{mention.account}").window.is_new(words)
        return Entry(mention.at, mention.id, mention.author, words, own, mention.negative, mention.account)

    def _count(self, stream: Stream, entry: Entry) -> bool:
        """Whether a time is over that says what is usual."""
        if stream.window.by(entry.author) < _OF_ONE_AUTHOR:
            stream.rates.count(entry.at)
        for gone in stream.window.add(entry):
            if gone.voice:
                self._learn(stream, gone)
        newest = stream.window.newest
        return newest is not None and stream.rates.learn_to(newest - LENGTH, self._expecting.plan(stream.window))

    def _learn(self, stream: Stream, gone: Entry) -> None:
        times = self._expecting.times(gone.account, gone.at)
        if times == 1:
            stream.mood.learn(gone)
        if gone.terms and stream.window.indexed:
            stream.history.learn(gone, 1 / times, self._expecting.words(gone.account, gone.at))
            self._learnt += 1
            if self._learnt % _LOOKED_AFTER == 0:
                self._tidy()

    def _tidy(self) -> None:
        """Keep the terms of all accounts together within what memory is there for."""
        histories = [stream.history for stream in self.streams.values()]
        if sum(map(len, histories)) > _ALL_TERMS:
            for history in histories:
                history.forget()

    def _cluster(self, stream: Stream, entry: Entry, text: str) -> Iterator[Alert]:
        least, known = self.settings.min_authors, self._expecting.words(entry.account, entry.at)
        found = rise(stream.window, stream.history, entry, least, known)
        if found is None or not worth_remembering(found.score):
            return
        matter = self.matters.of(f"topic:{entry.account}", frozenset(found.terms), entry.at)
        if not self._is_alarming(AlertKind.CLUSTER, matter, found.score, entry.at):
            return
        own, copies = voices(stream.window.saying(found.terms[0]))
        own = alike(own, self.settings.similarity, lambda term: stream.history.share(term, entry.at))
        if len(own) < least:
            return
        matter.alarmed = True
        yield raising.of_cluster(found, own, copies, mood=stream.mood, newest=entry, text=text)

    def _burst(self, name: str, stream: Stream, entry: Entry) -> Iterator[Alert]:
        plan = self._expecting.plan(stream.window)
        found = burst(stream.window, stream.rates, self.settings.min_authors, plan)
        if found is None or not worth_remembering(found.score):
            return
        matter = self.matters.of(name, frozenset(), entry.at)
        if self._is_alarming(AlertKind.BURST, matter, found.score, entry.at):
            matter.alarmed = True
            if not self._is_said(name, stream):
                yield raising.of_volume(name, AlertKind.BURST, found, stream.window, mood=stream.mood, newest=entry)

    def _rise(self, name: str, stream: Stream, entry: Entry) -> Iterator[Alert]:
        if stream.window.authors < self.settings.min_authors:
            return
        found = stream.rates.climb(entry.at, self._expecting.plan(stream.window))
        if found is None or not worth_remembering(found.score):
            return
        matter = self.matters.of(_rise_of(name), frozenset(), entry.at)
        if self._is_alarming(AlertKind.RISE, matter, found.score, entry.at):
            matter.alarmed = True
            if not self.matters.is_alarmed(name, entry.at) and not self._is_said(name, stream):
                yield raising.of_volume(name, AlertKind.RISE, found, stream.window, mood=stream.mood, newest=entry)

    def _is_alarming(self, kind: AlertKind, matter: Matter, score: float, at: datetime) -> bool:
        """Whether a matter is surprising enough, and was not said before; it counts for the budget."""
        limit = self.thresholds[kind].at(at)
        self.budget.note(matter, score)
        return not matter.alarmed and score >= limit

    def _is_said(self, name: str, stream: Stream) -> bool:
        """Whether a cluster that the alarm was given for is what most of the burst is about."""
        topic = name.replace("account:", "topic:", 1)
        entries = stream.window.entries
        return any(
            sum(not matter.terms.isdisjoint(entry.terms) for entry in entries) >= _OF_BURST * len(entries)
            for matter in self.matters.open
            if matter.stream == topic and matter.alarmed
        )


def window_of(stream: str) -> Window:
    """An empty window; terms are followed by account alone."""
    return Window(indexed=stream.startswith("account:"))


def _streams_of(mention: Seen) -> list[str]:
    return [f"account:{mention.account}"] + ([f"area:{mention.area}"] if mention.area else [])


def _rise_of(stream: str) -> str:
    """What a stream's slow rises are known by: a rise must not silence the burst that follows it."""
    return f"rise:{stream}"
