"""Tells independent voices from copies of each other."""

from collections.abc import Sequence
from typing import Final

from inbox.hot.window import Entry

_ALIKE: Final = 0.8
_MOST: Final = 400


def voices(entries: Sequence[Entry]) -> tuple[list[Entry], int]:
    """The entries that say something in words of their own, one for each author, and how many only repeat another.

    Of more than 400 the newest are looked at.
    """
    own: list[Entry] = []
    authors: set[str] = set()
    copies = 0
    for entry in entries[-_MOST:]:
        if not entry.voice or any(_alike(entry.terms, other.terms) for other in own):
            copies += 1
        elif entry.author not in authors:
            authors.add(entry.author)
            own.append(entry)
    return own, copies


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    if not one or not other:
        return False
    shared = len(one & other)
    return shared >= _ALIKE * (len(one) + len(other) - shared)
