"""The newest mentions of one stream, by when they were posted: the last hour, and at most so many."""

from bisect import bisect_right, insort
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, TypeVar

_Key = TypeVar("_Key")

LENGTH: Final = timedelta(hours=1)
MOST: Final = 5_000
"""Of more than that within the hour the oldest are forgotten: by then everybody knows."""


@dataclass(order=True, slots=True)
class Entry:
    """One mention: ``voice`` is false where its words were somebody else's before it."""

    at: datetime
    id: str
    author: str = field(compare=False)
    terms: frozenset[str] = field(compare=False)
    voice: bool = field(compare=False, default=True)
    negative: bool = field(compare=False, default=False)
    account: str = field(compare=False, default="")


class Window:
    """Who used which term in the last hour. Each entry that leaves it is given back, to be learnt as history."""

    def __init__(self, *, indexed: bool = True) -> None:
        """Empty; only where it is ``indexed`` can be told who uses which term."""
        self.indexed = indexed
        self.entries: list[Entry] = []
        self._authors: dict[str, int] = {}
        self._voicing: dict[str, int] = {}
        self._accounts: dict[str, int] = {}
        self._using: dict[str, str | dict[str, int]] = {}
        self._sayings: dict[frozenset[str], int] = {}

    @property
    def newest(self) -> datetime | None:
        """When the newest mention was posted."""
        return self.entries[-1].at if self.entries else None

    @property
    def authors(self) -> int:
        """How many different people wrote."""
        return len(self._authors)

    @property
    def voicing(self) -> int:
        """How many different people wrote in words of their own."""
        return len(self._voicing)

    @property
    def full(self) -> bool:
        """Whether more came within the hour than it holds."""
        return len(self.entries) >= MOST

    def is_new(self, terms: frozenset[str]) -> bool:
        """Whether nobody in the window has used just these words. Where there is none, as of emoji alone, nobody can
        tell, and it is.
        """
        return not terms or terms not in self._sayings

    def by(self, author: str) -> int:
        """How many entries are one author's."""
        return self._authors.get(author, 0)

    def shares(self) -> dict[str, float]:
        """Which share of the entries came by which account."""
        return {account: n / len(self.entries) for account, n in self._accounts.items()}

    def using(self, term: str) -> int:
        """How many different people used a term in words of their own."""
        known = self._using.get(term)
        return len(known) if isinstance(known, dict) else int(known is not None)

    def add(self, entry: Entry) -> list[Entry]:
        """Take one in at its place; those that are now too old, or too many, leave."""
        if self.entries and entry < self.entries[-1]:
            insort(self.entries, entry)
        else:
            self.entries.append(entry)
        _more(self._authors, entry.author)
        _more(self._accounts, entry.account)
        _more(self._sayings, entry.terms)
        if entry.voice:
            _more(self._voicing, entry.author)
        if entry.voice and self.indexed:
            for term in entry.terms:
                self._use(term, entry.author)
        return list(self._gone(self.entries[-1].at - LENGTH))

    def within(self, length: timedelta) -> list[Entry]:
        """Entries of the last stretch of that length."""
        newest = self.newest
        if newest is None:
            return []
        return self.entries[bisect_right(self.entries, newest - length, key=_at) :]

    def saying(self, term: str) -> list[Entry]:
        """The entries that use a term, the oldest first."""
        return [entry for entry in self.entries if term in entry.terms]

    def _use(self, term: str, author: str) -> None:
        """One more use; of the very many terms that one person used once only that name is kept."""
        known = self._using.get(term)
        if known is None:
            self._using[term] = author
        elif isinstance(known, str):
            both = self._using[term] = {known: 1}
            _more(both, author)
        else:
            _more(known, author)

    def _disuse(self, term: str, author: str) -> None:
        known = self._using[term]
        if isinstance(known, dict):
            _fewer(known, author)
        if isinstance(known, str) or not known:
            del self._using[term]

    def _gone(self, before: datetime) -> Iterator[Entry]:
        count = max(bisect_right(self.entries, before, key=_at), len(self.entries) - MOST)
        leaving = self.entries[:count]
        del self.entries[:count]
        for entry in leaving:
            _fewer(self._authors, entry.author)
            _fewer(self._accounts, entry.account)
            _fewer(self._sayings, entry.terms)
            if entry.voice:
                _fewer(self._voicing, entry.author)
            if entry.voice and self.indexed:
                for term in entry.terms:
                    self._disuse(term, entry.author)
            yield entry


def _at(entry: Entry) -> datetime:
    return entry.at


def _more(counts: dict[_Key, int], key: _Key) -> None:
    counts[key] = counts.get(key, 0) + 1


def _fewer(counts: dict[_Key, int], key: _Key) -> None:
    left = counts[key] - 1
    if left:
        counts[key] = left
    else:
        del counts[key]
