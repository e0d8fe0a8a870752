"""Reports: by what figures are grouped, over which time, and the rows that come out."""

from dataclasses import dataclass
from datetime import date, datetime
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


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a report. ``only`` keeps what belongs to some keys, like ``((By.AREA, "Baggage"),)``."""

    report: str = "response-times"
    metric: Metric = Metric.FIRST
    by: By = By.ACCOUNT
    timing: Timing = Timing.CALENDAR
    period: Period = Period()
    only: tuple[tuple[By, str], ...] = ()


class ColumnKind(StrEnum):
    """How the values of a column are shown."""

    TEXT = "text"
    COUNT = "count"
    MINUTES = "minutes"
    SHARE = "share"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class ReportColumn:
    """A column: ``key`` as JSON names it, ``title`` as people read it."""

    key: str
    title: str
    kind: ColumnKind


@dataclass(frozen=True, slots=True)
class ReportTable:
    """An answered question. The first column of each row is the key; a value may be None where nothing is known."""

    question: Question
    title: str
    definition: str
    columns: tuple[ReportColumn, ...]
    rows: tuple[tuple[str | int | float | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """Waits of one day, or of one hour of the week: how many, and minutes."""

    n: int
    median_minutes: float
    p90_minutes: float


@dataclass(frozen=True, slots=True)
class Step:
    """A bar of the distribution: waits over the one before and up to ``upto_minutes`` (None: all longer ones)."""

    upto_minutes: float | None
    n: int
    late: bool


@dataclass(frozen=True, slots=True)
class Shape:
    """What the charts of one metric show. Days and hours are in the zone that was asked for.

    ``before`` is the period of the same length before it; ``target_minutes`` is set where all waits had the same
    target; ``week[day][hour]`` begins on Monday at 00:00 and holds waits by when they began.
    """

    total: ResponseRow | None
    before: ResponseRow | None
    met: int
    breached: int
    target_minutes: float | None
    days: tuple[tuple[date, Slot | None], ...]
    steps: tuple[Step, ...]
    week: tuple[tuple[Slot | None, ...], ...]
