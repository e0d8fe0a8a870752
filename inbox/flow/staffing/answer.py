"""Staffing of an area or of all, worked out from the history of a workspace."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from inbox.flow.backtest.staff import MICRO, micros
from inbox.flow.staffing import history, words
from inbox.flow.staffing.history import Handling, History
from inbox.flow.staffing.needed import Demand, Need, Progress, in_time, needed
from inbox.flow.staffing.people import People
from inbox.flow.staffing.week import HOURS, Weeks
from inbox.model.people import WEEKDAYS
from inbox.model.words import Metric
from inbox.model.workspace import UNSORTED, Calendar
from inbox.sla.calendar import open_spans
from inbox.sla.hours import CalendarRefused
from inbox.store import config
from inbox.store.engine import Store
from inbox.store.errors import NotFound, Refused

USUAL_SHARE: Final = 0.9
BEYOND: Final = timedelta(days=14)
"""The queue is played this long after the period, for what still waits at its end."""
LONGEST: Final = timedelta(days=366)
_NONE: Final = Need((0,) * HOURS, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class HourNeed:
    """One hour of the week: answers asked for on average, heads needed, and heads on shift (the average of it)."""

    day: str
    hour: int
    arrivals: float
    needed: int
    on_shift: float


@dataclass(frozen=True, slots=True)
class Staffing:
    """What each hour of the week needs. Shares are of the ``counted`` answers with a deadline, None without any:
    with the people on shift as of now, with those needed, and with any number (``share_reachable``).
    """

    area: str | None
    metric: Metric
    since: datetime
    until: datetime
    zone: str
    target_share: float
    handling: Handling
    hours: tuple[HourNeed, ...]
    answers: int
    counted: int
    share_now: float | None
    share_with_needed: float | None
    share_reachable: float | None
    definition: str
    notes: tuple[str, ...]


def staffing(
    store: Store,
    *,
    area: str | None = None,
    since: timedelta = timedelta(days=28),
    metric: Metric = Metric.FIRST,
    share: float = USUAL_SHARE,
    handling: timedelta | None = None,
    target: timedelta | None = None,
    now: datetime,
    progress: Progress | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> Staffing:
    """How many people each hour of the week needs. ``area`` None is all areas as one team; ``handling`` None is as
    measured; ``target`` is tried in the stead of what policies promise.

    Raises ``NotFound`` for an unknown area, ``Refused`` for what cannot be asked, and ``needed.Stopped``.
    """
    _check(share, since, handling, metric)
    with store.read() as s:
        workspace = config.load(s)
        if area is not None and area not in {UNSORTED, *(each.name for each in workspace.areas)}:
            raise NotFound(f"There is no area “{area}”.")
        spell = history.period(s, since, now) or (now - since, now)
        took = history.handling(s, workspace, area, spell, handling)
        past = history.read(s, workspace, area, metric, spell, target, stop)
    people = People(workspace, area, past.by_area, now)
    zone = ZoneInfo(workspace.settings.time_zone)
    weeks = Weeks(zone, past.since, past.until + BEYOND)
    demand = Demand([at for at, _ in past.answers], [due for _, due in past.answers], took.span // MICRO)
    counted = demand.counted
    found, there = _NONE, 0
    if counted:
        there = in_time(demand, people.slots(past.since, past.until + BEYOND))
        allowed = _allowed(past, weeks, workspace.calendars)
        found = needed(demand, weeks, share, allowed, progress=progress, stop=stop)
    return Staffing(
        area=area,
        metric=metric,
        since=past.since,
        until=past.until,
        zone=workspace.settings.time_zone,
        target_share=share,
        handling=took,
        hours=_hours(past, Weeks(zone, past.since, past.until), found, people),
        answers=len(past.answers),
        counted=counted,
        share_now=there / counted if counted else None,
        share_with_needed=found.met / counted if counted else None,
        share_reachable=found.reachable / counted if counted else None,
        definition=words.definition(area, metric, share, took, target),
        notes=tuple(words.notes(past, found, people, took, metric, share)),
    )


def _check(share: float, since: timedelta, handling: timedelta | None, metric: Metric) -> None:
    if metric not in words.NAMES:
        raise Refused("Staffing is worked out for first or next responses.")
    if not 0 < share <= 1:
        raise Refused("The share to keep is over 0 and at most 1, like 0.9.")
    if not timedelta(days=1) <= since <= LONGEST:
        raise Refused("The period is a day to a year long, like 28d.")
    if handling is not None and not timedelta(seconds=1) <= handling <= timedelta(days=1):
        raise Refused("An answer takes a second to a day, like 6m.")


def _allowed(past: History, weeks: Weeks, calendars: Sequence[Calendar]) -> list[bool]:
    """The hours of the week in which people are asked for: those in which a calendar of the promises is ever open."""
    known = {each.name: each for each in calendars}
    allowed = [False] * HOURS
    for name in past.calendars:
        calendar = known.get(name or "")
        try:
            spans = None if calendar is None else open_spans(calendar, past.since, past.until + BEYOND)
        except CalendarRefused:
            spans = None
        if spans is None:
            return [True] * HOURS
        edges = [*weeks.starts[1:], weeks.end]
        place = 0
        for begin, end in ((micros(opens), micros(closes)) for opens, closes in spans):
            while place < len(edges) and edges[place] <= begin:
                place += 1
            at = place
            while at < len(edges) and weeks.starts[at] < end:
                allowed[weeks.hours[at]] = True
                at += 1
    return allowed


def _hours(past: History, weeks: Weeks, need: Need, people: People) -> tuple[HourNeed, ...]:
    came = [0] * HOURS
    place = 0
    for at, _ in past.answers:
        while place + 1 < len(weeks.starts) and weeks.starts[place + 1] <= at:
            place += 1
        came[weeks.hours[place]] += 1
    hour_length = timedelta(hours=1) // MICRO
    times = [length / hour_length for length in weeks.lengths()]
    heads = people.heads()
    return tuple(
        HourNeed(
            WEEKDAYS[hour // 24],
            hour % 24,
            round(came[hour] / times[hour], 2) if times[hour] else 0.0,
            need.heads[hour],
            round(heads[hour], 2),
        )
        for hour in range(HOURS)
    )
