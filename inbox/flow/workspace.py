"""Makes a workspace, and brings one in line with its workspace file."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from inbox.flow import config_file, config_writing
from inbox.flow.returning import release
from inbox.model.change import Change
from inbox.model.workspace import Settings, Workspace
from inbox.store import config
from inbox.store.engine import Store, open_store
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

    The threads follow in transactions of their own, so that nobody waits long; should that be cut short, the
    collector does the rest.
    """
    with store.write() as s:
        config.save(s, new, actor, now)
    freed = release(store, actor=actor, now=now)
    returned = f" {freed.threads} threads of what is gone went back to the queue." if freed.threads else ""
    if freed.threads == 1:
        returned = " 1 thread of what is gone went back to the queue."
    sentence = f"The workspace “{new.settings.name}” now has {_size(new)}.{returned}"
    return Imported(sentence, len(new.areas), len(new.employees), freed.threads, s.change | freed.change)


def _size(workspace: Workspace) -> str:
    counts = (
        (len(workspace.areas), "area"),
        (len(workspace.employees), "employee"),
        (len(workspace.policies), "policy"),
        (len(workspace.rules), "rule"),
    )
    words = [f"{n} {word if n == 1 else word.replace('policy', 'policie') + 's'}" for n, word in counts]
    return ", ".join(words)
