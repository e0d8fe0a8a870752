"""What the strip shows: the holds that stand, and the calls that wait for whoever is at the desk."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from inbox.model.escalation import Escalation
from inbox.model.ids import EmployeeId
from inbox.model.incident import Hold

if TYPE_CHECKING:
    from inbox.store.engine import Session

NOBODY: Final = frozenset(("collector", "command"))
"""Who raises a call without being a person."""
IN_VAIN: Final = timedelta(days=1)
"""So long a call is shown that climbed its ladder to the end."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One call: ``about`` is the author of its thread, or the incident's name."""

    call: Escalation
    about: str


@dataclass(frozen=True, slots=True)
class Alarms:
    """Everything that is on the strip; names by employee, to say who did it."""

    holds: tuple[Hold, ...] = ()
    calls: tuple[Waiting, ...] = ()
    names: tuple[tuple[str, str], ...] = ()


def read(s: "Session", me: EmployeeId | None, now: datetime) -> Alarms:
    """Read the strip for ``me``: of calls those that were made to them and that nobody has acknowledged, for a day
    more where everybody was called in vain.
    """
    from inbox.store import escalations, holds, incidents, people, threads

    calls = []
    for each in escalations.unanswered(s, now - IN_VAIN):
        if me is None or all(call.employee_id != me for call in each.calls):
            continue
        about = ""
        if each.thread_id is not None:
            row = next(iter(threads.rows(s, [each.thread_id])), None)
            about = "" if row is None else row.author_name or row.author_handle
        elif each.incident_id is not None:
            found = incidents.get(s, each.incident_id)
            about = "" if found is None else found.title
        calls.append(Waiting(each, about))
    standing = tuple(holds.standing(s))
    names = tuple((each.name, each.full_name) for each in people.employees(s)) if standing or calls else ()
    return Alarms(standing, tuple(calls), names)
