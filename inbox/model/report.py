"""Reports: by what figures are grouped, over which time, and the rows that come out."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from inbox.model.words import Metric


class By(StrEnum):
    """What a report's rows stand for. ``account`` is the default: its handle is the key."""

    ACCOUNT = "account"
    BRAND = "brand"
    AREA = "area"
    EMPLOYEE = "employee"
    NETWORK = "network"
    PRIORITY = "priority"


REPORTS: Final = (
    "response-times",
    "sla",
    "volume",
    "workload",
    "outcomes",
    "incidents",
    "scorecard",
    "digest",
)
"""What can be reported and scheduled; ``digest`` is what customers said in a week, by area."""

FIGURES: Final = (
    "first response median",
    "first response p90",
    "next response median",
    "resolution median",
    "response rate",
    "first response in target",
    "next response in target",
    "resolution in target",
    "backlog",
    "reopen rate",
    "reassignments",
    "handling time median",
    "time in queue median",
    "sentiment change",
    "thanks in public",
    "mentions",
    "incident time to acknowledge",
    "routing accuracy",
)
"""What a line of the scorecard can be computed from; all else is entered by hand."""


class Timing(StrEnum):
    """Whether a wait is measured by the calendar on the wall, or inside opening hours."""

    CALENDAR = "calendar"
    BUSINESS = "business"


@dataclass(frozen=True, slots=True)
class Period:
    """From ``start`` (included) until ``end`` (not); None leaves that side open. Figures belong to when they began."""

    start: datetime | None = None
    end: datetime | None = None


@dataclass(frozen=True, slots=True)
class ResponseRow:
    """How long waits took, in minutes; ``p90`` is the smallest value with at least 90% of values at or below it."""

    key: str
    n: int
    mean_minutes: float
    median_minutes: float
    p90_minutes: float


@dataclass(frozen=True, slots=True)
class TargetRow:
    """What became of the clocks that had a deadline; ``share_met`` is met / (met + breached), None without either."""

    key: str
    metric: Metric
    met: int
    breached: int
    open: int
    cancelled: int
    share_met: float | None


@dataclass(frozen=True, slots=True)
class VolumeRow:
    """What came in: customers' mentions, those that need a reply, their authors and threads; and what went out."""

    key: str
    mentions: int
    needing_reply: int
    authors: int
    threads: int
    answers: int
