"""Which stored clock each wait goes on: late arrivals move starts and number cycles anew, but a wait stays the same."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from inbox.model.ids import MentionId
from inbox.model.words import Metric
from inbox.sla.policy import Terms
from inbox.sla.waits import Wait

Key = tuple[Metric, int]


@dataclass(frozen=True, slots=True)
class Before:
    """A clock as it was stored."""

    metric: Metric
    cycle: int
    mention_id: MentionId | None
    started_at: datetime
    due_at: datetime | None
    warn_at: datetime | None
    breached_at: datetime | None
    ended_at: datetime | None
    terms: Terms
    paused: tuple[tuple[datetime, datetime | None], ...] = ()

    @property
    def key(self) -> Key:
        """Its name within the thread."""
        return self.metric, self.cycle


def paired(waits: Sequence[Wait], stored: Sequence[Before]) -> list[Before | None]:
    """For each wait the stored clock that measured it: begun by the same mention at the same time, else the first
    of the same metric that ran while it did.
    """
    left = list(stored)
    found: list[Before | None] = [_taken(left, wait, same_start) if left else None for wait in waits]
    for place, wait in enumerate(waits):
        if found[place] is None and left:
            found[place] = _taken(left, wait, _overlap)
    return found


def same_start(was: Before, wait: Wait) -> bool:
    """Whether deadlines count from where they did. A met first response may show an earlier post as its start."""
    return was.mention_id == wait.mention_id and was.started_at in (wait.counts_from, wait.started_at)


def _taken(left: list[Before], wait: Wait, fits: Callable[[Before, Wait], bool]) -> Before | None:
    for place, each in enumerate(left):
        if each.metric is wait.metric and fits(each, wait):
            return left.pop(place)
    return None


def _overlap(was: Before, wait: Wait) -> bool:
    begins_within = wait.ended_at is None or was.started_at < wait.ended_at
    return begins_within and (was.ended_at is None or wait.counts_from < was.ended_at)
