"""What a digest holds: figures, topics with posts that show them, and what deserves a second look."""

from dataclasses import dataclass
from datetime import datetime

from inbox.model.ids import ThreadId
from inbox.model.report import Period


@dataclass(frozen=True, slots=True)
class Post:
    """A post that is quoted. ``reach`` counts likes, shares and replies; ``copies`` more say nearly the same."""

    thread_id: ThreadId
    handle: str
    network: str
    text: str
    at: datetime
    reach: int
    followers: int
    copies: int


@dataclass(frozen=True, slots=True)
class Topic:
    """Words that are said more than before. ``mentions`` counts near-copies, ``authors`` each person once.

    ``before`` is how many authors a week said it in the weeks before; None without such weeks. ``score`` is in
    standard errors (see ``topics``). ``also`` are other words that the same people used.
    """

    words: str
    also: tuple[str, ...]
    mentions: int
    authors: int
    before: float | None
    score: float
    posts: tuple[Post, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """What several people asked; ``words`` is the way of asking most like the others."""

    words: str
    authors: int
    posts: tuple[Post, ...]


@dataclass(frozen=True, slots=True)
class Mood:
    """How many mentions sounded so, with their share of those that were judged, and both of the week before."""

    name: str
    n: int
    share: float | None
    n_before: int
    share_before: float | None


@dataclass(frozen=True, slots=True)
class Slow:
    """A thread whose first wait took long; one that still waits is not ``answered``."""

    thread_id: ThreadId
    handle: str
    text: str
    minutes: float
    answered: bool


@dataclass(frozen=True, slots=True)
class Digest:
    """What customers said in a period; ``area`` None is everywhere. ``*_before`` is the same length before it.

    ``weeks_before`` is how many earlier periods topics are compared with, 0 where there are none: then topics are
    what was said most. ``not_read`` posts were too many to be read for topics.
    """

    area: str | None
    period: Period
    mentions: int
    needing_reply: int
    authors: int
    threads: int
    mentions_before: int
    authors_before: int
    weeks_before: int
    topics: tuple[Topic, ...]
    moods: tuple[Mood, ...]
    reached: tuple[Post, ...]
    questions: tuple[Question, ...]
    praise: tuple[Post, ...]
    slow: tuple[Slow, ...]
    outcomes: tuple[tuple[str, int], ...]
    not_read: int
    definition: str
