"""Threads: the row of a queue, the whole thread, and what people and the routing said of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from inbox.model.clock import Clock
from inbox.model.ids import AccountId, AreaId, AuthorId, EmployeeId, NoteId, ThreadId
from inbox.model.mention import Author, Mention
from inbox.model.words import CloseReason, Outcome, Priority, ReasonStep, Status


@dataclass(frozen=True, slots=True)
class ThreadRow:
    """What a row of the queue shows. ``next_due_at`` is the earliest running deadline, None when there is
    none; ``warn_at`` is when it turns to *soon*; ``breached`` says that a running clock is past its deadline;
    ``paused`` that it waits on the customer. ``unread`` is a mention nobody has looked at.
    """

    id: ThreadId
    version: int
    status: Status
    priority: Priority
    account_id: AccountId
    account: str
    network: str
    author_id: AuthorId
    author_name: str
    author_handle: str
    followers: int | None
    text: str
    language: str | None
    mentions: int
    area_id: AreaId | None
    area: str | None
    assignee_id: EmployeeId | None
    assignee: str | None
    tags: tuple[str, ...]
    first_mention_at: datetime
    last_mention_at: datetime
    next_due_at: datetime | None
    warn_at: datetime | None
    breached: bool
    met_at: datetime | None
    unread: bool
    escalated: bool
    incident: str | None


@dataclass(frozen=True, slots=True)
class Note:
    """What an employee wrote for colleagues only."""

    id: NoteId
    thread_id: ThreadId
    employee: str
    text: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Reason:
    """One step of the routing and why: ``sentence`` is for people; ``matched`` is the text that matched,
    ``details`` what a program may want (rule name, load figures, probability).
    """

    step: ReasonStep
    sentence: str
    at: datetime
    matched: tuple[str, ...] = ()
    details: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """Something that was changed: when, by whom (an employee's name, ``collector`` or ``command``), what."""

    id: int
    at: datetime
    actor: str
    action: str
    thread_id: ThreadId | None
    details: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Presence:
    """Who has a thread on screen or its reply claimed."""

    employee: str
    full_name: str
    claimed: bool
    since: datetime


@dataclass(frozen=True, slots=True)
class Thread:
    """A whole thread, mentions in the order they were posted."""

    row: ThreadRow
    author: Author
    close_reason: CloseReason | None
    snoozed_until: datetime | None
    mentions: tuple[Mention, ...]
    notes: tuple[Note, ...]
    clocks: tuple[Clock, ...]
    why: tuple[Reason, ...]
    audit: tuple[AuditEvent, ...]
    also_accounts: tuple[str, ...]
    linked: tuple[ThreadId, ...]
    earlier: tuple[ThreadRow, ...]
    presence: tuple[Presence, ...]
    outcome: Outcome | None = None
