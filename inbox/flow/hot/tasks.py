"""What people do with an incident's tasks: add, assign, put off, tick off and back, remove; and telling of late ones.

Each is one transaction, audited and told on the timeline. All raise ``NotFound``, and ``Refused`` for what the task's
or the incident's state does not allow.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from inbox.flow.hot import playbooks
from inbox.flow.hot.playbooks import Playbook
from inbox.flow.races import by
from inbox.flow.telling import LATE
from inbox.model.change import Change
from inbox.model.ids import EmployeeId, IncidentId
from inbox.model.incident import LONGEST_TASK, OPEN_STATES, Incident, Task
from inbox.model.notice import Notice, NoticeKind
from inbox.model.people import Employee
from inbox.model.typed import typed_line
from inbox.model.words import Role
from inbox.model.workspace import Workspace
from inbox.store import audit, config, incident_tasks, incidents, notices, people
from inbox.store.engine import Session, Store
from inbox.store.errors import NotFound, Refused
from inbox.store.incident_tasks import Late, NewTask

ACTION: Final = "incident task"
MOST: Final = 200
_TOLD_OF: Final = timedelta(days=28)
"""A task is told of when it is no later than this: notices that were seen are forgotten after 30 days."""


@dataclass(frozen=True, slots=True)
class Removed:
    """A task that was taken off, and where it stood: what ``restore`` needs."""

    incident_id: IncidentId
    task: Task
    position: int


@dataclass(frozen=True, slots=True)
class Tasked:
    """What was done, said to the person; ``undo`` only where something was removed."""

    sentence: str
    change: Change
    task_id: int | None = None
    undo: Removed | None = None


def follow(store: Store, incident_id: IncidentId, name: str | None = None, *, actor: str, now: datetime) -> Tasked:
    """Copy a playbook's tasks in, by its name or (None) the one for this kind of incident."""
    with store.write() as s:
        found = _going(s, incident_id)
        workspace = config.load(s)
        playbook = _playbook(workspace, found, name)
        new = playbooks.copy_in(s, found, playbook, workspace, now)
        if not new:
            return Tasked(f"All tasks of “{playbook.name}” are there already.", Change())
        said = f"{_counted(new)} of the playbook “{playbook.name}” put on the list."
        _write_down(s, incident_id, said, actor, now, did="playbook", playbook=playbook.name)
    return Tasked(said, s.change)


def add(
    store: Store,
    incident_id: IncidentId,
    title: str,
    *,
    assignee: str | None = None,
    due_at: datetime | None = None,
    actor: str,
    now: datetime,
) -> Tasked:
    """Put a task on the list, for an employee by name or (None) for whoever takes it."""
    title = _title(title)
    with store.write() as s:
        _going(s, incident_id)
        if len(incident_tasks.of(s, incident_id)) >= MOST:
            raise Refused(f"There are {MOST} tasks, which is the most.")
        whom = None if assignee is None else people.employee(s, assignee)
        number = incident_tasks.add(s, incident_id, [NewTask(title, None if whom is None else whom.id, due_at)])[0]
        _write_down(s, incident_id, f"Task added: {title}", actor, now, did="add", task=number)
    return Tasked(f"“{title}” is on the list.", s.change, number)


def assign(
    store: Store, incident_id: IncidentId, task_id: int, assignee: str | None, *, actor: str, now: datetime
) -> Tasked:
    """Give a task to an employee by name, or (None) to nobody. One who was not told of it is told when it is late."""
    with store.write() as s:
        task, _ = _found(s, incident_id, task_id)
        whom = None if assignee is None else people.employee(s, assignee)
        incident_tasks.change(s, task_id, {"assignee_id": None if whom is None else whom.id})
        name = "nobody" if whom is None else whom.full_name or whom.name
        _write_down(s, incident_id, f"“{task.title}” is for {name}.", actor, now, did="assign", task=task_id)
    return Tasked(f"“{task.title}” is for {name}.", s.change, task_id)


def put_off(
    store: Store, incident_id: IncidentId, task_id: int, due_at: datetime | None, *, actor: str, now: datetime
) -> Tasked:
    """Say by when a task is to be done; None takes the time away."""
    with store.write() as s:
        task, _ = _found(s, incident_id, task_id)
        incident_tasks.change(s, task_id, {"due_at": due_at})
        until = "without a time now" if due_at is None else f"due {due_at:%Y-%m-%d %H:%M} UTC"
        _write_down(s, incident_id, f"“{task.title}” is {until}.", actor, now, did="due", task=task_id)
    return Tasked(f"“{task.title}” is {until}.", s.change, task_id)


def tick(store: Store, incident_id: IncidentId, task_id: int, *, actor: str, now: datetime) -> Tasked:
    """It is done."""
    with store.write() as s:
        task, _ = _found(s, incident_id, task_id)
        if task.done_at is not None:
            return Tasked(f"“{task.title}” was ticked off by {by(s, task.done_by)} already.", Change(), task_id)
        incident_tasks.change(s, task_id, {"done_at": now, "done_by": actor})
        notices.mark_key_seen(s, f"task:{task_id}", now)
        late = "" if task.due_at is None or now <= task.due_at else f", {_span(now - task.due_at)} late"
        _write_down(s, incident_id, f"Done: {task.title}{late}", actor, now, did="tick", task=task_id)
    return Tasked(f"“{task.title}” is done.", s.change, task_id)


def untick(store: Store, incident_id: IncidentId, task_id: int, *, actor: str, now: datetime) -> Tasked:
    """It is not done after all."""
    with store.write() as s:
        task, _ = _found(s, incident_id, task_id)
        if task.done_at is None:
            return Tasked(f"“{task.title}” is not ticked off.", Change(), task_id)
        incident_tasks.change(s, task_id, {"done_at": None, "done_by": ""})
        _write_down(s, incident_id, f"Not done after all: {task.title}", actor, now, did="untick", task=task_id)
    return Tasked(f"“{task.title}” is to be done again.", s.change, task_id)


def remove(store: Store, incident_id: IncidentId, task_id: int, *, actor: str, now: datetime) -> Tasked:
    """Take a task off the list."""
    with store.write() as s:
        task, position = _found(s, incident_id, task_id)
        incident_tasks.remove(s, task_id)
        _write_down(s, incident_id, f"Task removed: {task.title}", actor, now, did="remove", task=task_id)
    return Tasked(f"“{task.title}” is off the list.", s.change, None, Removed(incident_id, task, position))


def restore(store: Store, removed: Removed, *, actor: str, now: datetime) -> Tasked:
    """Put back what was removed, where it stood."""
    with store.write() as s:
        if incidents.locked(s, removed.incident_id) is None:
            raise NotFound("The incident is gone.")
        number = incident_tasks.put_back(s, removed.incident_id, removed.task, removed.position)
        said = f"“{removed.task.title}” is on the list again."
        _write_down(s, removed.incident_id, said, actor, now, did="restore", task=number)
    return Tasked(said, s.change, number)


def tell_late(store: Store, now: datetime) -> Change:
    """Tell once of each task that is late: who it is for, else who owns the incident, else the crisis leads."""
    with store.read() as s:
        found = incident_tasks.late(s, now, now - _TOLD_OF)
        if not found:
            return Change()
        rows = _untold(s, found, config.load(s), now)
    if not rows:
        return Change()
    with store.write() as s:
        notices.add(s, rows)
    return s.change


def _untold(s: Session, found: list[Late], workspace: Workspace, now: datetime) -> list[Notice]:
    rows = [_notice(task, whom.id, now) for task in found for whom in _to_tell(task, workspace)]
    told = set(notices.told_of(s, {each.key for each in rows}))
    return [each for each in rows if (each.employee_id, each.key) not in told]


def _to_tell(task: Late, workspace: Workspace) -> list[Employee]:
    for wanted in (task.assignee_id, task.owner_id):
        named = [each for each in workspace.employees if each.id == wanted]
        if named:
            return named
    for role in (Role.CRISIS_LEAD, Role.SUPERVISOR, Role.ADMIN):
        of_role = [each for each in workspace.employees if role in each.roles]
        if of_role:
            return of_role
    return []


def _notice(task: Late, whom: EmployeeId, now: datetime) -> Notice:
    # Its time is in the key: a task that was put off and is late again is told of again.
    key = f"task:{task.id}:{task.due_at.isoformat()}"
    sentence = f"Late: “{task.title}” in “{task.incident}”."
    return Notice(0, whom, now, NoticeKind.INCIDENT, None, sentence, key, late=now - task.due_at > LATE)


def _playbook(workspace: Workspace, found: Incident, name: str | None) -> Playbook:
    if name is not None:
        return playbooks.named(workspace, name)
    playbook = playbooks.meant_for(workspace, found.kind)
    if playbook is None:
        known = ", ".join(each.name for each in playbooks.playbooks(workspace))
        raise Refused(f"No playbook is for an incident of the kind “{found.kind}”. Name one: {known}.")
    return playbook


def _title(title: str) -> str:
    title = typed_line(title)
    if not title:
        raise Refused("Say what is to be done.")
    if len(title) > LONGEST_TASK:
        raise Refused(f"A task has {LONGEST_TASK} characters at most.")
    return title


def _going(s: Session, incident_id: IncidentId) -> Incident:
    found = incidents.locked(s, incident_id)
    if found is None:
        raise NotFound(f"There is no incident {incident_id}.")
    if found.state not in OPEN_STATES:
        raise Refused(f"{found.quoted} is {found.state} already.")
    return found


def _found(s: Session, incident_id: IncidentId, task_id: int) -> tuple[Task, int]:
    _going(s, incident_id)
    found = incident_tasks.get(s, incident_id, task_id)
    if found is None:
        raise NotFound(f"Incident {incident_id} has no task {task_id}.")
    return found


def _write_down(s: Session, incident_id: IncidentId, said: str, actor: str, now: datetime, **details: object) -> None:
    incidents.tell(s, incident_id, "task", said, actor=actor, at=now, **details)
    audit.record(s, actor, ACTION, None, now, incident=incident_id, **details)


def _counted(n: int) -> str:
    return "1 task" if n == 1 else f"{n} tasks"


def _span(late: timedelta) -> str:
    minutes = int(late.total_seconds() // 60)
    return "less than a minute" if minutes < 1 else f"{minutes:,} min"


__all__ = [
    "Removed",
    "Tasked",
    "add",
    "assign",
    "follow",
    "put_off",
    "remove",
    "restore",
    "tell_late",
    "tick",
    "untick",
]
