"""Clocks: the waits of a thread set against deadlines. Pure; flow stores what comes out."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from inbox.model.ids import MentionId
from inbox.model.words import Metric
from inbox.model.workspace import Calendar
from inbox.sla.calendar import due, elapsed
from inbox.sla.pairing import Before, Key, paired, same_start
from inbox.sla.policy import ALWAYS, Terms
from inbox.sla.waits import Wait

__all__ = ["Before", "Key", "Measured", "deadline", "measure"]

Spans = Sequence[tuple[datetime, datetime | None]]


@dataclass(frozen=True, slots=True)
class Measured:
    """A clock as it should be stored. ``breached_at`` is the deadline that was missed; ``was`` is the stored clock
    that it goes on, None for a new one.
    """

    metric: Metric
    cycle: int
    mention_id: MentionId | None
    started_at: datetime
    due_at: datetime | None
    warn_at: datetime | None
    met_at: datetime | None
    breached_at: datetime | None
    cancelled_at: datetime | None
    cancel_reason: str | None
    terms: Terms
    paused: tuple[tuple[datetime, datetime | None], ...]
    was: Key | None = None

    @property
    def ended_at(self) -> datetime | None:
        """When it was met or cancelled, None while it runs."""
        return self.met_at or self.cancelled_at


@dataclass(frozen=True, slots=True)
class _Promise:
    """What a wait is held against, and the deadline that it missed, if it is known to have."""

    terms: Terms
    due_at: datetime | None
    warn_at: datetime | None
    breached_at: datetime | None


def measure(
    waits: Sequence[Wait],
    fresh_terms: Callable[[Metric], Terms],
    stored: Sequence[Before],
    calendars: Mapping[str, Calendar],
    now: datetime,
    *,
    anew: Collection[str] = (),
) -> list[Measured]:
    """Each wait with its deadline. ``calendars`` are those that can measure time.

    A clock that has ended, or whose area and priority are what they were, keeps its terms. What has breached stays
    breached, unless it now turns out that it had not: it ended in time, started later, or was paused before.
    A deadline that has passed is a breach, also where nobody has marked it yet. The hours of the calendars ``anew``
    have changed: what runs by them and is not late yet is due anew.
    """
    pairs = zip(waits, paired(waits, stored), strict=True)
    return [
        _measured(wait, was, _Measure(wait, was, fresh_terms, calendars, now, anew).promise()) for wait, was in pairs
    ]


def _measured(wait: Wait, was: Before | None, promise: _Promise) -> Measured:
    return Measured(
        wait.metric,
        wait.cycle,
        wait.mention_id,
        wait.started_at,
        promise.due_at,
        promise.warn_at,
        wait.met_at,
        promise.breached_at,
        wait.cancelled_at,
        wait.cancel_reason,
        promise.terms,
        tuple(wait.paused),
        None if was is None else was.key,
    )


@dataclass(frozen=True, slots=True)
class _Measure:
    """One wait beside the clock that was stored of it."""

    wait: Wait
    was: Before | None
    fresh_terms: Callable[[Metric], Terms]
    calendars: Mapping[str, Calendar]
    now: datetime
    anew: Collection[str]

    def promise(self) -> _Promise:
        was, ended = self.was, self.wait.ended_at
        if was is None:
            return self._under(self.fresh_terms(self.wait.metric))
        known = self._known(was)
        if known.breached_at is not None or ended is not None or self._passed(known.due_at):
            return known
        fresh = self.fresh_terms(self.wait.metric)
        if fresh.basis == known.terms.basis:
            return known
        return self._under(known.terms.followed_by(fresh, self.now))

    def _known(self, was: Before) -> _Promise:
        """By the terms that it ran under, each for its time: the first deadline to pass is the breach."""
        ended = self.wait.ended_at
        if was.breached_at is None and ended is None and self._as_it_was(was, None):
            return self._under(was.terms)
        since = was.terms.earlier[-1][0] if was.terms.earlier else was.breached_at
        if (
            was.breached_at is not None
            and since is not None
            and self._as_it_was(was, was.breached_at)
            and self._outlasts(max(since, was.breached_at))
        ):
            return _Promise(was.terms, was.due_at, was.warn_at, was.breached_at)
        for until, terms in was.terms.stretches():
            found = self._under(terms)
            if until is None or (ended is not None and ended <= until):
                return self._still_late(was, found)
            if found.due_at is not None and found.due_at <= until and self._outlasts(found.due_at):
                return self._still_late(was, found)
        raise ValueError("Terms have no end.")

    def _under(self, terms: Terms) -> _Promise:
        """The deadline by these terms; breached where the wait ended after it."""
        was = self.was
        if was is not None and was.terms == terms and self._as_it_was(was, None) and not self._stale(was):
            due_at, warn_at = was.due_at, was.warn_at
        else:
            due_at, warn_at = self._deadlines(terms)
        ended = self.wait.ended_at
        late = due_at is not None and ended is not None and ended > due_at
        return _Promise(terms, due_at, warn_at, due_at if late else None)

    def _still_late(self, was: Before, found: _Promise) -> _Promise:
        """A breach that was acted on is the same one when it turns out to have been earlier or a little later."""
        if was.breached_at is None or self.wait.ended_at is not None or found.due_at is None:
            return found
        if found.due_at > max(self.now, was.breached_at):
            return found
        return _Promise(found.terms, found.due_at, found.warn_at, found.due_at)

    def _as_it_was(self, was: Before, until: datetime | None) -> bool:
        """Whether nothing has changed about its start, nor about its pauses before ``until`` (None: ever)."""
        if not same_start(was, self.wait):
            return False
        return _before(was.paused, until) == _before(self.wait.paused, until)

    def _stale(self, was: Before) -> bool:
        """Whether the deadline that was stored was worked out with other hours, and may still move."""
        over = self.wait.ended_at is not None or was.breached_at is not None or self._passed(was.due_at)
        return not over and was.terms.calendar in self.anew

    def _outlasts(self, at: datetime) -> bool:
        return self.wait.ended_at is None or self.wait.ended_at > at

    def _passed(self, due_at: datetime | None) -> bool:
        return due_at is not None and due_at <= self.now

    def _deadlines(self, terms: Terms) -> tuple[datetime | None, datetime | None]:
        calendar = ALWAYS if terms.calendar is None else self.calendars.get(terms.calendar)
        if calendar is None:
            # It is gone, or cannot measure any more: what was worked out with it stands.
            return (None, None) if self.was is None else (self.was.due_at, self.was.warn_at)
        due_at = deadline(calendar, self.wait, terms.target)
        if due_at is None or terms.target is None or not terms.warn_before:
            return due_at, None
        return due_at, deadline(calendar, self.wait, max(terms.target - terms.warn_before, timedelta(0)))


def deadline(calendar: Calendar, wait: Wait, target: timedelta | None) -> datetime | None:
    """When the target is used up, the paused spans left out in business time; None while paused or without one."""
    if target is None:
        return None
    allowed = target
    found = due(calendar, wait.counts_from, allowed)
    for begin, end in wait.paused:
        if found is not None and found <= begin:
            return found
        if end is None:
            return None
        allowed += elapsed(calendar, begin, end)
        found = due(calendar, wait.counts_from, allowed)
    return found


def _before(spans: Spans, until: datetime | None) -> list[tuple[datetime, datetime | None]]:
    """The parts of spans before an instant; one that reaches it has no end. None: all as they are."""
    if until is None:
        return list(spans)
    return [(begin, end if end is not None and end < until else None) for begin, end in spans if begin < until]
