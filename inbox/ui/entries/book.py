"""One list of the workspace file as a screen holds it: stored entries, drafts of them, and new ones not stored yet."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Generic, NamedTuple, Protocol, TypeVar

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


E = TypeVar("E", bound=Named)
E_co = TypeVar("E_co", bound=Named, covariant=True)
D = TypeVar("D")


class Drafted(Protocol[E_co]):
    """An entry under edit: what it began from (None for a new one), and where a new one is to stand."""

    @property
    def base(self) -> E_co | None:
        """As it was stored when the draft began."""

    @property
    def position(self) -> int:
        """From 0."""

    @property
    def edited(self) -> bool:
        """Whether it differs from what is stored."""


@dataclass(frozen=True, slots=True)
class Kind(Generic[E, D]):
    """What a list is made of. ``based`` gives a draft another base and place, ``meta`` reads those of one."""

    of: Callable[[Workspace], tuple[E, ...]]
    draft_of: Callable[[E, int], D]
    entry_of: Callable[[D], E]
    based: Callable[[D, E | None, int], D]
    meta: Callable[[D], Drafted[E]]


class Shown(NamedTuple):
    """A row of the list: ``key`` is the stored name, or a name of its own for a new entry."""

    key: str
    edited: bool = False
    new: bool = False


class EntryBook(Generic[E, D]):
    """Keys are stored names; a draft is kept for each entry that was edited, until it is saved or discarded."""

    def __init__(self, kind: Kind[E, D]) -> None:
        """Empty until the workspace is seen."""
        self._kind = kind
        self.workspace = Workspace()
        self._entries: list[E] = []
        self._drafts: dict[str, D] = {}
        self._numbers = count(1)

    def see(self, workspace: Workspace) -> None:
        """The entries as they are stored now. Drafts stay while they differ."""
        self.workspace = workspace
        self._settle(list(self._kind.of(workspace)))

    def _settle(self, entries: list[E]) -> None:
        self._entries = entries
        for key, draft in list(self._drafts.items()):
            stored, meta = self.stored(key), self._kind.meta(draft)
            same = stored is not None and not (meta.edited and self._kind.entry_of(draft) != stored)
            if meta.base is not None and same:
                del self._drafts[key]

    def rows(self) -> list[Shown]:
        """The rows of the list, in their order."""
        found = [Shown(each.name, edited=each.name in self._drafts) for each in self._entries]
        for key, draft in self._drafts.items():
            if self.stored(key) is None:
                meta = self._kind.meta(draft)
                row = Shown(key, edited=meta.base is not None, new=meta.base is None)
                found.insert(min(meta.position, len(found)), row)
        return found

    def entry(self, key: str) -> E:
        """What a row shows. KeyError where there is no such entry."""
        return self._kind.entry_of(self.draft(key))

    def has(self, key: str) -> bool:
        """Whether there is such an entry, stored or not."""
        return self.stored(key) is not None or key in self._drafts

    def stored(self, key: str) -> E | None:
        """The entry as it is stored; None for a new one, and one that somebody took away."""
        return next((each for each in self._entries if each.name == key), None)

    def draft(self, key: str) -> D:
        """What the editor is to show. KeyError where there is no such entry."""
        if key in self._drafts:
            return self._drafts[key]
        stored = self.stored(key)
        if stored is None:
            raise KeyError(key)
        return self._kind.draft_of(stored, self.place_of(key))

    def place_of(self, key: str) -> int:
        """The place among the stored entries, the end for others."""
        return next((at for at, each in enumerate(self._entries) if each.name == key), len(self._entries))

    def edited(self, key: str) -> bool:
        """Whether there is a draft of it."""
        return key in self._drafts

    def unsaved(self) -> int:
        """How many entries are edited or new, and not saved."""
        return len(self._drafts)

    def raced(self, key: str) -> bool:
        """Whether the stored entry is no longer the one that the draft began from."""
        base = self._kind.meta(self._drafts[key]).base if key in self._drafts else None
        return base is not None and base != self.stored(key)

    def keep(self, key: str, draft: D) -> None:
        """What stands in the editor now."""
        if self._kind.meta(draft).edited or self.stored(key) is None:
            self._drafts[key] = draft
        else:
            self._drafts.pop(key, None)

    def drop(self, key: str) -> D | None:
        """Forgets a draft; gives it back for undoing that."""
        return self._drafts.pop(key, None)

    def add(self, draft: D, position: int = LAST) -> str:
        """A new entry, blank or a copy; its key."""
        key = f"{NEW}{next(self._numbers)}"
        self._drafts[key] = self._kind.based(draft, None, position)
        return key

    def twin_name(self, name: str) -> str:
        """A name that no entry has, for a copy: "urgent 2"."""
        taken = {self.entry(row.key).name.casefold() for row in self.rows()}
        return next(made for n in count(2) if (made := f"{name} {n}").casefold() not in taken)

    def rebase(self, key: str) -> str:
        """Mine over theirs: the draft begins from what is stored now, or becomes a new entry. Its key."""
        draft, stored = self._drafts.pop(key), self.stored(key)
        position = self._kind.meta(draft).position
        if stored is None:
            return self.add(draft, position)
        self._drafts[key] = self._kind.based(draft, stored, position)
        return key

    def saved(self, key: str, entry: E) -> None:
        """``entry`` was stored in the stead of ``key``; what was typed since stays a draft of it."""
        draft = self._drafts.pop(key, None)
        if draft is not None and self._kind.entry_of(draft) != entry:
            self._drafts[entry.name] = self._kind.based(draft, entry, self._kind.meta(draft).position)

    def move(self, key: str, place: int) -> None:
        """Another order on screen, before it is stored."""
        draft = self._drafts.get(key)
        if draft is not None and self.stored(key) is None:
            self._drafts[key] = self._kind.based(draft, self._kind.meta(draft).base, max(0, place))
            return
        entries = list(self._entries)
        entries.insert(place, entries.pop(self.place_of(key)))
        self._entries = entries

    def forget(self, key: str) -> None:
        """Gone from the screen, before it is gone from the store."""
        self._settle([each for each in self._entries if each.name != key])
