"""Writes the workspace file: what ``config_file.read`` reads back as the same workspace."""

from datetime import date
from typing import Any

import tomlkit
from tomlkit.items import AoT, InlineTable, Item

from inbox.flow.config_checks import NEVER
from inbox.flow.config_file import COLORS
from inbox.model import duration
from inbox.model.people import Area, Employee
from inbox.model.workspace import Calendar, Settings, Workspace
from inbox.store import documents, report_documents
from inbox.store.documents import Document

_WIDTH = 100


def written(workspace: Workspace) -> str:
    """The file's text."""
    document = tomlkit.document()
    document.add("workspace", _table(_settings(workspace.settings)))
    sections: tuple[tuple[str, list[Document]], ...] = (
        ("areas", [_area(each, place) for place, each in enumerate(workspace.areas)]),
        ("employees", [_employee(each) for each in workspace.employees]),
        ("calendars", [_calendar(each) for each in workspace.calendars]),
        ("policies", [documents.policy_document(each) for each in workspace.policies]),
        ("rules", [documents.rule_document(each) for each in workspace.rules]),
        ("escalations", [dict(each) for each in workspace.escalations]),
    )
    for name, entries in sections:
        if entries:
            document.add(name, _array(entries))
    later: tuple[tuple[str, list[Document]], ...] = (
        ("reports", [report_documents.scheduled_document(each) for each in workspace.reports]),
        ("scorecard", [report_documents.line_document(each) for each in workspace.scorecard]),
        ("playbooks", [dict(each) for each in workspace.playbooks]),
    )
    for name, entries in later:
        if entries:
            document.add(name, _array(entries))
    if workspace.hot:
        document.add("hot", _table(workspace.hot))
    return tomlkit.dumps(document)


def _settings(settings: Settings) -> Document:
    after, tell = settings.return_after, settings.tell_after
    return {
        "name": settings.name,
        "time_zone": settings.time_zone,
        "confidence": settings.confidence,
        "return_after": NEVER if after is None else duration.show(after),
        "undo": duration.show(settings.undo),
        "reopen_within": duration.show(settings.reopen_within),
        "tell_after": NEVER if tell is None else duration.show(tell),
    }


def _area(area: Area, place: int) -> Document:
    return {
        "name": area.name,
        "keywords": list(area.keywords) or None,
        "approval": area.approval or None,
        "calendar": area.calendar,
        "color": None if area.color == place % COLORS else area.color,
    }


def _employee(employee: Employee) -> Document:
    roles = [str(each) for each in employee.roles]
    return {
        "name": employee.name,
        "full_name": employee.full_name or None,
        "role": roles[0] if len(roles) == 1 else roles,
        "areas": list(employee.areas),
        "skills": list(employee.skills) or None,
        "capacity": employee.capacity,
        "shifts": documents.week_document(employee.shifts),
        "time_zone": employee.time_zone,
        "certified_until": employee.certified_until,
    }


def _calendar(calendar: Calendar) -> Document:
    return {**documents.calendar_document(calendar), "closed": list(calendar.closed) or None}


def _array(entries: list[Document]) -> AoT:
    array = tomlkit.aot()
    for entry in entries:
        array.append(_table(entry))
    return array


def _table(entry: Document) -> Item:
    table = tomlkit.table()
    for key, value in entry.items():
        if value is not None:
            table.add(key, _value(value))
    return table


def _value(value: Any, *, one_line: bool = False) -> Item:  # noqa: ANN401 - any TOML value
    if isinstance(value, dict):
        return _inline(value)
    if isinstance(value, list):
        array = tomlkit.array()
        for each in value:
            array.append(_value(each, one_line=True))
        array.multiline(not one_line and len(array.as_string()) > _WIDTH)
        return array
    if isinstance(value, date):
        return tomlkit.date(value.isoformat())
    item: Item = tomlkit.item(value)
    return item


def _inline(entry: Document) -> InlineTable:
    """An inline table stands on one line in TOML 1.0, so nothing in it may be broken."""
    table = tomlkit.inline_table()
    for key, value in entry.items():
        table.append(key, _value(value, one_line=True))
    return table
