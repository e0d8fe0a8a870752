"""The workspace file: TOML to ``Workspace`` with every error named, and back."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from inbox.flow.config_checks import NEVER
from inbox.flow.config_hot import unknown_settings
from inbox.flow.config_lines import Place, line_of, lines
from inbox.flow.config_shape import plain, problems
from inbox.flow.escalate import nobody
from inbox.model import duration
from inbox.model.ids import AreaId, EmployeeId
from inbox.model.people import Area, Employee
from inbox.model.words import Role
from inbox.model.workspace import Settings, Workspace
from inbox.routing import shadows
from inbox.store import documents, report_documents
from inbox.store.errors import Refused

COLORS = 8
"""Areas are told apart by as many colours; the next one begins again."""

_TOML_LINE = "(at line "


@dataclass(frozen=True, slots=True)
class Problem:
    """One error: ``key`` is written like ``rules[2].then.area``, counted from 1 as people do."""

    file: str
    line: int
    key: str
    reason: str

    def __str__(self) -> str:
        """The line that is printed."""
        return (
            f"{self.file}:{self.line}: {self.key}: {self.reason}"
            if self.key
            else f"{self.file}:{self.line}: {self.reason}"
        )


class BadFile(Refused):
    """The workspace file has errors; nothing was changed."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        more = f" (and {len(problems) - 1} more; “inbox config check” lists them)" if len(problems) > 1 else ""
        super().__init__(f"{problems[0]}{more}")
        self.problems = problems


def read(path: Path) -> Workspace:
    """The workspace that a file describes. Raises ``BadFile``, or ``OSError``."""
    data, found = _parsed(path)
    if found:
        raise BadFile(found)
    return build(data)


def check(path: Path) -> tuple[Problem, ...]:
    """Everything that is wrong with a file, in the order of its lines. Raises ``OSError``."""
    return _parsed(path)[1]


def read_part(path: Path, around: Mapping[str, Any]) -> dict[str, Any]:
    """The sections of a file that holds only some of them, checked beside ``around``: what other sections define.

    Raises ``BadFile``, or ``OSError``.
    """
    data, found = _parsed(path, around)
    if found:
        raise BadFile(found)
    return data


def notes(path: Path) -> tuple[Problem, ...]:
    """What is allowed and may still surprise, where a file has no errors, in its order. Raises ``OSError``."""
    data, found = _parsed(path)
    if found:
        return ()
    known = lines(path.read_bytes().decode("utf-8-sig"))
    workspace = build(data)
    said: list[tuple[Place, str]] = [(("rules", n), note) for n, note in shadows.notes(workspace.rules)]
    said += [*nobody.notes(workspace), *unknown_settings(workspace.hot)]
    noted = [Problem(path.name, line_of(known, place), _key(place), note) for place, note in said]
    return tuple(sorted(noted, key=lambda note: note.line))


def build(data: dict[str, Any]) -> Workspace:
    """The workspace of parsed TOML that has no problems."""
    data = plain(data)
    settings = _settings(data.get("workspace", {}))
    return Workspace(
        settings=settings,
        areas=tuple(_area(each, place) for place, each in enumerate(data.get("areas", ()))),
        employees=tuple(_employee(each) for each in data.get("employees", ())),
        calendars=tuple(documents.calendar_of(each, settings.time_zone) for each in data.get("calendars", ())),
        policies=tuple(documents.policy_of(_with_hours(each)) for each in data.get("policies", ())),
        rules=tuple(documents.rule_of(_with_hours(each)) for each in data.get("rules", ())),
        escalations=tuple(data.get("escalations", ())),
        hot=data.get("hot", {}),
        reports=tuple(report_documents.scheduled_of(each) for each in data.get("reports", ())),
        scorecard=tuple(report_documents.line_of(each) for each in data.get("scorecard", ())),
        playbooks=tuple(data.get("playbooks", ())),
    )


def _parsed(path: Path, around: Mapping[str, Any] | None = None) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return {}, (Problem(path.name, line, "", "This is not UTF-8 text."),)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return {}, (_syntax(path.name, str(error), text),)
    except RecursionError:
        return {}, (Problem(path.name, 1, "", "This is nested too deeply to be a workspace file."),)
    known = lines(text)
    found = [
        Problem(path.name, line_of(known, place), _key(place), reason)
        for place, reason in problems({**(around or {}), **data})
    ]
    return data, tuple(sorted(found, key=lambda problem: problem.line))


def _syntax(file: str, message: str, text: str) -> Problem:
    reason, _, where = message.partition(_TOML_LINE)
    number = where.split(",")[0]
    line = int(number) if number.isdigit() else max(1, text.count("\n"))
    return Problem(file, line, "", f"{reason.strip().rstrip('.')}.")


def _key(place: Place) -> str:
    written = ""
    for step in place:
        if isinstance(step, int):
            written += f"[{step + 1}]"
        else:
            written += f".{step}" if written else step
    return written


def _settings(data: dict[str, Any]) -> Settings:
    values = dict(data)
    for key in ("return_after", "undo", "reopen_within", "tell_after"):
        if key in values:
            values[key] = None if values[key] == NEVER else duration.parse(values[key])
    return Settings(**values)


def _area(data: dict[str, Any], place: int) -> Area:
    return Area(
        AreaId(0),
        data["name"],
        tuple(data.get("keywords", ())),
        data.get("approval", False),
        data.get("calendar"),
        data.get("color", place % COLORS),
    )


def _employee(data: dict[str, Any]) -> Employee:
    role = data.get("role", "employee")
    until = data.get("certified_until")
    return Employee(
        id=EmployeeId(0),
        name=data["name"],
        full_name=data.get("full_name", ""),
        roles=tuple(Role(each) for each in ([role] if isinstance(role, str) else role)) or (Role.EMPLOYEE,),
        areas=tuple(data.get("areas", ())),
        skills=tuple(data.get("skills", ())),
        capacity=data.get("capacity"),
        shifts=documents.week_of(data.get("shifts")),
        time_zone=data.get("time_zone"),
        certified_until=date.fromisoformat(until) if until else None,
    )


def _with_hours(data: dict[str, Any]) -> dict[str, Any]:
    """Conditions whose ``hours`` are written as a text, in their other form."""
    hours = data.get("when", {}).get("hours")
    if not isinstance(hours, str):
        return data
    side, _, name = hours.partition(" ")
    return {**data, "when": {**data["when"], "hours": {side: name}}}
