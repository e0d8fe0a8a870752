"""What all tables of reports share: rows, sums by key, and their order."""

from collections.abc import Callable, Iterable
from typing import Any

Cell = str | int | float | None
Row = tuple[Cell, ...]


def by_name(name: Callable[[Any], str], found: Iterable[tuple[Any, list[int]]]) -> dict[str, list[int]]:
    """Values by key, where several groups may share one."""
    values: dict[str, list[int]] = {}
    for group, each in found:
        key = name(group)
        if key in values:
            values[key].extend(each)
        else:
            values[key] = each
    return values


def summed(name: Callable[[Any], str], found: Iterable[tuple[Any, ...]]) -> dict[str, list[int]]:
    """Counts by key."""
    sums: dict[str, list[int]] = {}
    for group, *values in found:
        key = name(group)
        before = sums.get(key)
        sums[key] = values if before is None else [a + b for a, b in zip(before, values, strict=True)]
    return sums


def busiest(row: Row) -> tuple[int, str]:
    """Sorts by the first number, the largest first, then by the key."""
    return (-(row[1] if isinstance(row[1], int) else 0), str(row[0]))
