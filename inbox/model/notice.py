"""What the program tells an employee once: nobody is available, a deadline nears, a thread came back."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from inbox.model.ids import EmployeeId, ThreadId


class NoticeKind(StrEnum):
    """Why somebody is told."""

    NOBODY_AVAILABLE = "nobody available"
    ASSIGNED = "assigned"
    RETURNED = "returned"
    WARNING = "warning"
    BREACH = "breach"
    CORRECTED = "corrected"
    CONFIG = "config"
    INCIDENT = "incident"
    ESCALATION = "escalation"
    REPORT = "report"


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence for one employee. ``late``: it could only be told after its time. ``key`` is told once each."""

    id: int
    employee_id: EmployeeId
    at: datetime
    kind: NoticeKind
    thread_id: ThreadId | None
    sentence: str
    key: str
    late: bool = False
    seen_at: datetime | None = None
