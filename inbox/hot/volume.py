"""Bursts: more people write to an account, or about an area, than the hour and the days before explain."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from inbox.hot.expecting import Plan, ordinary
from inbox.hot.rates import Rates
from inbox.hot.tail import surprise
from inbox.hot.window import LENGTH, Window

LENGTHS: Final = (timedelta(minutes=5), timedelta(minutes=15), LENGTH)


@dataclass(frozen=True, slots=True)
class Burst:
    """How many people wrote within ``length``, and how many usually do."""

    score: float
    observed: int
    expected: float
    length: timedelta


def burst(window: Window, rates: Rates, min_authors: int, plan: Plan = ordinary) -> Burst | None:
    """The most surprising of some stretches of time that end with the newest mention, or None."""
    newest = window.newest
    if newest is None or window.authors < min_authors or not rates.knows(newest):
        return None
    found = None
    for length in LENGTHS:
        people = _people(window, rates, length)
        if people < min_authors:
            continue
        expected = rates.expected(newest, length, plan)
        score = surprise(people, expected, rates.size(expected))
        if found is None or score > found.score:
            found = Burst(score, people, expected, length)
    return found


def _people(window: Window, rates: Rates, length: timedelta) -> int:
    """How many different people wrote; where the window does not hold them all, their share of the counted mentions."""
    newest = window.newest
    if newest is None:
        return 0
    if window.full:
        return round(window.authors / len(window.entries) * rates.counted(newest, length))
    return window.authors if length == LENGTH else len({entry.author for entry in window.within(length)})
