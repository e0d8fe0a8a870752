"""Pulling a list that is given newest first, so that nothing is lost wherever the program dies.

A pull walks from the top of the list down to the boundary of the last one. Each page is yielded with a cursor
that keeps the old boundary and where the walk stands; only the last page moves the boundary to the top that
the walk began with. Three traps of Bluesky's lists are dealt with here:

- Entries are listed at the time their author claims, so that one may appear late, below the boundary. Every walk
  goes ``NEAR`` further down, and one every ``SWEEP_EVERY`` goes ``FAR``.
- Where a page's cursor is a time, the next page begins strictly before it, and entries of the same millisecond
  are passed over. The walk asks from one millisecond later and leaves out what it has had.
- A list may end above the boundary. Then the span between is a gap.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from inbox.model.account import Source
from inbox.networks.base import PulledPage
from inbox.networks.bluesky import cursor as places
from inbox.networks.bluesky.cursor import Cursor, Walk
from inbox.networks.bluesky.parse import Item
from inbox.networks.errors import Refused, Unreachable

NEAR = timedelta(minutes=2)
FAR = timedelta(hours=6)
SWEEP_EVERY = timedelta(minutes=30)

_MS = timedelta(milliseconds=1)
_AHEAD = timedelta(days=1)
_RELOOK = timedelta(days=7)
_ENOUGH_TO_MISS = 5
_MOST_OLDER = 1000
_STUCK_PAGES = 20
_REMEMBERED = 20_000

Span = tuple[datetime, datetime, str]


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of a list as the network gives it, newest first, and its name of the next page."""

    entries: list[Any]
    next: str | None


class Feed(Protocol):
    """A list on the network."""

    def fetch(self, at: str | None, *, since: datetime | None) -> Listing:
        """The page named ``at`` (None: the top). Entries before ``since`` may be left out.
        Raises ``NetworkError``.
        """

    def read(self, entries: list[Any]) -> list[Item]:
        """The entries, each with its mentions or the bad payload it is. Never raises."""

    def complete(self, items: list[Item]) -> list[Item]:
        """The items with what the list does not hold of their authors. Raises ``NetworkError``."""


class Seen:
    """The marks of entries that are stored, the latest ``_REMEMBERED`` of them, so that walking the same ground
    again is cheap. Forgetting one only costs the store a repeat that it recognises.
    """

    def __init__(self) -> None:
        self._marks: OrderedDict[str, None] = OrderedDict()

    def add(self, items: list[Item]) -> None:
        """These are stored."""
        for item in items:
            if item.mark:
                self._marks[item.mark] = None
        while len(self._marks) > _REMEMBERED:
            self._marks.popitem(last=False)

    def __contains__(self, item: Item) -> bool:
        return item.mark in self._marks


@dataclass(slots=True)
class _Descent:
    """A walk under way: where it stands (``at``, None being the top of the list) and what it has met."""

    cursor: Cursor
    to: datetime | None
    sweep: bool
    resumed: bool
    at: str | None = None
    top: datetime | None = None
    low: datetime | None = None
    older: int = 0
    still: int = 0

    @classmethod
    def start(cls, cursor: Cursor, walk: Walk | None, now: datetime) -> "_Descent":
        """From the top, or from where ``walk`` was broken off."""
        if walk is not None:
            return cls(cursor, walk.to, walk.sweep, resumed=True, at=walk.next, top=walk.top)
        sweep = cursor.swept is None or now - cursor.swept >= SWEEP_EVERY
        return cls(cursor, _lower(cursor, FAR if sweep else NEAR), sweep, resumed=False)

    def met(self, items: list[Item], latest: datetime) -> bool:
        """Take note of a page; True when the walk is far enough down."""
        times = [item.at for item in items if item.at is not None]
        self.older += len(items)
        if self.top is None and not self.resumed:
            # A time far ahead is a lie and must not become the boundary.
            self.top = max((time for time in times if time < latest), default=None)
        before, self.low = self.low, min([*times, *([self.low] if self.low else [])], default=None)
        self.still = 0 if self.low != before else self.still + 1
        return bool(times) and self.to is not None and times[-1] <= self.to

    def below(self, following: str) -> Cursor:
        """The place between two pages."""
        return replace(self.cursor, walk=Walk(following, self.top, self.to, self.sweep))

    def done(self, now: datetime, *, ended: bool) -> Cursor:
        """The place at the end; ``ended`` where the list ended above the lower bound."""
        upto = max((at for at in (self.top, self.cursor.upto) if at is not None), default=None)
        known = min(_MOST_OLDER, self.older if ended else max(self.older, self.cursor.older))
        return Cursor(upto, self.cursor.floor, known, now if self.sweep else self.cursor.swept)


class Puller:
    """One pull of one source."""

    def __init__(self, feed: Feed, seen: Seen, *, now: Callable[[], datetime]) -> None:
        self._feed, self._seen, self._now = feed, seen, now

    def pages(self, source: Source, since: datetime | None) -> Iterator[PulledPage]:
        """As ``NetworkClient.pull`` says. Raises ``NetworkError``."""
        if source.cursor is None:
            yield from self._first(since)
            return
        try:
            cursor = places.read(source.cursor)
        except ValueError:
            # Which of the stored mentions hang together is not known: fetch some days again.
            known = source.last_mention_at
            yield from self._walk(Cursor(floor=known - _RELOOK if known else since), None)
            return
        if cursor.walk is not None:
            for page in self._walk(cursor, cursor.walk):
                cursor = places.read(page.cursor or source.cursor)
                yield replace(page, more=True)
        yield from self._walk(cursor, None)

    def _first(self, since: datetime | None) -> Iterator[PulledPage]:
        """The first pull: back to ``since``, or only the place to start from."""
        if since is not None:
            yield from self._walk(Cursor(floor=since.astimezone(UTC) - _MS), None)
            return
        items = self._feed.read(self._feed.fetch(None, since=None).entries)
        way = _Descent(Cursor(), None, sweep=True, resumed=False)
        way.met(items, self._now() + _AHEAD)
        start = replace(way.done(self._now(), ended=False), floor=way.top)
        yield PulledPage((), (), start.written(), more=False, read=len(items))

    def _walk(self, cursor: Cursor, walk: Walk | None) -> Iterator[PulledPage]:
        way = _Descent.start(cursor, walk, self._now())
        while True:
            try:
                listing = self._feed.fetch(way.at, since=way.to)
            except Refused:
                if way.at is None:
                    raise
                yield from self._turned_away(way)
                return
            items = self._feed.read(listing.entries)
            reached = way.met(items, self._now() + _AHEAD)
            fresh = self._feed.complete([item for item in items if self._wanted(item, cursor)])
            if reached or listing.next is None:
                place, gap = way.done(self._now(), ended=not reached), None if reached else _missing(way)
                yield _page(fresh, place, read=len(items), more=False, gap=gap)
                self._seen.add(fresh)
                return
            if way.still > _STUCK_PAGES:
                raise Unreachable("Bluesky keeps sending the same pages.")
            following, crowd = _next(listing.next, asked=way.at)
            yield _page(fresh, way.below(following), read=len(items), more=True, gap=crowd)
            self._seen.add(fresh)
            way.at = following

    def _turned_away(self, way: _Descent) -> Iterator[PulledPage]:
        """The network does not give the next page."""
        if way.resumed:
            # It may have forgotten the page's name; from the top nothing is missed.
            yield from self._walk(replace(way.cursor, walk=None), None)
            return
        gap = _gap(way.to, way.low or self._now())
        yield PulledPage((), (), way.done(self._now(), ended=True).written(), more=False, read=0, gap=gap)

    def _wanted(self, item: Item, cursor: Cursor) -> bool:
        above = cursor.floor is None or item.at is None or item.at > cursor.floor
        return above and item not in self._seen


def _lower(cursor: Cursor, below: timedelta) -> datetime | None:
    """How far down a walk goes: some way below the boundary, and not below the floor."""
    if cursor.upto is None:
        return cursor.floor
    to = cursor.upto - below
    return to if cursor.floor is None else max(to, cursor.floor)


def _next(given: str, *, asked: str | None) -> tuple[str, Span | None]:
    """The page to ask for next: where its name is a time, a millisecond later than given (see above).

    That may be the page we just had, where a whole page shares one millisecond. Then the rest of that moment
    cannot be had, which is a gap of a millisecond.
    """
    try:
        at = datetime.fromisoformat(given)
    except ValueError:
        return given, None
    if at.tzinfo is None:
        return given, None
    later = (at.astimezone(UTC) + _MS).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    if later == asked:
        return given, (at, at + _MS, "More posts of one moment than Bluesky lists.")
    return later, None


def _missing(way: _Descent) -> Span | None:
    """The gap of a list that ended above the boundary, though entries were listed below it before."""
    upto = way.cursor.upto
    if upto is None or way.low is None or way.low <= upto or way.cursor.older < _ENOUGH_TO_MISS:
        return None
    return _gap(upto, way.low)


def _gap(start: datetime | None, end: datetime) -> Span | None:
    return None if start is None or end <= start else (start, end, "Bluesky does not list posts that far back.")


def _page(fresh: list[Item], place: Cursor, *, read: int, more: bool, gap: Span | None) -> PulledPage:
    """Oldest first within the page: a reply follows what it answers."""
    mentions = [mention for item in reversed(fresh) for mention in item.mentions]
    mentions.sort(key=lambda mention: mention.created_at)
    bad = tuple(item.bad for item in reversed(fresh) if item.bad is not None)
    return PulledPage(tuple(mentions), bad, place.written(), more=more, read=read, gap=gap)
