"""Playbooks: the tasks that an incident begins with, from the workspace file or, where it has none, the usual ones."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from inbox.model import duration
from inbox.model.incident import Incident
from inbox.model.people import Employee
from inbox.model.words import Role
from inbox.model.workspace import Workspace
from inbox.routing.shift import on_shift
from inbox.store import incident_tasks
from inbox.store.engine import Session
from inbox.store.errors import NotFound
from inbox.store.incident_tasks import NewTask

USUAL: Final = "usual"


@dataclass(frozen=True, slots=True)
class Entry:
    """A task of a playbook: due ``within`` a time of its start, for anybody of a role, or for one employee."""

    title: str
    within: timedelta | None = None
    role: Role | None = None
    employee: str | None = None


@dataclass(frozen=True, slots=True)
class Playbook:
    """Tasks by name; ``kinds`` of incidents that begin with it, none for all."""

    name: str
    kinds: tuple[str, ...]
    tasks: tuple[Entry, ...]


def _lead(title: str, minutes: int) -> Entry:
    return Entry(title, timedelta(minutes=minutes), Role.CRISIS_LEAD)


_USUAL: Final = Playbook(
    USUAL,
    (),
    (
        _lead("Find out what happened from those who know", 15),
        _lead("Decide whether outgoing posts are held", 15),
        _lead("Tell everybody who replies what to say", 20),
        _lead("Write the holding statement and have it approved", 30),
        _lead("Answer those who are affected", 120),
        _lead("Write an update, also when there is nothing new", 120),
    ),
)


def playbooks(workspace: Workspace) -> tuple[Playbook, ...]:
    """The workspace's playbooks in their order; the usual one where there is none."""
    return tuple(_playbook(each) for each in workspace.playbooks) or (_USUAL,)


def named(workspace: Workspace, name: str) -> Playbook:
    """The playbook of a name, whatever its case. Raises ``NotFound`` naming what there is."""
    known = playbooks(workspace)
    found = next((each for each in known if each.name.casefold() == name.strip().casefold()), None)
    if found is None:
        raise NotFound(f"There is no playbook “{name}”. There are: {', '.join(each.name for each in known)}.")
    return found


def meant_for(workspace: Workspace, kind: str) -> Playbook | None:
    """The first playbook for a kind of incident."""
    return next((each for each in playbooks(workspace) if not each.kinds or kind in each.kinds), None)


def copy_in(s: Session, found: Incident, playbook: Playbook, workspace: Workspace, now: datetime) -> int:
    """Copy a playbook's tasks into an incident, leaving out those that it has; how many came in. What is edited in the
    workspace file later changes no task that was copied.
    """
    present = incident_tasks.of(s, found.id)
    there = {each.title.casefold() for each in present}
    busy = Counter(each.assignee for each in present if each.assignee is not None and each.done_at is None)
    new = []
    for entry in playbook.tasks:
        if entry.title.casefold() in there:
            continue
        there.add(entry.title.casefold())
        whom = _assignee(entry, workspace, busy, now)
        if whom is not None:
            busy[whom.name] += 1
        due_at = None if entry.within is None else now + entry.within
        new.append(NewTask(entry.title, None if whom is None else whom.id, due_at))
    return len(incident_tasks.add(s, found.id, new))


def begin(s: Session, found: Incident, workspace: Workspace, now: datetime) -> int:
    """The tasks that an incident begins with when it is confirmed, unless it has some."""
    playbook = meant_for(workspace, found.kind)
    if playbook is None or incident_tasks.of(s, found.id):
        return 0
    return copy_in(s, found, playbook, workspace, now)


def _assignee(entry: Entry, workspace: Workspace, busy: Counter[str], now: datetime) -> Employee | None:
    """The one named; of a role whoever is on shift and has the fewest of these tasks, else whoever has the fewest."""
    if entry.employee is not None:
        return next((each for each in workspace.employees if each.name == entry.employee), None)
    meant = [each for each in workspace.employees if entry.role is not None and entry.role in each.roles]
    there = [each for each in meant if on_shift(each, now, workspace.settings.time_zone)]
    return min(there or meant, key=lambda each: (busy[each.name], each.name), default=None)


def _playbook(document: Mapping[str, Any]) -> Playbook:
    return Playbook(
        document["name"], tuple(document.get("kind", ())), tuple(_entry(each) for each in document.get("tasks", ()))
    )


def _entry(document: Mapping[str, Any]) -> Entry:
    within, role = document.get("within"), document.get("role")
    return Entry(
        " ".join(document["title"].split()),
        None if within is None else duration.parse(within),
        None if role is None else Role(role),
        document.get("employee"),
    )
