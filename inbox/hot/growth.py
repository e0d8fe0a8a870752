"""How fast the engagement of known posts grows: likes, shares and replies together, gained per hour."""

import math
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from inbox.hot.seen import Seen

_HOUR: Final = timedelta(hours=1)
_YOUNG: Final = timedelta(days=1)
_HALF_LIFE: Final = timedelta(days=7)
_OVER_USUAL: Final = 4.0
_PRIOR_POSTS: Final = 10.0
_MOST: Final = 10_000
"""Of so many posts the last reading is remembered; another one's gain is counted from its posting."""


@dataclass(slots=True)
class Pace:
    """The mean gain per hour of an account's posts that gain at all, over about a week."""

    gained: float = 0.0
    posts: float = 0.0
    last_at: datetime | None = None

    def learn(self, at: datetime, gain: float) -> None:
        """Count one post's gain."""
        kept = 1.0 if self.last_at is None else math.pow(0.5, max(at - self.last_at, timedelta(0)) / _HALF_LIFE)
        self.gained, self.posts = self.gained * kept + gain, self.posts * kept + 1
        self.last_at = max(at, self.last_at or at)

    @property
    def usual(self) -> float:
        """Gained per hour; low while little is known."""
        return self.gained / (self.posts + _PRIOR_POSTS)


@dataclass(slots=True)
class Growth:
    """The last readings of posts, and what is usual for an account. Bounded; forgotten on a restart."""

    readings: dict[str, tuple[datetime, int]] = field(default_factory=dict)
    paces: dict[str, Pace] = field(default_factory=dict)

    def is_fast(self, post: Seen, at: datetime, least: int) -> bool:
        """Whether a post whose figures were read ``at`` that time grows fast: it gained ``least`` within an hour (or
        reached it within a day of being posted), and four times as fast as the account's posts usually do.
        """
        since, before = self.readings.pop(post.id, (post.at, 0))
        passed, gained = max(at - since, _HOUR), post.engagement - before
        recent = at - since < _HOUR
        self.readings[post.id] = (since, before) if recent else (at, post.engagement)
        while len(self.readings) > _MOST:
            del self.readings[next(iter(self.readings))]
        pace = gained / (passed / _HOUR)
        known = self.paces.setdefault(post.account, Pace())
        reached = pace >= least or (at - post.at <= _YOUNG and post.engagement >= least)
        usual = _OVER_USUAL * known.usual
        if gained > 0 and not recent:
            # No more than that, so that one post which goes round the world does not hide the next.
            known.learn(at, min(pace, least))
        return gained > 0 and reached and pace >= usual
