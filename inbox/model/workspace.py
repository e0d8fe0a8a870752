"""What the workspace file says: settings, calendars, policies and rules, with areas and employees."""

from dataclasses import dataclass, field
from datetime import date, time, timedelta
from enum import StrEnum
from typing import Any, Final

from inbox.model.people import Area, Employee, Interval, Week
from inbox.model.words import Metric, PolicyAction, Priority

UNSORTED = "Unsorted"

ON_WARNING: Final = (PolicyAction.TELL_OWNER,)
ON_BREACH: Final = (PolicyAction.TELL_OWNER, PolicyAction.TELL_SUPERVISOR)
"""What a policy does that says nothing of it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The ``[workspace]`` table. After ``tell_after`` the supervisor is told of a thread that nobody is there for."""

    name: str = "My workspace"
    time_zone: str = "UTC"
    confidence: float = 0.55
    return_after: timedelta | None = timedelta(minutes=30)
    undo: timedelta = timedelta(seconds=10)
    reopen_within: timedelta = timedelta(days=7)
    tell_after: timedelta | None = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class ImportedDate:
    """One date that an iCal file brought: closed while it is ``on``. ``uid`` is the entry that it stands for."""

    date: date
    name: str
    on: bool = True
    uid: str = ""


@dataclass(frozen=True, slots=True)
class Calendar:
    """Opening hours. ``week`` None is 24x7; ``holidays`` is (country, subdivision or None).

    ``imported`` are the dates of iCal files; those that are on count as closed dates do.
    """

    name: str
    time_zone: str = "UTC"
    week: Week | None = None
    holidays: tuple[str, str | None] | None = None
    closed: tuple[date, ...] = ()
    open: dict[date, tuple[Interval, ...]] = field(default_factory=dict)
    imported: tuple[ImportedDate, ...] = ()


@dataclass(frozen=True, slots=True)
class When:
    """Conditions of a rule or policy: all that are given must hold. None or empty means "any".

    Text conditions ignore case; ``text_regex`` is RE2's syntax. ``hours`` is (inside?, calendar name).
    """

    text_any: tuple[str, ...] = ()
    text_all: tuple[str, ...] = ()
    text_none: tuple[str, ...] = ()
    text_regex: str | None = None
    network: tuple[str, ...] = ()
    account: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    sentiment: tuple[str, ...] = ()
    author_tags: tuple[str, ...] = ()
    followers_min: int | None = None
    verified: bool | None = None
    has_media: bool | None = None
    priority: tuple[Priority, ...] = ()
    area: tuple[str, ...] = ()
    incident: bool | None = None
    hours: tuple[bool, str] | None = None


@dataclass(frozen=True, slots=True)
class Then:
    """Actions of a rule. ``needs_reply`` overrules that judgement; ``hide`` takes the mention for noise."""

    area: str | None = None
    priority: Priority | None = None
    tags: tuple[str, ...] = ()
    policy: str | None = None
    escalate: str | None = None
    hide: bool | None = None
    needs_reply: bool | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One routing rule; rules apply in order, first match wins per kind of action. One that is not ``on`` waits."""

    name: str
    when: When
    then: Then
    on: bool = True


@dataclass(frozen=True, slots=True)
class Policy:
    """An SLA policy: the first whose ``when`` matches holds. A target is one duration, or one per priority.

    ``on_warning`` and ``on_breach`` are done once for each clock; where they are empty, nothing is done.
    """

    name: str
    when: When = field(default_factory=When)
    calendar: str | None = None
    first_response: timedelta | dict[Priority, timedelta] | None = None
    next_response: timedelta | dict[Priority, timedelta] | None = None
    resolution: timedelta | dict[Priority, timedelta] | None = None
    warn_before: timedelta = timedelta(0)
    on_warning: tuple[PolicyAction, ...] = ON_WARNING
    on_breach: tuple[PolicyAction, ...] = ON_BREACH


class Every(StrEnum):
    """How often a scheduled report is made; each covers the whole day, week or month before."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class FileKind(StrEnum):
    """What a scheduled report is written as."""

    HTML = "html"
    PDF = "pdf"
    XLSX = "xlsx"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class ScheduledReport:
    """A report that the collector writes to a file. ``at`` is a wall time in the workspace's zone; a week begins on
    Monday. ``report`` is a report's name, or ``digest``; ``areas`` empty is every area.
    """

    name: str
    report: str
    every: Every = Every.WEEK
    at: time = time(6)
    files: tuple[FileKind, ...] = (FileKind.PDF,)
    folder: str | None = None
    metric: Metric = Metric.FIRST
    by: str = "account"
    timing: str = "calendar"
    areas: tuple[str, ...] = ()
    on: bool = True


class Side(StrEnum):
    """Whether a figure of the scorecard looks at customers or at ourselves."""

    OUTWARD = "outward"
    INWARD = "inward"


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """One figure of the scorecard. ``figure`` names what is computed; None is entered by hand. ``targets`` holds
    targets of single areas, ``target`` the company's.
    """

    name: str
    side: Side
    figure: str | None = None
    unit: str = ""
    higher_is_better: bool = True
    target: float | None = None
    targets: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Workspace:
    """The whole workspace file. ``escalations``, ``hot`` and ``playbooks`` are kept as they were given."""

    settings: Settings = field(default_factory=Settings)
    areas: tuple[Area, ...] = ()
    employees: tuple[Employee, ...] = ()
    calendars: tuple[Calendar, ...] = ()
    policies: tuple[Policy, ...] = ()
    rules: tuple[Rule, ...] = ()
    escalations: tuple[dict[str, Any], ...] = ()
    hot: dict[str, Any] = field(default_factory=dict)
    reports: tuple[ScheduledReport, ...] = ()
    scorecard: tuple[ScoreLine, ...] = ()
    playbooks: tuple[dict[str, Any], ...] = ()
