"""Words and phrases that rise: more people say them within an hour than ever did before, for how many write at all."""

import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
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
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_NEVER: Final = -1e9
"""Two to the power of that is nothing."""


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
    """How often terms were used before, older uses weighing less. ``total`` is the weight of all mentions.

    Of each term one number is kept: the logarithm (to 2) of its weight, plus its time in half-lives. What comes late
    counts as if it came now.
    """

    def __init__(self) -> None:
        """Nothing is known."""
        self._weights: dict[str, float] = {}
        self._total = _NEVER
        self._now = _NEVER

    def __len__(self) -> int:
        """How many terms are remembered."""
        return len(self._weights)

    def learn(self, entry: Entry, weight: float = 1.0, known: frozenset[str] = frozenset()) -> None:
        """Count a mention that has left the window, with less than 1 where more was said than usual; what was ``known``
        to come counts in full, so that it is no news afterwards.
        """
        now = self._now = self._when(entry.at)
        self._total = _more(self._total, weight, now)
        for term in entry.terms:
            counts = 1.0 if is_about(term, known) else weight
            self._weights[term] = _more(self._weights.get(term, _NEVER), counts, now)
        if len(self._weights) > MOST_TERMS:
            self.forget()

    def weight(self, term: str, at: datetime) -> float:
        """The decayed number of mentions that used the term."""
        kept = self._weights.get(term)
        return 0.0 if kept is None else math.pow(2, kept - self._when(at))

    def total(self, at: datetime) -> float:
        """The decayed number of all mentions."""
        return math.pow(2, self._total - self._when(at))

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
        now = self._when(at)
        kept = [term for term in self._ranked() if self._weights[term] > now]
        return {term: round(math.pow(2, self._weights[term] - now), 3) for term in kept[:most]}

    def restore(self, weights: dict[str, float], total: float, at: datetime) -> None:
        """Know again what was kept at that time."""
        self._now = self._when(at)
        self._weights = {term: _more(_NEVER, weight, self._now) for term, weight in weights.items()}
        self._total = _more(_NEVER, total, self._now)

    def _when(self, at: datetime) -> float:
        return max((at - _EPOCH) / HALF_LIFE, self._now)

    def _ranked(self) -> list[str]:
        return sorted(self._weights, key=self._weights.__getitem__, reverse=True)

    def forget(self) -> None:
        """Drop the rarest half: a term that is forgotten is taken for new, which its few uses made it anyway."""
        self._weights = {term: self._weights[term] for term in self._ranked()[: int(len(self) * _KEPT_SHARE)]}


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
            expected = history.expected(term, entry.at, window.voicing)
            found.append((surprise(authors, expected, SCATTER), term, authors, expected))
    if not found:
        return None
    found.sort(key=_telling, reverse=True)
    score, _, authors, expected = found[0]
    return Rise(score, tuple(each[1] for each in found[:_SHOWN]), authors, expected, window.voicing)


def _telling(found: tuple[float, str, int, float]) -> tuple[float, int, str]:
    """The most surprising first; of about equal ones a pair of words says more than one."""
    score, term, _, _ = found
    return round(2 * score) / 2, term.count(" "), term


def _more(kept: float, weight: float, now: float) -> float:
    """A kept number with a weight added to it now."""
    return now + math.log2(math.pow(2, kept - now) + weight)
