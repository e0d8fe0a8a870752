"""The calendars as the screen holds them: stored ones, drafts of them, and new ones that are not stored yet."""

from dataclasses import dataclass, replace
from itertools import count

from inbox.model.workspace import Calendar, Workspace
from inbox.ui.calendars.draft import Draft, draft_of, normal

NEW = "\0"
"""Begins the key of a new calendar; no name of a calendar can."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row: ``key`` is the stored name, or one of its own for a new calendar; ``calendar`` is what is shown."""

    key: str
    calendar: Calendar
    edited: bool = False
    new: bool = False


class Book:
    """Keys are stored names; a draft is kept for each calendar that was edited, until it is saved or discarded."""

    def __init__(self) -> None:
        """Empty until the workspace is seen."""
        self.workspace = Workspace()
        self._stored: dict[str, Calendar] = {}
        self._drafts: dict[str, Draft] = {}
        self._numbers = count(1)

    def see(self, workspace: Workspace) -> None:
        """The calendars as they are stored now. Drafts stay, unless they say nothing else than what is stored."""
        self.workspace = workspace
        self._stored = {each.name: each for each in workspace.calendars}
        for key, draft in list(self._drafts.items()):
            stored = self._stored.get(key)
            if stored is not None and draft.base is not None and normal(draft.calendar) == normal(stored):
                del self._drafts[key]

    def entries(self) -> list[Entry]:
        """The rows of the list: stored ones in their order, then what is not stored."""
        stored = [self.entry(key) for key in self._stored]
        return [*stored, *(self.entry(key) for key in self._drafts if key not in self._stored)]

    def entry(self, key: str) -> Entry:
        """The row of one calendar. KeyError where there is no such calendar."""
        draft = self._drafts.get(key)
        if draft is None:
            return Entry(key, self._stored[key])
        return Entry(key, draft.calendar, edited=draft.base is not None, new=draft.base is None)

    def has(self, key: str) -> bool:
        """Whether there is such a calendar, stored or not."""
        return key in self._stored or key in self._drafts

    def stored(self, key: str) -> Calendar | None:
        """The calendar as it is stored; None for a new one, and one that somebody took away."""
        return self._stored.get(key)

    def draft(self, key: str) -> Draft:
        """What the editor is to show. KeyError where there is no such calendar."""
        kept = self._drafts.get(key)
        return kept if kept is not None else draft_of(self._stored[key])

    def edited(self, key: str) -> bool:
        """Whether there is a draft of it."""
        return key in self._drafts

    def unsaved(self) -> int:
        """How many calendars are edited or new, and not saved."""
        return len(self._drafts)

    def raced(self, key: str) -> bool:
        """Whether the stored calendar is no longer the one that the draft began from."""
        draft = self._drafts.get(key)
        return draft is not None and draft.base is not None and draft.base != self._stored.get(key)

    def keep(self, key: str, draft: Draft) -> None:
        """What stands in the editor now."""
        if draft.edited or key not in self._stored:
            self._drafts[key] = draft
        else:
            self._drafts.pop(key, None)

    def drop(self, key: str) -> Draft | None:
        """Forgets a draft; gives it back for undoing that."""
        return self._drafts.pop(key, None)

    def add(self, calendar: Calendar) -> str:
        """A new calendar; its key."""
        key = f"{NEW}{next(self._numbers)}"
        self._drafts[key] = draft_of(calendar, new=True)
        return key

    def free_name(self, like: str) -> str:
        """``like``, or with a number behind it where a calendar has that name."""
        taken = {each.calendar.name.strip().casefold() for each in self.entries()}
        names = (like, *(f"{like} {number}" for number in range(2, len(taken) + 3)))
        return next(name for name in names if name.casefold() not in taken)

    def rebase(self, key: str) -> str:
        """Mine over theirs: the draft begins from what is stored now, or becomes a new calendar. Its key."""
        draft, stored = self._drafts.pop(key), self._stored.get(key)
        if stored is None:
            return self.add(draft.calendar)
        self._drafts[key] = replace(draft, base=stored)
        return key

    def saved(self, key: str, calendar: Calendar) -> None:
        """``calendar`` was stored in the stead of ``key``; what was changed since stays a draft of it."""
        draft = self._drafts.pop(key, None)
        if draft is not None and normal(draft.calendar) != normal(calendar):
            self._drafts[calendar.name] = replace(draft, base=calendar)

    def forget(self, key: str) -> None:
        """It was taken away on purpose: what was edited in it goes too."""
        self._drafts.pop(key, None)
