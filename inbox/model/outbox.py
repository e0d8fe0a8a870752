"""Drafts and replies: what is being written, and what waits to go out."""

from dataclasses import dataclass
from datetime import datetime

from inbox.model.ids import AccountId, EmployeeId, MentionId, ReplyId, ThreadId
from inbox.model.words import AfterSend, DraftKind, ReplyState, Visibility


@dataclass(frozen=True, slots=True)
class Draft:
    """What one employee left unsent in one thread: one reply and one note at most, which never become the other.
    ``thread_version`` is what they were looking at.
    """

    thread_id: ThreadId
    employee_id: EmployeeId
    text: str
    visibility: Visibility
    answers: MentionId | None
    thread_version: int
    saved_at: datetime
    kind: DraftKind = DraftKind.REPLY


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply in the outbox. ``send_key`` was chosen before the first attempt (an idempotency key, or
    Bluesky's record key) and settles what became of it. ``not_before`` ends the undo time or a back-off.
    """

    id: ReplyId
    thread_id: ThreadId
    account_id: AccountId
    employee_id: EmployeeId | None
    employee: str
    text: str
    visibility: Visibility
    state: ReplyState
    after_send: AfterSend
    answers: MentionId | None
    thread_version: int
    send_key: str
    attempts: int
    error: str
    remote_id: str | None
    remote_url: str
    queued_at: datetime
    not_before: datetime
    sending_at: datetime | None
    sent_at: datetime | None
    read_backs: int
