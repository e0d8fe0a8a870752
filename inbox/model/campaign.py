"""Campaigns: times for which more is written than usual, and everybody knows why."""

from dataclasses import dataclass
from datetime import datetime

from inbox.model.ids import AccountId


@dataclass(frozen=True, slots=True)
class Campaign:
    """While it runs (``begins_at`` up to ``ends_at``, aware), ``times`` as many mentions as usual are expected on its
    account (None: on all), and ``words`` that belong to it are no news. ``uid`` is of the calendar entry it came from.
    """

    id: int
    name: str
    account_id: AccountId | None
    account: str | None
    begins_at: datetime
    ends_at: datetime
    times: float
    words: tuple[str, ...]
    uid: str
    by: str
