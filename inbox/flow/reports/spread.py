"""n, mean, median and p90 of some values, exact."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

MINUTE: Final = 60_000_000


@dataclass(frozen=True, slots=True)
class Spread:
    """How values lie; ``p90`` is the smallest value with at least 90% of values at or below it."""

    n: int
    mean: float
    median: float
    p90: float


def spread(values: list[int]) -> Spread | None:
    """Of durations in microseconds, in minutes; None without any. Sorts the values in place."""
    if not values:
        return None
    values.sort()
    middle = (values[(len(values) - 1) // 2] + values[len(values) // 2]) / 2
    mean = sum(values) / len(values)
    return Spread(len(values), mean / MINUTE, middle / MINUTE, p90(values) / MINUTE)


def p90(values: list[int]) -> int:
    """The smallest of sorted values with at least 90% of them at or below it."""
    return values[-(-9 * len(values) // 10) - 1]


def cells(values: list[int]) -> tuple[int | float | None, ...]:
    """n, mean, median and p90 as the cells of a row."""
    found = spread(values)
    return (0, None, None, None) if found is None else (found.n, found.mean, found.median, found.p90)


def collect(chunks: Iterable[Iterable[tuple[Any, int]]]) -> dict[Any, list[int]]:
    """(group, value) pairs by group."""
    found: defaultdict[Any, list[int]] = defaultdict(list)
    for rows in chunks:
        for group, value in rows:
            found[group].append(value)
    return dict(found)
