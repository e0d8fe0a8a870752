"""What each step of the guide writes into the workspace, each a callable for the write lane."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from inbox.model.ids import AreaId, EmployeeId
from inbox.model.people import WEEKDAYS, Area, Employee, Interval, Week
from inbox.model.words import Role
from inbox.model.workspace import Calendar, Policy, Workspace

if TYPE_CHECKING:
    from inbox.flow.workspace import Imported
    from inbox.store.engine import Store

SERVICE, STANDARD = "service", "standard"
Change = Callable[[Workspace], Workspace]


@dataclass(frozen=True, slots=True)
class Apply:
    """Reads the workspace as it is now, changes it, and saves it. Raises ``StoreError``."""

    change: Change
    actor: str
    now: datetime

    def __call__(self, store: "Store") -> "Imported":
        """On the write lane."""
        from inbox.flow import workspace
        from inbox.store import config

        with store.read() as s:
            before = config.load(s)
        return workspace.apply(store, self.change(before), actor=self.actor, now=self.now)


@dataclass(frozen=True, slots=True)
class Named:
    """Gives the workspace its name and time zone."""

    name: str
    time_zone: str

    def __call__(self, workspace: Workspace) -> Workspace:
        """The workspace with them."""
        return replace(workspace, settings=replace(workspace.settings, name=self.name, time_zone=self.time_zone))


@dataclass(frozen=True, slots=True)
class WithAreas:
    """Sets the areas: name and keywords each; what an area had besides is kept."""

    areas: tuple[tuple[str, tuple[str, ...]], ...]

    def __call__(self, workspace: Workspace) -> Workspace:
        """The workspace with them."""
        known = {area.name: area for area in workspace.areas}
        made = []
        for place, (name, keywords) in enumerate(self.areas):
            area = known.get(name) or Area(AreaId(0), name, color=place)
            made.append(replace(area, keywords=keywords))
        return replace(workspace, areas=tuple(made))


@dataclass(frozen=True, slots=True)
class WithHours:
    """Sets the service hours (no days: always) and the time to a first answer measured in them."""

    days: tuple[str, ...]
    start: time
    end: time
    first_response: timedelta | None

    def __call__(self, workspace: Workspace) -> Workspace:
        """The workspace with a calendar and a last policy that matches everything."""
        hours: tuple[Interval, ...] = (Interval(self.start, self.end),)
        week: Week | None = {day: hours for day in WEEKDAYS if day in self.days} or None
        calendar = Calendar(SERVICE, workspace.settings.time_zone, week)
        calendars = (*(each for each in workspace.calendars if each.name != SERVICE), calendar)
        policies = tuple(each for each in workspace.policies if each.name != STANDARD)
        if self.first_response is not None:
            target = self.first_response
            warn = min(target / 4, timedelta(minutes=30))
            policy = Policy(STANDARD, calendar=SERVICE, first_response=target, next_response=target, warn_before=warn)
            policies = (*policies, policy)
        return replace(workspace, calendars=calendars, policies=policies)


@dataclass(frozen=True, slots=True)
class WithPeople:
    """Adds employees (name, full name, role); those that are there stay as they are."""

    people: tuple[tuple[str, str, Role], ...]

    def __call__(self, workspace: Workspace) -> Workspace:
        """The workspace with them; everybody works in every area until somebody says otherwise."""
        known = {person.name for person in workspace.employees}
        areas = tuple(area.name for area in workspace.areas)
        added = tuple(
            Employee(EmployeeId(0), name, full_name, (role,), areas)
            for name, full_name, role in self.people
            if name not in known
        )
        return replace(workspace, employees=(*workspace.employees, *added))
