"""A mention as the detector sees it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Seen:
    """One inbound mention. ``at`` is when it was posted, aware; ``author`` and ``id`` tell people and posts apart.

    ``reach`` is the author's followers, ``engagement`` likes, shares and replies at the time; ``press`` marks an author
    whom the workspace tags so.
    """

    id: str
    at: datetime
    account: str
    author: str
    text: str
    area: str | None = None
    negative: bool = False
    repost: bool = False
    reach: int = 0
    engagement: int = 0
    press: bool = False
