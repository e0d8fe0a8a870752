"""Clocks: the waits of a thread set against deadlines. Pure; flow stores what comes out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from inbox.model.ids import MentionId
from inbox.model.words import Metric
from inbox.model.workspace import Calendar
from inbox.sla.calendar import due, elapsed
from inbox.sla.policy import ALWAYS, Terms
from inbox.sla.waits import Wait

Key = tuple[Metric, int]


@dataclass(frozen=True, slots=True)
class Measured:
    """A clock as it should be stored. ``breached_at`` is the deadline that was missed."""

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

    @property
    def ended_at(self) -> datetime | None:
        """When it was met or cancelled, None while it runs."""
        return self.met_at or self.cancelled_at


@dataclass(frozen=True, slots=True)
class Before:
    """What is remembered of a clock that was stored earlier."""

    started_at: datetime
    due_at: datetime | None
    warn_at: datetime | None
    breached_at: datetime | None
    ended: bool
    terms: Terms
    paused: tuple[tuple[datetime, datetime | None], ...] = ()


def measure(
    waits: Sequence[Wait],
    fresh_terms: Callable[[Metric], Terms],
    before: Mapping[Key, Before],
    calendars: Mapping[str, Calendar],
) -> list[Measured]:
    """Each wait with its deadline. Raises ``CalendarRefused``.

    A clock that has ended, or whose area and priority are what they were, keeps its terms; what has breached
    stays breached, unless it now turns out to have ended in time.
    """
    return [_measured(wait, _terms(wait, fresh_terms, before), before, calendars) for wait in waits]


def _terms(wait: Wait, fresh_terms: Callable[[Metric], Terms], before: Mapping[Key, Before]) -> Terms:
    stored = before.get((wait.metric, wait.cycle))
    if stored is not None and (stored.ended or stored.breached_at is not None):
        return stored.terms
    fresh = fresh_terms(wait.metric)
    return stored.terms if stored is not None and stored.terms.basis == fresh.basis else fresh


def _measured(wait: Wait, terms: Terms, before: Mapping[Key, Before], calendars: Mapping[str, Calendar]) -> Measured:
    stored = before.get((wait.metric, wait.cycle))
    if stored is not None and stored.started_at != wait.started_at:
        stored = None
    if stored is not None and stored.terms == terms and stored.paused == tuple(wait.paused):
        due_at, warn_at = stored.due_at, stored.warn_at
    else:
        due_at, warn_at = _due_and_warn(wait, terms, calendars)
    known = None if stored is None else stored.breached_at
    missed = known or due_at
    ended_late = missed is not None and wait.ended_at is not None and wait.ended_at > missed
    still_late = known is not None and wait.ended_at is None
    return Measured(
        wait.metric,
        wait.cycle,
        wait.mention_id,
        wait.started_at,
        due_at,
        warn_at,
        wait.met_at,
        missed if ended_late or still_late else None,
        wait.cancelled_at,
        wait.cancel_reason,
        terms,
        tuple(wait.paused),
    )


def _due_and_warn(
    wait: Wait, terms: Terms, calendars: Mapping[str, Calendar]
) -> tuple[datetime | None, datetime | None]:
    calendar = calendars.get(terms.calendar or "", ALWAYS)
    due_at = deadline(calendar, wait, terms.target)
    if due_at is None or terms.target is None or not terms.warn_before:
        return due_at, None
    return due_at, deadline(calendar, wait, max(terms.target - terms.warn_before, timedelta(0)))


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
