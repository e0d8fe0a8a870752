"""Which keys the workspace file knows, and what each must be."""

from collections.abc import Iterable
from typing import Any

from inbox.flow import config_checks as c
from inbox.flow.config_hot import HOT
from inbox.flow.config_lines import Place
from inbox.flow.report_files.naming import folder_trouble
from inbox.model.incident import INCIDENT_KINDS, LONGEST_TASK
from inbox.model.report import FIGURES, REPORTS, By, Timing
from inbox.model.words import MentionKind, Metric, PolicyAction, Priority, Role
from inbox.model.workspace import UNSORTED, Every, FileKind, Side, Then, Workspace
from inbox.sla.hours import refusal
from inbox.store import documents

_RESERVED = frozenset(("collector", "command", "nobody", "none"))
_NAMED = {
    "area": "areas",
    "employee": "employees",
    "calendar": "calendars",
    "policy": "policies",
    "rule": "rules",
    "escalation": "escalations",
    "report": "reports",
    "line": "scorecard",
    "playbook": "playbooks",
}
_TEXTS = c.items(c.text)
_PRIORITY = c.one_of([str(each) for each in Priority])
_ROLE = c.one_of([str(each) for each in Role])


def _role(report: c.Report, place: Place, value: object) -> None:
    (c.items(_ROLE) if isinstance(value, list) else _ROLE)(report, place, value)


def _hours(report: c.Report, place: Place, value: object) -> None:
    """``"outside service"``, or ``{ outside = "service" }``."""
    if isinstance(value, str):
        side, _, name = value.partition(" ")
        value = {side: name}
    if isinstance(value, dict) and len(value) != 1:
        report.say(place, "This should be inside or outside of one calendar, like “outside service”.")
        return
    calendar = c.known("calendar")
    c.table({"inside": calendar, "outside": calendar})(report, place, value)


_WHEN = c.table(
    {
        "text_any": _TEXTS,
        "text_all": _TEXTS,
        "text_none": _TEXTS,
        "text_regex": c.regex,
        "network": _TEXTS,
        "account": _TEXTS,
        "kind": c.items(c.one_of([str(each) for each in MentionKind])),
        "language": _TEXTS,
        "sentiment": c.items(c.one_of(("positive", "neutral", "negative", "mixed"))),
        "author_tags": _TEXTS,
        "followers_min": c.whole,
        "verified": c.flag,
        "has_media": c.flag,
        "priority": c.items(_PRIORITY),
        "area": c.items(c.known("area", unsorted=True)),
        "incident": c.flag,
        "hours": _hours,
    }
)
_THEN = c.table(
    {
        "area": c.known("area", unsorted=True),
        "priority": _PRIORITY,
        "tags": _TEXTS,
        "policy": c.known("policy"),
        "escalate": c.known("escalation"),
        "hide": c.flag,
        "needs_reply": c.flag,
    }
)
_SETTINGS = c.table(
    {
        "name": c.text,
        "time_zone": c.zone_name,
        "confidence": c.share,
        "return_after": c.span_or_never,
        "undo": c.span,
        "reopen_within": c.span,
        "tell_after": c.span_or_never,
    }
)
_AREA = c.table(
    {"name": c.text, "keywords": _TEXTS, "approval": c.flag, "calendar": c.known("calendar"), "color": c.whole},
    required=["name"],
)
_EMPLOYEE = c.table(
    {
        "name": c.text,
        "full_name": c.any_text,
        "role": _role,
        "areas": c.items(c.known("area", unsorted=True)),
        "skills": _TEXTS,
        "capacity": c.whole,
        "shifts": c.week,
        "time_zone": c.zone_name,
        "certified_until": c.day,
    },
    required=["name"],
)
_CALENDAR = c.table(
    {
        "name": c.text,
        "time_zone": c.zone_name,
        "week": c.week,
        "holidays": c.table({"country": c.text, "subdivision": c.text}, required=["country"]),
        "closed": c.items(c.day),
        "open": c.open_days,
        "imported": c.items(
            c.table({"date": c.day, "name": c.any_text, "on": c.flag, "uid": c.any_text}, required=["date"])
        ),
    },
    required=["name"],
)


def _action(report: c.Report, place: Place, value: object) -> None:
    """What a policy does when a warning or a deadline comes."""
    actions = [str(each) for each in PolicyAction]
    if value not in actions:
        there_are = ", ".join(f"“{each}”" for each in actions)
        report.say(
            place, f"“{value}” is not an action of a policy. There are: {there_are}.{c.suggestion(value, actions)}"
        )


_POLICY = c.table(
    {
        "name": c.text,
        "when": _WHEN,
        "calendar": c.known("calendar"),
        "first_response": c.target,
        "next_response": c.target,
        "resolution": c.target,
        "warn_before": c.span,
        "on_warning": c.items(_action),
        "on_breach": c.items(_action),
    },
    required=["name"],
)
_RULE = c.table({"name": c.text, "on": c.flag, "when": _WHEN, "then": _THEN}, required=["name", "then"])
_CALLED = c.some(c.items(c.helper), "Say who is called.")
_STEP = c.table({"to": _CALLED, "wait": c.span}, required=["to"], lenient=True)
_STEPS = c.some(c.items(_STEP), "Nobody would be called. Add a step.")
_ESCALATION = c.table({"name": c.text, "steps": _STEPS, "repeat": c.whole}, required=["name", "steps"], lenient=True)


def _folder(report: c.Report, place: Place, value: object) -> None:
    c.text(report, place, value)
    if isinstance(value, str) and (trouble := folder_trouble(value.strip())):
        report.say(place, trouble)


_REPORT = c.table(
    {
        "name": c.text,
        "report": c.one_of(REPORTS),
        "every": c.one_of([str(each) for each in Every]),
        "at": c.clock,
        "files": c.items(c.one_of([str(each) for each in FileKind])),
        "folder": _folder,
        "metric": c.one_of([str(each) for each in Metric]),
        "by": c.one_of([str(each) for each in By]),
        "time": c.one_of([str(each) for each in Timing]),
        "areas": c.items(c.known("area", unsorted=True)),
        "on": c.flag,
    },
    required=["name", "report"],
)
_SCORE = c.table(
    {
        "name": c.text,
        "side": c.one_of([str(each) for each in Side]),
        "figure": c.one_of(FIGURES),
        "unit": c.any_text,
        "better": c.one_of(("higher", "lower")),
        "target": c.number,
        "targets": c.of_areas(c.number),
    },
    required=["name", "side"],
)


def _task(report: c.Report, place: Place, value: object) -> None:
    _TASK(report, place, value)
    if isinstance(value, dict) and "role" in value and "employee" in value:
        report.say((*place, "role"), "A task is for a role or for one employee, not for both.")


def _title(report: c.Report, place: Place, value: object) -> None:
    c.text(report, place, value)
    if isinstance(value, str) and len(value) > LONGEST_TASK:
        report.say(place, f"A task has {LONGEST_TASK} characters at most.")


_TASK = c.table({"title": _title, "within": c.span, "role": _ROLE, "employee": c.known("employee")}, required=["title"])
_PLAYBOOK = c.table(
    {"name": c.text, "kind": c.items(c.one_of(INCIDENT_KINDS)), "tasks": c.items(_task)}, required=["name", "tasks"]
)
_FILE = c.table(
    {
        "workspace": _SETTINGS,
        "areas": c.items(_AREA),
        "employees": c.items(_EMPLOYEE),
        "calendars": c.items(_CALENDAR),
        "policies": c.items(_POLICY),
        "rules": c.items(_RULE),
        "escalations": c.items(_ESCALATION),
        "hot": HOT,
        "reports": c.items(_REPORT),
        "scorecard": c.items(_SCORE),
        "playbooks": c.items(_PLAYBOOK),
    }
)


def problems(data: dict[str, Any]) -> list[tuple[Place, str]]:
    """Everything that is wrong with a parsed file: the place of each key, and why."""
    names = {kind: frozenset(name for _, name in _names(data, section)) for kind, section in _NAMED.items()}
    report = c.Report(names)
    _FILE(report, (), data)
    _unstorable(report, (), data)
    for kind, section in _NAMED.items():
        _twice(report, kind, section, list(_names(data, section)))
    for place, name in _names(data, "areas"):
        if name.casefold() == UNSORTED.casefold():
            report.say(place, f"“{UNSORTED}” is where threads without an area stand; it is always there.")
    for place, name in _names(data, "employees"):
        if name.casefold() in _RESERVED:
            report.say(place, f"“{name}” cannot be an employee's name: the history uses it otherwise.")
    _unusable_calendars(report, data)
    return report.found


def rule_problems(rule: dict[str, Any], workspace: Workspace) -> list[tuple[Place, str]]:
    """Everything that is wrong with a rule's document in a workspace; places begin inside the rule."""
    return _entry_problems(_RULE, rule, workspace)


def policy_problems(policy: dict[str, Any], workspace: Workspace) -> list[tuple[Place, str]]:
    """Everything that is wrong with a policy's document in a workspace; places begin inside the policy."""
    return _entry_problems(_POLICY, policy, workspace)


def escalation_problems(ladder: dict[str, Any], workspace: Workspace) -> list[tuple[Place, str]]:
    """Everything that is wrong with an escalation policy's document in a workspace; places begin inside it."""
    return _entry_problems(_ESCALATION, ladder, workspace)


def report_problems(scheduled: dict[str, Any], workspace: Workspace) -> list[tuple[Place, str]]:
    """Everything that is wrong with a scheduled report's document in a workspace; places begin inside it."""
    return _entry_problems(_REPORT, scheduled, workspace)


def hot_problems(hot: dict[str, Any], workspace: Workspace) -> list[tuple[Place, str]]:
    """Everything that is wrong with the detector's settings in a workspace; places begin inside them."""
    return _entry_problems(HOT, hot, workspace)


def _entry_problems(check: c.Check, entry: dict[str, Any], workspace: Workspace) -> list[tuple[Place, str]]:
    names = {
        "area": [each.name for each in workspace.areas],
        "employee": [each.name for each in workspace.employees],
        "calendar": [each.name for each in workspace.calendars],
        "policy": [each.name for each in workspace.policies],
        "escalation": [str(each.get("name")) for each in workspace.escalations],
    }
    report = c.Report({kind: frozenset(known) for kind, known in names.items()}, "the workspace")
    check(report, (), entry)
    _unstorable(report, (), entry)
    return report.found


def acts(then: Then) -> bool:
    """Whether a rule does anything."""
    return then != Then()


def _names(data: dict[str, Any], section: str) -> Iterable[tuple[Place, str]]:
    entries = data.get(section)
    for number, entry in enumerate(entries if isinstance(entries, list) else ()):
        if isinstance(entry, dict) and isinstance(entry.get("name"), str):
            yield (section, number, "name"), entry["name"]


def _unstorable(report: c.Report, place: Place, value: object) -> None:
    """NUL characters, which PostgreSQL cannot store."""
    if isinstance(value, dict):
        for key, each in value.items():
            _unstorable(report, (*place, key), each)
    elif isinstance(value, list):
        for number, each in enumerate(value):
            _unstorable(report, (*place, number), each)
    elif isinstance(value, str) and "\0" in value:
        report.say(place, "This holds a NUL character, which cannot be stored.")


def _twice(report: c.Report, kind: str, section: str, names: list[tuple[Place, str]]) -> None:
    seen: set[str] = set()
    for place, name in names:
        if name.casefold() in seen:
            report.say(place, f"There are two {section} named “{name}”; each {kind} needs a name of its own.")
        seen.add(name.casefold())


def _unusable_calendars(report: c.Report, data: dict[str, Any]) -> None:
    """Calendars that are well formed and still measure nothing: no open hours, an unknown country."""
    wrong = {place[:2] for place, _ in report.found if place[:1] == ("calendars",)}
    entries = data.get("calendars")
    for number, entry in enumerate(entries if isinstance(entries, list) else ()):
        place: Place = ("calendars", number)
        if place in wrong:
            continue
        trouble = refusal(documents.calendar_of(plain(entry)))
        if trouble:
            report.say((*place, "holidays") if "holidays for" in trouble else (*place, "name"), trouble)


def plain(value: Any) -> Any:  # noqa: ANN401 - any TOML value
    """A TOML value as JSON knows it: dates and times as text."""
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [plain(each) for each in value]
    return value.isoformat() if hasattr(value, "isoformat") else value
