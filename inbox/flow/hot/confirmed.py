"""What only a confirmed incident allows: answering, holding and speaking in its name."""

from inbox.model.ids import IncidentId
from inbox.model.incident import OPEN_STATES, Incident, IncidentState
from inbox.store import incidents
from inbox.store.engine import Session
from inbox.store.errors import NotFound, Refused


def confirmed(s: Session, incident_id: IncidentId) -> Incident:
    """The incident, which nobody else can change until a writing session ends. Raises ``NotFound``, and ``Refused``
    when it is only suspected, or over.
    """
    found = incidents.locked(s, incident_id) if s.writing else incidents.get(s, incident_id)
    if found is None:
        raise NotFound(f"There is no incident {incident_id}.")
    if found.state is IncidentState.SUSPECTED:
        raise Refused(f"{found.quoted} is only suspected: confirm it first.")
    if found.state not in OPEN_STATES:
        raise Refused(f"{found.quoted} is {found.state} already.")
    return found
