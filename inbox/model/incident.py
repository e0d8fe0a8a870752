"""Hot issues: why something looks as if it were blowing up, and what is made of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from inbox.model.ids import AccountId, AreaId, EmployeeId, IncidentId
from inbox.model.words import ReplyState


class AlertKind(StrEnum):
    """What gave the alarm."""

    BURST = "burst"
    RISE = "slow rise"
    CLUSTER = "cluster"
    WATCHED = "watched phrase"
    REACH = "high reach"
    GROWTH = "fast growth"


BY_HAND: Final = "by hand"
INCIDENT_KINDS: Final = (*map(str, AlertKind), BY_HAND)
"""What opened an incident: an alarm of some kind, or a person."""
LONGEST_TASK: Final = 200
"""Characters of what is to be done in an incident."""


class Severity(StrEnum):
    """How bad it looks."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Alert:
    """Something far over what is usual. ``at`` is when the mention was posted that gave the alarm.

    ``stream`` is what was watched, like ``account:ExampleAir`` or ``topic:ExampleAir:smoke``. ``observed`` counts
    different people within ``length`` (of a slow rise: mentions), ``expected`` what is usual; ``copies`` of the posts
    repeat what somebody else had written. ``score`` is minus the logarithm of how likely chance would do it.
    ``negative`` is the share of displeased posts (0 to 1) where that is clearly above ``usual_negative``, else None.
    """

    at: datetime
    stream: str
    kind: AlertKind
    severity: Severity
    score: float
    observed: int
    expected: float
    authors: int
    length: timedelta
    terms: tuple[str, ...] = ()
    copies: int = 0
    examples: tuple[str, ...] = ()
    negative: float | None = None
    usual_negative: float | None = None


class IncidentState(StrEnum):
    """Where an incident stands; ``dismissed`` was none, ``merged`` lives on in another."""

    SUSPECTED = "suspected"
    CONFIRMED = "confirmed"
    CONTAINED = "contained"
    CLOSED = "closed"
    DISMISSED = "dismissed"
    MERGED = "merged"


OPEN_STATES = (IncidentState.SUSPECTED, IncidentState.CONFIRMED, IncidentState.CONTAINED)


_SINGLE = str.maketrans({"“": "\u2018", "”": "\u2019"})


@dataclass(frozen=True, slots=True)
class Incident:
    """A hot issue. ``began_at`` is the posting of its first mention, ``opened_at`` when it was raised; ``evidence`` is
    what the alert said (see ``Alert``), kept for good. ``threads`` counts those it holds.
    """

    id: IncidentId
    version: int
    kind: str
    title: str
    state: IncidentState
    severity: Severity
    stream: str
    terms: tuple[str, ...]
    account_id: AccountId | None
    area_id: AreaId | None
    owner_id: EmployeeId | None
    owner: str | None
    opened_by: str
    began_at: datetime
    opened_at: datetime
    last_sign_at: datetime | None
    acknowledged_at: datetime | None
    acknowledged_by: str
    confirmed_at: datetime | None
    contained_at: datetime | None
    stated_at: datetime | None
    closed_at: datetime | None
    threads: int
    evidence: dict[str, Any]

    @property
    def quoted(self) -> str:
        """Its name in a sentence, in quotation marks; those of its own become single ones."""
        return f"“{self.title.translate(_SINGLE)}”"


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """One line of an incident's timeline: ``kind`` is state, sign, threads, task, statement, hold, reply, note, update,
    owner, severity or escalation.
    """

    id: int
    at: datetime
    actor: str
    kind: str
    text: str
    details: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Task:
    """A task of an incident's playbook; ``assignee`` is the name of who does it, None for nobody yet."""

    id: int
    title: str
    assignee_id: EmployeeId | None
    assignee: str | None
    due_at: datetime | None
    done_at: datetime | None
    done_by: str


class StatementState(StrEnum):
    """A holding statement's way out. ``approved`` is void for another text."""

    DRAFT = "draft"
    ASKED = "approval asked"
    APPROVED = "approved"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class StatementPost:
    """A statement on one account; ``state`` is one of ``ReplyState``. Queued, it does not go out before
    ``not_before``.
    """

    account_id: AccountId
    account: str
    state: ReplyState
    error: str
    remote_url: str
    sent_at: datetime | None
    not_before: datetime


@dataclass(frozen=True, slots=True)
class Statement:
    """A holding statement or an update of it. ``version`` counts its texts and choices of accounts: an approval is of
    one version. ``asked_at`` is when the approval that it waits for or has was asked for.
    """

    id: int
    incident_id: IncidentId
    version: int
    text: str
    account_ids: tuple[AccountId, ...]
    state: StatementState
    written_by: str
    written_at: datetime
    approved_by: str
    approved_at: datetime | None
    asked_at: datetime | None
    posts: tuple[StatementPost, ...]


@dataclass(frozen=True, slots=True)
class Hold:
    """While it stands nothing goes out: on one account, or (``account_id`` None) everywhere."""

    id: int
    account_id: AccountId | None
    account: str | None
    incident_id: IncidentId | None
    why: str
    by: str
    since: datetime
