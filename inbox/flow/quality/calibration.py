"""Whether the learned area's probabilities mean what they say. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from inbox.flow.quality.outcomes import Outcome, Share, share
from inbox.model.ids import ThreadId
from inbox.model.words import ReasonStep
from inbox.model.workspace import UNSORTED

BINS: Final = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """Guesses of a probability from ``low`` until under ``high``: the mean that was said, and how many were right."""

    low: float
    high: float
    said: float
    right: Share


@dataclass(frozen=True, slots=True)
class Calibration:
    """``error`` is the mean distance between said and right over the bins, weighted by their size (the expected
    calibration error); None where nothing was guessed.
    """

    bins: tuple[Bin, ...]
    error: float | None


def calibration(found: Iterable[Outcome], guesses: Mapping[ThreadId, str]) -> Calibration:
    """Of each guess that was acted on, and of each unsure one that a person sorted: said against right.

    ``guesses`` are the likeliest areas of the threads that were left to a person. One that nobody has sorted says
    nothing yet; one that nobody moved counts as right, so that errors nobody saw are not in it.
    """
    groups: dict[int, list[tuple[Outcome, float]]] = {}
    for each in found:
        said = each.placed.probability
        if each.placed.step is not ReasonStep.LEARNED or said is None:
            continue
        if each.placed.area is None and (each.belongs == UNSORTED or each.placed.thread_id not in guesses):
            continue
        groups.setdefault(min(BINS - 1, int(said * BINS)), []).append((each, said))
    bins = tuple(_bin(at, groups[at], guesses) for at in sorted(groups))
    n = sum(each.right.n for each in bins)
    if not n:
        return Calibration((), None)
    return Calibration(bins, sum(each.right.n * abs(each.said - (each.right.value or 0.0)) for each in bins) / n)


def _bin(at: int, group: list[tuple[Outcome, float]], guesses: Mapping[ThreadId, str]) -> Bin:
    def right(each: Outcome) -> bool:
        guessed = each.placed.area or guesses[each.placed.thread_id]
        return guessed == each.belongs

    said = sum(probability for _each, probability in group) / len(group)
    return Bin(at / BINS, (at + 1) / BINS, said, share((each for each, _said in group), right))
