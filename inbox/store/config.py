"""The workspace file's contents in the store: loaded once per version, saved whole."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, Table, select

from inbox.model import duration
from inbox.model.ids import AreaId, EmployeeId
from inbox.model.people import Area, Employee
from inbox.model.thread import AuditEvent
from inbox.model.workspace import Calendar, Policy, Rule, ScheduledReport, Settings, Workspace
from inbox.store import audit, documents, people, report_documents, versions
from inbox.store.documents import Document
from inbox.store.schema import area, config, employee, workspace
from inbox.store.session import Session

_kept: WeakKeyDictionary[Engine, tuple[str, Workspace]] = WeakKeyDictionary()


def load(s: Session) -> Workspace:
    """The whole configuration, read anew only when it has changed.

    Employees' ``open_threads`` are 0 here: they change all the time, ``store.people.employees`` counts them.
    """
    version = versions.current(s)
    if version is None:
        return _read(s)
    kept = _kept.get(s.connection.engine)
    if kept is None or kept[0] != version:
        kept = (version, _read(s))
        _kept[s.connection.engine] = kept
    return kept[1]


def workspace_id(s: Session) -> str:
    """The UUID that names this workspace's secrets; made when first asked for in a writing session."""
    found = s.scalar(select(workspace.c.value).where(workspace.c.key == "id"))
    if found is None and s.writing:
        found = str(uuid.uuid4())
        versions.put(s, "id", found)
    return str(found or "")


def created_at(s: Session) -> datetime | None:
    """When the workspace was made."""
    found = s.scalar(select(workspace.c.value).where(workspace.c.key == "created_at"))
    return None if found is None else datetime.fromisoformat(found)


def save(s: Session, new: Workspace, actor: str, now: datetime) -> None:
    """Replace the configuration. Areas and employees that are gone keep their row, marked removed."""
    people.lock(s)
    workspace_id(s)
    if created_at(s) is None:
        versions.put(s, "created_at", now.isoformat())
    versions.put(s, "settings", _settings_document(new.settings))
    _save_named(s, area, [_area_row(each, place) for place, each in enumerate(new.areas)], now)
    _save_named(s, employee, [_employee_row(each) for each in new.employees], now)
    s.execute(config.delete())
    rows = list(_config_rows(new))
    if rows:
        s.execute(config.insert(), rows)
    audit.record(s, actor, "configure", None, now, areas=len(new.areas), employees=len(new.employees))
    versions.renew(s)
    s.changed(topics=["config", "people"])


def locked(s: Session) -> Workspace:
    """The configuration, which nobody else can change until this writing session ends."""
    if s.kind == "postgresql":
        # SQLite has one writer anyway.
        s.execute(select(workspace.c.value).where(workspace.c.key == "config_version").with_for_update())
    return load(s)


def save_rules(s: Session, rules: Sequence[Rule]) -> None:
    """Replace the rules alone; the caller writes down who changed what."""
    _replace(s, "rule", [documents.rule_document(each) for each in rules])


def save_calendars(s: Session, calendars: Sequence[Calendar]) -> None:
    """Replace the calendars alone; the caller writes down who changed what, and brings the clocks in line."""
    _replace(s, "calendar", [documents.calendar_document(each) for each in calendars])


def save_policies(s: Session, policies: Sequence[Policy]) -> None:
    """Replace the policies alone; the caller writes down who changed what."""
    _replace(s, "policy", [documents.policy_document(each) for each in policies])


def save_escalations(s: Session, ladders: Sequence[Document]) -> None:
    """Replace the escalation policies alone; the caller writes down who changed what."""
    _replace(s, "escalation", ladders)


def save_reports(s: Session, reports: Sequence[ScheduledReport]) -> None:
    """Replace the scheduled reports alone; the caller writes down who changed what."""
    _replace(s, "report", [report_documents.scheduled_document(each) for each in reports])


def save_hot(s: Session, hot: Document) -> None:
    """Replace the settings of the detector of hot issues alone; the caller writes down who changed what."""
    _replace(s, "hot", [{"name": "hot", **hot}] if hot else [])


def _replace(s: Session, kind: str, docs: Sequence[Document]) -> None:
    s.execute(config.delete().where(config.c.kind == kind))
    rows = [_row(kind, place, doc) for place, doc in enumerate(docs)]
    if rows:
        s.execute(config.insert(), rows)
    versions.renew(s)
    s.changed(topics=["config"])


def last_change(s: Session) -> AuditEvent | None:
    """What was last done to the configuration, and by whom."""
    return audit.newest_of(s, ("rule", "calendar", "policy", "report", "hot", "escalation policy", "configure"))


def _read(s: Session) -> Workspace:
    found = s.scalar(select(workspace.c.value).where(workspace.c.key == "settings"))
    settings = _settings_of(found or {})
    lists: dict[str, list[Document]] = {}
    for kind, doc in s.execute(select(config.c.kind, config.c.doc).order_by(config.c.kind, config.c.position)):
        lists.setdefault(kind, []).append(doc)
    return Workspace(
        settings=settings,
        areas=people.areas(s),
        employees=tuple(replace(each, open_threads=0) for each in people.employees(s)),
        calendars=tuple(documents.calendar_of(each, settings.time_zone) for each in lists.get("calendar", ())),
        policies=tuple(documents.policy_of(each) for each in lists.get("policy", ())),
        rules=tuple(documents.rule_of(each) for each in lists.get("rule", ())),
        escalations=tuple(lists.get("escalation", ())),
        hot=lists["hot"][0] if "hot" in lists else {},
        reports=tuple(report_documents.scheduled_of(each) for each in lists.get("report", ())),
        scorecard=tuple(report_documents.line_of(each) for each in lists.get("scorecard", ())),
        playbooks=tuple(lists.get("playbook", ())),
    )


def _settings_of(document: Document) -> Settings:
    spans = {"return_after", "undo", "reopen_within", "tell_after"}
    values: dict[str, Any] = {
        key: duration.parse(value) if key in spans and value is not None else value for key, value in document.items()
    }
    return Settings(**values)


def _settings_document(settings: Settings) -> Document:
    tell = settings.tell_after
    return {
        "name": settings.name,
        "time_zone": settings.time_zone,
        "confidence": settings.confidence,
        "return_after": None if settings.return_after is None else duration.show(settings.return_after),
        "undo": duration.show(settings.undo),
        "reopen_within": duration.show(settings.reopen_within),
        "tell_after": None if tell is None else duration.show(tell),
    }


def _config_rows(new: Workspace) -> Iterable[dict[str, Any]]:
    kinds: tuple[tuple[str, list[Document]], ...] = (
        ("calendar", [documents.calendar_document(each) for each in new.calendars]),
        ("policy", [documents.policy_document(each) for each in new.policies]),
        ("rule", [documents.rule_document(each) for each in new.rules]),
        ("escalation", [dict(each) for each in new.escalations]),
        ("hot", [{"name": "hot", **new.hot}] if new.hot else []),
        ("report", [report_documents.scheduled_document(each) for each in new.reports]),
        ("scorecard", [report_documents.line_document(each) for each in new.scorecard]),
        ("playbook", [dict(each) for each in new.playbooks]),
    )
    for kind, docs in kinds:
        for place, doc in enumerate(docs):
            yield _row(kind, place, doc)


def _row(kind: str, place: int, doc: Document) -> dict[str, Any]:
    kept = {key: value for key, value in doc.items() if kind != "hot" or key != "name"}
    return {"kind": kind, "position": place, "name": doc["name"], "doc": kept}


def _area_row(each: Area, place: int) -> dict[str, Any]:
    return {
        "name": each.name,
        "keywords": list(each.keywords),
        "approval": each.approval,
        "calendar": each.calendar,
        "color": each.color,
        "position": place,
    }


def _employee_row(each: Employee) -> dict[str, Any]:
    """What the file says of an employee; being away is a state of the day and is left alone."""
    return {
        "name": each.name,
        "full_name": each.full_name,
        "roles": [str(role) for role in each.roles],
        "areas": list(each.areas),
        "skills": list(each.skills),
        "capacity": each.capacity,
        "shifts": documents.week_document(each.shifts),
        "time_zone": each.time_zone,
        "certified_until": each.certified_until.isoformat() if each.certified_until else None,
    }


def _save_named(s: Session, table: Table, rows: list[dict[str, Any]], now: datetime) -> None:
    """Bring a table in line with rows by name, so that every thread's area and assignee keep their number."""
    known: dict[str, AreaId | EmployeeId] = {row.name: row.id for row in s.execute(select(table.c.name, table.c.id))}
    for row in rows:
        if row["name"] in known:
            s.execute(table.update().where(table.c.id == known[row["name"]]).values(**row, removed_at=None))
        else:
            s.execute(table.insert().values(**row))
    gone = [number for name, number in known.items() if name not in {row["name"] for row in rows}]
    if gone:
        s.execute(table.update().where(table.c.id.in_(gone), table.c.removed_at.is_(None)).values(removed_at=now))
