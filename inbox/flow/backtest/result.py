"""What a backtest found: loads, missed deadlines and threads that would differ, before and after the change."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from inbox.model.ids import ThreadId


@dataclass(frozen=True, slots=True)
class AreaLoad:
    """Threads of one area and the deadlines missed there; None where that cannot be computed. ``gone``: the area
    was deleted since.
    """

    area: str
    before: int
    after: int
    missed_before: int | None
    missed_after: int | None
    gone: bool = False


@dataclass(frozen=True, slots=True)
class HourLoad:
    """Threads that came in for an area in an hour of the day (0 to 23) of the workspace's zone."""

    area: str
    hour: int
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Example:
    """A thread that would differ, and why it would go where it would."""

    thread: ThreadId
    author: str
    text: str
    before: str
    after: str
    why: str


@dataclass(frozen=True, slots=True)
class Backtest:
    """The whole result. ``threads`` began from ``since`` to ``until``; ``examples`` are the newest that would differ.

    ``missed_before`` are the deadlines that were really missed; ``missed_after`` adds what the second play of the
    queue misses more than the first (``simulated_*``), never less than none. ``right_*`` count, among the
    ``corrected`` threads, those whose area is the one that a person moved them to. ``coverage`` is the share of
    threads that get an area, by threshold. ``handling`` is how long each area took to answer what it was given.
    ``notes`` say in plain words what was assumed and what could not be computed.
    """

    threads: int
    moved: int
    by_area: tuple[AreaLoad, ...]
    missed_before: int | None
    missed_after: int | None
    examples: tuple[Example, ...]
    since: datetime
    until: datetime
    unsorted_before: int
    unsorted_after: int
    by_hour: tuple[HourLoad, ...]
    corrected: int
    right_before: int
    right_after: int
    confidence_before: float
    confidence_after: float
    coverage: tuple[tuple[float, float], ...]
    simulated_before: int | None
    simulated_after: int | None
    notes: tuple[str, ...]
    handling: dict[str, timedelta] = field(default_factory=dict)
    seconds: float = 0.0
    stopped: bool = False
