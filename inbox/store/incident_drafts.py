"""What somebody writes in an incident's room, kept with every pause so that no crash takes more than a few words."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Row, select

from inbox.model.ids import EmployeeId, IncidentId
from inbox.model.typed import typed
from inbox.store.schema import incident_draft
from inbox.store.session import Session, insert_for


class RoomDraftKind(StrEnum):
    """What it is to become; ``reply`` goes to everybody whom the incident gathered."""

    NOTE = "note"
    UPDATE = "update"
    STATEMENT = "statement"
    REPLY = "reply"


@dataclass(frozen=True, slots=True)
class RoomDraft:
    """Words of one kind by one employee in one incident."""

    incident_id: IncidentId
    employee_id: EmployeeId
    kind: RoomDraftKind
    text: str
    saved_at: datetime


def save(s: Session, new: RoomDraft) -> None:
    """Keep the employee's draft of its kind in this incident; an empty one is dropped."""
    text = typed(new.text)
    if not text.strip():
        drop(s, new.incident_id, new.employee_id, new.kind)
        return
    values = {name: getattr(new, name) for name in RoomDraft.__slots__} | {"kind": new.kind.value, "text": text}
    insert = insert_for(s)(incident_draft).values(values)
    keys = ["incident_id", "employee_id", "kind"]
    s.execute(insert.on_conflict_do_update(index_elements=keys, set_=values))


def get(s: Session, incident_id: IncidentId, employee_id: EmployeeId, kind: RoomDraftKind) -> RoomDraft | None:
    """The employee's draft of a kind in this incident."""
    row = s.execute(select(incident_draft).where(*_of(incident_id, employee_id, kind))).one_or_none()
    return None if row is None else _draft(row)


def of(s: Session, incident_id: IncidentId, employee_id: EmployeeId) -> dict[RoomDraftKind, RoomDraft]:
    """All that an employee left unfinished in this incident, by kind."""
    mine = (incident_draft.c.incident_id == incident_id, incident_draft.c.employee_id == employee_id)
    found = (_draft(row) for row in s.execute(select(incident_draft).where(*mine)))
    return {each.kind: each for each in found}


def drop(s: Session, incident_id: IncidentId, employee_id: EmployeeId, kind: RoomDraftKind) -> None:
    """Throw the draft of a kind away, or it became what it was to be."""
    s.execute(incident_draft.delete().where(*_of(incident_id, employee_id, kind)))


def _of(incident_id: IncidentId, employee_id: EmployeeId, kind: RoomDraftKind) -> tuple[ColumnElement[bool], ...]:
    of = incident_draft.c
    return (of.incident_id == incident_id, of.employee_id == employee_id, of.kind == kind.value)


def _draft(row: Row[Any]) -> RoomDraft:
    return RoomDraft(
        IncidentId(row.incident_id),
        EmployeeId(row.employee_id),
        RoomDraftKind(row.kind),
        row.text,
        row.saved_at,
    )
