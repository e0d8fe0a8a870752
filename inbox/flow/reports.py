"""Reports: each figure with its definition, in calendar or business time, and the threads behind it."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from functools import partial
from statistics import fmean
from typing import Any, Final

from inbox.model.ids import ThreadId
from inbox.model.report import By, Period, ResponseRow, TargetRow, Timing, VolumeRow
from inbox.model.words import Metric
from inbox.model.workspace import Calendar
from inbox.sla import calendar as time_of
from inbox.sla.hours import CalendarRefused
from inbox.store import config, reports
from inbox.store.engine import Session, Store
from inbox.store.errors import NotFound

DEFINITIONS: Final = {
    Metric.FIRST: "First response: from the posting of a thread's first mention that needs a reply to the first answer "
    "by a person, at the network's time. Threads that begin with an answer to something else count in next response.",
    Metric.NEXT: "Next response: from the oldest unanswered mention to the answer by a person; one wait counts once.",
    Metric.RESOLUTION: "Resolution: from the start of the first wait to the closing of the thread, without the time in "
    "which it waited on the customer; a reopening counts anew.",
}
PEOPLE: Final = "People only: automatic posts, spam and posts of our own employees are left out."
TARGETS: Final = (
    "Share within target: met / (met + breached), of the clocks that had a target. Closing without an answer cancels a "
    "clock: it counts as neither."
)
EVER: Final = Period()
VOLUME: Final = "Volume: customers' mentions by the time they were posted, and the answers that people gave."


def response_times(
    store: Store, metric: Metric, by: By, *, period: Period = EVER, timing: Timing = Timing.CALENDAR
) -> list[ResponseRow]:
    """How long customers waited, a row for each key, the busiest first."""
    with store.read() as s:
        named = _named(s, by)
        plain = timing is Timing.CALENDAR and metric is not Metric.RESOLUTION
        values = reports.minutes(s, metric, by, period) if plain else _measured(s, metric, by, period, timing)
        grouped = _grouped(named, values)
    return sorted((_response(key, found) for key, found in grouped.items()), key=lambda row: (-row.n, row.key))


def targets(store: Store, metric: Metric, by: By, *, period: Period = EVER) -> list[TargetRow]:
    """What became of the promises, a row for each key."""
    sums: dict[str, list[int]] = {}
    with store.read() as s:
        named = _named(s, by)
        for group, *counts in reports.targets(s, metric, by, period):
            _add(sums, named(group), counts)
    return [
        TargetRow(key, metric, met, late, running, gone, met / (met + late) if met + late else None)
        for key, (met, late, running, gone) in sorted(sums.items(), key=lambda item: (-sum(item[1]), item[0]))
    ]


def volume(store: Store, by: By, *, period: Period = EVER) -> list[VolumeRow]:
    """What came in and went out, a row for each key."""
    sums: dict[str, list[int]] = {}
    with store.read() as s:
        named = _named(s, by)
        for group, *counts in reports.volume(s, by, period):
            _add(sums, named(group), counts)
    return [VolumeRow(key, *counts) for key, counts in sorted(sums.items(), key=lambda item: (-item[1][0], item[0]))]


def behind(store: Store, metric: Metric, by: By, key: str, *, period: Period = EVER, limit: int) -> list[ThreadId]:
    """The threads behind a row of response times, the longest wait first. Raises ``NotFound`` for an unknown key."""
    with store.read() as s:
        groups = [group for group, name in reports.keys(s, by).items() if name == key]
        if by is By.PRIORITY:
            groups = [key]
        if not groups:
            raise NotFound(f"There is no {by} “{key}”.")
        found = [each for group in groups for each in reports.behind(s, metric, by, group, period=period, limit=limit)]
    return found[:limit]


def p90(values: list[float]) -> float:
    """The smallest of sorted values with at least 90% of them at or below it."""
    return values[-(-9 * len(values) // 10) - 1]


def _named(s: Session, by: By) -> Callable[[Any], str]:
    return partial(_name, reports.keys(s, by))


def _name(names: dict[Any, str], group: Any) -> str:  # noqa: ANN401 - a number or a priority
    return names.get(group, str(group))


def _grouped(named: Callable[[Any], str], values: Iterable[tuple[Any, float]]) -> dict[str, list[float]]:
    raw: dict[Any, list[float]] = {}
    for group, value in values:
        raw.setdefault(group, []).append(value)
    found: dict[str, list[float]] = {}
    for group, each in raw.items():
        found.setdefault(named(group), []).extend(each)
    return found


def _response(key: str, values: list[float]) -> ResponseRow:
    values.sort()
    middle = (values[(len(values) - 1) // 2] + values[len(values) // 2]) / 2
    return ResponseRow(key, len(values), fmean(values), middle, p90(values))


def _measured(s: Session, metric: Metric, by: By, period: Period, timing: Timing) -> Iterator[tuple[Any, float]]:
    """Waits without their pauses; in business time by the calendar that each clock had."""
    known = {each.name: each for each in config.load(s).calendars}
    for group, wait in reports.ended(s, metric, by, period):
        calendar = known.get(wait.calendar or "") if timing is Timing.BUSINESS else None
        whole = _span(calendar, wait.started_at, wait.met_at)
        paused = sum((_span(calendar, begin, end) for begin, end in wait.paused), timedelta())
        yield group, (whole - paused).total_seconds() / 60


def _span(calendar: Calendar | None, begin: datetime, end: datetime) -> timedelta:
    """A calendar that is gone or cannot measure is round the clock, as for deadlines."""
    if calendar is None:
        return end - begin
    try:
        return time_of.elapsed(calendar, begin, end)
    except CalendarRefused:
        return end - begin


def _add(sums: dict[str, list[int]], key: str, counts: list[int]) -> None:
    before = sums.get(key, [0] * len(counts))
    sums[key] = [one + other for one, other in zip(before, counts, strict=True)]
