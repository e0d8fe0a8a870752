"""Near-copies: texts that repeat each other but for names, links and a few words.

Texts are compared by their overlapping runs of three words (Broder, "On the resemblance and containment of
documents", 1997): the smallest of their check sums find the candidates, the share of common runs decides.
"""

import zlib
from typing import Final

from inbox.text.terms import words

ALIKE: Final = 0.7
"""Share of common runs from which on two texts are one."""
FEWEST: Final = 6
"""Shorter texts are alike without being copies: “thank you so much” is said by many."""
_SKETCH: Final = 4
_CANDIDATES: Final = 8


class Copies:
    """Groups texts as they come; memory grows with the groups and not with the copies."""

    def __init__(self) -> None:
        self._groups: list[frozenset[int]] = []
        self._found: dict[int, list[int]] = {}

    def group(self, text: str) -> int:
        """The number of the group that a text belongs to: a new one where it resembles none."""
        return self.group_of(words(text))

    def group_of(self, tokens: list[str]) -> int:
        """The same for a text whose words are known."""
        runs = _runs(tokens)
        if runs:
            sketch = sorted(runs)[:_SKETCH]
            seen = {number for each in sketch for number in self._found.get(each, ())}
            for number in sorted(seen):
                if _share(runs, self._groups[number]) >= ALIKE:
                    return number
            for each in sketch:
                known = self._found.setdefault(each, [])
                if len(known) < _CANDIDATES:
                    known.append(len(self._groups))
        self._groups.append(runs)
        return len(self._groups) - 1


def _runs(of: list[str]) -> frozenset[int]:
    if len(of) < FEWEST:
        return frozenset()
    coded = [word.encode("utf-8", "replace") for word in of]
    return frozenset(map(zlib.crc32, map(b" ".join, zip(coded, coded[1:], coded[2:], strict=False))))


def _share(one: frozenset[int], other: frozenset[int]) -> float:
    common = len(one & other)
    return common / (len(one) + len(other) - common)
