"""One entry of a list of the workspace file (a rule, a policy, a calendar, a report) changed by a person.

Every change is written down with who made it, can be undone, and never goes over one that somebody else made since.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar

from inbox.flow.races import who
from inbox.model.change import Change
from inbox.model.workspace import Workspace
from inbox.store import audit, config
from inbox.store.engine import Session
from inbox.store.errors import LostRace, NotFound, Refused

Trouble = tuple[str, str]
"""The field (``name``, ``when.text_any``, ``week.mon``, ``folder`` ...) and a sentence saying what is wrong."""

By = tuple[str, datetime]
"""Who makes a change (an employee's name or ``command``), and when."""


class Entry(Protocol):
    """What has a name of its own in its list."""

    @property
    def name(self) -> str:
        """Its name, as it is written."""


E = TypeVar("E", bound=Entry)
W = TypeVar("W")


@dataclass(frozen=True, slots=True)
class Undo(Generic[E]):
    """The way back from one change: all entries as they were, and as the change left them."""

    before: tuple[E, ...]
    after: tuple[E, ...]


@dataclass(frozen=True, slots=True)
class Saved(Generic[W]):
    """What was changed, said to the person; ``workspace`` is as it is now, ``undo`` None when nothing changed."""

    sentence: str
    change: Change
    workspace: Workspace
    undo: W | None


class BadEntry(Refused):
    """The entry has errors; nothing was changed. ``troubles`` names each field."""

    def __init__(self, troubles: Sequence[Trouble]) -> None:
        super().__init__(troubles[0][1])
        self.troubles = tuple(troubles)


def _as_written(details: Mapping[str, Any]) -> str:
    return str(details["did"])


@dataclass(frozen=True, slots=True)
class Listed(Generic[E]):
    """One list of the workspace file: where it stands, and how people and the audit speak of it."""

    noun: str
    """One entry: the audit's action, and the name of the detail that says which."""
    many: str
    """All of them: the name of the detail that says which ones."""
    of: Callable[[Workspace], tuple[E, ...]]
    put: Callable[[Session, Sequence[E]], None]
    document: Callable[[E], dict[str, Any]]
    full_noun: str = ""
    """One entry where nothing else on screen says what it is about; empty where ``noun`` says enough."""
    not_there: str = "There is no %1 “%2” any more."
    changed: str = "changed the workspace"
    """What somebody did who changed no single entry."""
    did: Callable[[Mapping[str, Any]], str] = _as_written
    """What somebody did to one entry, from the details of the audit."""

    def expected(self, s: Session, expect: Workspace | None) -> Workspace:
        """The workspace as it is, locked until the end. Raises ``LostRace`` where this list is not as expected."""
        now_there = config.locked(s)
        if expect is not None and self.of(expect) != self.of(now_there):
            raise self.lost_race(s)
        return now_there

    def place(self, entries: Sequence[E], name: str) -> int:
        """Where the entry of this name stands, from 0. Raises ``NotFound``."""
        place = next((place for place, each in enumerate(entries) if each.name == name), None)
        if place is None:
            raise NotFound(self.not_there.replace("%1", self.full_noun or self.noun).replace("%2", name))
        return place

    def twin(self, workspace: Workspace, name: str, replaces: str | None) -> str | None:
        """What is wrong with a name that another entry than the one it ``replaces`` has; None if nothing is."""
        others = {each.name.casefold(): each.name for each in self.of(workspace) if each.name != replaces}
        twin = others.get(name.strip().casefold())
        a = "an" if self.noun[0] in "aeiou" else "a"
        return twin and f"There is {a} {self.noun} “{twin}” already. Give this one a name of its own."

    def sides(self, before: E | None, after: E | None) -> dict[str, Any]:
        """Both sides of a change for the audit."""
        return {
            "before": None if before is None else self.document(before),
            "after": None if after is None else self.document(after),
        }

    def save(  # noqa: PLR0917 - what is changed, by whom, and how it is told
        self,
        s: Session,
        was: Workspace,
        entries: Sequence[E],
        by: By,
        sentence: str,
        details: Mapping[str, Any],
        *,
        besides: bool = False,
    ) -> Saved[Undo[E]]:
        """Replace the list and write down what was done; ``besides`` says that something else was changed with it."""
        if tuple(entries) == self.of(was) and not besides:
            return Saved("Nothing was changed: it is so already.", Change(), was, None)
        self.put(s, entries)
        actor, now = by
        audit.record(s, actor, self.noun, None, now, **details)
        new = config.load(s)
        return Saved(sentence, Change(), new, Undo(self.of(was), self.of(new)))

    def move(self, entries: Sequence[E], name: str, position: int) -> tuple[list[E], str, dict[str, Any]]:
        """The entries with one put at a place from 0 (beyond the ends means the ends), its sentence and details.

        Raises ``NotFound``.
        """
        moved = list(entries)
        was = self.place(moved, name)
        entry = moved.pop(was)
        place = max(0, min(position, len(moved)))
        moved.insert(place, entry)
        details = {"did": "moved", self.noun: name, "from": was + 1, "to": place + 1}
        return moved, f"The {self.noun} “{name}” is now number {place + 1}.", details

    def taken_back(self, undo: Undo[E]) -> dict[str, Any]:
        """What the audit says of a change that is taken back: the entries that it had added, changed or removed."""
        apart = {each.name for each in undo.before if each not in undo.after}
        names = sorted(apart | {each.name for each in undo.after if each not in undo.before})
        return {"did": "took back", self.noun: names[0] if len(names) == 1 else None, self.many: names}

    def lost_race(self, s: Session) -> LostRace:
        """The error for a change of entries that are no longer as they were seen, naming who was quicker."""
        event = config.last_change(s)
        if event is None:
            full = f"{self.full_noun}s" if self.full_noun else self.many
            return LostRace(f"The {full} were changed meanwhile. Nothing was overwritten; look again.")
        did = "changed the workspace"
        if event.action == self.noun and event.details.get(self.noun):
            did = f"{self.did(event.details)} the {self.noun} “{event.details[self.noun]}”"
        elif event.action == self.noun:
            did = self.changed
        return LostRace(f"{who(s, event.actor)} {did} meanwhile. Nothing was overwritten; look again.")
