"""Calendars, policies and people of the workspace, readable."""

from datetime import timedelta

from PySide6.QtCore import QCoreApplication

from inbox.model import duration
from inbox.model.people import WEEKDAYS, Employee, Week
from inbox.model.words import Priority
from inbox.model.workspace import Calendar, Policy

Target = timedelta | dict[Priority, timedelta] | None


def week_words(week: Week | None) -> str:
    """The hours of a week; days that are alike stand together: "mon-fri 09:00-17:00"."""
    if week is None:
        return _tr("around the clock")
    groups: list[tuple[list[str], str]] = []
    for day in WEEKDAYS:
        hours = ", ".join(f"{each.start:%H:%M}-{each.end:%H:%M}" for each in week.get(day, ()))
        if groups and groups[-1][1] == hours:
            groups[-1][0].append(day)
        else:
            groups.append(([day], hours))
    parts = [f"{_span(days)} {hours}" for days, hours in groups if hours]
    return "; ".join(parts) or _tr("never")


def calendar_words(calendar: Calendar) -> str:
    """Hours, zone and holidays of a calendar."""
    parts = [week_words(calendar.week), calendar.time_zone]
    if calendar.holidays is not None:
        country, part = calendar.holidays
        parts.append(_tr("holidays of %1").replace("%1", f"{country} {part}" if part else country))
    return ", ".join(parts)


def policy_words(policy: Policy) -> str:
    """The targets of a policy."""
    parts = []
    for words, target in (
        (_tr("first answer %1"), policy.first_response),
        (_tr("next answer %1"), policy.next_response),
        (_tr("resolution %1"), policy.resolution),
    ):
        if target is not None:
            parts.append(words.replace("%1", _target(target)))
    if policy.calendar:
        parts.append(_tr("in %1").replace("%1", policy.calendar))
    return ", ".join(parts) or _tr("no targets")


def employee_words(person: Employee) -> str:
    """Role, areas, load and hours of somebody."""
    parts = [", ".join(str(role) for role in person.roles)]
    if person.areas:
        parts.append(", ".join(person.areas))
    open_ = f"{person.open_threads}/{person.capacity}" if person.capacity is not None else str(person.open_threads)
    parts.append(_tr("%1 open").replace("%1", open_))
    if person.shifts is not None:
        parts.append(week_words(person.shifts))
    if person.away:
        parts.append(_tr("away"))
    return " · ".join(parts)


def _span(days: list[str]) -> str:
    return f"{days[0]}-{days[-1]}" if len(days) > 1 else days[0]


def _target(target: timedelta | dict[Priority, timedelta]) -> str:
    if isinstance(target, timedelta):
        return duration.show(target)
    return ", ".join(f"{priority} {duration.show(span)}" for priority, span in target.items())


def _tr(text: str) -> str:
    return QCoreApplication.translate("settings", text)
