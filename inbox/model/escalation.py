"""Escalations: calls for help that must be acknowledged, and the ladder that they climb."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from inbox.model.ids import EmployeeId, EscalationId, IncidentId, ThreadId


class EscalationState(StrEnum):
    """Where a call stands; ``exhausted`` has called everybody as often as its policy says, and nobody answered."""

    RUNNING = "running"
    ACKNOWLEDGED = "acknowledged"
    EXHAUSTED = "exhausted"
    CANCELLED = "cancelled"


class CallState(StrEnum):
    """What became of one person's or service's call."""

    DUE = "due"
    SENT = "sent"
    FAILED = "failed"
    NOBODY = "nobody there"


@dataclass(frozen=True, slots=True)
class LadderStep:
    """Whom a step calls, and how long it waits for an answer. A target is an employee's name, ``on shift:AREA``,
    ``crisis lead``, ``supervisor``, or ``apprise:SERVICE`` or ``webhook:NAME``, whose addresses are secrets.
    """

    to: tuple[str, ...]
    wait: timedelta = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Ladder:
    """An escalation policy: its steps, and how often all of them are repeated."""

    name: str
    steps: tuple[LadderStep, ...]
    repeat: int = 0


@dataclass(frozen=True, slots=True)
class Call:
    """One target of one step of one round."""

    round: int
    step: int
    target: str
    employee_id: EmployeeId | None
    state: CallState
    at: datetime
    sent_at: datetime | None
    error: str


@dataclass(frozen=True, slots=True)
class Escalation:
    """A call. ``ladder`` is the policy as it was when it began; ``next_at`` is when its next step comes, or when a
    snooze ends.
    """

    id: EscalationId
    version: int
    thread_id: ThreadId | None
    incident_id: IncidentId | None
    ladder: Ladder
    reason: str
    raised_by: str
    raised_at: datetime
    state: EscalationState
    round: int
    step: int
    next_at: datetime | None
    acknowledged_at: datetime | None
    acknowledged_by: str
    calls: tuple[Call, ...]
