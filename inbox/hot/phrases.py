"""Words and phrases that rise: more people say them within an hour than ever did before, for how many write at all."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from inbox.hot.expecting import is_about
from inbox.hot.tail import surprise
from inbox.hot.window import Entry, Window

HALF_LIFE: Final = timedelta(days=4)
SCATTER: Final = 2.0
"""People speak of the same things in waves: the ``size`` of the counts' distribution."""
_PRIOR: Final = 0.5
_LEAST_HISTORY: Final = 25.0
"""Of fewer mentions before it, nothing can be called unusual."""
MOST_TERMS: Final = 60_000
_KEPT_SHARE: Final = 0.5
_SHOWN: Final = 4


@dataclass(frozen=True, slots=True)
class Rise:
    """Terms that rise together, the most surprising first; figures are those of the first.

    ``expected`` is how many of the ``writing`` people would usually say it.
    """

    score: float
    terms: tuple[str, ...]
    authors: int
    expected: float
    writing: int


class History:
    """How often terms were used before, older uses weighing less. ``total`` is the weight of all mentions."""

    def __init__(self) -> None:
        """Nothing is known."""
        self._weights: dict[str, tuple[float, datetime]] = {}
        self._total: tuple[float, datetime] | None = None

    def __len__(self) -> int:
        """How many terms are remembered."""
        return len(self._weights)

    def learn(self, entry: Entry, weight: float = 1.0, known: frozenset[str] = frozenset()) -> None:
        """Count a mention that has left the window, with less than 1 where more was said than usual; what was ``known``
        to come counts in full, so that it is no news afterwards.
        """
        self._total = (self.total(entry.at) + weight, entry.at)
        for term in entry.terms:
            counts = 1.0 if is_about(term, known) else weight
            self._weights[term] = (self.weight(term, entry.at) + counts, entry.at)
        if len(self._weights) > MOST_TERMS:
            self._forget(entry.at)

    def weight(self, term: str, at: datetime) -> float:
        """The decayed number of mentions that used the term."""
        return _decayed(self._weights.get(term), at)

    def total(self, at: datetime) -> float:
        """The decayed number of all mentions."""
        return _decayed(self._total, at)

    def share(self, term: str, at: datetime) -> float:
        """Which share of mentions used the term; never nothing."""
        return (self.weight(term, at) + _PRIOR) / (self.total(at) + 1)

    def expected(self, term: str, at: datetime, writing: int) -> float:
        """How many of so many people would say the term within an hour.

        It is the larger of the term's usual share and its usual rate: after a flood of posts about something else
        the share of everything ordinary is small, and yet it is nothing new.
        """
        rate = self.weight(term, at) * math.log(2) * (timedelta(hours=1) / HALF_LIFE)
        return max(self.share(term, at) * writing, rate)

    def known(self, at: datetime, most: int) -> dict[str, float]:
        """The terms that are worth keeping: those used more than once of late, the most used ``most``."""
        weights = {term: self.weight(term, at) for term in self._weights}
        kept = sorted((term for term, weight in weights.items() if weight > 1), key=lambda term: -weights[term])
        return {term: round(weights[term], 3) for term in kept[:most]}

    def restore(self, weights: dict[str, float], total: float, at: datetime) -> None:
        """Know again what was kept at that time."""
        self._weights = {term: (weight, at) for term, weight in weights.items()}
        self._total = (total, at)

    def _forget(self, at: datetime) -> None:
        """Drop the rarest half: a term that is forgotten is taken for new, which its few uses made it anyway."""
        ranked = sorted(self._weights, key=lambda term: -self.weight(term, at))
        self._weights = {term: self._weights[term] for term in ranked[: int(MOST_TERMS * _KEPT_SHARE)]}


def rise(
    window: Window, history: History, entry: Entry, min_authors: int, known: frozenset[str] = frozenset()
) -> Rise | None:
    """The rising terms of a mention that has just come into the window, or None. ``known`` words are no news."""
    if history.total(entry.at) < _LEAST_HISTORY:
        return None
    found = []
    for term in entry.terms:
        authors = window.using(term)
        if authors >= min_authors and not is_about(term, known):
            expected = history.expected(term, entry.at, window.authors)
            found.append((surprise(authors, expected, SCATTER), term, authors, expected))
    if not found:
        return None
    found.sort(key=_telling, reverse=True)
    score, _, authors, expected = found[0]
    return Rise(score, tuple(each[1] for each in found[:_SHOWN]), authors, expected, window.authors)


def _telling(found: tuple[float, str, int, float]) -> tuple[float, int, str]:
    """The most surprising first; of about equal ones a pair of words says more than one."""
    score, term, _, _ = found
    return round(2 * score) / 2, term.count(" "), term


def _decayed(kept: tuple[float, datetime] | None, at: datetime) -> float:
    if kept is None:
        return 0.0
    return kept[0] * math.pow(0.5, max(at - kept[1], timedelta(0)) / HALF_LIFE)
