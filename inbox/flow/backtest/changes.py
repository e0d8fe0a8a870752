"""The workspace as it would be: what a file holds replaces that part, and the rest stays."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from inbox.flow import config_file
from inbox.model.people import Area, Employee
from inbox.model.workspace import Workspace

_PARTS = ("areas", "employees", "calendars", "policies", "rules")


def changed(present: Workspace, file: Path, *, confidence: float | None = None) -> Workspace:
    """The present workspace with the sections of a file, and another threshold where one is given.

    Raises ``BadFile`` (line and reason, as ``config check`` finds them) or ``OSError``.
    """
    data = config_file.read_part(file, _around(present))
    given = data.get("workspace", {})
    # Calendars that name no zone are in the workspace's.
    read = config_file.build({**data, "workspace": {"time_zone": present.settings.time_zone, **given}})
    parts: dict[str, Any] = {name: getattr(read, name) for name in _PARTS if name in data}
    if "areas" in parts:
        parts["areas"] = _with_ids(present.areas, read.areas)
    if "employees" in parts:
        parts["employees"] = _as_they_are(present.employees, read.employees)
    settings = replace(present.settings, **{name: getattr(read.settings, name) for name in given})
    if confidence is not None:
        settings = replace(settings, confidence=confidence)
    return replace(present, settings=settings, **parts)


def _around(present: Workspace) -> dict[str, Any]:
    """What the file may name without defining it, in as few words as the check needs."""
    return {
        "areas": [{"name": each.name} for each in present.areas],
        "employees": [{"name": each.name} for each in present.employees],
        "calendars": [{"name": each.name} for each in present.calendars],
        "policies": [{"name": each.name} for each in present.policies],
        "escalations": [dict(each) for each in present.escalations],
    }


def _with_ids(known: tuple[Area, ...], read: tuple[Area, ...]) -> tuple[Area, ...]:
    ids = {each.name: each.id for each in known}
    return tuple(replace(each, id=ids.get(each.name, each.id)) for each in read)


def _as_they_are(known: tuple[Employee, ...], read: tuple[Employee, ...]) -> tuple[Employee, ...]:
    """Employees of the file; those whom the workspace has keep their number and whether they are away."""
    there = {each.name: each for each in known}
    return tuple(
        replace(each, id=there[each.name].id, away=there[each.name].away) if each.name in there else each
        for each in read
    )
