"""What every deed on a statement begins and ends with: rows taken in their order, races told, all written down."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from inbox.flow.account_names import names_of
from inbox.flow.races import by, who
from inbox.model.change import Change
from inbox.model.ids import AccountId, IncidentId
from inbox.model.incident import OPEN_STATES, Incident, IncidentState, Statement, TimelineEvent
from inbox.store import audit, incidents, statements
from inbox.store.engine import Session
from inbox.store.errors import LostRace, NotFound, Refused

ACTION: Final = "incident statement"
KIND: Final = "statement"
_TOLD: Final = 500


@dataclass(frozen=True, slots=True)
class Discarded:
    """A statement that was thrown away, as it was."""

    statement: Statement


@dataclass(frozen=True, slots=True)
class Published:
    """A statement on its way: what has not gone out can be taken back."""

    incident_id: IncidentId
    statement_id: int


@dataclass(frozen=True, slots=True)
class Done:
    """What was done, said to the person; ``undo`` only where there is a way back."""

    sentence: str
    change: Change
    statement_id: int | None = None
    undo: Discarded | Published | None = None


@dataclass(frozen=True, slots=True)
class Deed:
    """A deed under way, on rows that nobody else can change until it ends."""

    session: Session
    incident: Incident
    found: Statement
    actor: str
    now: datetime

    @property
    def me(self) -> str:
        """How colleagues call whoever does it."""
        return who(self.session, self.actor)

    @property
    def doer(self) -> str:
        """The same inside a sentence."""
        return by(self.session, self.actor)

    def write_down(self, did: str, said: str, **details: object) -> None:
        """A line of the timeline, and an audit event."""
        parts = {"statement": self.found.id, "did": did, **details}
        told = {"version": self.found.version, **parts}
        incidents.tell(self.session, self.incident.id, KIND, said, actor=self.actor, at=self.now, **told)
        audit.record(self.session, self.actor, ACTION, None, self.now, incident=self.incident.id, **parts)

    def last(self) -> TimelineEvent | None:
        """What was last done to the statement."""
        return last_of(self.session, self.incident.id, self.found.id)

    def since(self) -> str:
        """The same as the end of a sentence."""
        last = self.last()
        return "" if last is None else f" ({who(self.session, last.actor)}: {last.text.rstrip('.')})"


def going(s: Session, incident_id: IncidentId, states: Collection[IncidentState] = OPEN_STATES) -> Incident:
    """The incident, taken; it has to be in one of some states."""
    found = incidents.locked(s, incident_id)
    if found is None:
        raise NotFound(f"There is no incident {incident_id}.")
    if found.state in states:
        return found
    if found.state in OPEN_STATES:
        raise Refused(f"{found.quoted} is {found.state} only. Confirm it before something is published about it.")
    raise Refused(f"{found.quoted} is {found.state} already.")


def begin(
    s: Session,
    incident_id: IncidentId,
    statement_id: int,
    *,
    actor: str,
    now: datetime,
    expect: int | None = None,
    states: Collection[IncidentState] = OPEN_STATES,
) -> Deed:
    """Take the incident, then the statement, of the version that was expected."""
    incident = going(s, incident_id, states)
    found = statements.get(s, incident_id, statement_id)
    if found is None:
        raise NotFound(f"Incident {incident_id} has no statement {statement_id}; it may have been discarded.")
    deed = Deed(s, incident, found, actor, now)
    if expect is not None and expect != found.version:
        raise LostRace(f"The statement was changed meanwhile{deed.since()}. Nothing was done; look again.")
    return deed


def last_of(s: Session, incident_id: IncidentId, statement_id: int) -> TimelineEvent | None:
    """What was last done to a statement, as far as the timeline's newest lines tell."""
    told = (each for each in incidents.timeline(s, incident_id, _TOLD) if each.kind == KIND)
    return next((each for each in told if each.details.get("statement") == statement_id), None)


def listed(handles: Collection[str]) -> str:
    """Names of accounts in a sentence."""
    *first, last = handles
    return f"{', '.join(first)} and {last}" if first else last


def handles(s: Session, ids: Collection[AccountId]) -> str:
    """The same, by their numbers; of those that were removed too."""
    return listed(names_of(s, ids) or ["no account"])
