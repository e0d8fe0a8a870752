"""A mention as the detector sees it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Seen:
    """One inbound mention. ``at`` is when it was posted, aware; ``author`` and ``id`` tell people and posts apart.

    ``reach`` is the author's followers, ``engagement`` likes, shares and replies at the time; ``press`` marks an author
    whom the workspace tags so. ``heard_at`` is when the workspace got it, or when its figures were last read: what says
    that it was posted later than that was posted then. None where nobody knows, as in a file.
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
    heard_at: datetime | None = None
