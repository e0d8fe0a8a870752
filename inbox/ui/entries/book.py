"""One list of the workspace file as a screen holds it: stored entries, drafts of them, and new ones not stored yet."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Any, ClassVar, Generic, NamedTuple, Protocol, TypeVar

from inbox.model.workspace import Workspace

NEW = "\0"
"""Begins the key of a new entry; no name of one can."""
LAST = 1_000_000_000
"""The place behind all entries, however many there will be."""


class Named(Protocol):
    """What has a name of its own in its list."""

    @property
    def name(self) -> str:
        """As it is written."""


class Drafted(Protocol):
    """An entry under edit, a dataclass: what it began from (None for a new one), and where a new one is to stand."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def base(self) -> Any:  # noqa: ANN401 - an entry of its list
        """As it was stored when the draft began."""

    @property
    def position(self) -> int:
        """From 0."""

    @property
    def edited(self) -> bool:
        """Whether it differs from what it began from."""


E = TypeVar("E", bound=Named)
D = TypeVar("D", bound=Drafted)


@dataclass(frozen=True, slots=True)
class Kind(Generic[E, D]):
    """What a list is made of. ``put`` gives a workspace with other entries in the stead of those that ``of`` reads."""

    of: Callable[[Workspace], tuple[E, ...]]
    put: Callable[[Workspace, tuple[E, ...]], Workspace]
    draft_of: Callable[[E, int], D]
    entry_of: Callable[[D], E]


class Shown(NamedTuple, Generic[E]):
    """A row: ``key`` is the stored name, or a name of its own for a new entry; ``entry`` is what is shown."""

    key: str
    entry: E
    edited: bool = False
    new: bool = False


class EntryBook(Generic[E, D]):
    """Keys are stored names; a draft is kept for each entry that was edited, until it is saved or discarded."""

    def __init__(self, kind: Kind[E, D]) -> None:
        """Empty until the workspace is seen."""
        self._kind = kind
        self.workspace = Workspace()
        self._stored: dict[str, E] = {}
        self._drafts: dict[str, D] = {}
        self._numbers = count(1)

    def see(self, workspace: Workspace) -> None:
        """The entries as they are stored now. Drafts stay while they differ."""
        self.workspace = workspace
        self._stored = {each.name: each for each in self._kind.of(workspace)}
        for key, draft in list(self._drafts.items()):
            stored = self._stored.get(key)
            if draft.base is not None and stored is not None and not replace(draft, base=stored).edited:
                del self._drafts[key]

    def rows(self) -> list[Shown[E]]:
        """The rows of the list, in their order."""
        found = [self.row(key) for key in self._stored]
        for key, draft in self._drafts.items():
            if key not in self._stored:
                found.insert(min(draft.position, len(found)), self.row(key))
        return found

    def row(self, key: str) -> Shown[E]:
        """One row. KeyError where there is no such entry."""
        draft = self._drafts.get(key)
        if draft is None:
            return Shown(key, self._stored[key])
        return Shown(key, self._kind.entry_of(draft), edited=draft.base is not None, new=draft.base is None)

    def entry_of(self, draft: D) -> E:
        """A draft as it would be stored."""
        return self._kind.entry_of(draft)

    def has(self, key: str) -> bool:
        """Whether there is such an entry, stored or not."""
        return key in self._stored or key in self._drafts

    def stored(self, key: str) -> E | None:
        """The entry as it is stored; None for a new one, and one that somebody took away."""
        return self._stored.get(key)

    def draft(self, key: str) -> D:
        """What the editor is to show. KeyError where there is no such entry."""
        kept = self._drafts.get(key)
        return kept if kept is not None else self._kind.draft_of(self._stored[key], self.place_of(key))

    def place_of(self, key: str) -> int:
        """The place among the stored entries, the end for others."""
        return next((at for at, name in enumerate(self._stored) if name == key), len(self._stored))

    def edited(self, key: str) -> bool:
        """Whether there is a draft of it."""
        return key in self._drafts

    def unsaved(self) -> int:
        """How many entries are edited or new, and not saved."""
        return len(self._drafts)

    def raced(self, key: str) -> bool:
        """Whether the stored entry is no longer the one that the draft began from."""
        draft = self._drafts.get(key)
        return draft is not None and draft.base is not None and draft.base != self._stored.get(key)

    def keep(self, key: str, draft: D) -> None:
        """What stands in the editor now."""
        if draft.edited or key not in self._stored:
            self._drafts[key] = draft
        else:
            self._drafts.pop(key, None)

    def drop(self, key: str) -> D | None:
        """Forgets a draft; gives it back for undoing that."""
        return self._drafts.pop(key, None)

    def add(self, draft: D, position: int = LAST) -> str:
        """A new entry, blank or a copy; its key."""
        key = f"{NEW}{next(self._numbers)}"
        self._drafts[key] = replace(draft, base=None, position=position)
        return key

    def twin_name(self, name: str) -> str:
        """A name that no entry has, for a copy: "urgent 2"; none for one that has none yet."""
        name = name.strip()
        if not name:
            return ""
        taken = {each.entry.name.strip().casefold() for each in self.rows()}
        return next(made for n in count(2) if (made := f"{name} {n}").casefold() not in taken)

    def rebase(self, key: str) -> str:
        """Mine over theirs: the draft begins from what is stored now, or becomes a new entry. Its key."""
        draft, stored = self._drafts.pop(key), self._stored.get(key)
        if stored is None:
            return self.add(draft, draft.position)
        self._drafts[key] = replace(draft, base=stored)
        return key

    def saved(self, key: str, entry: E) -> None:
        """``entry`` was stored in the stead of ``key``; what was typed since stays a draft of it."""
        draft = self._drafts.pop(key, None)
        if draft is not None and (since := replace(draft, base=entry)).edited:
            self._drafts[entry.name] = since

    def move(self, key: str, place: int) -> None:
        """Another order on screen, before it is stored."""
        draft = self._drafts.get(key)
        if draft is not None and key not in self._stored:
            self._drafts[key] = replace(draft, position=max(0, place))
            return
        entries = list(self._stored.values())
        entries.insert(place, entries.pop(self.place_of(key)))
        self._put(entries)

    def forget(self, key: str) -> None:
        """Gone from the screen, before it is gone from the store."""
        self._put([each for name, each in self._stored.items() if name != key])

    def _put(self, entries: Sequence[E]) -> None:
        self.see(self._kind.put(self.workspace, tuple(entries)))
