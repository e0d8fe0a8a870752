"""Makes a workspace, and brings one in line with its workspace file."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from inbox.flow import config_file, config_writing
from inbox.flow.deciding import Decision, change
from inbox.model.change import Change
from inbox.model.words import ReasonStep, Status
from inbox.model.workspace import UNSORTED, Settings, Workspace
from inbox.store import config, decisions, people
from inbox.store.decisions import State
from inbox.store.engine import Session, Store, open_store
from inbox.store.errors import Refused


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import of a workspace file did: ``sentence`` is for people."""

    sentence: str
    areas: int
    employees: int
    returned: int
    change: Change


def init(address: str, file: Path | None, *, actor: str, now: datetime) -> Imported:
    """Make a workspace, configured by a file where one is given. Raises ``Refused`` where there is one already.

    A file with errors makes nothing.
    """
    new = config_file.read(file) if file is not None else Workspace(Settings())
    store = open_store(address, create=True)
    try:
        with store.write() as s:
            if config.created_at(s) is not None:
                raise Refused("There is a workspace here already. Change it with: inbox config import FILE")
            config.save(s, new, actor, now)
        sentence = f"The workspace “{new.settings.name}” is ready: {_size(new)}."
        return Imported(sentence, len(new.areas), len(new.employees), 0, s.change)
    finally:
        store.close()


def export(store: Store) -> str:
    """The workspace file's text."""
    with store.read() as s:
        return config_writing.written(config.load(s))


def import_(store: Store, file: Path, *, actor: str, now: datetime) -> Imported:
    """Bring the workspace in line with a file. Raises ``BadFile``, having changed nothing."""
    return apply(store, config_file.read(file), actor=actor, now=now)


def apply(store: Store, new: Workspace, *, actor: str, now: datetime) -> Imported:
    """Replace the configuration: threads of an area that is gone go to Unsorted, and of an employee who is gone
    back to the queue, each with its reason. Closed threads keep both, as history.
    """
    with store.write() as s:
        config.save(s, new, actor, now)
        freed = _release(s, actor, now)
    returned = f" {freed} threads of what is gone went back to the queue." if freed else ""
    sentence = f"The workspace “{new.settings.name}” now has {_size(new)}.{returned}"
    return Imported(sentence, len(new.areas), len(new.employees), freed, s.change)


def _release(s: Session, actor: str, now: datetime) -> int:
    """Free the unfinished threads of every area and employee that is no longer there; how many."""
    areas = {each.id: each.name for each in people.areas(s, removed=True)}
    staff = {each.id: each.full_name or each.name for each in people.employees(s, removed=True)}
    gone_areas = areas.keys() - {each.id for each in people.areas(s)}
    gone_staff = staff.keys() - {each.id for each in people.employees(s)}
    freed = 0
    for number in sorted(gone_areas):
        said = f"{areas[number]} is no longer an area, so this is {UNSORTED}."
        decision = Decision("move", actor, now, {"area": None}, said, ReasonStep.AREA)
        before = decisions.states(s, decisions.unfinished_in(s, [number])).values()
        freed += len(change(s, before, lambda old: replace(old, area_id=None), decision))
    for owner in sorted(gone_staff):
        said = f"{staff[owner]} is no longer in the workspace, so it is back in the queue."
        decision = Decision("return", actor, now, {}, said, ReasonStep.RETURN)
        before = decisions.states(s, decisions.unfinished_of(s, [owner])).values()
        freed += len(change(s, before, _nobodys, decision))
    return freed


def _nobodys(old: State) -> State:
    status = Status.NEW if old.status is Status.OPEN else old.status
    return replace(old, assignee_id=None, assigned_at=None, started_at=None, status=status)


def _size(workspace: Workspace) -> str:
    counts = (
        (len(workspace.areas), "area"),
        (len(workspace.employees), "employee"),
        (len(workspace.policies), "policy"),
        (len(workspace.rules), "rule"),
    )
    words = [f"{n} {word if n == 1 else word.replace('policy', 'policie') + 's'}" for n, word in counts]
    return ", ".join(words)
