"""Sorting by hand what the routing was not sure of: which thread comes next, and what is shown of it."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from inbox.model.ids import ThreadId
from inbox.model.placement import Placement
from inbox.model.thread import Thread, ThreadRow
from inbox.model.view import ThreadFilter
from inbox.model.workspace import UNSORTED, Workspace
from inbox.store import placements, threads, unsorted, views
from inbox.store.engine import Session
from inbox.store.unsorted import Candidate

NEAR: Final = timedelta(minutes=15)
"""A deadline whose policy has no warning is near so long before."""
SHOWN: Final = 200
"""So many threads are listed at once; the rest follows as these are sorted."""
NEWEST: Final = 5
"""So many of a thread's mentions are shown while sorting: enough to see what it is about."""


@dataclass(frozen=True, slots=True)
class Queue:
    """The unsorted threads in the order in which to sort them; ``left`` counts them all."""

    rows: tuple[ThreadRow, ...]
    left: int
    ranked: dict[ThreadId, Placement]
    held: tuple[ThreadRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """One unsorted thread to be read: its newest mentions, and what the routing made of it."""

    thread: Thread
    placement: Placement | None


def in_order(found: Iterable[Candidate], now: datetime) -> list[Candidate]:
    """Pressing ones first by deadline, then the most informative, then those nothing is known of, newest first.

    Most informative is where the learned area wavers most: the smallest margin between its two best areas, of
    equal ones the greatest entropy ("smallest margin" of uncertainty sampling). ``now`` is aware.
    """
    pressing: list[Candidate] = []
    known: list[Candidate] = []
    others: list[Candidate] = []
    for each in found:
        group = pressing if _presses(each, now) else known if each.ranked else others
        group.append(each)
    pressing.sort(key=lambda each: (each.due_at or now, each.id))
    known.sort(key=lambda each: (_margin(each), -_entropy(each), each.id))
    others.sort(key=lambda each: (each.last_mention_at, each.id), reverse=True)
    return [*pressing, *known, *others]


def queue(
    s: Session, workspace: Workspace, *, now: datetime, held: Sequence[ThreadId] = (), limit: int = SHOWN
) -> Queue:
    """The first ``limit`` unsorted threads; ``held`` asks which of those on a screen are unsorted still."""
    wanted = unsorted.filter_of(workspace)
    ids = [each.id for each in in_order(unsorted.candidates(s, wanted.areas), now)[:limit]]
    kept = unsorted.still(s, held, wanted.areas)
    # PostgreSQL's reads are not one snapshot: a thread may have been sorted since its number was read.
    rows = tuple(each for each in threads.rows(s, ids) if _is_unsorted(each, wanted))
    stays = {each.id: each for each in rows}
    stays |= {each.id: each for each in threads.rows(s, kept - set(ids)) if _is_unsorted(each, wanted)}
    placed = placements.of_threads(s, stays)
    return Queue(rows, views.count(s, wanted), placed, tuple(stays[each] for each in held if each in stays))


def reading(s: Session, thread_id: ThreadId) -> Reading:
    """What is shown of one thread. Raises ``NotFound``."""
    found = threads.get(s, thread_id, newest=NEWEST)
    return Reading(found, placements.of_threads(s, [thread_id]).get(thread_id))


def area_order(workspace: Workspace, placement: Placement | None) -> list[tuple[str, float | None]]:
    """Every area with its probability, the likeliest first; those that nothing is known of in their own order."""
    names = [area.name for area in workspace.areas if area.name != UNSORTED]
    shares = dict(placement.ranked) if placement is not None else {}
    ranked = sorted((name for name in names if name in shares), key=lambda name: -shares[name])
    return [*((name, shares[name]) for name in ranked), *((name, None) for name in names if name not in shares)]


def _is_unsorted(row: ThreadRow, wanted: ThreadFilter) -> bool:
    return row.status in wanted.statuses and (row.area_id is None or row.area_id in wanted.areas)


def _presses(each: Candidate, now: datetime) -> bool:
    """Whether its warning is due; a deadline without one warns a little before."""
    from_when = each.warn_at or (each.due_at - NEAR if each.due_at is not None else None)
    return from_when is not None and from_when <= now


def _margin(each: Candidate) -> float:
    shares = sorted((share for _area, share in each.ranked), reverse=True)
    return shares[0] - (shares[1] if len(shares) > 1 else 0.0)


def _entropy(each: Candidate) -> float:
    return -sum(share * math.log(share) for _area, share in each.ranked if share > 0)
