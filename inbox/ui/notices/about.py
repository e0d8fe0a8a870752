"""Which incident a notice is about."""

import re
from typing import TYPE_CHECKING

from inbox.model.ids import IncidentId

if TYPE_CHECKING:
    from inbox.store.engine import Session

KEY = re.compile(r"(incident |statement:|task:)(\d{1,18})(?::|$)")


def incident_of(session: "Session", key: str) -> IncidentId | None:
    """By what the notice's key names: an incident, or a statement or task, wherever those belong by now."""
    from inbox.store import incident_tasks, incidents, statements

    named = KEY.match(key)
    if named is None:
        return None
    kind, number = named[1], int(named[2])
    if kind == "statement:":
        return statements.home(session, number)
    if kind == "task:":
        return incident_tasks.home(session, number)
    found = incidents.get(session, IncidentId(number))
    return None if found is None else found.id
