"""What a desktop asks the collector to do on a network; no secret passes through a row."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from inbox.model.ids import AccountId, RequestId


class RequestKind(StrEnum):
    """What is asked."""

    TEST = "test"
    PULL_NOW = "pull now"
    RETRY_QUARANTINE = "retry quarantine"
    FILL_GAP = "fill gap"
    SERVICE = "service"


class RequestState(StrEnum):
    """How far it has come."""

    ASKED = "asked"
    WORKING = "working"
    DONE = "done"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Request:
    """A request row: ``answer`` is what the collector said so far, in plain words and figures."""

    id: RequestId
    kind: RequestKind
    state: RequestState
    account_id: AccountId | None
    asked_by: str
    asked_at: datetime
    arguments: dict[str, Any]
    answer: dict[str, Any]
