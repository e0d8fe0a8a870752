"""Who is on shift as shifts stand now, by the hour of the week and as the slots of a queue.

Being away is a state of the day and says nothing of a usual week; somebody whose certificate has run out answers
nothing. Who has several areas counts in each by how much of their areas' work comes from it.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from inbox.flow.backtest.staff import NO_SLOTS, WHOLE, Slots, on_shift, shares, slots
from inbox.flow.staffing.week import HOURS, Weeks
from inbox.model.people import Employee
from inbox.model.workspace import UNSORTED, Workspace

EVERYWHERE: Final = ""
"""Stands for all areas as one team."""


class People:
    """The people who can answer in an area, or in all."""

    def __init__(self, workspace: Workspace, area: str | None, demand: Mapping[str, int], now: datetime) -> None:
        """``demand`` is how many answers each area was asked for."""
        today = now.astimezone(ZoneInfo(workspace.settings.time_zone)).date()
        able = [
            _one(each, area)
            for each in workspace.employees
            if each.capacity != 0 and (each.certified_until is None or each.certified_until >= today)
        ]
        self._area = EVERYWHERE if area is None else area
        self._workspace, self._demand, self._now = workspace, demand, now
        self.all = tuple(each for each in able if self._area in (each.areas or (UNSORTED,)))

    @property
    def everywhere(self) -> bool:
        """Whether these are the people of all areas."""
        return self._area == EVERYWHERE

    @property
    def always(self) -> int:
        """How many have no shifts entered, and so are always there."""
        return sum(each.shifts is None for each in self.all)

    def slots(self, since: datetime, until: datetime) -> Slots:
        """How many of them were at work at any instant, by the shifts of now."""
        staffed = slots(replace(self._workspace, employees=self.all), self._demand, since, until)
        return staffed.get(self._area, NO_SLOTS)

    def heads(self) -> list[float]:
        """How many of them are on shift in each hour of this week, on average over the hour."""
        zone_name = self._workspace.settings.time_zone
        zone = ZoneInfo(zone_name)
        today = self._now.astimezone(zone).date()
        monday = datetime.combine(today - timedelta(days=today.weekday()), time(0), zone)
        begin, end = monday.astimezone(self._now.tzinfo), (monday + timedelta(days=7)).astimezone(self._now.tzinfo)
        week = Weeks(zone, begin, end)
        spent = [0.0] * HOURS
        for employee in self.all:
            share = shares(employee, self._demand).get(self._area, 0) / WHOLE
            for first, last in on_shift(employee, zone_name, begin, end):
                for start, stop, hour in zip(week.starts, [*week.starts[1:], week.end], week.hours, strict=True):
                    spent[hour] += share * max(0, min(last, stop) - max(first, start))
        return [time / length if length else 0.0 for time, length in zip(spent, week.lengths(), strict=True)]


def _one(employee: Employee, area: str | None) -> Employee:
    """One head, without an end of the certificate, which would only cut the past."""
    areas = (EVERYWHERE,) if area is None else employee.areas
    return replace(employee, capacity=1, certified_until=None, areas=areas)
