"""What is known of a mention when it is routed: the input of conditions, rules and keywords."""

from dataclasses import dataclass
from datetime import datetime

from inbox.model.words import Priority


@dataclass(frozen=True, slots=True)
class Facts:
    """One inbound mention and where its thread stands. ``at`` is when it was posted; ``account`` is a handle."""

    text: str
    network: str
    account: str
    at: datetime
    kind: str = "mention"
    language: str | None = None
    sentiment: str | None = None
    author_tags: frozenset[str] = frozenset()
    followers: int | None = None
    verified: bool = False
    has_media: bool = False
    needs_reply: bool = True
    priority: Priority = Priority.NORMAL
    area: str | None = None
    incident: bool = False
