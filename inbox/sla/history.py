"""What happened in a thread, as its clocks see it: posts and changes of status, in the order of their times."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from inbox.model.ids import MentionId
from inbox.model.words import Status

REPLAY_ENDED: Final = "replay ended"
"""The reason of a status event that cancels every running clock at the end of a replayed import."""


@dataclass(frozen=True, slots=True)
class Post:
    """One mention. ``seen_at`` is when it was stored: a closing before that was made without knowing of it.

    ``ignored``: from before the connection, it starts and meets nothing. ``answers`` is the global id of the
    post it replies to, None when it answers nothing.
    """

    id: MentionId
    global_id: str
    at: datetime
    seen_at: datetime
    inbound: bool
    needs_reply: bool
    answers: str | None = None
    automatic: bool = False
    acknowledgement: bool = False
    ignored: bool = False


@dataclass(frozen=True, slots=True)
class StatusChange:
    """The thread got this status; ``reason`` is the closing reason, or ``REPLAY_ENDED``."""

    at: datetime
    status: Status
    reason: str | None = None


Happening = Post | StatusChange


def is_response(post: Post) -> bool:
    """A post of the account, written by a person."""
    return not post.inbound and not post.automatic


def in_order(posts: Iterable[Post], changes: Iterable[StatusChange]) -> list[Happening]:
    """All that happened by time; at the same instant a question comes before its answer, and that before a closing."""
    happenings: list[Happening] = [*posts, *changes]
    if len(happenings) > 1:
        happenings.sort(key=_place)
    return happenings


def _place(happening: Happening) -> tuple[datetime, int, int]:
    if isinstance(happening, StatusChange):
        return happening.at, 2, 0
    return happening.at, 0 if happening.inbound else 1, happening.id


def begins_with_a_question(posts: Sequence[Post]) -> bool:
    """Whether the earliest stored post is a customer's and answers nothing; else there is no *first* response."""
    earliest = min(posts, key=lambda post: (post.at, not post.inbound, post.id), default=None)
    return earliest is not None and earliest.inbound and earliest.answers is None


def answered_directly(posts: Iterable[Post]) -> frozenset[str]:
    """Global ids that a person of ours replied to: whatever was judged, they did need a reply."""
    return frozenset(post.answers for post in posts if post.answers is not None and is_response(post))
