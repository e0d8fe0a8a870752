"""Clocks: the stored measurements of how long a customer waited."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from inbox.model.ids import ClockId, ThreadId
from inbox.model.words import Metric


@dataclass(frozen=True, slots=True)
class Clock:
    """One measurement. All times aware UTC; ``target`` is business time in the policy's calendar.

    Running: none of ``met_at`` and ``cancelled_at`` is set. ``paused`` spans are (from, to), ``to`` being
    None while it is paused. ``policy`` and ``calendar`` are names as they were when the clock was last
    evaluated; ``started_by`` is the mention that started it.
    """

    id: ClockId
    thread_id: ThreadId
    metric: Metric
    cycle: int
    started_at: datetime
    due_at: datetime | None
    warn_at: datetime | None
    met_at: datetime | None
    breached_at: datetime | None
    cancelled_at: datetime | None
    cancel_reason: str | None
    policy: str | None
    calendar: str | None
    target: timedelta | None
    paused: tuple[tuple[datetime, datetime | None], ...] = ()

    @property
    def running(self) -> bool:
        """True until the clock is met or cancelled."""
        return self.met_at is None and self.cancelled_at is None
