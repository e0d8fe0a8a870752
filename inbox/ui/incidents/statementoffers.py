"""What can be done with a statement by whoever is at the desk. Pure."""

from collections.abc import Sequence

from inbox.flow.hot import statements_approval as approval
from inbox.model.incident import OPEN_STATES, Incident, IncidentState, Statement, StatementState
from inbox.model.people import Employee
from inbox.model.words import ReplyState

SURE = (IncidentState.CONFIRMED, IncidentState.CONTAINED)


def offers(incident: Incident, found: Statement, me: str, staff: Sequence[Employee], *, returned: bool) -> list[str]:
    """Names of ``flow.hot.statements``, the most likely first, and ``update``: writing another one. ``returned``: it
    was sent back and is unchanged since.
    """
    if found.state is StatementState.PUBLISHED:
        return _of_published(incident, found)
    if incident.state not in OPEN_STATES:
        return ["discard"]
    may = not approval.why_not(me, staff, found.written_by)
    if found.state is StatementState.DRAFT:
        first = ["approve"] if may and not returned else ["ask"]
        return [*first, "edit", "discard"]
    if found.state is StatementState.ASKED:
        return [*(["approve", "send_back"] if may else []), "edit", "discard"]
    return [*(["publish"] if incident.state in SURE else []), "edit", "send_back", "discard"]


def _of_published(incident: Incident, found: Statement) -> list[str]:
    states = {each.state for each in found.posts}
    named = ["send_again"] if incident.state in SURE and ReplyState.FAILED in states else []
    if ReplyState.QUEUED in states:
        named.append("withdraw")
    return [*named, "update"] if incident.state in OPEN_STATES else named
