"""Figures over time: by day, by week, or by month, in the workspace's own zone. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from inbox.flow.quality.outcomes import Outcome, Share, left_to_people, stayed

DAYS_UP_TO: Final = timedelta(days=31)
SPARSE_FROM: Final = timedelta(days=14)
WEEKS_UP_TO: Final = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Period:
    """A day, the week from a Monday, or a month, beginning on ``begin``: how many stayed, how many were placed."""

    begin: date
    kept: Share
    placed: Share


def step_of(length: timedelta, found: Sequence[Outcome] = ()) -> str:
    """Days for a month, weeks for a year, months beyond; weeks too where most of a month's days had nothing."""
    if length > WEEKS_UP_TO:
        return "month"
    days = len({each.placed.at.date() for each in found})
    sparse = length > SPARSE_FROM and 0 < days < length.days // 2
    return "week" if length > DAYS_UP_TO or sparse else "day"


def by_period(found: Sequence[Outcome], step: str, zone: str, since: datetime, until: datetime) -> list[Period]:
    """Every period from ``since`` to ``until``, also those in which nothing was placed."""
    here = ZoneInfo(zone)
    groups: dict[date, list[Outcome]] = {}
    for each in found:
        groups.setdefault(_begin(each.placed.at.astimezone(here).date(), step), []).append(each)
    last = _begin((until - timedelta(microseconds=1)).astimezone(here).date(), step)
    at, made = _begin(since.astimezone(here).date(), step), []
    while at <= last:
        group = groups.get(at, [])
        made.append(Period(at, stayed(group), left_to_people(group)))
        at = _next(at, step)
    return made


def _begin(day: date, step: str) -> date:
    if step == "day":
        return day
    return day - timedelta(days=day.weekday()) if step == "week" else day.replace(day=1)


def _next(at: date, step: str) -> date:
    if step == "month":
        return (at + timedelta(days=32)).replace(day=1)
    return at + timedelta(days=1 if step == "day" else 7)
