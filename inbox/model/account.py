"""Accounts, their sources, and how each is doing."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from inbox.model.ids import AccountId, GapId, QuarantineId, SourceId
from inbox.model.words import HealthState, LengthRule, SourceKind


@dataclass(frozen=True, slots=True)
class Limits:
    """What an account can do on its network; found when it is tested, stored, shown by the composer."""

    length: int | None = None
    length_rule: LengthRule = LengthRule.CODEPOINTS
    url_length: int | None = None
    can_reply: bool = True
    can_message: bool = False
    can_search: bool = True
    idempotent: bool = False


@dataclass(frozen=True, slots=True)
class Account:
    """A brand's presence on a network. ``handle`` is without a leading @ and unique within its network."""

    id: AccountId
    network: str
    handle: str
    brand: str
    server: str
    remote_id: str
    display_name: str
    limits: Limits
    connected_at: datetime | None
    look_back_to: datetime | None
    paused: bool
    health: HealthState
    error: str
    error_at: datetime | None
    budget_left: float | None
    budget_resets_at: datetime | None
    details: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Source:
    """Something that is pulled for an account; ``query`` is the words or hashtag of a search."""

    id: SourceId
    account_id: AccountId
    kind: SourceKind
    query: str
    cursor: str | None
    last_success_at: datetime | None
    last_mention_at: datetime | None
    lag_seconds: float | None
    error: str
    error_at: datetime | None
    stored_today: int = 0


@dataclass(frozen=True, slots=True)
class Gap:
    """A span that a network could not give us; shown until it is proven filled."""

    id: GapId
    source_id: SourceId
    from_at: datetime
    to_at: datetime
    why: str
    filled_at: datetime | None


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A stored bad payload."""

    id: QuarantineId
    network: str
    account: str | None
    place: str
    error: str
    payload: str
    seen_at: datetime
    retried_at: datetime | None
