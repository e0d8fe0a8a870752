"""Hot issues: why something looks as if it were blowing up, and what is made of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class AlertKind(StrEnum):
    """What gave the alarm."""

    BURST = "burst"
    RISE = "slow rise"
    CLUSTER = "cluster"
    WATCHED = "watched phrase"
    REACH = "high reach"
    GROWTH = "fast growth"


class Severity(StrEnum):
    """How bad it looks."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Alert:
    """Something far over what is usual. ``at`` is when the mention was posted that gave the alarm.

    ``stream`` is what was watched, like ``account:ExampleAir`` or ``topic:ExampleAir:smoke``. ``observed`` counts
    different people within ``length`` (of a slow rise: mentions), ``expected`` what is usual; ``copies`` of the posts
    repeat what somebody else had written. ``score`` is minus the logarithm of how likely chance would do it.
    """

    at: datetime
    stream: str
    kind: AlertKind
    severity: Severity
    score: float
    observed: int
    expected: float
    authors: int
    length: timedelta
    terms: tuple[str, ...] = ()
    copies: int = 0
    examples: tuple[str, ...] = ()
